import { list, type MapValue, map, slice, type Text, type Value } from '../../value.ts';
import { type TomlPart, tomlBare, tomlText } from './toml-scalars.ts';

/** What is wrong with a text, and where. Thrown and caught inside of this file. */
class Mistake extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** A text of TOML as BurntSushi's package reads it into a map, or what is wrong with it. */
export function readToml(source: Text): MapValue | string {
  const root = map();
  const reading: Reading = { source, root, closed: new Set() };
  try {
    let table = root;
    for (let at = skipBlank(source.text, 0, true); at < source.text.length; at = skipBlank(source.text, at, true)) {
      const header = source.text[at] === '[' ? headerAt(reading, at) : undefined;
      if (header) table = header.table;
      at = endOfLine(source.text, header ? header.end : entryAt(reading, table, at));
    }
    return root;
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    return `toml: line ${source.text.slice(0, error.at).split('\n').length}: ${error.message}`;
  }
}

interface Reading {
  readonly source: Text;
  readonly root: MapValue;
  /** Tables that have had a header of their own, and inline ones: none may have another one. */
  readonly closed: Set<MapValue>;
}

const MAX_DEPTH = 500;

/** Behind blanks and comments; behind line breaks too where they may be. */
function skipBlank(text: string, from: number, crossesLines: boolean): number {
  const pattern = crossesLines ? /(?:[ \t\r\n]|#.*)*/y : /[ \t]*/y;
  pattern.lastIndex = from;
  pattern.test(text);
  return pattern.lastIndex;
}

function endOfLine(text: string, from: number): number {
  const pattern = /[ \t]*(?:#.*)?\r?(?:\n|$)/y;
  pattern.lastIndex = from;
  if (!pattern.test(text)) throw new Mistake(`expected a top-level item to end with a newline, comment, or EOF, but got '${text[from] ?? ''}' instead`, from);
  return pattern.lastIndex;
}

/** `[table]` or `[[tables]]`: the table that the lines below belong to. */
function headerAt({ source, root, closed }: Reading, at: number): { readonly table: MapValue; readonly end: number } {
  const marks = source.text.startsWith('[[', at) ? 2 : 1;
  const { keys, end } = keysAt(source, skipBlank(source.text, at + marks, false));
  if (!source.text.startsWith(']'.repeat(marks), end)) throw new Mistake("expected '.' or ']' to end table name", end);
  const parent = keys.slice(0, -1).reduce((table, key) => tableIn(table, key, at), root);
  const last = keys.at(-1) ?? '';
  if (marks === 2) {
    const before = parent.entries.get(last);
    if (before !== undefined && (before.kind !== 'list' || before.goType !== TABLES)) throw new Mistake(`Key '${last}' has already been defined.`, at);
    const table = map();
    parent.entries.set(last, { ...list([...(before?.items ?? []), table]), goType: TABLES });
    return { table, end: end + marks };
  }
  const table = tableIn(parent, last, at);
  if (closed.has(table)) throw new Mistake(`Key '${keys.join('.')}' has already been defined.`, at);
  closed.add(table);
  return { table, end: end + marks };
}

const TABLES = '[]map[string]interface {}';

/** The table under a key, made where there is none; of several the last one. */
function tableIn(table: MapValue, key: string, at: number): MapValue {
  const before = table.entries.get(key);
  if (before === undefined) {
    const made = map();
    table.entries.set(key, made);
    return made;
  }
  const found = before.kind === 'list' && before.goType === TABLES ? before.items.at(-1) : before;
  if (found?.kind !== 'map') throw new Mistake(`Key '${key}' has already been defined.`, at);
  return found;
}

function keysAt(source: Text, from: number): { readonly keys: readonly string[]; readonly end: number } {
  const keys: string[] = [];
  for (let at = from; ; ) {
    const quoted = tomlText(source, at);
    const bare = /^[\w-]+/.exec(source.text.slice(at, at + 1000))?.[0];
    const key = quoted?.value.text ?? bare;
    if (key === undefined) throw new Mistake(at >= source.text.length ? 'unexpected EOF' : 'unexpected character in a key', at);
    keys.push(key);
    const end = skipBlank(source.text, quoted?.end ?? at + key.length, false);
    if (source.text[end] !== '.') return { keys, end };
    at = skipBlank(source.text, end + 1, false);
  }
}

/** `key = value`; gives the end of the value. */
function entryAt(reading: Reading, table: MapValue, at: number, depth = 0): number {
  const { source, closed } = reading;
  const { keys, end } = keysAt(source, at);
  if (end >= source.text.length) throw new Mistake("unexpected EOF; expected key separator '='", end);
  if (source.text[end] !== '=') throw new Mistake(`expected '.' or '=', but got '${source.text[end]}' instead`, end);
  const target = keys.slice(0, -1).reduce((one, key) => tableIn(one, key, at), table);
  const last = keys.at(-1) ?? '';
  if (target.entries.has(last) || (target !== table && closed.has(target))) throw new Mistake(`Key '${keys.join('.')}' has already been defined.`, at);
  const { value, end: behind } = valueAt(reading, skipBlank(source.text, end + 1, false), depth + 1);
  target.entries.set(last, value);
  return behind;
}

function valueAt(reading: Reading, at: number, depth: number): TomlPart {
  const { source } = reading;
  if (depth > MAX_DEPTH) throw new Mistake('values lie too deep within each other', at);
  if (source.text[at] === '[') return arrayAt(reading, at, depth);
  if (source.text[at] === '{') return inlineAt(reading, at, depth);
  const part = tomlText(source, at) ?? tomlBare(source, at);
  if (!part) throw new Mistake(at >= source.text.length ? 'unexpected EOF; expected value' : `expected value but found '${source.text[at]}' instead`, at);
  return part;
}

function arrayAt(reading: Reading, start: number, depth: number): TomlPart {
  const { text } = reading.source;
  const items: Value[] = [];
  let at = skipBlank(text, start + 1, true);
  while (text[at] !== ']') {
    const item = valueAt(reading, at, depth + 1);
    items.push(item.value);
    at = skipBlank(text, item.end, true);
    if (text[at] === ',') at = skipBlank(text, at + 1, true);
    else if (text[at] !== ']') throw new Mistake("expected a comma (',') or array terminator (']')", at);
  }
  return { value: list(items, authorsBetween(reading, start, at + 1)), end: at + 1 };
}

function inlineAt(reading: Reading, start: number, depth: number): TomlPart {
  const { text } = reading.source;
  const table = map([], authorsBetween(reading, start, start + 1));
  let at = skipBlank(text, start + 1, true);
  while (text[at] !== '}') {
    at = skipBlank(text, entryAt(reading, table, at, depth + 1), true);
    if (text[at] === ',') at = skipBlank(text, at + 1, true);
    else if (text[at] !== '}') throw new Mistake("expected a comma or an inline table terminator '}'", at);
  }
  reading.closed.add(table);
  return { value: table, end: at + 1 };
}

function authorsBetween({ source }: Reading, start: number, end: number) {
  return [...new Set(slice(source, start, end).stretches.flatMap(({ origins }) => origins))];
}
