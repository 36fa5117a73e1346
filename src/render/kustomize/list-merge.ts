import { itemKeyOf } from '../../tree/difference.ts';
import { over } from '../../tree/edit.ts';
import { sameMeaning } from '../../tree/equality.ts';
import { entryOf, type Mapping, type Node, type Removal, type Sequence, scalar } from '../../tree/node.ts';
import { isMissing, type MergeContext, type Merged, type MergeNodes, noteLeaves } from './merge-context.ts';
import { type MergeSchema, schemaOfItems } from './merge-schema.ts';
import { Refusal } from './refusal.ts';
import { isNullNode } from './writing.ts';

const DIRECTIVE = '$patch';

/** Merges two lists whose items are told apart by keys: the patch's items come first, then those it does not name. */
export function mergeLists(
  target: Node | undefined,
  patch: Node | undefined,
  schema: MergeSchema | undefined,
  context: MergeContext,
  mergeNodes: MergeNodes,
): Merged {
  if (target?.kind !== 'sequence') {
    const fresh = patch as Sequence;
    noteLeaves(fresh, context);
    const merged = mergeItems(fresh, fresh, schema, { ...context, writes: [] }, mergeNodes);
    return { node: target ? over(merged, target) : merged, fromTarget: false };
  }
  if (patch && isNullNode(patch)) {
    context.writes.push({ origin: patch.origin, changed: true });
    return { node: undefined, fromTarget: false };
  }
  if (patch?.kind !== 'sequence') return { node: mergeItems(target, undefined, schema, context, mergeNodes), fromTarget: true };
  const directive = directiveOf(patch);
  const bare = directive ? without(patch, [DIRECTIVE], [directive.text]) : patch;
  if (directive?.text === 'delete') {
    context.writes.push({ origin: directive.node.origin, changed: true });
    return { node: undefined, fromTarget: false };
  }
  if (directive?.text === 'replace') {
    const merged = mergeItems(bare, bare, schema, { ...context, writes: [] }, mergeNodes);
    context.writes.push({ origin: directive.node.origin, changed: !sameMeaning(merged, target) });
    return { node: over(merged, target), fromTarget: false };
  }
  return { node: mergeItems(target, bare, schema, context, mergeNodes), fromTarget: true };
}

/** `- $patch: replace` alone in an item speaks for the whole list. */
function directiveOf(patch: Sequence): { readonly text: string; readonly node: Node } | undefined {
  const item = patch.items.find((candidate): candidate is Mapping => candidate.kind === 'mapping' && entryOf(candidate, DIRECTIVE) !== undefined);
  const value = item && item.entries.length === 1 ? item.entries[0]?.value : undefined;
  if (value?.kind !== 'scalar') return undefined;
  if (!['delete', 'replace', 'merge'].includes(value.text)) throw new Refusal('other', `unknown patch strategy "${value.text}"`, value.origin);
  return { text: value.text, node: value };
}

function without(list: Sequence, keys: readonly string[], values: readonly string[]): Sequence {
  const items = list.items.slice();
  setItem(items, keys, values, undefined);
  return { ...list, items };
}

/**
 * The walk of kyaml's associative sequences, step by step, losses included: an item without its key makes others
 * disappear, and of two items that only some keys tell apart the content of one is dropped.
 */
function mergeItems(target: Sequence, patch: Sequence | undefined, schema: MergeSchema | undefined, context: MergeContext, mergeNodes: MergeNodes): Sequence {
  const keys = schema?.keys?.length ? schema.keys : [''];
  const dest = target.items.slice();
  const itemSchema = schemaOfItems(schema);
  const tuples = identities([...(patch?.items ?? []), ...target.items], keys);
  if (keys.length > 1) unify(tuples);
  const added: Node[] = [];
  const removed: Removal[] = [];
  let valid = keys;
  for (const tuple of tuples) {
    const [names, values] = presentKeys(tuples, tuple, keys);
    valid = names;
    const at = findItem(dest, ...presentKeys([values], values, names));
    const from = patch?.items[findItem(patch.items, ...presentKeys([values], values, names))];
    const old = dest[at];
    const merged = mergeNodes(old, from, itemSchema, context, { mergeKeys: keys });
    if (merged.node && merged.fromTarget && at !== -1) dest[at] = merged.node;
    if (isMissing(merged.node) || !merged.node || isEmptyMapping(merged.node)) {
      if (old) removed.push({ key: itemKeyOf(old) ?? String(at), was: old, by: from?.origin ?? old.origin });
      setItem(dest, names, values, undefined);
      continue;
    }
    const item = withKeys(merged.node, names, values);
    if (merged.fromTarget && at !== -1) dest[at] = item;
    setItem(added, names, values, item);
  }
  if (tuples.length === 0) return target;
  for (const item of dest) append(added, item, valid);
  if (removed.length === 0 && added.length === target.items.length && added.every((item, index) => item === target.items[index])) return target;
  return { ...target, items: added, removed: removed.length > 0 ? [...(target.removed ?? []), ...removed] : target.removed };
}

