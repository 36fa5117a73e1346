import { compareText } from '../../text/location.ts';

/** Fewer keys than this are named one by one: a glob for two says more than anybody meant. */
const LEAST = 3;

/**
 * Globs that cover all of some keys and none of the others, as few as can be: `*_HOST` where at least three end alike. Keys that share no
 * such part stand for themselves.
 */
export function keyGlobs(keys: readonly string[], others: readonly string[]): string[] {
  const left = new Set(keys);
  const globs: string[] = [];
  for (;;) {
    const best = [...shapesOf(left)]
      .filter(([, { members, covers }]) => members.length >= LEAST && !others.some(covers))
      .sort(([a, x], [b, y]) => y.members.length - x.members.length || b.length - a.length || compareText(a, b))[0];
    if (!best) break;
    const [glob, { members }] = best;
    globs.push(glob);
    for (const key of members) left.delete(key);
  }
  return [...globs, ...[...left].map(literal)].sort(compareText);
}

interface Shape {
  readonly members: string[];
  covers(key: string): boolean;
}

function shapesOf(keys: ReadonlySet<string>): Map<string, Shape> {
  const shapes = new Map<string, Shape>();
  const add = (glob: string, key: string, covers: Shape['covers']) => {
    const shape = shapes.get(glob) ?? { members: [], covers };
    shapes.set(glob, shape);
    shape.members.push(key);
  };
  for (const key of keys) {
    for (const { index } of key.matchAll(/[_.-]/g)) {
      const [head, tail] = [key.slice(0, index + 1), key.slice(index)];
      if (head.length > 1) add(`${literal(head)}*`, key, (other) => other.startsWith(head));
      if (tail.length > 1) add(`*${literal(tail)}`, key, (other) => other.endsWith(tail));
    }
  }
  return shapes;
}

/** A name as a glob that matches it alone. */
export function literal(name: string): string {
  return name.replaceAll(/[\\*?[\]()!+@|]|\{(?!env\})|(?<!\{env)\}/g, (sign) => `\\${sign}`);
}
