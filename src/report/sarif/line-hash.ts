import type { SourceFile } from '../../text/source-file.ts';

/** So many code units from the start of a line on tell it from others. */
const LENGTH = 100;
const FACTOR = 37;
const HALF = 2 ** 32;
const [TAB, LINE_FEED, SPACE, END_OF_FILE] = [9, 10, 32, 65_535];

const hashes = new WeakMap<SourceFile, readonly string[]>();

/**
 * What code scanning knows a line again by, wherever it moves to: the `primaryLocationLineHash` that the upload action would
 * work out itself, had it the sources. Blanks do not count; undefined past the end.
 */
export function lineHashOf(file: SourceFile, line: number): string | undefined {
  let ofFile = hashes.get(file);
  if (!ofFile) {
    ofFile = lineHashesOf(file.text);
    hashes.set(file, ofFile);
  }
  return ofFile[line - 1];
}

/** The hashes of all lines of a text, each with how many times it has come so far. */
export function lineHashesOf(text: string): string[] {
  const { units, starts } = significantUnits(text);
  const counts = new Map<string, number>();
  return starts.map((start) => {
    const hash = hashAt(units, start);
    const count = (counts.get(hash) ?? 0) + 1;
    counts.set(hash, count);
    return `${hash}:${count}`;
  });
}

/** The text without blanks, all line ends alike, with where each line begins in it. */
function significantUnits(text: string): { readonly units: readonly number[]; readonly starts: readonly number[] } {
  const units: number[] = [];
  const starts = [0];
  const normal = text.replaceAll(/\r\n?/g, '\n');
  for (let at = 0; at < normal.length; at++) {
    const unit = normal.charCodeAt(at);
    if (unit === SPACE || unit === TAB) continue;
    units.push(unit);
    if (unit === LINE_FEED) starts.push(units.length);
  }
  units.push(END_OF_FILE);
  return { units, starts };
}

/** A polynomial modulo 2^64, in two halves that numbers hold exactly. */
function hashAt(units: readonly number[], start: number): string {
  let high = 0;
  let low = 0;
  for (let at = start; at < start + LENGTH; at++) {
    const sum = low * FACTOR + (units[at] ?? 0);
    high = (high * FACTOR + Math.floor(sum / HALF)) % HALF;
    low = sum % HALF;
  }
  return high === 0 ? low.toString(16) : high.toString(16) + low.toString(16).padStart(8, '0');
}
