import { formatFloat } from '../go-template/format/float.ts';
import { shownText } from '../go-template/format/value.ts';
import { type Call, float, type Int, int, list, TemplateFailure, type Value } from '../value.ts';
import { parseInt64, toFloat64, toInt64, wrap64 } from './casts.ts';
import { type Decimal, decimalOf, floatOf, negated, product, quotient, sum } from './decimals.ts';
import { checkItems } from './go/limits.ts';
import { authorsOf, textFrom } from './go/texts.ts';
import { ANY, type Definition, type Family, FLOAT, fn, INT, INT_VALUE, STRING, variadic } from './signature.ts';

/** An int64, whose name differs from that of a plain int. */
function int64(value: bigint, ...from: readonly Value[]): Value {
  return { kind: 'int', value: wrap64(value), origins: authorsOf(...from), goType: 'int64' };
}

function divided(a: Value, b: Value, divide: (a: bigint, b: bigint) => bigint): Value {
  const divisor = toInt64(b);
  if (divisor === 0n) throw new TemplateFailure('runtime error: integer divide by zero');
  return int64(divide(toInt64(a), divisor), a, b);
}

/** Go through `float64` to decimals and back: `execDecimalOp`. */
function exact(first: Value, rest: readonly Value[], step: (a: Decimal, b: Decimal) => Decimal | undefined): Value {
  const operand = (value: Value): Decimal => {
    const number = toFloat64(value);
    if (!Number.isFinite(number)) throw new TemplateFailure(`Cannot create a Decimal from ${formatFloat(number, 'g')}`);
    return decimalOf(number);
  };
  let result = operand(first);
  for (const value of rest) {
    const next = step(result, operand(value));
    if (!next) throw new TemplateFailure('decimal division by 0');
    result = next;
  }
  return float(floatOf(result), authorsOf(first, ...rest));
}

const ZERO = float(0);
const ONE = int(1);

function extreme(better: (a: bigint, b: bigint) => boolean): Definition {
  return variadic([ANY], ANY, ([first], rest) =>
    int64(
      rest.map(toInt64).reduce((a, b) => (better(b, a) ? b : a), toInt64(first)),
      first,
      ...rest,
    ),
  );
}

function extremeFloat(choose: (a: number, b: number) => number): Definition {
  return variadic([ANY], ANY, ([first], rest) =>
    float(
      rest.map(toFloat64).reduce((a, b) => choose(a, b), toFloat64(first)),
      authorsOf(first, ...rest),
    ),
  );
}

function rounding(round: (value: number) => number): Definition {
  return fn([ANY], ([value]) => float(round(toFloat64(value)), authorsOf(value)));
}

/** Sprig's own rounding: up from `from` on, whatever the sign. */
function rounded(value: number, places: number, from: number): number {
  const power = 10 ** places;
  const digits = power * value;
  const isUp = digits - Math.trunc(digits) >= from;
  return (isUp ? Math.ceil(digits) : Math.floor(digits)) / power;
}

/** The numbers of `untilStep`: none where the step leads away from the end. */
function numbersUntil(start: number, stop: number, step: number): readonly number[] {
  if (stop < start ? step >= 0 : step <= 0) return [];
  const count = Math.ceil((stop - start) / step);
  checkItems(count);
  return Array.from({ length: count }, (_, index) => start + index * step);
}

/** `untilStep` of Go: whoever gave a bound had a hand in each number. */
function listUntil(start: number, stop: number, step: number, from: readonly Value[], call: Call): Value {
  const origins = authorsOf(...from);
  const numbers = numbersUntil(start, stop, step).map((value) => int(value, origins));
  return { ...list(numbers, [call.origin]), goType: '[]int' };
}

function until(count: Int, call: Call): Value {
  const stop = Number(count.value);
  return listUntil(0, stop, stop < 0 ? -1 : 1, [count], call);
}

/** `seq` of one, two or three numbers, as the tool of that name; blank for other counts. */
function sequence(params: readonly number[]): readonly number[] {
  const [first, second, third] = params;
  if (first === undefined || params.length > 3) return [];
  const start = second === undefined ? 1 : first;
  const end = third ?? second ?? first;
  const direction = end < start ? -1 : 1;
  if (third === undefined) return numbersUntil(start, end + direction, direction);
  const step = second ?? 1;
  return end < start && step > 0 ? [] : numbersUntil(start, end + direction, step);
}

/** Sprig's functions of numbers: numeric.go and functions.go. */
export const NUMBERS: Family = {
  atoi: fn([STRING], ([source]) => int(parseInt64(source.text, 10) ?? 0n, authorsOf(source))),
  int: fn([ANY], ([value]) => (value.kind === 'int' && value.goType === undefined ? value : int(toInt64(value), authorsOf(value)))),
  int64: fn([ANY], ([value]) => int64(toInt64(value), value)),
  float64: fn([ANY], ([value]) => (value.kind === 'float' ? value : float(toFloat64(value), authorsOf(value)))),
  toDecimal: fn([ANY], ([value]) => int64(parseInt64(shownText(value).text, 8) ?? 0n, value)),
  add: variadic([], ANY, (_, values) =>
    int64(
      values.map(toInt64).reduce((a, b) => a + b, 0n),
      ...values,
    ),
  ),
  add1: fn([ANY], ([value]) => int64(toInt64(value) + 1n, value)),
  sub: fn([ANY, ANY], ([a, b]) => int64(toInt64(a) - toInt64(b), a, b)),
  mul: variadic([ANY], ANY, ([first], rest) =>
    int64(
      rest.map(toInt64).reduce((a, b) => wrap64(a * b), toInt64(first)),
      first,
      ...rest,
    ),
  ),
  div: fn([ANY, ANY], ([a, b]) => divided(a, b, (x, y) => x / y)),
  mod: fn([ANY, ANY], ([a, b]) => divided(a, b, (x, y) => x % y)),
  addf: variadic([], ANY, (_, values) => exact(ZERO, values, sum)),
  add1f: fn([ANY], ([value]) => exact(value, [ONE], sum)),
  subf: variadic([ANY], ANY, ([first], rest) => exact(first, rest, (a, b) => sum(a, negated(b)))),
  mulf: variadic([ANY], ANY, ([first], rest) => exact(first, rest, product)),
  divf: variadic([ANY], ANY, ([first], rest) => exact(first, rest, quotient)),
  max: extreme((a, b) => a > b),
  biggest: extreme((a, b) => a > b),
  min: extreme((a, b) => a < b),
  maxf: extremeFloat(Math.max),
  minf: extremeFloat(Math.min),
  ceil: rounding(Math.ceil),
  floor: rounding(Math.floor),
  round: variadic([ANY, INT], FLOAT, ([value, places], [from = 0.5]) => float(rounded(toFloat64(value), places, from), authorsOf(value))),
  until: fn([INT_VALUE], ([count], call) => until(count, call)),
  untilStep: fn([INT_VALUE, INT_VALUE, INT_VALUE], ([start, stop, step], call) =>
    listUntil(Number(start.value), Number(stop.value), Number(step.value), [start, stop, step], call),
  ),
  seq: variadic([], INT_VALUE, (_, params) => textFrom(sequence(params.map(({ value }) => Number(value))).join(' '), ...params)),
};
