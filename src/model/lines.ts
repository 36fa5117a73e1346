import type { Origin } from '../tree/node.ts';

/** The items by the place that they have, those of one place together: environments that share a line share a finding. */
export function linesOf<T>(items: readonly T[], placeOf: (item: T) => Origin): readonly [T, ...T[]][] {
  const lines = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const { file, start } = placeOf(item);
    const key = `${file.name}\0${start}`;
    const line = lines.get(key);
    if (line) line.push(item);
    else lines.set(key, [item]);
  }
  return [...lines.values()];
}
