import { bool, float, int, list, map, NIL, text, type Value } from '../../src/render/helm/value.ts';

/** What stands in a row as JSON, as a value of templates. Whole numbers are ints in Go's tests; what Helm itself reads of JSON has none. */
export function valueFrom(plain: unknown, wholeNumbers: 'int' | 'float'): Value {
  const inner = (each: unknown): Value => valueFrom(each, wholeNumbers);
  if (plain === null || plain === undefined) return NIL;
  if (typeof plain === 'string') return text(plain);
  if (typeof plain === 'boolean') return bool(plain);
  if (typeof plain === 'number') return wholeNumbers === 'int' && Number.isInteger(plain) ? int(plain) : float(plain);
  if (Array.isArray(plain)) return list(plain.map(inner));
  return map(Object.entries(plain).map(([key, each]) => [key, inner(each)] as const));
}
