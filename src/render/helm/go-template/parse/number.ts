import { characterOf } from './unquote.ts';

/** What a number literal can be taken for; several at once: `1e3` is an integer and a float. */
export interface NumberLiteral {
  readonly int: bigint | undefined;
  readonly uint: bigint | undefined;
  readonly float: number | undefined;
  readonly complex: { readonly real: number; readonly imaginary: number } | undefined;
}

const INTEGER = /^[+-]?(?:0[xX](?:_?[\da-fA-F])+|0[bB](?:_?[01])+|0[oO]?(?:_?[0-7])+|[1-9](?:_?\d)*|0)$/;
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const HEXADECIMAL = /^([+-]?)0[xX]([\da-fA-F]*)(?:\.([\da-fA-F]*))?[pP]([+-]?\d+)$/;
/** An underscore must stand between digits, or behind the prefix of a base. */
const STRAY_UNDERSCORE = { 10: /(?<!\d)_|_(?!\d)/, 16: /(?<![\da-fA-FxX])_|_(?![\da-fA-F])/ };

/** Longer than any integer that fits, and short enough to be read at once. */
const MAX_LENGTH = 200;
const MAX_INT = 2n ** 63n;
const MAX_UINT = 2n ** 64n;

/** Reads a literal as Go's text/template/parse/node.go. A string tells what is wrong with it. */
export function readNumber(text: string, kind: 'number' | 'complex' | 'character'): NumberLiteral | string {
  if (kind === 'character') return readCharacter(text);
  if (kind === 'complex') return readComplex(text);
  if (text.endsWith('i')) {
    const imaginary = floatOf(text.slice(0, -1));
    if (imaginary !== undefined) return ofComplex(0, imaginary);
  }
  return readReal(text);
}

function readCharacter(text: string): NumberLiteral | string {
  const code = characterOf(text);
  if (code === undefined) return `malformed character constant: ${text}`;
  return { int: BigInt(code), uint: BigInt(code), float: code, complex: undefined };
}

function readComplex(text: string): NumberLiteral | string {
  const [, real = '', imaginary = ''] = /^(.*[^eEpP])([+-].*)i$/.exec(text) ?? [];
  const parts = [floatOf(real), floatOf(imaginary)] as const;
  return parts[0] === undefined || parts[1] === undefined ? `illegal number syntax: "${text}"` : ofComplex(parts[0], parts[1]);
}

function readReal(text: string): NumberLiteral | string {
  const int = integerOf(text);
  if (int !== undefined) {
    const signed = int >= -MAX_INT && int < MAX_INT ? int : undefined;
    const unsigned = (int >= 0 && int < MAX_UINT && !/^[+-]/.test(text)) || int === 0n ? int : undefined;
    if (signed === undefined && unsigned === undefined) return `integer overflow: "${text}"`;
    return { int: signed, uint: unsigned, float: Number(int), complex: undefined };
  }
  const float = floatOf(text);
  if (float === undefined) return `illegal number syntax: "${text}"`;
  if (!/[.eEpP]/.test(text)) return `integer overflow: "${text}"`;
  return { ...integersOf(float), float, complex: undefined };
}

/** A complex number without an imaginary part is a float as well. */
function ofComplex(real: number, imaginary: number): NumberLiteral {
  const complex = { real, imaginary };
  return imaginary === 0 ? { ...integersOf(real), float: real, complex } : { int: undefined, uint: undefined, float: undefined, complex };
}

function integersOf(float: number): { readonly int: bigint | undefined; readonly uint: bigint | undefined } {
  const whole = Number.isInteger(float) ? BigInt(float) : undefined;
  return {
    int: whole !== undefined && whole >= -MAX_INT && whole < MAX_INT ? whole : undefined,
    uint: whole !== undefined && whole >= 0 && whole < MAX_UINT ? whole : undefined,
  };
}

function integerOf(text: string): bigint | undefined {
  if (text.length > MAX_LENGTH || !INTEGER.test(text)) return undefined;
  const digits = text.replace(/^[+-]/, '').replaceAll('_', '');
  // To Go a leading zero is the mark of octals.
  const value = BigInt(/^0\d/.test(digits) ? `0o${digits.slice(1)}` : digits);
  return text.startsWith('-') ? -value : value;
}

/** As Go's `strconv.ParseFloat`, which knows hexadecimals with an exponent; undefined for what it refuses. */
function floatOf(text: string): number | undefined {
  const isHexadecimal = /^[+-]?0[xX]/.test(text);
  if (STRAY_UNDERSCORE[isHexadecimal ? 16 : 10].test(text)) return undefined;
  const digits = text.replaceAll('_', '');
  const value = isHexadecimal ? hexadecimalOf(digits) : DECIMAL.test(digits) ? Number(digits) : undefined;
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

function hexadecimalOf(digits: string): number | undefined {
  const [whole, sign, integer = '', fraction = '', exponent] = HEXADECIMAL.exec(digits) ?? [];
  if (whole === undefined || integer + fraction === '') return undefined;
  const value = Number(BigInt(`0x${integer}${fraction}`)) * 2 ** (Number(exponent) - 4 * fraction.length);
  return sign === '-' ? -value : value;
}
