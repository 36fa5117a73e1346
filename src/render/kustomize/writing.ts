import type { How, Mapping, Node, Origin, Part, Scalar } from '../../tree/node.ts';
import { mapping, scalar, sequence } from '../../tree/node.ts';
import { scalarValue } from '../../tree/scalar-value.ts';

/** The place, as that of something done there. */
export function originAs(origin: Origin, how: How): Origin {
  return origin.how === how ? origin : { ...origin, how };
}

/** Text that is a string to every reader, whatever it looks like. */
export function stringScalar(text: string, origin: Origin, parts?: readonly Part[]): Scalar {
  const plain = scalar(text, 'plain', origin, parts ? { parts } : {});
  return scalarValue(plain).type === 'string' ? plain : { ...plain, style: 'double-quoted' };
}

/** A value of the kustomization file, read as a string there, on its way into a manifest. */
export function stringFrom(value: Scalar, how: How): Scalar {
  return stringScalar(value.text, originAs(value.origin, how));
}

/** A piece of a joined text, and who wrote it. */
export interface Piece {
  readonly text: string;
  readonly parts: readonly Part[] | undefined;
  readonly origin: Origin;
}

/** A stretch of a scalar with its authors; all of it by default. */
export function pieceOf({ text, parts, origin }: Scalar, from = 0, to = text.length): Piece {
  const own = parts?.flatMap((part) => {
    const [start, end] = [Math.max(part.start, from), Math.min(part.end, to)];
    return start < end ? { start: start - from, end: end - from, origin: part.origin } : [];
  });
  return { text: text.slice(from, to), parts: own, origin };
}

/** Several pieces in one text that remembers who wrote which part. The first origin is that of the whole. */
export function join(pieces: readonly Piece[], style: Scalar['style'], origin: Origin): Scalar {
  let text = '';
  const parts: Part[] = [];
  for (const piece of pieces) {
    if (piece.text === '') continue;
    const own = piece.parts ?? [{ start: 0, end: piece.text.length, origin: piece.origin }];
    for (const part of own) parts.push({ start: part.start + text.length, end: part.end + text.length, origin: part.origin });
    text += piece.text;
  }
  return scalar(text, style, origin, { parts });
}

const converted: Partial<Record<How, WeakMap<Node, Node>>> = {};

/** The tree with every place in it marked as `how`: a patch is written in a file like a manifest, but acts otherwise. */
export function markedAs<N extends Node>(node: N, how: How): N {
  converted[how] ??= new WeakMap();
  const known = converted[how];
  const before = known.get(node);
  if (before) return before as N;
  const marked = mark(node, how);
  known.set(node, marked);
  return marked as N;
}

function mark(node: Node, how: How): Node {
  const origin = originAs(node.origin, how);
  if (node.kind === 'scalar') return { ...node, origin };
  if (node.kind === 'sequence')
    return sequence(
      node.items.map((item) => markedAs(item, how)),
      origin,
    );
  return mapping(
    node.entries.map(({ key, value, via }) => ({ key: markedAs(key, how), value: markedAs(value, how), via })),
    origin,
  );
}

/** The tree with `origin` for every place in it: where the text cannot be followed to its lines. */
export function relocated<N extends Node>(node: N, origin: Origin): N {
  if (node.kind === 'scalar') return { ...node, origin };
  if (node.kind === 'sequence') return { ...node, origin, items: node.items.map((item) => relocated(item, origin)) };
  const entries = (node as Mapping).entries.map(({ key, value }) => ({ key: relocated(key, origin), value: relocated(value, origin) }));
  return { ...node, origin, entries };
}

/** True for a scalar that YAML reads as null, tagged or blank. */
export function isNullNode(node: Node | undefined): boolean {
  return node?.kind === 'scalar' && node.style === 'plain' && scalarValue(node).type === 'null';
}
