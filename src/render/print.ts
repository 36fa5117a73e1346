import type { Resource } from '../model/resource.ts';
import { withEntry } from '../tree/edit.ts';
import { childOf, type Entry, entryOf, type Mapping, type Node, type Sequence } from '../tree/node.ts';
import { compareKeys } from './key-order.ts';
import { type PrintedKey, printKey, printScalar } from './print-scalar.ts';

/** Resources as kustomize prints them: the same bytes, documents parted by `---`. */
export function printResources(resources: readonly Pick<Resource, 'node'>[]): string {
  return resources.map(({ node }) => printObject(node)).join('---\n');
}

const objects = new WeakMap<Mapping, string>();

function printObject(node: Mapping): string {
  let text = objects.get(node);
  if (text === undefined) {
    text = node.entries.length === 0 ? '{}\n' : `${printMapping(withTextAnnotations(node), 0)}\n`;
    objects.set(node, text);
  }
  return text;
}

/** Kustomize rewrites annotations as texts, whatever they were. */
function withTextAnnotations(node: Mapping): Mapping {
  const metadata = childOf(node, 'metadata');
  const annotations = metadata?.kind === 'mapping' ? entryOf(metadata, 'annotations') : undefined;
  if (metadata?.kind !== 'mapping' || annotations?.value.kind !== 'mapping') return node;
  const { value } = annotations;
  if (value.entries.every((entry) => entry.value.kind === 'scalar' && entry.value.style !== 'plain')) return node;
  const entries = value.entries.map((entry): Entry => (entry.value.kind === 'scalar' ? { ...entry, value: { ...entry.value, tag: '!!str' } } : entry));
  const metadataEntry = entryOf(node, 'metadata');
  return metadataEntry ? withEntry(node, metadataEntry.key, withEntry(metadata, annotations.key, { ...value, entries })) : node;
}

const printed = new WeakMap<Node, string>();

/**
 * The lines of a collection at an indent, without the first line's own indent and without a last line break. Only the
 * topmost values of an object are remembered, as overlays share those: noting every small node costs more than it saves.
 */
function memoised(node: Mapping | Sequence, indent: number, print: (indent: number) => string): string {
  if (indent !== MEMOISED_INDENT) return print(indent);
  let text = printed.get(node);
  if (text === undefined) {
    text = print(indent);
    printed.set(node, text);
  }
  return text;
}

const MEMOISED_INDENT = 2;

function printMapping(node: Mapping, indent: number): string {
  return memoised(node, indent, () => {
    const pad = padOf(indent);
    let text = '';
    for (const { key, value } of inKeyOrder(node.entries)) text += (text === '' ? '' : pad) + printEntry(printKey(key.text, indent), value, indent, pad);
    return text;
  });
}

/** The entries sorted by key; people write most of them in that order already. */
function inKeyOrder(entries: readonly Entry[]): readonly Entry[] {
  let before: string | undefined;
  for (const { key } of entries) {
    if (before !== undefined && compareKeys(before, key.text) > 0) return [...entries].sort((a, b) => compareKeys(a.key.text, b.key.text));
    before = key.text;
  }
  return entries;
}

const pads: string[] = [];

/** A line break and the indent of the next line. */
function padOf(indent: number): string {
  let pad = pads[indent];
  if (pad === undefined) {
    pad = `\n${' '.repeat(indent)}`;
    pads[indent] = pad;
  }
  return pad;
}

function printEntry({ text, isSimple, width }: PrintedKey, value: Node, indent: number, pad: string): string {
  const head = isSimple ? `${text}:` : `? ${text}${pad}:`;
  if (value.kind === 'scalar') {
    // Behind `? key` the value has a line of its own, whose indent the folding does not count.
    const column = isSimple ? indent + width + 2 : indent + 2;
    return `${head} ${printScalar(value, column, indent + 2)}`;
  }
  if (value.kind === 'mapping') return value.entries.length === 0 ? `${head} {}` : `${head}${pad}  ${printMapping(value, indent + 2)}`;
  return value.items.length === 0 ? `${head} []` : `${head}${pad}${printSequence(value, indent)}`;
}

function printSequence(node: Sequence, indent: number): string {
  return memoised(node, indent, () => {
    const pad = padOf(indent);
    let text = '';
    for (const item of node.items) text += `${text === '' ? '' : pad}- ${printItem(item, indent + 2)}`;
    return text;
  });
}

function printItem(item: Node, indent: number): string {
  if (item.kind === 'scalar') return printScalar(item, indent, indent);
  if (item.kind === 'mapping') return item.entries.length === 0 ? '{}' : printMapping(item, indent);
  return item.items.length === 0 ? '[]' : printSequence(item, indent);
}
