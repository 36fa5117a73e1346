import { type MapValue, NIL, text, type Value } from '../value.ts';

/** What a map gives for a key that it has not: the zero of what it holds. */
export function zeroOf({ goType }: MapValue): Value {
  return goType === 'map[string]string' ? text('') : NIL;
}
