import { bool, float, int, slice, type Text, type Value } from '../../value.ts';
import { parseFloat64 } from '../casts.ts';
import { authorsOf, textFrom } from '../go/texts.ts';
import { timeHost } from '../time/hosts.ts';
import { parseMoment } from '../time/parse.ts';

/** A value of TOML within a text, and where it ends; undefined where there is none. */
export interface TomlPart {
  readonly value: Value;
  readonly end: number;
}

const QUOTED = /"{3}(?:[^\\]|\\.)*?"{3,5}|'{3}.*?'{3,5}|"(?:[^"\\\n]|\\[^\n])*"|'[^'\n]*'/sy;

/** A text in quotes of any of TOML's four kinds. */
export function tomlText(source: Text, at: number): { readonly value: Text; readonly end: number } | undefined {
  QUOTED.lastIndex = at;
  const raw = QUOTED.exec(source.text)?.[0];
  if (raw === undefined) return undefined;
  const end = at + raw.length;
  const marks = raw.startsWith('"""') || raw.startsWith("'''") ? 3 : 1;
  // A line break right behind three quotes does not count.
  const skipped = marks === 3 ? (/^\r?\n/.exec(raw.slice(3))?.[0].length ?? 0) : 0;
  const inner = slice(source, at + marks + skipped, end - marks);
  if (raw.startsWith("'") || !inner.text.includes('\\')) return { value: inner, end };
  const value = unescaped(inner.text, marks === 3);
  return value === undefined ? undefined : { value: textFrom(value, inner), end };
}

const SHORT: Readonly<Record<string, string>> = { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', e: '\x1b', '"': '"', '\\': '\\' };
const ESCAPE = /\\(?:u([\da-f]{4})|U([\da-f]{8})|x([\da-f]{2})|(\s*\n\s*)|(.))/gis;

function unescaped(text: string, isLong: boolean): string | undefined {
  let isKnown = true;
  const value = text.replaceAll(ESCAPE, (_, short, long, byte, lines, letter) => {
    const code = short ?? long ?? byte;
    if (code !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10ffff));
    if (lines !== undefined && isLong) return '';
    const character = SHORT[letter ?? ''];
    isKnown &&= character !== undefined;
    return character ?? '';
  });
  return isKnown ? value : undefined;
}

const BARE = /[\w+.:-]+(?: \d\d:[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?/y;
const INTEGER = /^(?:[+-]?(?:0|[1-9](?:_?\d)*)|0x[\da-f](?:_?[\da-f])*|0o[0-7](?:_?[0-7])*|0b[01](?:_?[01])*)$/i;
const FLOAT = /^[+-]?(?:inf|nan|(?:0|[1-9](?:_?\d)*)(?:\.\d(?:_?\d)*)?(?:e[+-]?\d(?:_?\d)*)?)$/i;
const DATES = ['2006-01-02T15:04:05Z07:00', '2006-01-02T15:04:05', '2006-01-02', '15:04:05', '15:04'];

/** A number, a boolean or a date. */
export function tomlBare(source: Text, at: number): TomlPart | undefined {
  BARE.lastIndex = at;
  const word = BARE.exec(source.text)?.[0];
  if (word === undefined) return undefined;
  const end = at + word.length;
  const written = slice(source, at, end);
  const origins = authorsOf(written);
  if (word === 'true' || word === 'false') return { value: bool(word === 'true', origins), end };
  const digits = word.replaceAll('_', '');
  if (INTEGER.test(word)) return { value: { ...int(BigInt.asIntN(64, integerOf(digits)), origins), goType: 'int64' }, end };
  const number = FLOAT.test(word) ? parseFloat64(digits.replace(/^[+-](?=nan)/, '')) : undefined;
  if (number !== undefined) return { value: float(number, origins), end };
  for (const layout of DATES) {
    const moment = parseMoment(word.replace(/^(\d{4}-\d\d-\d\d)[ t]/, '$1T').replace(/z$/, 'Z'), layout);
    if (moment) return { value: timeHost(moment, written), end };
  }
  return undefined;
}

function integerOf(digits: string): bigint {
  return digits.startsWith('-') ? -BigInt(digits.slice(1)) : BigInt(digits.replace('+', ''));
}
