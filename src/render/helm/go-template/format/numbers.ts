import type { Float, Int } from '../../value.ts';
import { text } from '../../value.ts';
import { codePointName } from '../characters.ts';
import { type Flags, pad } from './flags.ts';
import { formatFloat } from './float.ts';
import { escapeText } from './quote.ts';
import type { TextBuilder } from './text-builder.ts';

const BASES: Readonly<Record<string, number>> = { v: 10, d: 10, b: 2, o: 8, O: 8, x: 16, X: 16 };
const PREFIXES: Readonly<Record<string, string>> = { b: '0b', x: '0x', X: '0X' };
const MAX_CHARACTER = 0x10_ff_ffn;

/** Adds an integer as a verb wants it. Whether there is such a verb for integers. */
export function formatInt(out: TextBuilder, { value, origins }: Int, verb: string, flags: Flags): boolean {
  const base = BASES[verb];
  if (base !== undefined) pad(out, text(digitsOf(value, base, verb, flags), origins), { ...flags, zero: false });
  else if (verb === 'c') pad(out, text(characterOf(value), origins), flags);
  else if (verb === 'q') pad(out, text(`'${escapeText(characterOf(value), "'", flags.plus)}'`, origins), flags);
  else if (verb === 'U') pad(out, text(unicodeName(value, flags), origins), { ...flags, zero: false });
  else return false;
  return true;
}

function digitsOf(value: bigint, base: number, verb: string, { plus, minus, sharp, space, zero, width, precision }: Flags): string {
  if (precision === 0 && value === 0n) return '';
  const isNegative = value < 0n;
  const sign = isNegative ? '-' : plus ? '+' : space ? ' ' : '';
  const wanted = precision ?? (zero && !minus ? (width ?? 0) - sign.length : 0);
  const size = (isNegative ? -value : value).toString(base);
  const digits = (verb === 'X' ? size.toUpperCase() : size).padStart(wanted, '0');
  const isMarked = sharp && !(base === 8 && digits.startsWith('0'));
  const prefix = isMarked ? (base === 8 ? '0' : (PREFIXES[verb] ?? '')) : '';
  return `${sign}${verb === 'O' ? '0o' : ''}${prefix}${digits}`;
}

function characterOf(value: bigint): string {
  const isCharacter = value >= 0n && value <= MAX_CHARACTER && !(value >= 0xd800n && value < 0xe000n);
  return isCharacter ? String.fromCodePoint(Number(value)) : '\ufffd';
}

function unicodeName(value: bigint, { sharp, precision }: Flags): string {
  const unsigned = BigInt.asUintN(64, value);
  const name = `U+${unsigned
    .toString(16)
    .toUpperCase()
    .padStart(Math.max(precision ?? 4, 4), '0')}`;
  if (!sharp || unsigned > MAX_CHARACTER) return name;
  return name + codePointName(Number(unsigned)).slice(`U+${unsigned.toString(16).padStart(4, '0')}`.length);
}

const FORMATS: Readonly<Record<string, readonly ['e' | 'f' | 'g' | 'b' | 'x', number | undefined]>> = {
  v: ['g', undefined],
  g: ['g', undefined],
  G: ['g', undefined],
  b: ['b', undefined],
  x: ['x', undefined],
  X: ['x', undefined],
  f: ['f', 6],
  F: ['f', 6],
  e: ['e', 6],
  E: ['e', 6],
};

/** Adds a float as a verb wants it. Whether there is such a verb for floats. */
export function formatFloatVerb(out: TextBuilder, { value, origins }: Float, verb: string, flags: Flags): boolean {
  const format = FORMATS[verb];
  if (!format) return false;
  const written = formatFloat(value, format[0], flags.precision ?? format[1]);
  const isNumber = Number.isFinite(value);
  const pointed = isNumber && flags.sharp && verb !== 'b' ? withPoint(written, 'vgGx'.includes(verb) ? (flags.precision ?? 6) : 0) : written;
  const cased = isNumber && 'EGX'.includes(verb) ? pointed.toUpperCase() : pointed;
  const size = cased.replace(/^[+-]/, '');
  const sign = signOf(cased, value, flags);
  const isFilled = isNumber && flags.zero && !flags.minus && flags.width !== undefined;
  const number = isFilled ? sign + size.padStart((flags.width ?? 0) - sign.length, '0') : sign + size;
  pad(out, text(number, origins), { ...flags, zero: false });
  return true;
}

/** `#`: with a point in any case, and with the zeros that were left out behind it. Go counts the `x` of hexadecimals as a digit. */
function withPoint(written: string, digits: number): string {
  const [, sign = '', size = '', tail = ''] = /^([+-]?)(0x[^p]*|[^e]*)(.*)$/.exec(written) ?? [];
  const met = size.replace('.', '').replace(/^0+/, '').length + (size === '0' ? 1 : 0);
  return `${sign}${size}${size.includes('.') ? '' : '.'}${'0'.repeat(Math.max(0, digits - met))}${tail}`;
}

/** Infinity always has a sign. */
function signOf(written: string, value: number, { plus, space }: Flags): string {
  if (written.startsWith('-')) return '-';
  if (plus) return '+';
  if (space) return ' ';
  return value === Number.POSITIVE_INFINITY ? '+' : '';
}
