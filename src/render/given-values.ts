import type { ChartValue, ChartValues, GivenKey, ValueKind } from '../model/chart-values.ts';
import { compareText } from '../text/location.ts';
import { mergedOver } from '../tree/merge.ts';
import { childOf, type Mapping, mapping, type Node, type Scalar } from '../tree/node.ts';
import { scalarValue } from '../tree/scalar-value.ts';

/** The keys of a tree of values, each with its path; those of mappings come before what is in them. */
export function eachKey(node: Node, path: readonly string[], visit: (key: GivenKey) => void): void {
  if (node.kind !== 'mapping') return;
  for (const { key, value } of node.entries) {
    const inner = [...path, key.text];
    visit({ path: inner, at: key.origin });
    eachKey(value, inner, visit);
  }
}

/** What is given to a chart that is not here, oldest first: nobody knows its defaults, and what it reads. */
export function valuesOf(roots: readonly Mapping[]): ChartValues {
  const [first, ...others] = roots;
  const all = first && others.reduce(mergedOver, first);
  let given: readonly GivenKey[] | undefined;
  return {
    release: '',
    isRead: false,
    get given() {
      given ??= keysOf(all);
      return given;
    },
    at: (path) => chartValue(path.reduce<Node | undefined>(childOf, all)),
    needOf: () => 'none',
    unread: [],
    clashes: [],
  };
}

function keysOf(root: Mapping | undefined): GivenKey[] {
  const keys: GivenKey[] = [];
  if (root) eachKey(root, [], (key) => void keys.push(key));
  return keys.sort((a, b) => compareText(a.path.join('\0'), b.path.join('\0')));
}

const KINDS: Readonly<Partial<Record<ReturnType<typeof scalarValue>['type'], ValueKind>>> = { null: 'null', bool: 'bool', int: 'number', float: 'number' };

function chartValue(node: Node | undefined): ChartValue | undefined {
  if (!node) return undefined;
  const { origin } = node;
  if (node.kind === 'mapping') return { kind: 'map', text: '', isEmpty: node.entries.length === 0, origin };
  if (node.kind === 'sequence') return { kind: 'list', text: '', isEmpty: node.items.length === 0, origin };
  const kind = KINDS[scalarValue(node, 'kubectl').type] ?? 'text';
  return { kind, text: kind === 'null' ? '' : node.text, isEmpty: kind === 'null' || node.text === '', origin };
}

/** A parameter such as `image.tag` as a tree; undefined for one that has more to it than keys. */
export function parameterTree(name: Scalar, value: Scalar): Mapping | undefined {
  if (!/^[^\\{}[\],=]+$/.test(name.text)) return undefined;
  const tree = name.text
    .split('.')
    .reduceRight<Node>((inner, step) => mapping([{ key: { ...name, text: step, parts: undefined }, value: inner }], name.origin), value);
  return tree.kind === 'mapping' ? tree : undefined;
}
