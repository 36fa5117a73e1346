import type { MapValue, Value } from '../value.ts';
import { checkDepth } from './go/limits.ts';
import { isEmpty, isNothing } from './go/types.ts';

/**
 * Merges one map into another in place, as mergo's `deepMerge` does it for maps of anything. What the destination has
 * wins, unless it is empty: blank, zero, false or without entries. With `overwrites` the source wins, even with what is
 * empty. Values are not copied: a map of the source becomes part of the destination, as in Go.
 */
export function mergeInto(destination: MapValue, source: MapValue, overwrites: boolean, depth = 0): void {
  checkDepth(depth);
  for (const [key, value] of [...source.entries]) {
    if (isNothing(value)) {
      if (overwrites) destination.entries.set(key, value);
      continue;
    }
    const before = destination.entries.get(key);
    if (value.kind === 'map' && before?.kind === 'map') mergeInto(before, value, overwrites, depth + 1);
    if (value.kind === 'list' && overwrites) destination.entries.set(key, value);
    else if (isReplaced(before, value, overwrites)) destination.entries.set(key, value);
  }
}

function isReplaced(before: Value | undefined, value: Value, overwrites: boolean): boolean {
  if (before === undefined || isEmpty(before)) return true;
  return overwrites && !(value.kind === 'map' && before.kind === 'map');
}
