import type { Scalar } from '../../tree/node.ts';

/**
 * Tells for an offset into a rendered text how far into the value of a scalar it is. Undefined where escapes or folding make
 * the two run apart.
 */
export function bodyOf(text: string, { style, text: value, origin: { start, end } }: Scalar): ((offset: number) => number) | undefined {
  const raw = text.slice(start, end);
  const clamp = (offset: number) => Math.max(0, Math.min(value.length, offset));
  if (raw === value) return (offset) => clamp(offset - start);
  if ((style === 'double-quoted' || style === 'single-quoted') && raw.slice(1, -1) === value) return (offset) => clamp(offset - start - 1);
  return style === 'literal' ? literalBody(text, value, start, end) : undefined;
}

/** A literal block loses its header and the indent of each line. A reader may leave the header out of its span. */
function literalBody(text: string, value: string, start: number, end: number): ((offset: number) => number) | undefined {
  const hasHeader = /[|>]/.test(text[start] ?? '');
  const from = hasHeader ? text.indexOf('\n', start) + 1 : text.lastIndexOf('\n', start - 1) + 1;
  const header = hasHeader ? text.slice(start, from) : '';
  const lines = text.slice(from, end).split('\n');
  const first = lines.find((line) => line.trim() !== '');
  if (first === undefined || /\d/.test(header)) return undefined;
  const indent = first.length - first.trimStart().length;
  const stripped = lines.map((line) => line.slice(indent)).join('\n');
  if (!stripped.startsWith(value.trimEnd())) return undefined;
  const starts: { readonly raw: number; readonly value: number }[] = [];
  let [at, to] = [from, 0];
  for (const line of lines) {
    starts.push({ raw: at, value: to });
    at += line.length + 1;
    to += Math.max(0, line.length - indent) + 1;
  }
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle]?.raw ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    const place = starts[low - 1];
    if (!place) return 0;
    return Math.max(0, Math.min(value.length, place.value + Math.max(0, offset - place.raw - indent)));
  };
}
