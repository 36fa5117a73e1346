import { bool, concat, float, list, map, NIL, originsOf, slice, type Text, text, type Value } from '../value.ts';

/** A value of JSON within a text, and where it ends. */
export interface JsonPart {
  readonly value: Value;
  readonly end: number;
}

const SPACE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
const WORD = /true|false|null/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;
const ESCAPE = /\\(?:u[\da-fA-F]{4}|.)/g;
/** Deeper than any honest value; Go gives up at 10,000. */
const MAX_DEPTH = 500;

/** The value of JSON that begins at `at`, after blanks; undefined where there is none. Numbers are floats. */
export function jsonAt(line: Text, at: number, depth = 0): JsonPart | undefined {
  const start = match(SPACE, line.text, at) ?? at;
  const first = line.text[start];
  if (depth > MAX_DEPTH) return undefined;
  if (first === '{') return objectAt(line, start, depth);
  if (first === '[') return arrayAt(line, start, depth);
  if (first === '"') return stringAt(line, start);
  const word = match(WORD, line.text, start);
  const end = word ?? match(NUMBER, line.text, start);
  if (end === undefined) return undefined;
  const token = slice(line, start, end);
  const origins = originsOf(token);
  if (word === undefined) return Number.isFinite(Number(token.text)) ? { value: float(Number(token.text), origins), end } : undefined;
  return { value: token.text === 'null' ? { ...NIL, origins } : bool(token.text === 'true', origins), end };
}

function match(pattern: RegExp, written: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(written) ? pattern.lastIndex : undefined;
}

function stringAt(line: Text, start: number): JsonPart | undefined {
  const end = match(STRING, line.text, start);
  if (end === undefined) return undefined;
  const inner = slice(line, start + 1, end - 1);
  const parts: Text[] = [];
  let from = 0;
  for (const { 0: written, index } of inner.text.matchAll(ESCAPE)) {
    parts.push(slice(inner, from, index));
    from = index + written.length;
    parts.push(text(JSON.parse(`"${written}"`) as string, originsOf(slice(inner, index, from))));
  }
  return { value: parts.length === 0 ? inner : concat([...parts, slice(inner, from)]), end };
}

function arrayAt(line: Text, start: number, depth: number): JsonPart | undefined {
  const items: Value[] = [];
  let at = match(SPACE, line.text, start + 1) ?? start + 1;
  while (line.text[at] !== ']' || items.length > 0) {
    const item = jsonAt(line, at, depth + 1);
    if (!item) return undefined;
    items.push(item.value);
    at = match(SPACE, line.text, item.end) ?? item.end;
    if (line.text[at] === ']') break;
    if (line.text[at] !== ',') return undefined;
    at += 1;
  }
  return { value: list(items, items.length === 0 ? originsOf(slice(line, start, at + 1)) : []), end: at + 1 };
}

function objectAt(line: Text, start: number, depth: number): JsonPart | undefined {
  const entries: [string, Value][] = [];
  let at = match(SPACE, line.text, start + 1) ?? start + 1;
  while (line.text[at] !== '}' || entries.length > 0) {
    at = match(SPACE, line.text, at) ?? at;
    const key = line.text[at] === '"' ? stringAt(line, at) : undefined;
    const colon = key && (match(SPACE, line.text, key.end) ?? key.end);
    const entry = colon !== undefined && line.text[colon] === ':' ? jsonAt(line, colon + 1, depth + 1) : undefined;
    if (key?.value.kind !== 'string' || !entry) return undefined;
    entries.push([key.value.text, entry.value]);
    at = match(SPACE, line.text, entry.end) ?? entry.end;
    if (line.text[at] === '}') break;
    if (line.text[at] !== ',') return undefined;
    at += 1;
  }
  return { value: map(entries, entries.length === 0 ? originsOf(slice(line, start, at + 1)) : []), end: at + 1 };
}
