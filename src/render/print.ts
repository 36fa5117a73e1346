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
    text = node.entries.length === 0 ? '{}\n' : `${lines((out) => printMapping(withTextAnnotations(node), 0, out))}\n`;
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

/** The pieces of an output, put together once: texts that grow piece by piece are put together again at each level. */
type Pieces = string[];

function lines(print: (out: Pieces) => void): string {
  const out: Pieces = [];
  print(out);
  return out.join('');
}

/**
 * The lines of a collection at an indent, without the first line's own indent and without a last line break. Only the
 * topmost values of an object are remembered, as overlays share those: noting every small node costs more than it saves.
 */
function printCollection(node: Mapping | Sequence, indent: number, out: Pieces): void {
  if (indent !== MEMOISED_INDENT) {
    print(node, indent, out);
    return;
  }
  let text = printed.get(node);
  if (text === undefined) {
    text = lines((own) => print(node, indent, own));
    printed.set(node, text);
  }
  out.push(text);
}

const MEMOISED_INDENT = 2;

function print(node: Mapping | Sequence, indent: number, out: Pieces): void {
  if (node.kind === 'mapping') printMapping(node, indent, out);
  else printSequence(node, indent, out);
}

function printMapping(node: Mapping, indent: number, out: Pieces): void {
  const pad = padOf(indent);
  let isFirst = true;
  for (const { key, value } of inKeyOrder(node.entries)) {
    if (!isFirst) out.push(pad);
    isFirst = false;
    printEntry(printKey(key.text, indent), value, indent, out);
  }
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

function printEntry({ text, isSimple, width }: PrintedKey, value: Node, indent: number, out: Pieces): void {
  if (isSimple) out.push(text, ':');
  else out.push('? ', text, padOf(indent), ':');
  if (value.kind === 'scalar') {
    // Behind `? key` the value has a line of its own, whose indent the folding does not count.
    const column = isSimple ? indent + width + 2 : indent + 2;
    out.push(' ', printScalar(value, column, indent + 2));
    return;
  }
  if (isEmpty(value)) {
    out.push(value.kind === 'mapping' ? ' {}' : ' []');
    return;
  }
  const nested = value.kind === 'mapping' ? indent + 2 : indent;
  out.push(padOf(nested));
  printCollection(value, nested, out);
}

function printSequence(node: Sequence, indent: number, out: Pieces): void {
  let lead = '- ';
  for (const item of node.items) {
    out.push(lead);
    lead = `${padOf(indent)}- `;
    printItem(item, indent + 2, out);
  }
}

function printItem(item: Node, indent: number, out: Pieces): void {
  if (item.kind === 'scalar') out.push(printScalar(item, indent, indent));
  else if (isEmpty(item)) out.push(item.kind === 'mapping' ? '{}' : '[]');
  else printCollection(item, indent, out);
}

function isEmpty(node: Mapping | Sequence): boolean {
  return node.kind === 'mapping' ? node.entries.length === 0 : node.items.length === 0;
}
