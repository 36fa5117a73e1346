import { over, withEntry } from '../../tree/edit.ts';
import { childOf, type Mapping, type Node, type Scalar, scalar, textOf } from '../../tree/node.ts';
import { editField, type FieldSpec, routeOf, routesFor } from './field-paths.ts';
import { gvkOf, isClusterScoped } from './gvk.ts';
import { currentId, formatId, type LayeredResource, remember } from './layered-resource.ts';
import { Refusal } from './refusal.ts';
import { isNullNode, stringFrom } from './writing.ts';

/** How the namespace transformer goes about its work; a plain `namespace:` takes the defaults. */
export interface NamespaceOptions {
  readonly fieldSpecs: readonly FieldSpec[];
  readonly unsetOnly?: boolean;
  readonly subjects?: 'defaultOnly' | 'allServiceAccounts' | 'none';
}

const METADATA_NAMESPACE = routeOf({ path: 'metadata/namespace', create: true });

/** Puts every object that has one into a namespace. Throws a `Refusal` when two objects become one. */
export function setNamespace(resources: readonly LayeredResource[], namespace: Scalar, options: NamespaceOptions): LayeredResource[] {
  const value = stringFrom(namespace, 'namespace');
  const result = resources.slice();
  const counts = new Map<string, number>();
  const count = (resource: LayeredResource, step: number): number => {
    const key = currentId(resource).key;
    const sum = (counts.get(key) ?? 0) + step;
    counts.set(key, sum);
    return sum;
  };
  for (const resource of resources) count(resource, 1);
  for (const [index, resource] of resources.entries()) {
    // Helm has put it where it belongs.
    if (resource.isInflated) continue;
    count(resource, -1);
    const moved = { ...remember(resource), node: inNamespace(resource.node, value, options) };
    result[index] = moved;
    if (count(moved, 1) > 1) throw new Refusal('conflict', `in this namespace there are two of ${formatId(currentId(moved))}`);
  }
  return result;
}

function inNamespace(node: Mapping, value: Scalar, options: NamespaceOptions): Mapping {
  const gvk = gvkOf(node);
  const creation = { as: 'scalar', origin: value.origin } as const;
  const set = (old: Node | undefined): Node => {
    if (old && old.kind !== 'scalar') throw new Refusal('other', 'the field for the namespace is no text', old.origin);
    if (options.unsetOnly && old && !isNullNode(old) && old.text !== '') return old;
    return over(value, old);
  };
  const isBinding = gvk.kind === 'RoleBinding' || gvk.kind === 'ClusterRoleBinding';
  let result = isClusterScoped(gvk) ? node : editField(node, METADATA_NAMESPACE, set, creation);
  if (isBinding) result = withSubjects(result, set, value, options.subjects ?? 'defaultOnly');
  for (const route of routesFor(options.fieldSpecs, gvk)) {
    const { path } = route.spec;
    if (path === 'metadata/namespace' || (path === 'metadata/name' && textOf(node, 'apiVersion') !== 'v1')) continue;
    if (isBinding && path === 'subjects/namespace' && route.spec.kind) continue;
    result = editField(result, route, set, creation);
  }
  return result;
}

function withSubjects(node: Mapping, set: (old: Node | undefined) => Node, value: Scalar, mode: NonNullable<NamespaceOptions['subjects']>): Mapping {
  const subjects = childOf(node, 'subjects');
  if (mode === 'none' || !subjects || isNullNode(subjects)) return node;
  if (subjects.kind !== 'sequence') throw new Refusal('other', 'the subjects of a binding are no list', subjects.origin);
  const items = subjects.items.map((subject) => {
    const isMeant = mode === 'allServiceAccounts' ? textOf(subject, 'kind') === 'ServiceAccount' : textOf(subject, 'name') === 'default';
    if (!isMeant || subject.kind !== 'mapping') return subject;
    return withEntry(subject, scalar('namespace', 'plain', value.origin), set(childOf(subject, 'namespace')));
  });
  if (items.every((item, index) => item === subjects.items[index])) return node;
  return withEntry(node, scalar('subjects', 'plain', subjects.origin), { ...subjects, items });
}
