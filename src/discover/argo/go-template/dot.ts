import { bool, float, list, type MapValue, map, NONE, type Stretch, TemplateFailure, type Text, text, type Value } from '../../../render/helm/value.ts';
import type { Node, Origin, Scalar } from '../../../tree/node.ts';
import { valueIn } from '../go-text.ts';
import { holdsUnknown, lookUp, type ParameterSet } from '../parameters.ts';
import { open, UNKNOWN } from './open.ts';

/** The parameters of a set as a template sees them. */
export interface Dot {
  readonly value: Value;
  /** The path of each map among them: `.values`. */
  readonly paths: ReadonlyMap<MapValue, string>;
}

/** `isStrict` is `missingkey=error`: a field that is not there is refused, and is else `<no value>`. */
export function dotOf(set: ParameterSet, isStrict: boolean): Dot {
  const paths = new Map<MapValue, string>();
  // What is below a list has no path: all of it is known.
  const asValue = (node: Node, path: readonly string[] | undefined): Value => {
    if (node.kind === 'scalar') return scalarOf(node);
    if (node.kind === 'sequence')
      return list(
        node.items.map((item) => asValue(item, undefined)),
        node.items.length === 0 ? [node.origin] : [],
      );
    return mapOf(
      node.entries.map(({ key, value }) => [key.text, value] as const),
      path,
      [node.origin],
    );
  };
  const mapOf = (nodes: Iterable<readonly [string, Node]>, path: readonly string[] | undefined, origins: readonly Origin[]): Value => {
    const entries = [...nodes].map(([key, node]) => [key, asValue(node, path && [...path, key])] as const);
    const name = path && path.length > 0 ? `.${path.join('.')}` : '';
    const known = map(entries, entries.length === 0 ? origins : []);
    paths.set(known, name);
    if (!path || !holdsUnknown(set, path)) return known;
    const at = (key: string): Value | undefined => known.entries.get(key) ?? (lookUp(set, [...path, key]) === 'unknown' ? UNKNOWN : undefined);
    return open(at, (key) => (isStrict ? refuseMissing(`${name}.${key}`) : NONE));
  };
  return { value: mapOf(set.values, [], []), paths };
}

/** Go's own message names the last key alone. */
export function refuseMissing(path: string): never {
  throw new TemplateFailure(`no parameter "${path}"`);
}

function scalarOf(node: Scalar): Value {
  const { type, value } = valueIn(node);
  const origins = [...new Set(node.parts?.map(({ origin }) => origin) ?? [node.origin])];
  if (type === 'null') return { kind: 'nil', origins };
  if (type === 'bool') return bool(value, origins);
  if (type === 'int' || type === 'float') return float(Number(value), origins);
  return value === node.text ? textOf(node) : text(String(value), origins);
}

/** A text with the authors of its stretches. */
export function textOf({ text: written, parts, origin }: Pick<Scalar, 'text' | 'parts' | 'origin'>): Text {
  const whole = { start: 0, end: written.length, origin };
  const stretches = (parts ?? [whole]).flatMap(({ start, end, origin: author }): Stretch[] => (start < end ? [{ start, end, origins: [author] }] : []));
  return { kind: 'string', text: written, stretches };
}
