import { over, withEntry } from '../../tree/edit.ts';
import { childOf, entryOf, type Mapping, type Node, type Scalar, scalar, textOf } from '../../tree/node.ts';
import { editField, type FieldRoute, routeOf } from './field-paths.ts';
import { type Gvk, gvkOf, isClusterScoped, isSelected } from './gvk.ts';
import { currentId, formatId, formerIds, type LayeredResource, type ObjectId, originalId } from './layered-resource.ts';
import { Refusal } from './refusal.ts';
import type { NameReference } from './transformer-config.ts';
import { isNullNode, originAs } from './writing.ts';

/** An object that was renamed, as the search for referrals sees it. */
interface Candidate {
  readonly resource: LayeredResource;
  readonly now: ObjectId;
  readonly former: readonly ObjectId[];
}

/** Fields of one kind that hold names, and names of what. */
interface ReferenceRoute {
  readonly route: FieldRoute;
  readonly target: Partial<Gvk>;
}

/**
 * Makes every reference follow the object it means, now that all have their final names. `refuse` hears of a
 * reference that could mean several.
 */
export function fixNameReferences(
  resources: readonly LayeredResource[],
  references: readonly NameReference[],
  refuse: (resource: LayeredResource, refusal: Refusal) => void,
): LayeredResource[] {
  const result = resources.slice();
  const index = indexByFormerName(resources);
  if (index.size === 0) return result;
  for (const [at, resource] of resources.entries()) {
    const routes = routesOf(references, originalId(resource).gvk);
    if (routes.length === 0) continue;
    try {
      const node = withReferences(resource, routes, index);
      if (node !== resource.node) result[at] = { ...resource, node };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refuse(resource, error);
    }
  }
  return result;
}

function indexByFormerName(resources: readonly LayeredResource[]): ReadonlyMap<string, readonly Candidate[]> {
  const index = new Map<string, Candidate[]>();
  for (const resource of resources) {
    if (resource.former.length === 0) continue;
    const candidate = { resource, now: currentId(resource), former: formerIds(resource) };
    for (const name of new Set(resource.former.map((id) => id.name))) {
      const same = index.get(name);
      if (same) same.push(candidate);
      else index.set(name, [candidate]);
    }
  }
  return index;
}

const compiled = new WeakMap<readonly NameReference[], WeakMap<Gvk, readonly ReferenceRoute[]>>();

function routesOf(references: readonly NameReference[], gvk: Gvk): readonly ReferenceRoute[] {
  const byKind = compiled.get(references) ?? new WeakMap<Gvk, readonly ReferenceRoute[]>();
  compiled.set(references, byKind);
  let routes = byKind.get(gvk);
  if (!routes) {
    routes = references.flatMap((target) =>
      target.fieldSpecs.filter((spec) => isSelected(gvk, spec)).map((spec) => ({ route: routeOf({ path: spec.path }), target })),
    );
    byKind.set(gvk, routes);
  }
  return routes;
}

/** One referrer, and where it looks for what it means. */
interface Search {
  readonly referrer: LayeredResource;
  readonly id: ObjectId;
  readonly index: ReadonlyMap<string, readonly Candidate[]>;
  readonly target: Partial<Gvk>;
  readonly isRoleRef: boolean;
}

function withReferences(referrer: LayeredResource, routes: readonly ReferenceRoute[], index: Search['index']): Mapping {
  let { node } = referrer;
  const id = currentId(referrer);
  for (const { route, target } of routes) {
    const search: Search = { referrer, id, index, target, isRoleRef: route.spec.path.endsWith('roleRef/name') };
    node = editField(node, route, (value) => fixValue(value as Node, search));
  }
  return node;
}

function fixValue(value: Node, search: Search): Node {
  if (isNullNode(value)) return value;
  if (value.kind === 'scalar') return fixName(value, search);
  if (value.kind === 'mapping') return fixNamedMapping(value, search);
  let changed = false;
  const items = value.items.map((item) => {
    if (item.kind === 'sequence') throw new Refusal('other', 'a list of names holds a list', item.origin);
    const next = fixValue(item, search);
    if (next !== item) changed = true;
    return next;
  });
  return changed ? { ...value, items } : value;
}

function fixName(value: Scalar, search: Search): Node {
  const referral = select(value.text, search, search.index.get(value.text) ?? [], (a, b) => a.now.name === b.now.name);
  if (!referral || referral.now.name === value.text) return value;
  return over(nameOf(referral, value.style), value);
}

