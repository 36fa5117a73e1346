import type { Mapping, Node, Scalar, Sequence } from './node.ts';
import { entryOf } from './node.ts';
import { scalarValue } from './scalar-value.ts';

const hashes = new WeakMap<Node, number>();

/** A 32-bit hash of what the node means: origins, styles and the order of keys do not count. Computed once per node. */
export function structuralHash(node: Node): number {
  // A scalar is hashed faster than looked up.
  if (node.kind === 'scalar') return hashText(meaningOf(node), 0x811c9dc5);
  const known = hashes.get(node);
  if (known !== undefined) return known;
  const hash = computeHash(node);
  hashes.set(node, hash);
  return hash;
}

function computeHash(node: Mapping | Sequence): number {
  if (node.kind === 'sequence') {
    let hash = 0x9747b28c;
    for (const item of node.items) hash = Math.imul(hash ^ structuralHash(item), 0x01000193);
    return hash >>> 0;
  }
  // A sum does not depend on the order of the entries.
  let sum = 0x51ed270b;
  for (const { key, value } of node.entries) sum = (sum + Math.imul(hashText(key.text, 0x1000193), structuralHash(value) | 1)) | 0;
  return sum >>> 0;
}

function hashText(text: string, seed: number): number {
  let hash = seed;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Two scalars mean the same exactly when these texts are equal: `80` and `"80"` differ, `80` and `0x50` do not. */
function meaningOf(node: Scalar): string {
  if (node.style !== 'plain' && node.tag === undefined) return `s${node.text}`;
  const { type, value } = scalarValue(node);
  switch (type) {
    case 'string':
    case 'timestamp':
    case 'binary':
      return `s${value}`;
    case 'int':
    case 'float':
      return `n${value}`;
    default:
      return type === 'null' ? '0' : `b${value}`;
  }
}

/** Whether two nodes mean the same. Shared subtrees are recognised by identity, the rest by hash first. */
export function sameMeaning(a: Node | undefined, b: Node | undefined): boolean {
  if (a === b) return true;
  if (!a || !b || a.kind !== b.kind) return false;
  if (a.kind === 'scalar') return meaningOf(a) === meaningOf(b as Scalar);
  if (structuralHash(a) !== structuralHash(b)) return false;
  if (a.kind === 'sequence') {
    const { items } = b as typeof a;
    return a.items.length === items.length && a.items.every((item, index) => sameMeaning(item, items[index]));
  }
  const other = b as Mapping;
  return a.entries.length === other.entries.length && a.entries.every(({ key, value }) => sameMeaning(value, entryOf(other, key.text)?.value));
}
