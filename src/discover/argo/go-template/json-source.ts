import type { Node, Scalar } from '../../../tree/node.ts';

const sources = new WeakMap<Scalar, Node>();

/** Remembers what a text is the JSON of, so that whoever reads it again finds the lines that it comes from. */
export function noteSource(text: Scalar, source: Node): void {
  sources.set(text, source);
}

/** What a text is the JSON of, where a template made it. */
export function sourceOf(text: Scalar): Node | undefined {
  return sources.get(text);
}
