import { sameMeaning } from './equality.ts';
import type { FieldPath } from './field-path.ts';
import type { Node } from './node.ts';
import { entryOf, textOf } from './node.ts';

/** One place where two trees part: only on the left, only on the right, or different on both sides. */
export interface Difference {
  /** Indexes are those of the side that has the node; of the left one where both have it. */
  readonly path: FieldPath;
  readonly left?: Node | undefined;
  readonly right?: Node | undefined;
}

/** The keys by which Kubernetes tells the items of a list apart, most telling first. */
const ITEM_KEYS = ['name', 'containerPort', 'port', 'mountPath', 'key', 'ip', 'type'];

/** What identifies an item within its list, or undefined when only its place does. */
export function itemKeyOf(item: Node): string | undefined {
  if (item.kind === 'scalar') return `=${item.text}`;
  if (item.kind === 'sequence') return undefined;
  for (const key of ITEM_KEYS) {
    const text = textOf(item, key);
    if (text !== undefined) return `${key}=${text}`;
  }
  return undefined;
}

/**
 * The places where two trees differ, in the order of the left one. Items that have names are compared by name, in
 * whatever order they stand. Shared subtrees cost nothing.
 */
export function differencesOf(left: Node | undefined, right: Node | undefined, path: FieldPath = []): Difference[] {
  if (left === right || sameMeaning(left, right)) return [];
  if (left?.kind === 'mapping' && right?.kind === 'mapping') {
    const differences = left.entries.flatMap(({ key, value }) => differencesOf(value, entryOf(right, key.text)?.value, [...path, key.text]));
    for (const { key, value } of right.entries) if (!entryOf(left, key.text)) differences.push({ path: [...path, key.text], right: value });
    return differences;
  }
  if (left?.kind === 'sequence' && right?.kind === 'sequence') {
    const differences = differencesOfItems(left.items, right.items, path);
    // The same texts in another order: for arguments that is a difference, for things with names it is none.
    return differences.length === 0 && left.items.some((item) => item.kind === 'scalar') ? [{ path, left, right }] : differences;
  }
  return [{ path, left, right }];
}

function differencesOfItems(left: readonly Node[], right: readonly Node[], path: FieldPath): Difference[] {
  const keyed = uniqueKeys(right);
  if (!keyed || !uniqueKeys(left)) {
    const longest = Math.max(left.length, right.length);
    return Array.from({ length: longest }, (_, index) => differencesOf(left[index], right[index], [...path, index])).flat();
  }
  const differences: Difference[] = [];
  const met = new Set<string>();
  for (const [index, item] of left.entries()) {
    const key = itemKeyOf(item) ?? '';
    met.add(key);
    differences.push(...differencesOf(item, keyed.get(key)?.item, [...path, index]));
  }
  for (const [key, { item, index }] of keyed) if (!met.has(key)) differences.push({ path: [...path, index], right: item });
  return differences;
}

function uniqueKeys(items: readonly Node[]): Map<string, { item: Node; index: number }> | undefined {
  const keyed = new Map<string, { item: Node; index: number }>();
  for (const [index, item] of items.entries()) {
    const key = itemKeyOf(item);
    if (key === undefined || keyed.has(key)) return undefined;
    keyed.set(key, { item, index });
  }
  return keyed;
}
