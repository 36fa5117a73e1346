import { groupBy } from '../text/group-by.ts';
import type { Origin } from '../tree/node.ts';

/** The items by the place that they have, those of one place together: environments that share a line share a finding. */
export function linesOf<T>(items: readonly T[], placeOf: (item: T) => Origin): readonly [T, ...T[]][] {
  const lines = groupBy(items, (item) => {
    const { file, start } = placeOf(item);
    return `${file.name}\0${start}`;
  });
  return [...lines.values()];
}
