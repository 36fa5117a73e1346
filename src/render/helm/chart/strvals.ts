import { bool, concat, list, type MapValue, map, NIL, originsOf, slice, type Text, text, type Value } from '../value.ts';
import { jsonAt } from './json-value.ts';

/** The flags of `helm` that set values from a line: `--set`, `--set-string`, … */
export type SetForm = 'set' | 'set-string' | 'set-json' | 'set-literal' | 'set-file';

export interface SetOptions {
  readonly form: SetForm;
  /** The content of a file that `set-file` names; undefined where there is none. */
  readonly read?: ((path: Text) => Text | undefined) | undefined;
}

/** Indexes and names go no further than Helm lets them. */
const MAX_INDEX = 65_536;
const MAX_LEVEL = 30;

class SetFailure extends Error {}

interface Cursor extends SetOptions {
  readonly line: Text;
  at: number;
}

/**
 * Applies a line such as `image.tag=v2,ports[0]=80` to `target`, which is changed: its lists are replaced, its maps are
 * not. What is set has the origins of its part of the line. Gives the reason where Helm refuses the line; what stands
 * before the mistake is set then. (Helm, `pkg/strvals`.)
 */
export function applySet(target: MapValue, line: Text, options: SetOptions): string | undefined {
  const cursor: Cursor = { ...options, line, at: 0 };
  try {
    while (!readKey(cursor, target, 0));
    return undefined;
  } catch (error) {
    if (error instanceof SetFailure) return error.message;
    throw error;
  }
}

/** Reads `key=value` and what follows a dot. True at the end of the line. */
function readKey(cursor: Cursor, target: MapValue, level: number): boolean {
  const { entries } = target;
  const { read: key, stop } = until(cursor, cursor.form === 'set-literal' ? '=[.' : '=[,.');
  const name = key.text;
  if (stop === undefined) {
    if (name === '') return true;
    throw new SetFailure(`key "${name}" has no value`);
  }
  const put = (value: Value): void => {
    if (name !== '') entries.set(name, value);
  };
  const before = entries.get(name);
  if (stop === ',') throw new SetFailure(`key "${name}" has no value`);
  if (stop === '=') {
    const { value, isEnd } = readValue(cursor);
    put(value);
    return isEnd;
  }
  if (stop === '[') {
    if (before && before.kind !== 'list') throw new SetFailure(`"${name}" is not a list`);
    const index = readIndex(cursor);
    const { items, isEnd } = readItem(cursor, before?.items ?? [], index, level);
    put(list(items));
    return isEnd;
  }
  if (level >= MAX_LEVEL) throw new SetFailure(`names are nested more than ${MAX_LEVEL} deep`);
  if (before && before.kind !== 'map') throw new SetFailure(`"${name}" is not a map`);
  const inner = before ?? map();
  const isEnd = readKey(cursor, inner, level + 1);
  if (!isEnd && inner.entries.size === 0) throw new SetFailure(`key "${name}" has no value`);
  if (inner.entries.size > 0) put(inner);
  return isEnd;
}

interface Items {
  readonly items: readonly Value[];
  readonly isEnd: boolean;
}

/** What follows the index of a list: a value, another index, or a name. */
function readItem(cursor: Cursor, items: readonly Value[], index: number, level: number): Items {
  const { read, stop } = until(cursor, '[.=');
  if (read.text !== '') throw new SetFailure(`"${read.text}" follows the index of a list`);
  if (stop === undefined) return { items, isEnd: true };
  const before = items[index];
  if (stop === '=') {
    return { items: withItem(items, index, readValue(cursor).value), isEnd: false };
  }
  if (stop === '[') {
    const next = readIndex(cursor);
    if (before && before.kind !== 'nil' && before.kind !== 'list') throw new SetFailure(`item ${index} is not a list`);
    const inner = readItem(cursor, before?.kind === 'list' ? before.items : [], next, level);
    // Where the line ends too early, what was about to be set is dropped.
    return inner.isEnd ? { items, isEnd: true } : { items: withItem(items, index, list(inner.items)), isEnd: false };
  }
  const inner = before?.kind === 'map' ? before : map();
  const isEnd = readKey(cursor, inner, level);
  return { items: isEnd && !before ? items : withItem(items, index, inner), isEnd };
}

