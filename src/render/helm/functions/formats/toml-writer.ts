import { compareBytes } from '../../go-template/byte-order.ts';
import { formatFloat } from '../../go-template/format/float.ts';
import { mapParts, TextBuilder } from '../../go-template/format/text-builder.ts';
import { concat, type ListValue, type MapValue, type Text, text, type Value } from '../../value.ts';
import { checkDepth } from '../go/limits.ts';
import { isNothing } from '../go/types.ts';

/** A value as BurntSushi's package writes TOML with its indent of two, or what is wrong with it. */
export function writeToml(value: Value): Text | string {
  const out = new TextBuilder();
  try {
    writeUnder([], plainOf(value), out);
  } catch (error) {
    if (error instanceof Unwritable) return error.message;
    throw error;
  }
  return out.build();
}

/** What TOML has no way to say. Thrown and caught inside of this file. */
class Unwritable extends Error {}

type Plain = Exclude<Value, { kind: 'host' }>;
type Path = readonly string[];

function plainOf(value: Value): Plain {
  let plain = value;
  for (let depth = 0; plain.kind === 'host'; depth += 1) {
    checkDepth(depth);
    plain = plain.plain();
  }
  return plain;
}

/** A list of nothing but maps becomes tables, one below the other. */
function isTables(value: Plain): value is ListValue {
  if (value.kind !== 'list' || value.items.length === 0) return false;
  const items = value.items.map(plainOf);
  if (items.some(isNothing)) throw new Unwritable('toml: cannot encode array with nil element');
  return items.every(({ kind }) => kind === 'map');
}

function lineBreak(out: TextBuilder): void {
  if (out.length > 0) out.write('\n');
}

function writeUnder(path: Path, value: Plain, out: TextBuilder): void {
  checkDepth(path.length);
  if (isNothing(value)) return;
  if (value.kind === 'map') writeTable(path, value, out);
  else if (isTables(value)) writeTables(path, value, out);
  else if (path.length === 0) writeElement(value, out, 0);
  else {
    out.write(`${indentOf(path)}${keyText(path.at(-1) ?? '')} = `);
    writeElement(value, out, path.length);
    out.write('\n');
  }
}

function writeTable(path: Path, value: MapValue, out: TextBuilder): void {
  if (path.length === 1) lineBreak(out);
  if (path.length > 0) out.write(`${indentOf(path)}[${path.map(keyText).join('.')}]\n`);
  writeEntries(path, value, out);
}

function writeTables(path: Path, { items }: ListValue, out: TextBuilder): void {
  if (path.length === 0) throw new Unwritable('toml: top-level values must be Go maps or structs');
  for (const item of items) {
    lineBreak(out);
    out.write(`${indentOf(path)}[[${path.map(keyText).join('.')}]]\n`);
    const table = plainOf(item);
    if (table.kind === 'map') writeEntries(path, table, out);
  }
}

/** What stands directly under a key comes first, as a table has no end but the next one. */
function writeEntries(path: Path, { entries }: MapValue, out: TextBuilder): void {
  const [direct, tables] = partition(entries);
  for (const [key, value] of [...direct, ...tables]) writeUnder([...path, key], value, out);
}

function partition(entries: ReadonlyMap<string, Value>): readonly [readonly (readonly [string, Plain])[], readonly (readonly [string, Plain])[]] {
  const sorted = [...entries].sort(([a], [b]) => compareBytes(a, b)).map(([key, value]) => [key, plainOf(value)] as const);
  const isTable = ([, value]: readonly [string, Plain]): boolean => value.kind === 'map' || isTables(value);
  const tables = new Set(sorted.filter(isTable));
  return [sorted.filter((entry) => !tables.has(entry)), [...tables]];
}

function writeElement(value: Plain, out: TextBuilder, depth: number): void {
  checkDepth(depth);
  if (value.kind === 'nil' || value.kind === 'none') throw new Unwritable('toml: cannot encode array with nil element');
  if (value.kind === 'string') out.append(quoted(value));
  else if (value.kind === 'list') writeArray(value, out, depth);
  else if (value.kind === 'map') writeInline(value, out, depth);
  else out.write(value.kind === 'float' ? floatText(value.value) : String(value.value), value.origins);
}

function writeArray({ items }: ListValue, out: TextBuilder, depth: number): void {
  out.write('[');
  for (const [index, item] of items.entries()) {
    if (index > 0) out.write(', ');
    writeElement(plainOf(item), out, depth + 1);
  }
  out.write(']');
}

/** A nil at the end leaves a comma behind, as in Go. */
function writeInline({ entries }: MapValue, out: TextBuilder, depth: number): void {
  const [direct, tables] = partition(entries);
  out.write('{');
  for (const [part, isFollowed] of [[direct, tables.length > 0] as const, [tables, false] as const]) {
    for (const [index, [key, value]] of part.entries()) {
      if (isNothing(value)) continue;
      out.write(`${keyText(key)} = `);
      writeElement(value, out, depth + 1);
      if (isFollowed || index < part.length - 1) out.write(', ');
    }
  }
  out.write('}');
}

/** A float has a point, or an exponent. */
function floatText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  const digits = formatFloat(value, 'g');
  return /[.e]/.test(digits) ? digits : `${digits}.0`;
}

function indentOf(path: Path): string {
  return '  '.repeat(path.length - 1);
}

function keyText(key: string): string {
  return /^[\w-]+$/.test(key) ? key : `"${escaped(key)}"`;
}

const QUOTE = text('"');

function quoted(source: Text): Text {
  return concat([QUOTE, mapParts(source, escaped), QUOTE]);
}

const SHORT: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r' };

function escaped(part: string): string {
  return part.replaceAll(/["\\\0-\x1f\x7f]/g, (character) => SHORT[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
