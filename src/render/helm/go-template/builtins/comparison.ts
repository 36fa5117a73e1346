import { goTypeOf, isNothing } from '../../functions/go/types.ts';
import { bool, type GoFunction, originsOf, TemplateFailure, type Value } from '../../value.ts';
import { compareBytes } from '../byte-order.ts';
import { isComplex } from '../complex.ts';
import { checkCount } from './arguments.ts';

/** `eq`, `ne` and the like, as Go's text/template/funcs.go: an int never equals a float, comparing the two is an error. */
export const COMPARISONS: Readonly<Record<string, GoFunction>> = {
  eq: (args) => judged(args, equalsAny(args)),
  ne: (args) => judged(args, !equalsAny(pairOf('ne', args))),
  lt: (args) => judged(args, isLess(...pairOf('lt', args))),
  le: (args) => judged(args, isLessOrEqual(...pairOf('le', args))),
  gt: (args) => judged(args, !isLessOrEqual(...pairOf('gt', args))),
  ge: (args) => judged(args, !isLess(...pairOf('ge', args))),
};

function judged(args: readonly Value[], verdict: boolean): Value {
  // Only nil is ever compared with a map or list: what is in them does not matter.
  const scalars = args.filter(({ kind }) => kind !== 'map' && kind !== 'list');
  return bool(verdict, scalars.flatMap(originsOf));
}

function pairOf(name: string, args: readonly Value[]): readonly [Value, Value] {
  checkCount(name, args, 2, 2);
  return args as [Value, Value];
}

function equalsAny(args: readonly Value[]): boolean {
  checkCount('eq', args, 1);
  const [first, ...others] = args as [Value, ...Value[]];
  if (others.length === 0) throw new TemplateFailure('missing argument for comparison');
  return others.some((other) => equals(first, other));
}

function equals(a: Value, b: Value): boolean {
  if (isNothing(a) || isNothing(b)) return isNil(a) && isNil(b);
  const kinds = [basicKind(a), basicKind(b)];
  if (kinds[0] !== kinds[1]) throw new TemplateFailure(`incompatible types for comparison: ${goTypeOf(a)} and ${goTypeOf(b)}`);
  if (kinds[0] === undefined) return equalsComposite(a, b);
  if (isComplex(a) && isComplex(b)) return a.real === b.real && a.imaginary === b.imaginary;
  return scalarOf(a) === scalarOf(b);
}

function isNil(value: Value): boolean {
  return isNothing(value) || ((value.kind === 'map' || value.kind === 'list') && value.isNil === true);
}

/** Maps and lists can be compared with nil alone. */
function equalsComposite(a: Value, b: Value): boolean {
  if (a.kind !== b.kind) throw new TemplateFailure(`non-comparable types ${goTypeOf(a)} and ${goTypeOf(b)}`);
  if (isNil(a) || isNil(b)) return isNil(a) === isNil(b);
  if (a.kind !== 'host') throw new TemplateFailure(`non-comparable type ${goTypeOf(b)}`);
  return a === b;
}

function isLess(a: Value, b: Value): boolean {
  const kinds = [basicKind(a), basicKind(b)];
  if (kinds[0] === undefined || kinds[1] === undefined) throw new TemplateFailure('invalid type for comparison');
  if (kinds[0] !== kinds[1]) throw new TemplateFailure(`incompatible types for comparison: ${goTypeOf(a)} and ${goTypeOf(b)}`);
  if (kinds[0] === 'bool' || kinds[0] === 'complex') throw new TemplateFailure('invalid type for comparison');
  const [left, right] = [scalarOf(a), scalarOf(b)];
  return typeof left === 'string' ? compareBytes(left, String(right)) < 0 : left < right;
}

function isLessOrEqual(a: Value, b: Value): boolean {
  return isLess(a, b) || equals(a, b);
}

/** What Go compares by value; undefined for everything else. */
function basicKind(value: Value): 'string' | 'int' | 'float' | 'bool' | 'complex' | undefined {
  if (value.kind === 'string' || value.kind === 'int' || value.kind === 'float' || value.kind === 'bool') return value.kind;
  return isComplex(value) ? 'complex' : undefined;
}

function scalarOf(value: Value): string | bigint | number | boolean {
  if (value.kind === 'string') return value.text;
  return value.kind === 'int' || value.kind === 'float' || value.kind === 'bool' ? value.value : '';
}
