/** A stretch of lines that two texts share, or that one of them has alone; indexes are half-open. */
export interface Hunk {
  readonly before: readonly [from: number, to: number];
  readonly after: readonly [from: number, to: number];
}

/** Beyond so many lines that part, whatever lies between is told as one change: nobody reads it line by line. */
const MAX_DISTANCE = 2000;

/** The smallest changes that make one list of lines another, in order (Myers, "An O(ND) Difference Algorithm"). */
export function changedLines(before: readonly string[], after: readonly string[]): Hunk[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < before.length - head && tail < after.length - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const [left, right] = [before.slice(head, before.length - tail), after.slice(head, after.length - tail)];
  if (left.length === 0 && right.length === 0) return [];
  return (traced(left, right) ?? [{ before: [0, left.length], after: [0, right.length] }]).map(
    (hunk): Hunk => ({
      before: [hunk.before[0] + head, hunk.before[1] + head],
      after: [hunk.after[0] + head, hunk.after[1] + head],
    }),
  );
}

/** How far each diagonal reaches after so many steps. */
type Reach = ReadonlyMap<number, number>;

function traced(left: readonly string[], right: readonly string[]): Hunk[] | undefined {
  const trail: Reach[] = [];
  let reach: Reach = new Map([[1, 0]]);
  for (let distance = 0; distance <= Math.min(left.length + right.length, MAX_DISTANCE); distance += 1) {
    const next = new Map<number, number>();
    trail.push(reach);
    for (let diagonal = -distance; diagonal <= distance; diagonal += 2) {
      let x = startOn(diagonal, distance, reach);
      while (x < left.length && x - diagonal < right.length && left[x] === right[x - diagonal]) x += 1;
      next.set(diagonal, x);
      if (x >= left.length && x - diagonal >= right.length) return hunksOf(trail, left.length, right.length);
    }
    reach = next;
  }
  return undefined;
}

function startOn(diagonal: number, distance: number, reach: Reach): number {
  const [below, above] = [reach.get(diagonal - 1) ?? -1, reach.get(diagonal + 1) ?? -1];
  return diagonal === -distance || (diagonal !== distance && below < above) ? above : below + 1;
}

/** Walks back, and joins steps that follow each other. */
function hunksOf(trail: readonly Reach[], lines: number, others: number): Hunk[] {
  const hunks: Hunk[] = [];
  let [x, y] = [lines, others];
  for (let distance = trail.length - 1; distance > 0; distance -= 1) {
    const reach = trail[distance] ?? new Map<number, number>();
    const diagonal = x - y;
    const start = startOn(diagonal, distance, reach);
    const isInsertion = start === (reach.get(diagonal + 1) ?? -1) && start !== (reach.get(diagonal - 1) ?? -2) + 1;
    const from = isInsertion ? { x: start, y: start - diagonal - 1 } : { x: start - 1, y: start - diagonal };
    const to = { x: start, y: start - diagonal };
    const [later] = hunks;
    if (later && later.before[0] === to.x && later.after[0] === to.y) {
      hunks[0] = { before: [from.x, later.before[1]], after: [from.y, later.after[1]] };
    } else hunks.unshift({ before: [from.x, to.x], after: [from.y, to.y] });
    [x, y] = [from.x, from.y];
  }
  return hunks;
}
