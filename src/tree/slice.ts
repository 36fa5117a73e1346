import type { Origin, Scalar } from './node.ts';

/** Who wrote the stretch `start`–`end` of a text, narrowed to that stretch where the source shows it letter by letter. */
export function sliceOf(node: Scalar, start: number, end: number): Origin {
  const part = node.parts?.find((candidate) => candidate.start <= start && start < candidate.end);
  const { origin } = part ?? node;
  const text = node.text.slice(part?.start ?? 0, part?.end);
  const offset = origin.file.text.slice(origin.start, origin.end).indexOf(text);
  if (offset === -1) return origin;
  const from = origin.start + offset + start - (part?.start ?? 0);
  return { ...origin, start: from, end: Math.min(from + end - start, origin.end) };
}
