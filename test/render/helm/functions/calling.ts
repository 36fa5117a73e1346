import { expect, it } from 'vitest';
import { goTypeOf } from '../../../../src/render/helm/functions/go/types.ts';
import { HELM_FUNCTIONS } from '../../../../src/render/helm/functions/registry.ts';
import { shownText } from '../../../../src/render/helm/go-template/format/value.ts';
import { bool, type Call, float, int, list, map, NIL, NONE, type Text, text, type Value } from '../../../../src/render/helm/value.ts';
import { SourceFile } from '../../../../src/text/source-file.ts';
import type { Origin } from '../../../../src/tree/node.ts';

/** Somebody who writes values, known by the name of a file. */
export function author(name: string): Origin {
  return { file: new SourceFile(name, name), start: 0, end: name.length, how: 'helm-value', precision: 'exact' };
}

/** A text that an author wrote. */
export function by(name: string, value: string): Text {
  return text(value, [author(name)]);
}

/** What JSON means as a value of Helm: numbers are floats, but for bigints. */
export function value(plain: unknown): Value {
  if (plain === undefined) return NONE;
  if (plain === null) return NIL;
  if (typeof plain === 'string') return text(plain);
  if (typeof plain === 'bigint') return int(plain);
  if (typeof plain === 'number') return float(plain);
  if (typeof plain === 'boolean') return bool(plain);
  if (Array.isArray(plain)) return list(plain.map(value));
  if (isValue(plain)) return plain;
  return map(Object.entries(plain as object).map(([key, inner]) => [key, value(inner)] as const));
}

function isValue(plain: unknown): plain is Value {
  return typeof plain === 'object' && plain !== null && 'kind' in plain && ('origins' in plain || 'stretches' in plain || 'plain' in plain);
}

export interface Noted {
  readonly unknown: string[];
  readonly reads: string[];
}

/** Calls a function with plain values, or those of Helm. */
export function apply(name: string, args: readonly unknown[], noted: Noted = { unknown: [], reads: [] }): Value {
  const call: Call = {
    origin: author('template'),
    include: (template) => text(`<${template}>`),
    tpl: (source) => source,
    hasTemplate: () => false,
    noteUnknown: (what) => void noted.unknown.push(what),
    noteRead: (_, key) => void noted.reads.push(key),
  };
  const found = HELM_FUNCTIONS.get(name);
  if (!found) throw new Error(`no function ${name}`);
  return found(args.map(value), call);
}

/** What a function gives, as Go would print it. */
export function shown(name: string, ...args: readonly unknown[]): string {
  return shownText(apply(name, args)).text;
}

/** The type of what a function gives. */
export function typeOf(name: string, ...args: readonly unknown[]): string {
  return goTypeOf(apply(name, args));
}

/** Who wrote what of a text: `registry:ghcr.io`. */
export function stretches({ text: whole, stretches: own }: Text): string[] {
  return own.map(({ start, end, origins }) => `${origins.map(({ file }) => file.path).join('+')}:${whole.slice(start, end)}`);
}

/** The stretches of a text that a function gives. */
export function written(name: string, ...args: readonly unknown[]): string[] {
  const result = apply(name, args);
  if (result.kind !== 'string') throw new Error(`${name} gives no text`);
  return stretches(result);
}

type Row<T> = readonly [name: string, args: readonly unknown[], expected: T];

/** An argument in the name of a test. */
function titleOf(args: readonly unknown[]): string {
  return JSON.stringify(args, (_, one: unknown) => (typeof one === 'bigint' ? Number(one) : one));
}

/** One test for each call: what it gives, as Go prints it. */
export function itGives(rows: readonly Row<string>[]): void {
  it.each(rows.map(([name, args, expected]) => [`${name} ${titleOf(args)}`, name, args, expected] as const))('%s', (_, name, args, expected) =>
    expect(shown(name, ...args)).toBe(expected),
  );
}

/** One test for each call that fails, with a part of the message. */
export function itFails(rows: readonly Row<string>[]): void {
  it.each(rows.map(([name, args, message]) => [`${name} ${titleOf(args)} fails`, name, args, message] as const))('%s', (_, name, args, message) =>
    expect(() => apply(name, args)).toThrow(message),
  );
}
