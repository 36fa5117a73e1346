import type { LintResult } from '../model/lint-result.ts';
import { MASK } from '../model/origin-row.ts';
import type { FrameLine } from '../text/code-frame.ts';
import type { Location } from '../text/location.ts';
import type { Span } from '../text/source-file.ts';

/** The lines of a frame with every secret in them put out of sight. */
export function maskFrame(lines: readonly FrameLine[], { file }: Location, secrets: LintResult['secrets']): FrameLine[] {
  const spans = secrets.get(file.name);
  return spans ? lines.map((line) => maskLine(line, file.offsetAt({ line: line.line, column: 1 }), file.lineAt(line.line), spans)) : [...lines];
}

function maskLine(frame: FrameLine, start: number, text: string, spans: readonly Span[]): FrameLine {
  const end = start + text.length;
  const hidden = spans
    .filter((span) => span.start < end && span.end > start)
    .map((span) => ({ from: Math.max(0, span.start - start), to: Math.min(text.length, span.end - start) }))
    .sort((a, b) => a.from - b.from);
  if (hidden.length === 0) return frame;
  let masked = '';
  let at = 0;
  for (const { from, to } of hidden) {
    if (to <= at) continue;
    const first = Math.max(at, from);
    const indent = /^\s*/.exec(text.slice(first, to))?.[0] ?? '';
    masked += text.slice(at, first) + indent + (indent.length < to - first ? MASK : '');
    at = to;
  }
  masked += text.slice(at);
  const { mark } = frame;
  if (!mark) return { line: frame.line, text: masked };
  const from = Math.min(mark.from, masked.length);
  const isHidden = hidden.some((span) => span.from <= mark.from && mark.from < span.to);
  return { line: frame.line, text: masked, mark: { from, to: isHidden ? from + MASK.length : Math.max(from + 1, Math.min(mark.to, masked.length)) } };
}