function withItem(items: readonly Value[], index: number, value: Value): Value[] {
  if (index > MAX_INDEX) throw new SetFailure(`the index ${index} is greater than ${MAX_INDEX}`);
  const next = [...items];
  while (next.length < index) next.push(NIL);
  next[index] = value;
  return next;
}

function readIndex(cursor: Cursor): number {
  const { read, stop } = until(cursor, ']');
  if (stop === undefined || !/^[-+]?\d+$/.test(read.text)) throw new SetFailure(`"${read.text}" is not the index of a list`);
  const index = Number(read.text);
  if (index < 0) throw new SetFailure(`the index ${index} is negative`);
  return index;
}

interface ReadValue {
  readonly value: Value;
  readonly isEnd: boolean;
}

function readValue(cursor: Cursor): ReadValue {
  if (cursor.form === 'set-json') return readJson(cursor);
  const { line } = cursor;
  if (cursor.form !== 'set-literal') {
    if (cursor.at >= line.text.length) return { value: text(''), isEnd: true };
    if (line.text[cursor.at] === '{') return { value: readList(cursor), isEnd: false };
  }
  const { read } = until(cursor, cursor.form === 'set-literal' ? '' : ',');
  return { value: valueFrom(cursor, read), isEnd: false };
}

/** `{a,b}`, and a comma after it. */
function readList(cursor: Cursor): Value {
  cursor.at += 1;
  const items: Value[] = [];
  for (;;) {
    const { read, stop } = until(cursor, ',}');
    if (stop === undefined) throw new SetFailure('a list ends with "}"');
    items.push(valueFrom(cursor, read));
    if (stop === ',') continue;
    if (cursor.line.text[cursor.at] === ',') cursor.at += 1;
    return list(items);
  }
}

function readJson(cursor: Cursor): ReadValue {
  if (skipBlanks(cursor)) return { value: NIL, isEnd: false };
  const part = jsonAt(cursor.line, cursor.at);
  if (!part) throw new SetFailure('the value is not JSON');
  cursor.at = part.end;
  skipBlanks(cursor);
  return { value: part.value, isEnd: false };
}

/** Goes past blanks and one comma. True where there was nothing else. */
function skipBlanks(cursor: Cursor): boolean {
  const { text: line } = cursor.line;
  while (/\s/.test(line[cursor.at] ?? '')) cursor.at += 1;
  if (cursor.at >= line.length) return true;
  if (line[cursor.at] !== ',') return false;
  cursor.at += 1;
  return true;
}

function valueFrom({ form, read }: Cursor, written: Text): Value {
  if (form === 'set-string' || form === 'set-literal') return written;
  if (form === 'set') return typed(written);
  const content = read?.(written);
  if (!content) throw new SetFailure(`the file "${written.text}" cannot be read`);
  return content;
}

/** `true`, `false`, `null` in any case, and whole numbers without a leading zero; all else is a text. */
function typed(written: Text): Value {
  const word = written.text.toLowerCase();
  const origins = originsOf(written);
  if (word === 'true' || word === 'false') return bool(word === 'true', origins);
  if (word === 'null') return { kind: 'nil', origins };
  if (!/^(?:0|[-+]\d+|[1-9]\d*)$/.test(word)) return written;
  const value = BigInt(word.replace('+', ''));
  return BigInt.asIntN(64, value) === value ? { kind: 'int', value, origins, goType: 'int64' } : written;
}

/** Reads up to one of the characters, and past it; a backslash takes the next character as it is. */
function until(cursor: Cursor, stops: string): { readonly read: Text; readonly stop: string | undefined } {
  const { line, form } = cursor;
  const parts: Text[] = [];
  let from = cursor.at;
  let at = from;
  const done = (stop: string | undefined) => {
    if (at > from) parts.push(slice(line, from, at));
    cursor.at = stop === undefined ? at : at + 1;
    const [only] = parts;
    return { read: parts.length === 1 && only ? only : concat(parts), stop };
  };
  for (; at < line.text.length; at += 1) {
    const character = line.text[at] ?? '';
    if (stops.includes(character)) return done(character);
    if (character !== '\\' || form === 'set-literal') continue;
    if (at > from) parts.push(slice(line, from, at));
    from = at + 1;
    at += 1;
    // A backslash at the very end is dropped.
    if (at >= line.text.length) break;
  }
  at = line.text.length;
  return done(undefined);
}
