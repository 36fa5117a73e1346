import { compareBytes } from '../go-template/byte-order.ts';
import { TextBuilder } from '../go-template/format/text-builder.ts';
import { shownText } from '../go-template/format/value.ts';
import { bool, type Call, concat, type ListValue, list, map, slice, TemplateFailure, type Text, type Value } from '../value.ts';
import { byteText } from './go/bytes.ts';
import { SPACES } from './go/letters.ts';
import { checkItems, checkLength } from './go/limits.ts';
import { quoted } from './go/quoted.ts';
import { strslice } from './go/strval.ts';
import { authorsOf, replaceText, splitText } from './go/texts.ts';
import { isNothing, itemsOf } from './go/types.ts';
import { indented } from './indent.ts';
import { ANY, type Family, fn, INT, STRING, variadic } from './signature.ts';

const LEADING = new RegExp(`^[${SPACES}]+`);
const SPACE = new RegExp(`[${SPACES}]`);

/** Go's `strings.TrimSpace`. */
export function trimSpace(value: Text): Text {
  const { text } = value;
  const start = LEADING.exec(text)?.[0].length ?? 0;
  // A pattern that is tied to the end would try each blank of the text.
  let end = text.length;
  while (end > start && SPACE.test(text.charAt(end - 1))) end -= 1;
  return start === 0 && end === text.length ? value : slice(value, start, end);
}

/** Go's `strings.Trim`: what both ends have of a set of characters. */
function trimAll(cutset: string, value: Text): Text {
  const cut = new Set(cutset);
  const runes = [...value.text];
  let [from, to] = [0, runes.length];
  while (from < to && cut.has(runes[from] ?? '')) from += 1;
  while (to > from && cut.has(runes[to - 1] ?? '')) to -= 1;
  const start = runes.slice(0, from).join('').length;
  return slice(value, start, start + runes.slice(from, to).join('').length);
}

function repeat(count: number, value: Text): Text {
  if (count < 0) throw new TemplateFailure('strings: negative Repeat count');
  checkLength(count * value.text.length);
  checkItems(count);
  return concat(new Array<Text>(value.text === '' ? 0 : count).fill(value));
}

function truncated(count: number, value: Text): Text {
  const bytes = byteText(value);
  if (count < 0) return bytes.length + count > 0 ? bytes.slice(bytes.length + count) : value;
  return bytes.length > count ? bytes.slice(0, count) : value;
}

function substring(start: number, end: number, value: Text): Text {
  const bytes = byteText(value);
  const from = Math.max(start, 0);
  const to = start >= 0 && (end < 0 || end > bytes.length) ? bytes.length : end;
  if (to > bytes.length || to < 0) throw new TemplateFailure(`runtime error: slice bounds out of range [:${to}] with length ${bytes.length}`);
  if (from > to) throw new TemplateFailure(`runtime error: slice bounds out of range [${from}:${to}]`);
  return bytes.slice(from, to);
}

/** Texts in quotes, parted by blanks; nils are left out. */
function inQuotes(values: readonly Value[], print: (value: Value) => Text): Text {
  return joined(values.filter((value) => !isNothing(value)).map(print), { kind: 'string', text: ' ', stretches: [] });
}

function joined(parts: readonly Text[], separator: Text): Text {
  if (parts.length === 1 && parts[0]) return parts[0];
  checkLength(parts.reduce((sum, { text }) => sum + text.length + separator.text.length, 0));
  const result = new TextBuilder();
  for (const [index, part] of parts.entries()) {
    if (index > 0) result.append(separator);
    result.append(part);
  }
  return result.build();
}

function singleQuoted(value: Value): Text {
  const result = new TextBuilder();
  result.write("'");
  result.append(shownText(value));
  result.write("'");
  return result.build();
}

/** Numbered parts: `_0`, `_1`. */
function parts(texts: readonly Text[], call: Call): Value {
  const entries = texts.map((part, index) => [`_${index}`, part] as const);
  return { ...map(entries, [call.origin]), goType: 'map[string]string' };
}

/** Go's `[]string`. */
export function listOfTexts(texts: readonly Text[], call: Call): ListValue {
  return { ...list(texts, [call.origin]), goType: '[]string' };
}

function limitOf(count: number): number {
  return count < 0 ? Number.POSITIVE_INFINITY : count;
}

function sorted(texts: readonly Text[]): readonly Text[] {
  return [...texts].sort((a, b) => compareBytes(a.text, b.text));
}

/** Sprig's functions of texts: strings.go and functions.go. */
export const STRINGS: Family = {
  trim: fn([STRING], ([value]) => trimSpace(value)),
  trimAll: fn([STRING, STRING], ([cutset, value]) => trimAll(cutset.text, value)),
  trimall: fn([STRING, STRING], ([cutset, value]) => trimAll(cutset.text, value)),
  trimPrefix: fn([STRING, STRING], ([{ text }, value]) => (text !== '' && value.text.startsWith(text) ? slice(value, text.length) : value)),
  trimSuffix: fn([STRING, STRING], ([{ text }, value]) =>
    text !== '' && value.text.endsWith(text) ? slice(value, 0, value.text.length - text.length) : value,
  ),
  trunc: fn([INT, STRING], ([count, value]) => truncated(count, value)),
  substr: fn([INT, INT, STRING], ([start, end, value]) => substring(start, end, value)),
  repeat: fn([INT, STRING], ([count, value]) => repeat(count, value)),
  replace: fn([STRING, STRING, STRING], ([search, replacement, source]) => {
    const result = replaceText(source, search.text, replacement);
    checkLength(result.text.length);
    return result;
  }),
  contains: fn([STRING, STRING], ([part, value]) => bool(value.text.includes(part.text), authorsOf(part, value))),
  hasPrefix: fn([STRING, STRING], ([part, value]) => bool(value.text.startsWith(part.text), authorsOf(part, value))),
  hasSuffix: fn([STRING, STRING], ([part, value]) => bool(value.text.endsWith(part.text), authorsOf(part, value))),
  quote: variadic([], ANY, (_, values) => inQuotes(values, (value) => quoted(shownText(value)))),
  squote: variadic([], ANY, (_, values) => inQuotes(values, singleQuoted)),
  cat: variadic([], ANY, (_, values) => inQuotes(values, shownText)),
  indent: fn([INT, STRING], ([spaces, value]) => indented(spaces, value)),
  nindent: fn([INT, STRING], ([spaces, value]) => concat([NEWLINE, indented(spaces, value)])),
  plural: fn([STRING, STRING, INT], ([one, many, count]) => (count === 1 ? one : many)),
  toString: fn([ANY], ([value]) => shownText(value)),
  toStrings: fn([ANY], ([value], call) => listOfTexts(strslice(value), call)),
  join: fn([STRING, ANY], ([separator, value]) => joined(strslice(value), separator)),
  sortAlpha: fn([ANY], ([value], call) => listOfTexts(itemsOf(value) ? sorted(strslice(value)) : [shownText(value)], call)),
  split: fn([STRING, STRING], ([separator, value], call) => parts(splitText(value, separator.text), call)),
  splitn: fn([STRING, INT, STRING], ([separator, count, value], call) => parts(count === 0 ? [] : splitText(value, separator.text, limitOf(count)), call)),
  splitList: fn([STRING, STRING], ([separator, value], call) => listOfTexts(splitText(value, separator.text), call)),
  hello: fn([], () => ({ kind: 'string', text: 'Hello!', stretches: [] })),
};

const NEWLINE: Text = { kind: 'string', text: '\n', stretches: [] };
