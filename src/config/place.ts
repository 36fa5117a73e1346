import type { Span } from '../text/source-file.ts';
import { entryOf, type Node } from '../tree/node.ts';

/** The steps of a JSON pointer. */
export function stepsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The place of a value, or of its key. Where the steps lead nowhere, that of the nearest one above. */
export function placeOf(root: Node, steps: readonly string[], part: 'value' | 'key' = 'value'): Span {
  let node = root;
  let span: Span = root.origin;
  for (const step of steps) {
    const entry = node.kind === 'mapping' ? entryOf(node, step) : undefined;
    const next = entry?.value ?? (node.kind === 'sequence' ? node.items[Number(step)] : undefined);
    if (!next) break;
    node = next;
    span = entry && (part === 'key' || next.kind !== 'scalar') ? entry.key.origin : next.origin;
  }
  return { start: span.start, end: span.end };
}
