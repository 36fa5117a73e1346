import { groupBy } from '../text/group-by.ts';
import type { Origin } from '../tree/node.ts';

/** The items by the place that they have, those of one place together: environments that share a line share a finding. */
export function linesOf<T>(items: readonly T[], placeOf: (item: T) => Origin): readonly [T, ...T[]][] {
  return [...groupBy(items, (item) => lineKeyOf(placeOf(item))).values()];
}

/** Tells the place where something is written from all others: of one line, those that begin apart. */
export function lineKeyOf({ file, start }: Origin): string {
  return `${file.name}\0${start}`;
}
