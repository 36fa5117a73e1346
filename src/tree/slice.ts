import type { Origin, Part, Scalar } from './node.ts';

/**
 * Who wrote the stretch `start`–`end` of a text, narrowed to that stretch where the source shows it letter by letter, as
 * in quotes without escapes or in the lines of a block after `|`.
 */
export function sliceOf(node: Scalar, start: number, end: number): Origin {
  return writtenSlice(node, start, end) ?? partAt(node, start).origin;
}

/** The same; undefined where the source does not show the stretch. */
export function writtenSlice(node: Scalar, start: number, end: number): Origin | undefined {
  const part = partAt(node, start);
  const { origin } = part;
  const from = offsetIn(part, start - part.start);
  if (from === undefined) return undefined;
  const to = offsetIn(part, Math.min(end, part.end) - part.start) ?? origin.end;
  return { ...origin, start: from, end: Math.max(from, Math.min(to, origin.end)), precision: 'exact' };
}

interface Stretch extends Part {
  readonly text: string;
}

const whole = new WeakMap<Scalar, Stretch>();
const ofParts = new WeakMap<Part, Stretch>();

function partAt(node: Scalar, start: number): Stretch {
  const part = node.parts?.find((candidate) => candidate.start <= start && start < candidate.end);
  if (part) return remembered(ofParts, part, () => ({ ...part, text: node.text.slice(part.start, part.end) }));
  return remembered(whole, node, () => ({ start: 0, end: node.text.length, origin: node.origin, text: node.text }));
}

function remembered<K extends object, V>(known: WeakMap<K, V>, key: K, make: () => V): V {
  let found = known.get(key);
  if (found === undefined) {
    found = make();
    known.set(key, found);
  }
  return found;
}

/** Where a line of a text begins, in the text and in its file. */
interface Line {
  readonly inText: number;
  readonly inFile: number;
}

const lines = new WeakMap<Stretch, readonly Line[]>();

function offsetIn(stretch: Stretch, offset: number): number | undefined {
  const starts = remembered(lines, stretch, () => linesOf(stretch));
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle]?.inText ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const line = starts[low - 1];
  return line && line.inFile + offset - line.inText;
}

/** None where the source and the text run apart. */
function linesOf({ text, origin }: Stretch): readonly Line[] {
  const raw = origin.file.text.slice(origin.start, origin.end);
  const at = raw.indexOf(text);
  if (at !== -1) return [{ inText: 0, inFile: origin.start + at }];
  const wanted = text.trimEnd().split('\n');
  if (wanted.length < 2) return [];
  const given = raw.split('\n');
  const first = given.findIndex((line) => line.includes(wanted[0]?.trim() ?? ''));
  const found: Line[] = [];
  let inText = 0;
  let inFile = origin.start + given.slice(0, first).join('\n').length + (first > 0 ? 1 : 0);
  for (const [index, line] of wanted.entries()) {
    const source = first === -1 ? undefined : given[first + index];
    const column = source === undefined ? -1 : columnOf(source, line, index === 0, index === wanted.length - 1);
    if (source === undefined || column === -1) return [];
    found.push({ inText, inFile: inFile + column });
    inText += line.length + 1;
    inFile += source.length + 1;
  }
  return found;
}

/** Where a line of the text stands in a line of its source: behind an indent, and at the rims beside other things. */
function columnOf(source: string, line: string, isFirst: boolean, isLast: boolean): number {
  const text = line.trim();
  const column = source.indexOf(text);
  if (column === -1 || (!isFirst && source.slice(0, column).trim() !== '') || (!isLast && source.slice(column + text.length).trim() !== '')) return -1;
  return column - (line.length - line.trimStart().length);
}
