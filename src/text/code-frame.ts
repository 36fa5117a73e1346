import type { Location } from './location.ts';

/** One printed line of a frame: its number, its text, and the columns to underline (half-open, zero-based). */
export interface FrameLine {
  readonly line: number;
  readonly text: string;
  readonly mark?: { readonly from: number; readonly to: number };
}

/**
 * The lines around a location, cut to `width` columns. Only the first line of the span is underlined: that is
 * where a person looks. Colour is the reporter's business.
 */
export function codeFrame({ file, span }: Location, { context, width }: { context: number; width: number }): FrameLine[] {
  const start = file.positionAt(span.start);
  const end = file.positionAt(Math.max(span.start, span.end));
  const lines: FrameLine[] = [];
  const last = Math.min(file.lineCount, start.line + context);
  for (let line = Math.max(1, start.line - context); line <= last; line += 1) {
    const text = file.lineAt(line).replaceAll('\t', ' ');
    if (line !== start.line) {
      lines.push({ line, text: cut(text, width) });
      continue;
    }
    const from = Math.min(start.column - 1, text.length);
    const to = end.line === start.line ? end.column - 1 : text.trimEnd().length;
    // A long line is moved left, so that the marked part stays in view.
    const shift = from > width * 0.75 ? from - Math.floor(width / 3) : 0;
    const shown = cut(shift ? `…${text.slice(shift + 1)}` : text, width);
    const markFrom = Math.min(from - shift, shown.length);
    lines.push({ line, text: shown, mark: { from: markFrom, to: Math.min(Math.max(to - shift, markFrom + 1), shown.length + 1) } });
  }
  // Blank lines at the rim say nothing.
  while (lines[0] && !lines[0].mark && !lines[0].text.trim()) lines.shift();
  while (lines.at(-1) && !lines.at(-1)?.mark && !lines.at(-1)?.text.trim()) lines.pop();
  return lines;
}

function cut(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}
