import type { MapValue, Value } from '../value.ts';

/** A copy that shares no map with the value; a map that stood in several places of it becomes several. */
export function copyOf<V extends Value>(value: V): V {
  return copied(value, undefined) as V;
}

/** A copy that shares no map with the value. Maps that stood in several places of it still do so in the copy. */
export function twinOf<V extends Value>(value: V): V {
  return copied(value, new Map()) as V;
}

function copied(value: Value, known: Map<Value, Value> | undefined): Value {
  if (value.kind === 'map') {
    const before = known?.get(value);
    if (before) return before;
    const copy: MapValue = { ...value, entries: new Map() };
    known?.set(value, copy);
    for (const [key, inner] of value.entries) copy.entries.set(key, inner.kind === 'map' || inner.kind === 'list' ? copied(inner, known) : inner);
    return copy;
  }
  if (value.kind !== 'list') return value;
  let isOther = false;
  const items = value.items.map((item) => {
    const copy = copied(item, known);
    isOther ||= copy !== item;
    return copy;
  });
  return isOther ? { ...value, items } : value;
}

/**
 * Puts one source of values over those before it, which are changed: maps are merged, all else is replaced, and a null
 * stays for what comes later to see. (Helm, `pkg/cli/values`.)
 */
export function putOver(target: MapValue, source: MapValue): void {
  for (const [key, value] of source.entries) {
    const before = target.entries.get(key);
    if (value.kind === 'map' && before?.kind === 'map') putOver(before, value);
    else target.entries.set(key, value);
  }
}

/** Told where one side has a map and the other has something else: Helm warns, and takes what was given. */
export type NoteMismatch = (path: readonly string[], given: Value, fallback: Value) => void;

/**
 * Fills `given` up with what only `fallback` has; both are changed. A null in `given` deletes a key that `fallback` has a
 * value for, unless `keepsNulls`. (Helm, `pkg/chartutil/coalesce.go`, `coalesceTablesFullKey`.)
 */
export function fillUp(given: MapValue, fallback: MapValue, keepsNulls: boolean, path: readonly string[] = [], note?: NoteMismatch): void {
  const hasValue = new Set<string>();
  for (const [key, value] of fallback.entries) if (value.kind !== 'nil') hasValue.add(key);
  for (const [key, value] of given.entries) if (value.kind === 'nil') fallback.entries.set(key, value);
  for (const [key, value] of fallback.entries) {
    const own = given.entries.get(key);
    if (own === undefined) given.entries.set(key, value);
    else if (own.kind === 'nil' && !keepsNulls && hasValue.has(key)) given.entries.delete(key);
    else if (own.kind === 'map' && value.kind === 'map') fillUp(own, value, keepsNulls, [...path, key], note);
    else if ((own.kind === 'map') !== (value.kind === 'map') && value.kind !== 'nil') note?.([...path, key], own, value);
  }
}

/** Takes the nulls out of a map and of the maps in it, but not of lists. */
export function dropNulls({ entries }: MapValue): void {
  for (const [key, value] of entries) {
    if (value.kind === 'nil') entries.delete(key);
    else if (value.kind === 'map') dropNulls(value);
  }
}

/** The value at a path of keys. */
export function valueAt(value: Value, path: readonly string[]): Value | undefined {
  let at: Value | undefined = value;
  for (const key of path) at = at?.kind === 'map' ? at.entries.get(key) : undefined;
  return at;
}

/** Every value that is no map, and every empty map, with its path; of lists as a whole. In the order of their keys. */
export function leavesOf(value: MapValue, path: readonly string[] = []): { readonly path: readonly string[]; readonly value: Value }[] {
  return [...value.entries].flatMap(([key, inner]) =>
    inner.kind === 'map' && inner.entries.size > 0 ? leavesOf(inner, [...path, key]) : [{ path: [...path, key], value: inner }],
  );
}
