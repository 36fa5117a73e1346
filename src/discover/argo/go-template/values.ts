import { mapping, type Node, type Origin, type Scalar, scalar, sequence } from '../../../tree/node.ts';
import { isResolved } from '../fill.ts';
import { asInteger, goText, isInteger, valueIn } from '../go-text.ts';
import { TemplateError } from './template-error.ts';

/** A value while a template is filled: known, `nil` where there is no node, or known to others only. */
export type Value = Known | typeof UNKNOWN;

export interface Known {
  readonly node: Node | undefined;
  /** Where among the parameters it stands: there may be more below it than is known. */
  readonly path?: readonly string[] | undefined;
}

export const UNKNOWN = 'unknown';
export const NIL: Known = { node: undefined };

export function isNil({ node }: Known): boolean {
  return node === undefined || (node.kind === 'scalar' && valueIn(node).type === 'null');
}

/** Whether a text is one, but has something in it that is yet to be filled in. */
export function isUnfinished({ node }: Known): boolean {
  return node?.kind === 'scalar' && !isResolved(node.text);
}

/** What Go takes for true. */
export function isTrue(value: Known): boolean {
  const { node } = value;
  if (isNil(value) || node === undefined) return false;
  if (node.kind === 'mapping') return node.entries.length > 0;
  if (node.kind === 'sequence') return node.items.length > 0;
  const { type, value: plain } = valueIn(node);
  return type === 'bool' ? plain : type === 'int' || type === 'float' ? Number(plain) !== 0 : plain !== '';
}

/** A value as it is printed into a text, with its own author where it is a text already. */
export function printed(value: Known, origin: Origin): Scalar {
  const { node } = value;
  if (isNil(value) || node === undefined) return textNode('<no value>', origin);
  const text = goText(node);
  return node.kind === 'scalar' && node.text === text ? node : textNode(text, node.kind === 'scalar' ? node.origin : origin);
}

function textNode(text: string, origin: Origin): Scalar {
  return scalar(text, 'double-quoted', origin);
}

/** Makes values that a template writes itself. */
export interface Maker {
  text(text: string): Known & { readonly node: Scalar };
  integer(value: number): Known;
  bool(value: boolean): Known;
  list(items: readonly Node[]): Known;
  map(entries: readonly (readonly [string, Node])[]): Known;
}

export function makerAt(origin: Origin): Maker {
  return {
    text: (text) => ({ node: textNode(text, origin) }),
    integer: (value) => ({ node: asInteger(scalar(String(value), 'plain', origin)) }),
    bool: (value) => ({ node: scalar(String(value), 'plain', origin) }),
    list: (items) => ({ node: sequence(items, origin) }),
    map: (entries) => ({
      node: mapping(
        entries.map(([key, value]) => ({ key: textNode(key, origin), value })),
        origin,
      ),
    }),
  };
}

/** The text of an argument. Throws where Go wants one and gets something else. */
export function textIn(value: Known, name: string): string {
  const { node } = value;
  if (node?.kind !== 'scalar' || valueIn(node).type !== 'string') throw new TemplateError(`"${name}" takes a text, and gets none`);
  return node.text;
}

/** The truth value of an argument. Throws where Go wants one and gets something else. */
export function boolIn({ node }: Known, name: string): boolean {
  const value = node?.kind === 'scalar' ? valueIn(node) : undefined;
  if (value?.type !== 'bool') throw new TemplateError(`"${name}" takes true or false, and gets neither`);
  return value.value;
}

/** The items of an argument. Throws where Go wants a list and gets something else. */
export function listIn({ node }: Known, name: string): readonly Node[] {
  if (node?.kind !== 'sequence') throw new TemplateError(`"${name}" takes a list, and gets none`);
  return node.items;
}

/** The whole number of an argument that a template wrote or made. Throws for others, also for numbers of YAML: those are floats. */
export function integerIn({ node }: Known, name: string): number {
  if (node?.kind !== 'scalar' || !isInteger(node)) throw new TemplateError(`"${name}" takes a whole number, and gets none`);
  return Number(node.text);
}

/** A function of Go templates or Sprig that depends on its arguments only. All arguments are known, if not what is below them. */
export type TemplateFunction = (args: readonly Known[], make: Maker, name: string) => Value;

/** An argument that must be there. */
export function required(value: Known | undefined, name: string): Known {
  if (!value) throw new TemplateError(`"${name}" misses an argument`);
  return value;
}
