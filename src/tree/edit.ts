import type { Entry, Mapping, Node, Origin, Removal, Scalar, Sequence } from './node.ts';
import { mapping } from './node.ts';

/** `node` as an explicit write over `old`: it remembers what it put aside. Writing an equal value is still a write. */
export function over<N extends Node>(node: N, old: Node | undefined): N {
  return old ? { ...node, replaces: old } : node;
}

/** The mapping with the value of an entry exchanged, or the entry appended. The mapping itself counts as untouched. */
export function withEntry(node: Mapping, key: Scalar, value: Node): Mapping {
  const at = node.entries.findIndex((entry) => entry.key.text === key.text);
  if (at === -1) return { ...node, entries: [...node.entries, { key, value }] };
  const old = node.entries[at];
  if (old?.value === value) return node;
  const entries = node.entries.slice();
  entries[at] = { key: old?.key ?? key, value, via: old?.via };
  return { ...node, entries };
}

/** The mapping without a key, with a trace of who removed it. The same mapping when it has no such key. */
export function withoutEntry(node: Mapping, key: string, by: Origin): Mapping {
  const gone = node.entries.find((entry) => entry.key.text === key);
  if (!gone) return node;
  const removal: Removal = { key, was: gone.value, by };
  return { ...node, entries: node.entries.filter((entry) => entry !== gone), removed: [...(node.removed ?? []), removal] };
}

/** The sequence with one item exchanged; the same sequence when nothing changes. */
export function withItem(node: Sequence, index: number, item: Node): Sequence {
  if (node.items[index] === item) return node;
  const items = node.items.slice();
  items[index] = item;
  return { ...node, items };
}

/** The mapping with each value passed through `change`; the same mapping when nothing changes. */
export function mapEntries(node: Mapping, change: (value: Node, entry: Entry) => Node): Mapping {
  let changed = false;
  const entries = node.entries.map((entry) => {
    const value = change(entry.value, entry);
    if (value === entry.value) return entry;
    changed = true;
    return { key: entry.key, value, via: entry.via };
  });
  return changed ? { ...node, entries } : node;
}

/** The sequence with each item passed through `change`; the same sequence when nothing changes. */
export function mapItems(node: Sequence, change: (item: Node, index: number) => Node): Sequence {
  let changed = false;
  const items = node.items.map((item, index) => {
    const next = change(item, index);
    if (next !== item) changed = true;
    return next;
  });
  return changed ? { ...node, items } : node;
}

/**
 * Exchanges the value at a path of mapping keys, making missing mappings on the way when `create` names their
 * origin. Returns the same node when the path is missing (and nothing creates it), or leads through a scalar or list.
 */
export function updateAt(node: Node, path: readonly Scalar[], change: (old: Node | undefined) => Node | undefined, create?: Origin): Node {
  const [head, ...rest] = path;
  if (!head) return change(node) ?? node;
  if (node.kind !== 'mapping') return node;
  const old = node.entries.find((entry) => entry.key.text === head.text)?.value;
  if (rest.length === 0) {
    const value = change(old);
    return value ? withEntry(node, head, value) : node;
  }
  if (!old && !create) return node;
  const next = updateAt(old ?? mapping([], create as Origin), rest, change, create);
  return old === next ? node : withEntry(node, head, next);
}
