import { goFloat } from '../../../go-json.ts';
import { compareBytes } from '../../go-template/byte-order.ts';
import { mapParts, TextBuilder } from '../../go-template/format/text-builder.ts';
import type { MapValue, Text, Value } from '../../value.ts';
import { checkDepth } from '../go/limits.ts';

/** What the functions that write JSON differ in. */
export interface JsonStyle {
  /** With line breaks, two blanks for each level. */
  readonly isPretty?: boolean;
  /** Whether angle brackets and ampersands are escaped, which Go does unless told otherwise. */
  readonly escapesHtml?: boolean;
}

/** A value as Go's encoding/json writes it; undefined for numbers that JSON does not have. */
export function writeJson(value: Value, { isPretty = false, escapesHtml = true }: JsonStyle = {}): Text | undefined {
  const out = new TextBuilder();
  try {
    write(value, 0, { out, isPretty, escapesHtml });
  } catch (error) {
    if (error === UNWRITABLE) return undefined;
    throw error;
  }
  return out.build();
}

const UNWRITABLE = new Error('not to be written');

interface Writing extends Required<JsonStyle> {
  readonly out: TextBuilder;
}

function write(value: Value, depth: number, writing: Writing): void {
  checkDepth(depth);
  if (value.kind === 'host') write(value.plain(), depth + 1, writing);
  else if (value.kind === 'string') writeText(value, writing);
  else if (value.kind === 'map' && value.entries.size > 0) writeMap(value, depth, writing);
  else if (value.kind === 'list' && value.items.length > 0) {
    writeParts('[]', value.items, depth, writing, (item) => write(item, depth + 1, writing));
  } else writing.out.write(shortText(value), value.origins);
}

/** What has no parts. */
function shortText(value: Exclude<Value, { kind: 'host' | 'string' }>): string {
  switch (value.kind) {
    case 'map':
      return value.isNil ? 'null' : '{}';
    case 'list':
      return value.isNil ? 'null' : '[]';
    case 'float':
      if (!Number.isFinite(value.value)) throw UNWRITABLE;
      return goFloat(value.value);
    default:
      return value.kind === 'int' || value.kind === 'bool' ? String(value.value) : 'null';
  }
}

function writeMap({ entries }: MapValue, depth: number, writing: Writing): void {
  const sorted = [...entries].sort(([a], [b]) => compareBytes(a, b));
  writeParts('{}', sorted, depth, writing, ([key, inner]) => {
    writing.out.write(`"${escaped(key, writing.escapesHtml)}":${writing.isPretty ? ' ' : ''}`);
    write(inner, depth + 1, writing);
  });
}

function writeParts<T>(brackets: string, parts: readonly T[], depth: number, { out, isPretty }: Writing, writePart: (part: T) => void): void {
  const pad = isPretty ? `\n${'  '.repeat(depth)}` : '';
  out.write(brackets.charAt(0));
  for (const [index, part] of parts.entries()) {
    out.write(`${index > 0 ? ',' : ''}${pad && `${pad}  `}`);
    writePart(part);
  }
  out.write(pad + brackets.charAt(1));
}

/** The quotes are the author's too where there is but one. */
function writeText(source: Text, { out, escapesHtml }: Writing): void {
  const [first] = source.stretches;
  const isWhole = source.stretches.length === 1 && first?.start === 0 && first.end === source.text.length;
  if (isWhole && first) {
    const written = `"${escaped(source.text, escapesHtml)}"`;
    out.append({ text: written, stretches: [{ ...first, end: written.length }] });
    return;
  }
  out.write('"');
  out.append(mapParts(source, (part) => escaped(part, escapesHtml)));
  out.write('"');
}

const PLAIN = /^[ !#-%'-;=?-[\]-~]*$/;

/** The inner part of a text in quotes. */
function escaped(part: string, escapesHtml: boolean): string {
  if (PLAIN.test(part)) return part;
  const unit = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const json = JSON.stringify(part)
    .slice(1, -1)
    .replaceAll(/[\u2028\u2029]/g, unit);
  return escapesHtml ? json.replaceAll(/[<>&]/g, unit) : json;
}
