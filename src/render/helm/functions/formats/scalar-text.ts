import type { Stretch, Text } from '../../value.ts';
import { textFrom } from '../go/texts.ts';
import { alignScalar } from './alignment.ts';

/** A text as it is written, its authors moved along. What one wrote alone is theirs with the quotes. */
export function writtenText(raw: string, source: Text): Text {
  const { stretches, text } = source;
  const [first] = stretches;
  if (!first) return { kind: 'string', text: raw, stretches: [] };
  if (stretches.length === 1 && first.start === 0 && first.end === text.length)
    return { kind: 'string', text: raw, stretches: [{ ...first, end: raw.length }] };
  const alignment = alignScalar(raw, text);
  if (!alignment) return textFrom(raw, source);
  const moved = stretches.map((stretch) => ({ ...stretch, start: alignment.starts[stretch.start] ?? 0, end: alignment.ends[stretch.end - 1] ?? raw.length }));
  // Of a line break at the end of a block nothing is to be seen.
  return { kind: 'string', text: raw, stretches: moved.filter(({ start, end }) => start < end) };
}

/** The text that a part of another one means, with the authors of what is written there. */
export function readText(raw: Text, text: string): Text {
  if (raw.text === text) return raw;
  if (raw.stretches.length === 0) return { kind: 'string', text, stretches: [] };
  const alignment = alignScalar(raw.text, text);
  if (!alignment) return textFrom(text, raw);
  const stretches: Stretch[] = [];
  let from = 0;
  for (const stretch of raw.stretches) {
    while (from < text.length && (alignment.ends[from] ?? 0) <= stretch.start) from += 1;
    let to = from;
    while (to < text.length && (alignment.starts[to] ?? 0) < stretch.end) to += 1;
    if (from < to) stretches.push({ ...stretch, start: from, end: to });
    from = to;
  }
  return { kind: 'string', text, stretches };
}
