import type { Value } from '../value.ts';

const MIN_INT = -(2n ** 63n);
const MAX_INT = 2n ** 63n - 1n;

/** As much of an integer as fits into 64 bits, as Go's overflow leaves it. */
export function wrap64(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}

/** cast's `ToInt64`: zero for what is no number. */
export function toInt64(value: Value): bigint {
  if (value.kind === 'int') return value.value;
  if (value.kind === 'float') return truncated(value.value);
  if (value.kind === 'bool') return value.value ? 1n : 0n;
  return value.kind === 'string' ? (parseInt64(withoutZeroDecimal(value.text), 0) ?? 0n) : 0n;
}

/** What does not fit becomes the smallest integer, as processors of PCs do it. */
function truncated(value: number): bigint {
  if (!Number.isFinite(value) || Math.abs(value) >= 2 ** 63) return MIN_INT;
  return BigInt(Math.trunc(value));
}

/** cast's `trimZeroDecimal`: `1.00` is `1`. */
function withoutZeroDecimal(text: string): string {
  return text.replace(/\.0+$/, '');
}

const DIGITS: Readonly<Record<number, RegExp>> = { 2: /^[01]+$/, 8: /^[0-7]+$/, 10: /^\d+$/, 16: /^[\da-f]+$/i };
const PREFIXES: Readonly<Record<number, string>> = { 2: '0b', 8: '0o', 10: '', 16: '0x' };

/** `strconv.ParseInt` for 64 bits; base 0 reads prefixes and takes underscores. Undefined for what is no such number. */
export function parseInt64(text: string, base: 0 | 8 | 10): bigint | undefined {
  const sign = /^[+-]/.exec(text)?.[0] ?? '';
  let digits = text.slice(sign.length);
  let radix: number = base;
  if (base === 0) {
    const prefix = /^0(?:([xX])|([bB])|([oO]))?(?=.)/.exec(digits);
    radix = prefix ? (prefix[1] ? 16 : prefix[2] ? 2 : 8) : 10;
    const rest = digits.slice(prefix?.[0].length ?? 0);
    // An underscore stands between digits, or behind the prefix.
    if (/__|_$/.test(rest) || (!prefix && rest.startsWith('_'))) return undefined;
    digits = rest.replaceAll('_', '');
  }
  if (!DIGITS[radix]?.test(digits)) return undefined;
  const magnitude = BigInt(`${PREFIXES[radix]}${digits}`);
  const value = sign === '-' ? -magnitude : magnitude;
  return value < MIN_INT || value > MAX_INT ? undefined : value;
}

/** cast's `ToFloat64`: zero for what is no number. */
export function toFloat64(value: Value): number {
  if (value.kind === 'float') return value.value;
  if (value.kind === 'int') return Number(value.value);
  if (value.kind === 'bool') return value.value ? 1 : 0;
  return value.kind === 'string' ? (parseFloat64(value.text) ?? 0) : 0;
}

/** Underscores stand between digits, or behind the prefix of a hexadecimal number. */
const STRAY_UNDERSCORE = /(?<![\da-fx])_|_(?![\da-f])/i;
const SPECIAL = /^([+-]?)(?:(inf|infinity)|nan)$/i;
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const HEXADECIMAL = /^([+-]?)0x([\da-f]*)\.?([\da-f]*)p([+-]?\d+)$/i;

/** `strconv.ParseFloat`. Undefined for what is no number, or too big for one. */
export function parseFloat64(written: string): number | undefined {
  if (STRAY_UNDERSCORE.test(written)) return undefined;
  const text = written.replaceAll('_', '');
  const special = SPECIAL.exec(written);
  if (special) {
    if (!special[2]) return special[1] ? undefined : Number.NaN;
    return special[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  const hexadecimal = HEXADECIMAL.exec(text);
  if (hexadecimal) {
    const [, sign, whole = '', fraction = '', power] = hexadecimal;
    if (whole + fraction === '') return undefined;
    const value = Number(BigInt(`0x${whole}${fraction}`)) * 2 ** (Number(power) - 4 * fraction.length);
    return Number.isFinite(value) ? (sign === '-' ? -value : value) : undefined;
  }
  if (!DECIMAL.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}
