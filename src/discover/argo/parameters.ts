import { type Entry, entryOf, type Mapping, type Node, type Scalar } from '../../tree/node.ts';
import { goText } from './go-text.ts';

/** What one element of a generator gives to the template. */
export interface ParameterSet {
  /** For `{{name}}` by flat name; for Go templates by the first step of a path, with trees below. */
  readonly values: ReadonlyMap<string, Node>;
  /** Names that only a cluster or another repository knows, each with all that is below it; `''` is every name. What `values` has is known all the same. */
  readonly unknown: readonly string[];
  /** Stands for all that a generator may yet select. */
  readonly isOpen: boolean;
  /** Is there only if a cluster is of which the repository does not know. */
  readonly isConditional: boolean;
  /** Comes and goes, as the environment of a pull request does. */
  readonly isEphemeral: boolean;
}

/** Parameters that are all known, unless `more` says otherwise. */
export function parameterSet(values: Iterable<readonly [string, Node]>, more: Partial<Omit<ParameterSet, 'values'>> = {}): ParameterSet {
  return { values: new Map(values), unknown: [], isOpen: false, isConditional: false, isEphemeral: false, ...more };
}

/** One that stands for whatever a generator selects; `unknown` are the names that it alone would fill. */
export function openSet(unknown: readonly string[], values: Iterable<readonly [string, Node]> = []): ParameterSet {
  return parameterSet(values, { unknown, isOpen: true });
}

/** The parameter at a path, `unknown` where only others know whether there is one, undefined where there is none. */
export function lookUp({ values, unknown }: ParameterSet, path: readonly string[]): Node | 'unknown' | undefined {
  const [head = '', ...rest] = path;
  let node = values.get(head);
  for (const step of rest) node = node?.kind === 'mapping' ? entryOf(node, step)?.value : undefined;
  if (node) return node;
  const name = path.join('.');
  return unknown.some((other) => isBelow(name, other)) ? 'unknown' : undefined;
}

/** Whether a part of what is at a path is not known. */
export function holdsUnknown({ unknown }: ParameterSet, path: readonly string[]): boolean {
  const name = path.join('.');
  return unknown.some((other) => isBelow(name, other) || isBelow(other, name));
}

function isBelow(name: string, other: string): boolean {
  return other === '' || name === other || name.startsWith(`${other}.`) || name.startsWith(`${other}[`);
}

/** The parameters of two sets in one: those of `winner` count where both have one. Trees are merged. What holds of one set holds of both. */
export function combined(base: ParameterSet, winner: ParameterSet): ParameterSet {
  const values = new Map(base.values);
  for (const [name, value] of winner.values) values.set(name, merged(values.get(name), value));
  const unknown = [...new Set([...base.unknown, ...winner.unknown])];
  return {
    values,
    unknown,
    isOpen: base.isOpen || winner.isOpen,
    isConditional: base.isConditional || winner.isConditional,
    isEphemeral: base.isEphemeral || winner.isEphemeral,
  };
}

function merged(base: Node | undefined, winner: Node): Node {
  if (base?.kind !== 'mapping' || winner.kind !== 'mapping') return winner;
  const kept = base.entries.map((entry): Entry => {
    const other = entryOf(winner, entry.key.text);
    return other ? { ...other, value: merged(entry.value, other.value) } : entry;
  });
  return { ...winner, entries: [...kept, ...winner.entries.filter(({ key }) => !entryOf(base, key.text))] } satisfies Mapping;
}

/** Every parameter by its flat name, as text: `values.environment`, `cluster.zones.0`. What is no text is printed as Go prints it. */
export function flatParameters(values: Iterable<readonly [string, Node]>): Map<string, Scalar> {
  const flat = new Map<string, Scalar>();
  const add = (name: string, node: Node): void => {
    if (node.kind === 'mapping') for (const { key, value } of node.entries) add(`${name}.${key.text}`, value);
    else if (node.kind === 'sequence') for (const [index, item] of node.items.entries()) add(`${name}.${index}`, item);
    else flat.set(name, asText(node));
  };
  for (const [name, node] of values) add(name, node);
  return flat;
}

/** The same names as above, but for the path: Go templates hold apart what `{{path}}` and `{{path[1]}}` are. */
export function plainNames(flat: ReadonlyMap<string, Scalar>): Map<string, Scalar> {
  const names = [...flat].map(([name, value]) => [name.replace(/(^|\.)path\.(?:path$|segments\.(\d+)$)/, rename), value] as const);
  return new Map(names);
}

function rename(_: string, before: string, index: string | undefined): string {
  return `${before}path${index === undefined ? '' : `[${index}]`}`;
}

/** A scalar as a text parameter. */
export function asText(node: Scalar): Scalar {
  const text = goText(node);
  return text === node.text ? node : { ...node, text, style: 'double-quoted', parts: undefined, tag: undefined };
}
