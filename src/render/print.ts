import type { Resource } from '../model/resource.ts';
import { withEntry } from '../tree/edit.ts';
import { childOf, type Entry, entryOf, type Mapping, type Node, type Sequence } from '../tree/node.ts';
import { compareKeys } from './key-order.ts';
import { printKey, printScalar } from './print-scalar.ts';

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

const printed = new WeakMap<Node, Map<number, string>>();

/** The lines of a collection at an indent, without the first line's own indent and without a last line break. */
function memoised(node: Mapping | Sequence, indent: number, print: () => string): string {
  const byIndent = printed.get(node) ?? new Map<number, string>();
  printed.set(node, byIndent);
  let text = byIndent.get(indent);
  if (text === undefined) {
    text = print();
    byIndent.set(indent, text);
  }
  return text;
}

function printMapping(node: Mapping, indent: number): string {
  return memoised(node, indent, () => {
    const pad = `\n${' '.repeat(indent)}`;
    const entries = [...node.entries].sort((a, b) => compareKeys(a.key.text, b.key.text));
    return entries.map(({ key, value }) => printEntry(printKey(key.text, indent), value, indent, pad)).join(pad);
  });
}

function printEntry({ text, isSimple }: { readonly text: string; readonly isSimple: boolean }, value: Node, indent: number, pad: string): string {
  const head = isSimple ? `${text}:` : `? ${text}${pad}:`;
  const nested = `\n${' '.repeat(indent)}`;
  if (value.kind === 'scalar') {
    const line = head.slice(head.lastIndexOf('\n') + 1);
    const column = (head.includes('\n') ? 0 : indent) + [...line].length + 1;
    return `${head} ${printScalar(value, column, indent + 2)}`;
  }
  if (value.kind === 'mapping') return value.entries.length === 0 ? `${head} {}` : `${head}${nested}  ${printMapping(value, indent + 2)}`;
  return value.items.length === 0 ? `${head} []` : `${head}${nested}${printSequence(value, indent)}`;
}

function printSequence(node: Sequence, indent: number): string {
  return memoised(node, indent, () => node.items.map((item) => `- ${printItem(item, indent + 2)}`).join(`\n${' '.repeat(indent)}`));
}

function printItem(item: Node, indent: number): string {
  if (item.kind === 'scalar') return printScalar(item, indent, indent);
  if (item.kind === 'mapping') return item.entries.length === 0 ? '{}' : printMapping(item, indent);
  return item.items.length === 0 ? '[]' : printSequence(item, indent);
}