function isEmptyMapping(node: Node): boolean {
  return node.kind === 'mapping' && node.entries.length === 0;
}

function keyText(item: Node, key: string): string {
  if (key === '') return item.kind === 'scalar' ? item.text : '';
  const value = item.kind === 'mapping' ? entryOf(item, key)?.value : undefined;
  return value?.kind === 'scalar' && !isNullNode(value) ? value.text : '';
}

/** What tells each item apart, each identity once, in order. */
function identities(items: readonly Node[], keys: readonly string[]): string[][] {
  const found: string[][] = [];
  for (const item of items) {
    const values = keys.map((key) => keyText(item, key));
    if (!found.some((known) => known.every((value, index) => value === values[index]))) found.push(values);
  }
  return found;
}

/** Identities that agree where both say something are made one. */
function unify(tuples: string[][]): void {
  for (let i = 0; i < tuples.length; i += 1) {
    for (let j = 0; j < tuples.length; j += 1) {
      const [a, b] = [tuples[i], tuples[j]];
      if (!a || !b || a.some((value, index) => value !== b[index] && value !== '' && b[index] !== '')) continue;
      if (!a.some((value, index) => value === b[index])) continue;
      const both = a.map((value, index) => value || (b[index] ?? ''));
      tuples[i] = both;
      tuples[j] = both;
    }
  }
}

/** The keys that any of the identities has a value for, and the values of one of them. */
function presentKeys(all: readonly (readonly string[])[], values: readonly string[], keys: readonly string[]): [readonly string[], readonly string[]] {
  const present = keys.map((_, index) => all.some((tuple) => (tuple[index] ?? '') !== ''));
  if (!present.includes(true)) return [keys, values];
  return [keys.filter((_, index) => present[index]), values.filter((value, index) => value !== '' || present[index])];
}

function findItem(items: readonly Node[], keys: readonly string[], values: readonly string[]): number {
  if (keys[0] === '') return items.findIndex((item) => item.kind === 'scalar' && item.text === values[0]);
  return items.findIndex((item) => item.kind === 'mapping' && keys.every((key, index) => matchesField(item, key, values[index] ?? '')));
}

function matchesField(item: Mapping, key: string, value: string): boolean {
  const found = entryOf(item, key)?.value;
  return found !== undefined && (found.kind === 'scalar' ? found.text : '') === value;
}

/** Exchanges the items that match, or appends; without an element it removes them. Empty items do not stay. */
function setItem(items: Node[], keys: readonly string[], values: readonly string[], element: Node | undefined): void {
  const kept: Node[] = [];
  let found = false;
  for (const item of items) {
    if (isMissing(item) || isEmptyMapping(item)) continue;
    const byField = keys[0] !== '' && (values[0] ?? '') !== '';
    if (item.kind !== 'mapping' && byField) {
      kept.push(item);
      continue;
    }
    if (!isMatch(item, keys, values)) {
      // With no values at all kyaml keeps nothing that does not match.
      if (values.length > 0) kept.push(item);
      continue;
    }
    found = true;
    if (element) kept.push(element);
  }
  items.splice(0, items.length, ...kept);
  if (element && !found) items.push(element);
}

function isMatch(item: Node, keys: readonly string[], values: readonly string[]): boolean {
  let last = false;
  for (const [index, key] of keys.entries()) {
    // Beyond the values the last answer counts again.
    const value = values[index];
    if (value !== undefined) last = key === '' ? item.kind === 'scalar' && item.text === value : hasField(item, key, value);
    if (!last) return false;
  }
  return last;
}

function hasField(item: Node, key: string, value: string): boolean {
  const found = item.kind === 'mapping' ? entryOf(item, key)?.value : undefined;
  if (!found) return false;
  return value === '' || (found.kind === 'scalar' && found.text === value);
}

function withKeys(item: Node, keys: readonly string[], values: readonly string[]): Node {
  if (item.kind !== 'mapping') return item;
  const missing = keys.flatMap((key, index) => (key !== '' && values[index] && !entryOf(item, key) ? [{ key, value: values[index] ?? '' }] : []));
  if (missing.length === 0) return item;
  const entries = missing.map(({ key, value }) => ({ key: scalar(key, 'plain', item.origin), value: scalar(value, 'plain', item.origin) }));
  return { ...item, entries: [...item.entries, ...entries] };
}

function append(items: Node[], item: Node, keys: readonly string[]): void {
  if (keys[0] === '') {
    setItem(items, keys, [item.kind === 'scalar' ? item.text : ''], item);
    return;
  }
  const values: string[] = [];
  for (const key of keys) {
    const value = item.kind === 'mapping' ? entryOf(item, key)?.value : undefined;
    if (!value || isNullNode(value)) items.push(item);
    else values.push(value.kind === 'scalar' ? value.text : '');
  }
  if (keys.length > 1) setItem(items, keys, values, undefined);
  setItem(items, keys, values, item);
}
