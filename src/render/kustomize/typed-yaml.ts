import { type Entry, mapping, type Node, type Origin, type Scalar, sequence } from '../../tree/node.ts';
import { scalarValue } from '../../tree/scalar-value.ts';
import type { Shape } from './shapes.ts';

/** Something in a file that the program reading it has no place for. */
export interface Misfit {
  readonly message: string;
  readonly origin: Origin;
}

/**
 * A tree as a Go program reads it into its types: field names in their own spelling (Go ignores case), nulls gone,
 * booleans and numbers in one notation. What does not fit is left out and told.
 */
export function fitTo(node: Node, shape: Shape, misfits: Misfit[], name = ''): Node | undefined {
  if (node.kind === 'scalar' && scalarValue(node, 'kubectl').type === 'null') return undefined;
  if (shape === 'any') return node;
  if (typeof shape === 'string') return node.kind === 'scalar' ? fitScalar(node, shape, misfits, name) : misfit(node, `a ${shape}`, misfits, name);
  if ('list' in shape) {
    if (node.kind !== 'sequence') return misfit(node, 'a list', misfits, name);
    const items = node.items.map((item) => fitTo(item, shape.list, misfits, name) ?? emptyOf(item, shape.list));
    return sequence(
      items.filter((item) => item !== undefined),
      node.origin,
    );
  }
  if (node.kind !== 'mapping') return misfit(node, 'a mapping', misfits, name);
  const entries = 'map' in shape ? fitMap(node.entries, shape.map, misfits) : fitFields(node.entries, shape.fields, misfits);
  return mapping(entries, node.origin);
}

function fitMap(entries: readonly Entry[], shape: Shape, misfits: Misfit[]): Entry[] {
  return entries.flatMap((entry) => {
    const value = fitTo(entry.value, shape, misfits, entry.key.text) ?? (shape === 'any' ? entry.value : emptyOf(entry.value, shape));
    return value ? [{ ...entry, value }] : [];
  });
}

function fitFields(entries: readonly Entry[], fields: Readonly<Record<string, Shape>>, misfits: Misfit[]): Entry[] {
  const found = new Map<string, Entry>();
  for (const { key, value, via } of entries) {
    const name = Object.hasOwn(fields, key.text) ? key.text : Object.keys(fields).find((field) => field.toLowerCase() === key.text.toLowerCase());
    const shape = name === undefined ? undefined : fields[name];
    if (name === undefined || !shape) {
      misfits.push({ message: `unknown field "${key.text}"`, origin: key.origin });
      continue;
    }
    const fitted = fitTo(value, shape, misfits, key.text);
    if (fitted) found.set(name, { key: name === key.text ? key : { ...key, text: name }, value: fitted, via });
  }
  return [...found.values()];
}

/** The tree with numbers and booleans as texts wherever texts are wanted, as the settings of plugins are read. */
export function withTexts(node: Node, shape: Shape): Node {
  if (node.kind === 'scalar') return shape === 'string' ? asText(node) : node;
  if (typeof shape === 'string') return node;
  if (node.kind === 'sequence') return 'list' in shape ? { ...node, items: node.items.map((item) => withTexts(item, shape.list)) } : node;
  const shapeOf = (key: string): Shape => {
    if ('map' in shape) return shape.map;
    return 'fields' in shape && Object.hasOwn(shape.fields, key) ? (shape.fields[key] ?? 'any') : 'any';
  };
  return { ...node, entries: node.entries.map((entry) => ({ ...entry, value: withTexts(entry.value, shapeOf(entry.key.text)) })) };
}

function asText(node: Scalar): Scalar {
  const { type, value } = scalarValue(node, 'kubectl');
  return type === 'int' || type === 'float' || type === 'bool' ? { ...node, text: String(value), style: 'double-quoted' } : node;
}

/** Go's zero value, for a null inside of a list or map of texts. */
function emptyOf(node: Node, shape: Shape): Node | undefined {
  return shape === 'string' && node.kind === 'scalar' && scalarValue(node, 'kubectl').type === 'null'
    ? { ...node, text: '', style: 'double-quoted' }
    : undefined;
}

function fitScalar(node: Scalar, shape: 'string' | 'bool' | 'int', misfits: Misfit[], name: string): Node | undefined {
  const { type, value } = scalarValue(node, 'kubectl');
  if (shape === 'string') return type === 'string' || type === 'timestamp' || type === 'binary' ? node : misfit(node, 'a string', misfits, name);
  if (type !== shape) return misfit(node, shape === 'bool' ? 'true or false' : 'a whole number', misfits, name);
  const text = String(value);
  return text === node.text ? node : { ...node, text };
}

const ARTICLES: Readonly<Record<string, string>> = { bool: 'a boolean', int: 'a number', float: 'a number', string: 'a string' };

function misfit(node: Node, wanted: string, misfits: Misfit[], name: string): undefined {
  const found = node.kind === 'scalar' ? ARTICLES[scalarValue(node, 'kubectl').type] : undefined;
  const what = found ?? `a ${node.kind === 'sequence' ? 'list' : node.kind}`;
  misfits.push({ message: name ? `"${name}" must be ${wanted}, not ${what}` : `expected ${wanted}, not ${what}`, origin: node.origin });
  return undefined;
}
