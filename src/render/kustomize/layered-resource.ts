import type { RenderProblem } from '../../model/render-result.ts';
import type { ResourceId } from '../../model/resource.ts';
import { childOf, type Mapping, textOf } from '../../tree/node.ts';
import { apiVersionOf, type Gvk, gvkOf, isClusterScoped, sharedGvk } from './gvk.ts';

/** One identity of an object. `scope` is its effective namespace: two ids are of one object when kind, scope and name agree. */
export interface ObjectId {
  readonly gvk: Gvk;
  readonly name: string;
  /** As written; empty when there is none. */
  readonly namespace: string;
  readonly scope: string;
  /** Equal exactly for ids of one object. */
  readonly key: string;
}

/** A name that an object had before a transformer changed it. */
export interface FormerId {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly scope: string;
}

/** An object on its way through the layers, with kustomize's bookkeeping beside it. Never changed: each step makes a new one. */
export interface LayeredResource {
  readonly node: Mapping;
  /** Oldest first. */
  readonly former: readonly FormerId[];
  readonly prefixes: readonly string[];
  readonly suffixes: readonly string[];
  readonly needsHash: boolean;
  readonly behavior: string;
  /** Mistakes of its text that only show when it is printed, such as a key that stands twice. */
  readonly flaws: readonly RenderProblem[];
  /** Names of the vars that read from it. */
  readonly vars: readonly string[];
  /** Kustomize kept notes in its annotations, so that annotations without an entry are dropped in the end. */
  readonly annotated: boolean;
  /** It came out of a chart: the namespace that Helm was told stays. */
  readonly isInflated: boolean;
}

/** The scope of objects that have no namespace; no namespace can be called that. */
const CLUSTER_SCOPE = '_non_namespaceable_';

const current = new WeakMap<Mapping, ObjectId>();

export function layeredResource(node: Mapping, more: Partial<Omit<LayeredResource, 'node'>> = {}): LayeredResource {
  return { node, former: [], prefixes: [], suffixes: [], needsHash: false, behavior: '', flaws: [], vars: [], annotated: false, isInflated: false, ...more };
}

/** The namespace that counts: cluster-scoped kinds have none, and none is `default`. */
export function scopeOf(gvk: Gvk, namespace: string): string {
  if (isClusterScoped(gvk)) return CLUSTER_SCOPE;
  return namespace === '' ? 'default' : namespace;
}

/** What an object is called now. */
export function currentId({ node }: Pick<LayeredResource, 'node'>): ObjectId {
  let id = current.get(node);
  if (!id) {
    const gvk = gvkOf(node);
    const metadata = childOf(node, 'metadata');
    const namespace = textOf(metadata, 'namespace') ?? '';
    id = objectId(gvk, textOf(metadata, 'name') ?? '', namespace, scopeOf(gvk, namespace));
    current.set(node, id);
  }
  return id;
}

function objectId(gvk: Gvk, name: string, namespace: string, scope: string): ObjectId {
  return { gvk, name, namespace, scope, key: `${gvk.group}/${gvk.version}/${gvk.kind}/${scope}/${name}` };
}

/** What it was called before, oldest first. Group and version are today's, as kustomize does not note them. */
export function formerIds({ node, former }: LayeredResource): ObjectId[] {
  if (former.length === 0) return [];
  const apiVersion = apiVersionOf(gvkOf(node));
  return former.map(({ kind, name, namespace, scope }) => objectId(sharedGvk(apiVersion, kind), name, namespace, scope));
}

/** What it is called in the file it comes from. */
export function originalId(resource: LayeredResource): ObjectId {
  if (resource.former.length === 0) return currentId(resource);
  return formerIds(resource)[0] ?? currentId(resource);
}

/** All its names, former ones first. */
export function allIds(resource: LayeredResource): readonly ObjectId[] {
  return resource.former.length === 0 ? [currentId(resource)] : [...formerIds(resource), currentId(resource)];
}

/** Remembers the present name, for a step that is about to change it. */
export function remember(resource: LayeredResource): LayeredResource {
  const { gvk, name, namespace, scope } = currentId(resource);
  return { ...resource, annotated: true, former: [...resource.former, { kind: gvk.kind, name, namespace, scope }] };
}

/** Whether an object has a name, or had it before. */
export function isOrWas(resource: LayeredResource, wanted: ObjectId): boolean {
  if (currentId(resource).key === wanted.key) return true;
  // Most have another name by far: only then it pays to look closer.
  return resource.former.some(({ name }) => name === wanted.name) && formerIds(resource).some(({ key }) => key === wanted.key);
}

/** The original identity as the model knows it. */
export function modelIdOf(resource: LayeredResource): ResourceId {
  const { gvk, name, namespace } = originalId(resource);
  return { group: gvk.group, kind: gvk.kind, namespace, name };
}

/** `Deployment "checkout"`, as messages name objects. */
export function formatId({ gvk, name }: Pick<ObjectId, 'gvk' | 'name'>): string {
  return `${gvk.kind} "${name}"`;
}