/** The name of the object in its own words: whoever changed it there changed it here. */
function nameOf({ resource }: Candidate, style: Scalar['style']): Scalar {
  const name = childOf(childOf(resource.node, 'metadata'), 'name') as Scalar;
  const { parts, origin, text } = name;
  return scalar(text, style, originAs(origin, 'name-reference'), parts ? { parts } : {});
}

function fixNamedMapping(value: Mapping, search: Search): Node {
  const name = entryOf(value, 'name');
  if (name?.value.kind !== 'scalar') throw new Refusal('other', 'a reference has no name', value.origin);
  const namespace = childOf(value, 'namespace');
  const all = search.index.get(name.value.text) ?? [];
  const within = namespace?.kind === 'scalar' ? inNamespace(all, namespace.text) : all;
  const referral = select(name.value.text, search, within, (a, b) => a.now.name === b.now.name && a.now.namespace === b.now.namespace);
  if (!referral || (referral.now.name === name.value.text && referral.now.namespace === '')) return value;
  let result = value;
  if (referral.now.name !== name.value.text) result = withEntry(result, name.key, over(nameOf(referral, name.value.style), name.value));
  const metadata = childOf(referral.resource.node, 'metadata');
  const own = childOf(metadata, 'namespace');
  if (own?.kind !== 'scalar' || own.text === '' || own.text === textOf(value, 'namespace')) return result;
  const moved = { ...own, replaces: undefined, origin: originAs(own.origin, 'name-reference') };
  return withEntry(result, scalar('namespace', 'plain', moved.origin), over(moved, namespace));
}

/** Those that began in the namespace; if none did, those that are there now. */
function inNamespace(candidates: readonly Candidate[], namespace: string): readonly Candidate[] {
  const before = candidates.filter(({ resource }) => originalId(resource).scope === namespace);
  return before.length > 0 ? before : candidates.filter(({ now }) => now.scope === namespace);
}

function select(name: string, search: Search, candidates: readonly Candidate[], isSame: (a: Candidate, b: Candidate) => boolean): Candidate | undefined {
  if (candidates.length === 0) return undefined;
  const role = search.isRoleRef ? roleOf(search.referrer.node) : undefined;
  let left = candidates.filter(
    (candidate) =>
      couldBeMeant(candidate, search) &&
      candidate.former.some((id) => isSelected(id.gvk, search.target)) &&
      (!role || candidate.former.some((id) => isSelected(id.gvk, role))),
  );
  if (left.length <= 1) return left[0];
  left = left.filter(({ resource }) => sameAffixes(resource, search.referrer, true));
  if (left.length > 1) left = left.filter(({ resource }) => sameAffixes(resource, search.referrer, false));
  const [first, ...others] = left;
  if (!first || others.every((other) => isSame(first, other))) return first;
  const ids = left.map(({ now }) => formatId(now)).join(', ');
  throw new Refusal('conflict', `the name "${name}" could mean several objects: ${ids}`);
}

/** Objects of other namespaces are not meant, but for service accounts that a binding names with their namespace. */
function couldBeMeant({ now, resource }: Candidate, { id, referrer }: Search): boolean {
  if (isClusterScoped(id.gvk) || isClusterScoped(now.gvk) || now.scope === id.scope) return true;
  return gvkOf(resource.node).kind === 'ServiceAccount' && boundNamespaces(referrer.node).has(now.namespace);
}

function boundNamespaces(node: Mapping): ReadonlySet<string> {
  const subjects = gvkOf(node).kind === 'RoleBinding' ? childOf(node, 'subjects') : undefined;
  if (subjects?.kind !== 'sequence') return new Set();
  return new Set(subjects.items.flatMap((subject) => (textOf(subject, 'kind') === 'ServiceAccount' ? [textOf(subject, 'namespace') ?? ''] : [])));
}

function roleOf(node: Mapping): Partial<Gvk> | undefined {
  const role = childOf(node, 'roleRef');
  const [group, kind] = [textOf(role, 'apiGroup'), textOf(role, 'kind')];
  return group === undefined || kind === undefined ? undefined : { group, kind };
}

function sameAffixes(a: LayeredResource, b: LayeredResource, allowEmpty: boolean): boolean {
  const same = (left: readonly string[], right: readonly string[]): boolean =>
    (allowEmpty && (left.length === 0 || right.length === 0)) || endAlike(left, right);
  return same(a.prefixes, b.prefixes) && same(a.suffixes, b.suffixes);
}

function endAlike(a: readonly string[], b: readonly string[]): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length === 0) return long.length === 0;
  return short.every((text, index) => text === long[long.length - short.length + index]);
}
