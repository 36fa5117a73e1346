import type { Node } from '../tree/node.ts';
import { authorsOf } from '../tree/origins.ts';
import type { Variant } from './variant.ts';

const known = new WeakMap<Variant, ReadonlySet<string>>();

/** Names of the files that wrote something of what a variant renders, or what was put aside there: a chart may read many more. */
export function authorFilesOf(variant: Variant): ReadonlySet<string> {
  let files = known.get(variant);
  if (!files) {
    const found = new Set<string>();
    for (const { node } of variant.resources) addAuthors(node, found);
    files = found;
    known.set(variant, files);
  }
  return files;
}

function addAuthors(node: Node, found: Set<string>): void {
  for (let written: Node | undefined = node; written; written = written.replaces) for (const { file } of authorsOf(written)) found.add(file.name);
  if (node.kind === 'sequence') for (const item of node.items) addAuthors(item, found);
  if (node.kind === 'mapping') for (const { value } of node.entries) addAuthors(value, found);
}
