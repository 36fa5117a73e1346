import type { Origin } from '../../tree/node.ts';

/**
 * Values as Go's templates know them, and who wrote them. Numbers of values files are floats, as Helm reads them through
 * JSON; literals in templates and what `int`, `len` or `add` give are ints. Everything but maps and lists is immutable;
 * those are changed by `set`, `unset` and the like, as in Go.
 */
export type Value = Text | Int | Float | Bool | MapValue | ListValue | Nil | None | Host;

/** Who wrote a stretch of a text, `text.slice(start, end)`; several origins where a function mixed what they wrote. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly origins: readonly Origin[];
  /**
   * Who wrote the conditions (`if`, `with`, `range`) that it stood under when it was put out; undefined where there were
   * none. Whatever moves a stretch takes them along.
   */
  readonly weak?: readonly Origin[] | undefined;
}

export interface Text {
  readonly kind: 'string';
  readonly text: string;
  /** In order, without overlaps; what no stretch covers has no author that is known. */
  readonly stretches: readonly Stretch[];
}

export interface Int {
  readonly kind: 'int';
  readonly value: bigint;
  readonly origins: readonly Origin[];
  /** Go's name of its type where it is not `int`: `int64`, `uint64`. */
  readonly goType?: string | undefined;
}

export interface Float {
  readonly kind: 'float';
  readonly value: number;
  readonly origins: readonly Origin[];
}

export interface Bool {
  readonly kind: 'bool';
  readonly value: boolean;
  readonly origins: readonly Origin[];
}

/** Keys are texts, as in `map[string]interface{}`; ranges and printers go through them in sorted order. */
export interface MapValue {
  readonly kind: 'map';
  readonly entries: Map<string, Value>;
  /** Where it is written, for what has no leaf: `{}`. */
  readonly origins: readonly Origin[];
  /** Go's name of its type where it is not `map[string]interface {}`: `map[string]string`, `chartutil.Values`. */
  readonly goType?: string | undefined;
  /** A nil map: reads as an empty one, is written as `null`, and takes no entries. */
  readonly isNil?: boolean | undefined;
}

export interface ListValue {
  readonly kind: 'list';
  /** `append` makes a new list; nothing changes one in place. */
  readonly items: readonly Value[];
  readonly origins: readonly Origin[];
  /** Go's name of its type where it is not `[]interface {}`: `[]string`. */
  readonly goType?: string | undefined;
  /** A nil slice: reads as an empty one and is written as `null`. */
  readonly isNil?: boolean | undefined;
}

/** A null that somebody wrote: a nil interface within a map or list. */
export interface Nil {
  readonly kind: 'nil';
  readonly origins: readonly Origin[];
}

/**
 * No value at all: a key that is missing, or a null that went through a pipeline, a variable or parentheses. Printed as
 * `<no value>`, which Helm erases. Functions do not get to see it: what they are given is a `Nil`.
 */
export interface None {
  readonly kind: 'none';
  /** Who wrote the null, where there was one. */
  readonly origins: readonly Origin[];
}

/** An object of Helm with fields and methods, such as `.Files` or `.Capabilities.APIVersions`. */
export interface Host {
  readonly kind: 'host';
  /** Go's name of its type, for messages and `kindOf`. */
  readonly type: string;
  /** Undefined where there is no such field. */
  field(name: string): Value | undefined;
  /** Undefined where there is no such method. */
  method(name: string): GoFunction | undefined;
  /** What `toYaml`, `printf "%v"` and `range` make of it. */
  plain(): Value;
  /** What printing makes of it, where Go's type has a method `String`. */
  shown?(): Text;
}

/** What a function may ask of the template that calls it. */
export interface Call {
  /** The action that calls. */
  readonly origin: Origin;
  /** Renders a named template with a value as its dot. Throws a `TemplateFailure`. */
  include(name: string, dot: Value): Text;
  /** Renders a text as a template of the same set. */
  tpl(text: Text, dot: Value): Text;
  /** Whether a template of that name is defined. */
  hasTemplate(name: string): boolean;
  /** Notes that the outcome is not known before a cluster or a clock is asked: `lookup`, `now`, `randAlphaNum`. */
  noteUnknown(what: string): void;
  /** Notes that a key of a map was looked up, whether it is there or not. */
  noteRead?(from: MapValue, key: string): void;
}

