import { over, withEntry } from '../../tree/edit.ts';
import { entryOf, type Mapping, mapping, type Node, type Origin, scalar, sequence } from '../../tree/node.ts';
import { type Gvk, isSelected } from './gvk.ts';
import { Refusal } from './refusal.ts';
import { isNullNode } from './writing.ts';

/** Where a transformer writes, for which kinds. Empty or missing parts of the kind match any. */
export interface FieldSpec extends Partial<Gvk> {
  readonly path: string;
  /** Missing maps are made on the way. */
  readonly create?: boolean | undefined;
}

interface Step {
  readonly key: string;
  /** Written `key[]`: the value is a list, and nothing is made for it. */
  readonly isList: boolean;
}

/** A field spec that is ready to be walked. */
export interface FieldRoute {
  readonly spec: FieldSpec;
  readonly steps: readonly Step[];
}

const routes = new WeakMap<readonly FieldSpec[], WeakMap<Gvk, readonly FieldRoute[]>>();

/** The specs of a table that concern a kind. Computed once per table and kind. */
export function routesFor(specs: readonly FieldSpec[], gvk: Gvk): readonly FieldRoute[] {
  let byKind = routes.get(specs);
  if (!byKind) {
    byKind = new WeakMap();
    routes.set(specs, byKind);
  }
  let found = byKind.get(gvk);
  if (!found) {
    found = specs.filter((spec) => isSelected(gvk, spec)).map(routeOf);
    byKind.set(gvk, found);
  }
  return found;
}

export function routeOf(spec: FieldSpec): FieldRoute {
  const steps = splitPath(spec.path).map((part) => (part.endsWith('[]') ? { key: part.slice(0, -2), isList: true } : { key: part, isList: false }));
  return { spec, steps };
}

/** `a/b\/c` → a, b/c. */
export function splitPath(path: string): string[] {
  const parts = path.replace(/^\//, '').split('/');
  const joined: string[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (last?.endsWith('\\')) joined[joined.length - 1] = `${last.slice(0, -1)}/${part}`;
    else joined.push(part);
  }
  return joined;
}

/** What stands at the end of a route when nothing did, and who is to blame for it. */
export interface Creation {
  readonly as: 'mapping' | 'scalar';
  readonly origin: Origin;
}

/** Exchanges what a field spec leads to; lists on the way are passed item by item. `edit` gets undefined for a field that is made. */
export function editField(node: Mapping, route: FieldRoute, edit: (value: Node | undefined) => Node, creation?: Creation): Mapping {
  const walk = (at: Node, index: number): Node => {
    const step = route.steps[index];
    if (!step) return edit(at);
    if (isNullNode(at)) return at;
    if (at.kind === 'sequence') return changeItems(at, (item) => walk(item, index));
    if (at.kind === 'scalar') throw new Refusal('other', `the field "${route.spec.path}" leads through a value that is no mapping`);
    if (step.key === '') throw new Refusal('invalid-kustomization', 'a field spec has an empty path');
    const isLast = index === route.steps.length - 1;
    const create = route.spec.create && !step.isList ? creation : undefined;
    const entry = entryOf(at, step.key);
    if (!entry && !create) return at;
    if (!entry && create)
      return withEntry(at, scalar(step.key, 'plain', create.origin), isLast ? made(create, edit) : walk(mapping([], create.origin), index + 1));
    if (!entry) return at;
    if (isNullNode(entry.value) && create) {
      const fresh = isLast ? made(create, edit) : walk(mapping([], create.origin), index + 1);
      return withEntry(at, entry.key, over(fresh, entry.value));
    }
    if (isNullNode(entry.value) && step.isList) return withEntry(at, entry.key, sequence([], entry.value.origin));
    return withEntry(at, entry.key, walk(entry.value, index + 1));
  };
  return walk(node, 0) as Mapping;
}

function made(creation: Creation, edit: (value: Node | undefined) => Node): Node {
  return edit(creation.as === 'mapping' ? mapping([], creation.origin) : undefined);
}

function changeItems(node: Extract<Node, { kind: 'sequence' }>, change: (item: Node) => Node): Node {
  let changed = false;
  const items = node.items.map((item) => {
    const next = change(item);
    if (next !== item) changed = true;
    return next;
  });
  return changed ? { ...node, items } : node;
}
