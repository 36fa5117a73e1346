import type { Node } from './node.ts';

/** Every text below a node, with the key that it stands under; the items of a list stand under the key of the list. */
export function* textsOf(node: Node, key = ''): Generator<{ readonly key: string; readonly text: string }> {
  if (node.kind === 'scalar') yield { key, text: node.text };
  else if (node.kind === 'mapping') for (const { key, value } of node.entries) yield* textsOf(value, key.text);
  else for (const item of node.items) yield* textsOf(item, key);
}