/** A function of templates. It checks its own arguments, and throws a `TemplateFailure` for what Go would refuse. */
export type GoFunction = (args: readonly Value[], call: Call) => Value;

/** What makes Helm refuse a chart: a message, and the place of the action that failed, as far as it is known. */
export class TemplateFailure extends Error {
  readonly origin: Origin | undefined;

  constructor(message: string, origin?: Origin) {
    super(message);
    this.name = 'TemplateFailure';
    this.origin = origin;
  }
}

export const NONE: None = { kind: 'none', origins: [] };
export const NIL: Nil = { kind: 'nil', origins: [] };

/** A text written by `origins` as a whole. */
export function text(value: string, origins: readonly Origin[] = []): Text {
  return { kind: 'string', text: value, stretches: value === '' || origins.length === 0 ? [] : [{ start: 0, end: value.length, origins }] };
}

export function int(value: bigint | number, origins: readonly Origin[] = []): Int {
  return { kind: 'int', value: BigInt(value), origins };
}

export function float(value: number, origins: readonly Origin[] = []): Float {
  return { kind: 'float', value, origins };
}

export function bool(value: boolean, origins: readonly Origin[] = []): Bool {
  return { kind: 'bool', value, origins };
}

export function map(entries: Iterable<readonly [string, Value]> = [], origins: readonly Origin[] = []): MapValue {
  return { kind: 'map', entries: new Map(entries), origins };
}

export function list(items: readonly Value[], origins: readonly Origin[] = []): ListValue {
  return { kind: 'list', items, origins };
}

/** The texts one after the other, each with its authors. */
export function concat(texts: readonly Text[]): Text {
  const stretches: Stretch[] = [];
  let length = 0;
  let whole = '';
  for (const { text: part, stretches: own } of texts) {
    for (const { start, end, origins, weak } of own) stretches.push({ start: start + length, end: end + length, origins, weak });
    length += part.length;
    whole += part;
  }
  return { kind: 'string', text: whole, stretches };
}

/** A part of a text, with the authors of that part. */
export function slice(value: Text, start: number, end: number = value.text.length): Text {
  const stretches: Stretch[] = [];
  for (let index = firstEndingAfter(value.stretches, start); index < value.stretches.length; index += 1) {
    const stretch = value.stretches[index];
    if (!stretch || stretch.start >= end) break;
    const [from, to] = [Math.max(start, stretch.start), Math.min(end, stretch.end)];
    if (from < to) stretches.push({ start: from - start, end: to - start, origins: narrowed(value.text, stretch, from, to), weak: stretch.weak });
  }
  return { kind: 'string', text: value.text.slice(start, end), stretches };
}

/** What is written letter by letter is followed to the letter: a part of it has a part of its place. */
function narrowed(whole: string, { start, end, origins }: Stretch, from: number, to: number): readonly Origin[] {
  const [only, second] = origins;
  if (!only || second || (from === start && to === end) || only.precision !== 'exact' || only.end - only.start !== end - start) return origins;
  if (only.file.text.slice(only.start, only.end) !== whole.slice(start, end)) return origins;
  return [{ ...only, start: only.start + from - start, end: only.start + to - start }];
}

/** Found by halves: a text of many lines is cut into them one slice after the other. */
function firstEndingAfter(stretches: readonly Stretch[], start: number): number {
  let [low, high] = [0, stretches.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle]?.end ?? 0) > start) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Everybody who had a hand in a value, each once. Of maps and lists: of all that is in them. */
export function originsOf(value: Value): readonly Origin[] {
  const found = new Set<Origin>();
  const visit = (one: Value): void => {
    if (one.kind === 'host') return;
    if (one.kind === 'string') for (const { origins } of one.stretches) for (const origin of origins) found.add(origin);
    else for (const origin of one.origins) found.add(origin);
    if (one.kind === 'map') for (const inner of one.entries.values()) visit(inner);
    if (one.kind === 'list') one.items.forEach(visit);
  };
  visit(value);
  return [...found];
}
