import { itemKeyOf } from './difference.ts';
import type { FieldPath } from './field-path.ts';
import type { Node, Origin } from './node.ts';
import { entryOf } from './node.ts';

/**
 * The node at `path`, and those that it put aside, newest first; also by a write of an enclosing node. Items of a list
 * are followed by what identifies them. Empty when the path never led anywhere.
 */
export function trailOf(root: Node, path: FieldPath): Node[] {
  const trail: Node[] = [];
  collect(root, path, 0, trail);
  return trail;
}

/** Who made the node at `path` what it is, newest first, each once. */
export function originsOf(root: Node, path: FieldPath): Origin[] {
  return [...new Set(trailOf(root, path).flatMap(authorsOf))];
}

function collect(node: Node, path: FieldPath, at: number, trail: Node[]): void {
  const step = path[at];
  if (step === undefined) {
    for (let written: Node | undefined = node; written; written = written.replaces) trail.push(written);
    return;
  }
  const child = stepInto(node, step);
  if (child) collect(child, path, at + 1, trail);
  const before = node.replaces;
  if (!before) return;
  const earlier = typeof step === 'number' ? sameItem(node, before, step) : step;
  if (earlier !== undefined) collect(before, path.with(at, earlier), at, trail);
}

/** The present authors of one node: those of its parts where it has several. */
export function authorsOf(node: Node): readonly Origin[] {
  if (node.kind !== 'scalar' || !node.parts || node.parts.length === 0) return [node.origin];
  return [...new Set(node.parts.map((part) => part.origin))];
}

function stepInto(node: Node, step: string | number): Node | undefined {
  if (node.kind === 'mapping') return entryOf(node, String(step))?.value;
  return node.kind === 'sequence' && typeof step === 'number' ? node.items[step] : undefined;
}

/** Where the item at `index` of the newer list stood in the older one. */
function sameItem(newer: Node, older: Node, index: number): number | undefined {
  if (newer.kind !== 'sequence' || older.kind !== 'sequence') return undefined;
  const item = newer.items[index];
  const key = item && itemKeyOf(item);
  if (key === undefined) return index < older.items.length ? index : undefined;
  const at = older.items.findIndex((candidate) => itemKeyOf(candidate) === key);
  return at === -1 ? undefined : at;
}
