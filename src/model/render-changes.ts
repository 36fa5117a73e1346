import { differencesOf } from '../tree/difference.ts';
import type { FieldPath } from '../tree/field-path.ts';
import type { Node } from '../tree/node.ts';
import { type Field, type Resource, resourceKey } from './resource.ts';
import { withoutHash } from './shown-name.ts';
import type { ResourceSet } from './variant.ts';

/** One thing that a change did to what is rendered. What is gone has a field only in the render before. */
export interface RenderChange {
  readonly how: 'added' | 'changed' | 'removed';
  /** In the render of now, unless it is gone. */
  readonly field: Field;
  /** What stood there before, and stands there now. */
  readonly was?: Node | undefined;
  readonly is?: Node | undefined;
  /** Of a value that is gone, what held it, in the render of now. */
  readonly holder?: Field | undefined;
}

/**
 * In what two renders of one variant differ: objects and values, told apart by their original names, so that hashes, prefixes and the
 * order of lists make no difference.
 */
export function renderChanges(before: ResourceSet, now: ResourceSet): RenderChange[] {
  const [then, today] = [byOriginal(before), byOriginal(now)];
  const names = new Map([...then].flatMap(([key, { id }]) => (today.get(key) ? [[id.name, today.get(key)?.id.name ?? '']] : [])));
  const changes: RenderChange[] = [];
  for (const [key, resource] of today) {
    const old = then.get(key);
    if (old) changes.push(...changesOf(old, resource, names));
    else changes.push({ how: 'added', field: resource.field(), is: resource.node });
  }
  for (const [key, old] of then) if (!today.has(key)) changes.push({ how: 'removed', field: old.field(), was: old.node });
  return changes;
}

function byOriginal(resources: ResourceSet): Map<string, Resource> {
  return new Map([...resources].map((resource) => [resourceKey({ ...resource.originalId, namespace: resource.id.namespace }), resource]));
}

function changesOf(old: Resource, resource: Resource, names: ReadonlyMap<string, string>): RenderChange[] {
  // Of items that both have, the path is that of the first: the render of now.
  return differencesOf(resource.node, old.node).flatMap(({ path, left: now, right: then }): RenderChange[] => {
    if (isReckoned(path, now, then)) return [];
    if (!now) return [{ how: 'removed', field: old.field(...path), was: then, holder: resource.field(...path.slice(0, -1)) }];
    // What names another object follows its name.
    if (!isName(path) && then?.kind === 'scalar' && now.kind === 'scalar' && names.get(then.text) === now.text) return [];
    return [{ how: then ? 'changed' : 'added', field: resource.field(...path), was: then, is: now }];
  });
}

/** The hash in a name and checksums follow from what they are made of. */
function isReckoned(path: FieldPath, now: Node | undefined, then: Node | undefined): boolean {
  if (String(path.at(-1)).startsWith('checksum/')) return true;
  return isName(path) && now?.kind === 'scalar' && then?.kind === 'scalar' && withoutHash(now.text) === withoutHash(then.text);
}

function isName(path: FieldPath): boolean {
  return path.length === 2 && path[0] === 'metadata' && path[1] === 'name';
}
