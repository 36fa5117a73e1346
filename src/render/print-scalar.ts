import type { Scalar } from '../tree/node.ts';
import { plainValue, scalarValue } from '../tree/scalar-value.ts';
import { goFloat } from './go-json.ts';
import { printQuoted, printSingleQuoted, printWords } from './print-text.ts';
import { analyse, type TextTraits } from './text-traits.ts';

/** Words and names: text that begins with a letter, and holds nothing that could mean something. Most values are such. */
const WORD = /^[A-Za-z][\w./-]*$/;
/** `false` is the longest word that is no text to some reader; letters are followed by no number. */
const LONGEST_KEYWORD = 5;
/** Words with harmless marks between them. */
const WORDS = /^[A-Za-z](?:[\w./@+,=()~%$-]|:(?=\w)| (?=[\w./+(]))*$/;

/** A value, as it follows `key: ` at a column; further lines start at the indent. */
export function printScalar(node: Scalar, column: number, indent: number): string {
  const { text } = node;
  const isUntagged = node.tag === undefined || node.tag === '!!str';
  if (isUntagged && text.length > LONGEST_KEYWORD && (WORD.test(text) || WORDS.test(text))) return printWords(text, column, indent);
  const { type, value } = scalarValue(node);
  switch (type) {
    case 'int':
      return String(value);
    case 'float':
      return printFloat(value);
    case 'bool':
    case 'null':
      return String(value);
    default:
      return printText(value, column, indent);
  }
}

/** A key as it is printed. */
export interface PrintedKey {
  readonly text: string;
  /** Long keys and those with line breaks do not fit before a colon and are printed as `? key`. */
  readonly isSimple: boolean;
  /** Its length in characters, where it is simple. */
  readonly width: number;
}

const keys = new Map<string, PrintedKey>();
/** The same few hundred keys stand in all manifests; data has others, of which there is no end. */
const MAX_KEYS = 5000;

export function printKey(text: string, indent: number): PrintedKey {
  const known = keys.get(text);
  if (known) return known;
  const traits = analyse(text);
  const isSimple = !traits.hasBreaks && new TextEncoder().encode(text).length <= 128;
  if (!isSimple) return { text: printText(text, indent + 2, indent + 2), isSimple, width: 0 };
  const shown = printSimpleKey(text, traits);
  const key: PrintedKey = { text: shown, isSimple, width: [...shown].length };
  if (keys.size < MAX_KEYS) keys.set(text, key);
  return key;
}

function printSimpleKey(text: string, traits: TextTraits): string {
  if (!isPlain(text)) return printQuoted(text);
  if (text !== '' && traits.allowsPlain) return text;
  return traits.allowsSingle ? printSingleQuoted(text) : printQuoted(text);
}

/** A float that went through JSON and YAML: whole numbers have become integers where there is room for them. */
function printFloat(value: number): string {
  const json = goFloat(value);
  if (!/^-?\d+$/.test(json)) return shortest(value);
  const whole = BigInt(json);
  return whole <= 0xffff_ffff_ffff_ffffn && whole >= -0x8000_0000_0000_0000n ? String(whole) : shortest(value);
}

/** Go's `%g` with as many digits as are needed: an exponent below 1e-4 and from 1e6 on. */
function shortest(value: number): string {
  const [mantissa = '', power = '0'] = value.toExponential().split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 6) return String(value);
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

function printText(text: string, column: number, indent: number): string {
  const traits = analyse(text);
  if (text.includes('\n')) return traits.allowsBlock ? printBlock(text, indent) : printQuoted(text, column, indent);
  if (!isPlain(text)) return printQuoted(text, column, indent);
  if (traits.allowsPlain) return printWords(text, column, indent);
  return traits.allowsSingle ? printSingleQuoted(text, column, indent) : printQuoted(text, column, indent);
}

const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

/** Whether go-yaml v2 would read the text as a string if it stood there without quotes. */
function isPlain(text: string): boolean {
  if (BASE_60.test(text)) return false;
  const { type } = plainValue(text, 'kubectl');
  return type === 'string' && plainValue(text, 'kustomize').type !== 'timestamp';
}

/** `|` with an indicator for leading blanks and for what ends the text. */
function printBlock(text: string, indent: number): string {
  const start = /^[ \n]/.test(text) ? '2' : '';
  const end = !text.endsWith('\n') ? '-' : text === '\n' || text.endsWith('\n\n') ? '+' : '';
  const pad = ' '.repeat(indent);
  const body = (end === '-' ? text : text.slice(0, -1)).split('\n').map((line) => (line === '' ? '' : pad + line));
  return `|${start}${end}\n${body.join('\n')}`;
}
