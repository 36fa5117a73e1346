import { baseOf } from '../../text/path.ts';
import { SourceFile } from '../../text/source-file.ts';
import { itemsOf, type Node, type Origin, type Scalar } from '../../tree/node.ts';
import { type Reader, readBytes, readNamed } from './files.ts';
import { Refusal } from './refusal.ts';
import { originAs } from './writing.ts';

/** One pair of a generator, and where it comes from. */
export interface KeyValue {
  readonly key: { readonly text: string; readonly origin: Origin };
  /** Undefined for what is no text. */
  readonly value: string | undefined;
  readonly bytes: () => Uint8Array;
  /** The place of the value. */
  readonly at: Origin;
}

const ENCODER = new TextEncoder();

/** The pairs of a generator in the order of their sources: envs, literals, files. Throws a `Refusal`. */
export function keyValuesOf(item: Node, reader: Reader): KeyValue[] {
  const names = (field: string): Scalar[] => itemsOf(item, field).filter((name) => name.kind === 'scalar');
  return [
    ...names('envs').flatMap((name) => linesOf(readNamed(reader, name))),
    ...names('literals').map(literalOf),
    ...names('files').map((name) => fileOf(name, reader)),
  ];
}

function textPair(key: string, keyOrigin: Origin, value: string, at: Origin): KeyValue {
  return { key: { text: key, origin: originAs(keyOrigin, 'generator') }, value, bytes: () => ENCODER.encode(value), at: originAs(at, 'generator') };
}

/** The lines of an env file: nothing is unquoted, nothing is cut off at the end. */
function linesOf(file: SourceFile): KeyValue[] {
  const pairs: KeyValue[] = [];
  let at = 0;
  for (const line of file.text.split('\n')) {
    const start = at;
    at += line.length + 1;
    const body = line.replace(/\r$/, '').replace(start === 0 ? /^\uFEFF?\s*/ : /^\s*/, '');
    if (body === '' || body.startsWith('#')) continue;
    const from = start + line.replace(/\r$/, '').length - body.length;
    const equals = body.indexOf('=');
    const key = equals === -1 ? body : body.slice(0, equals);
    if (key === '') continue;
    const value = equals === -1 ? '' : body.slice(equals + 1);
    const span = (begin: number, length: number): Origin => ({ file, start: begin, end: begin + length, how: 'generator', precision: 'exact' });
    // A name alone stands for no value, which is nowhere to be seen.
    const place: Origin = equals === -1 ? { ...span(from, body.length), precision: 'entry' } : span(from + equals + 1, value.length);
    pairs.push(textPair(key, span(from, key.length), value, place));
  }
  return pairs;
}

/** `key=value`; one pair of quotes around the value is taken off. */
function literalOf(literal: Scalar): KeyValue {
  const equals = literal.text.indexOf('=');
  if (equals <= 0) throw new Refusal('invalid-kustomization', 'a literal is not of the form key=value', literal.origin);
  const raw = literal.text.slice(equals + 1);
  const quoted = raw.length >= 2 && raw[0] === raw.at(-1) && (raw[0] === '"' || raw[0] === "'");
  const value = quoted ? raw.slice(1, -1) : raw;
  const [keyAt, valueAt] = [spanWithin(literal, 0, equals), spanWithin(literal, equals + 1 + (quoted ? 1 : 0), literal.text.length - (quoted ? 1 : 0))];
  return textPair(literal.text.slice(0, equals), keyAt, value, valueAt);
}

/** The place of a stretch of a scalar's text, where that stands in the file as it is; else that of all of it. */
function spanWithin({ text, style, origin }: Scalar, start: number, end: number): Origin {
  const entry: Origin = { ...origin, precision: 'entry' };
  if (origin.precision !== 'exact') return entry;
  const raw = origin.file.text.slice(origin.start, origin.end);
  if (style === 'literal' || style === 'folded') {
    // The first line stands there as it is, and what follows reaches to the end of the block.
    const first = text.slice(0, text.indexOf('\n') === -1 ? text.length : text.indexOf('\n'));
    const at = origin.start + raw.indexOf(first);
    if (!raw.includes(first) || start > first.length) return entry;
    if (end >= text.trimEnd().length) return { ...origin, start: at + start };
    return end <= first.length ? { ...origin, start: at + start, end: at + end } : entry;
  }
  const quote = style === 'plain' ? 0 : 1;
  const isVerbatim = raw.slice(quote, raw.length - quote) === text;
  return isVerbatim ? { ...origin, start: origin.start + quote + start, end: origin.start + quote + end } : entry;
}

function fileOf(name: Scalar, reader: Reader): KeyValue {
  const parts = name.text.split('=');
  const [first = '', second] = parts;
  if (parts.length > 2) throw new Refusal('invalid-kustomization', `the entry of the file "${first}" has more than one "="`, name.origin);
  if (second === '' || (second !== undefined && first === ''))
    throw new Refusal('invalid-kustomization', `"${name.text}" is not of the form key=path`, name.origin);
  const path = second ?? first;
  const key = second === undefined ? baseOf(path) : first;
  const { path: real, bytes } = readBytes(reader, name, path);
  const text = textFrom(real, bytes, reader);
  const origin = originAs(name.origin, 'generator');
  const at: Origin = text ? { file: text, start: 0, end: text.text.length, how: 'generator', precision: 'file' } : { ...origin, precision: 'entry' };
  return { key: { text: key, origin }, value: text?.text, bytes: () => bytes, at };
}

const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The content as text, if it is valid UTF-8: that alone decides what counts as binary here. */
function textFrom(path: string, bytes: Uint8Array, { workspace }: Reader): SourceFile | undefined {
  try {
    const text = DECODER.decode(bytes);
    const known = workspace.read(path);
    return known.ok && known.file.text === text ? known.file : new SourceFile(path, text, 'utf-8', workspace.tree);
  } catch {
    return undefined;
  }
}
