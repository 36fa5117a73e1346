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

export interface FillOptions {
  /** A null that is given stays, also where there is a fallback for it. */
  readonly keepsNulls: boolean;
  /** Nulls of the fallback are passed over. */
  readonly dropsNulls?: boolean | undefined;
  readonly note?: NoteMismatch | undefined;
}

/**
 * Fills `given`, which is changed, up with copies of what only `fallback` has. A null in `given` deletes a key that
 * `fallback` has a value for. (Helm, `pkg/chartutil/coalesce.go`, `coalesceTablesFullKey`.)
 */
export function fillUp(given: MapValue, fallback: MapValue, options: FillOptions, path: readonly string[] = []): void {
  for (const [key, value] of fallback.entries) {
    if (value.kind === 'nil' && options.dropsNulls) continue;
    const own = given.entries.get(key);
    if (own === undefined) given.entries.set(key, options.dropsNulls ? withoutNulls(value) : copyOf(value));
    else if (own.kind === 'nil') {
      if (!options.keepsNulls && value.kind !== 'nil') given.entries.delete(key);
    } else if (own.kind === 'map' && value.kind === 'map') fillUp(own, value, options, [...path, key]);
    else if ((own.kind === 'map') !== (value.kind === 'map') && value.kind !== 'nil') options.note?.([...path, key], own, value);
  }
}

/** A copy without the nulls of maps; those of lists stay. */
export function withoutNulls(value: Value): Value {
  if (value.kind !== 'map') return copyOf(value);
  const copy: MapValue = { ...value, entries: new Map() };
  for (const [key, inner] of value.entries) if (inner.kind !== 'nil') copy.entries.set(key, withoutNulls(inner));
  return copy;
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
