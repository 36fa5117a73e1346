import type { Location } from '../text/location.ts';
import { oneLine } from './one-line.ts';

/** `apps/web/values.yaml:12:3`, as editors and terminals open it. */
export function placeText({ file, span }: Location): string {
  const { line, column } = file.positionAt(span.start);
  return `${oneLine(file.name)}:${line}:${column}`;
}

/** The part of a location that is on its first line: annotations open on single lines. Offsets are those of its text. */
export function firstLineOf({ file, span }: Location): { readonly line: number; readonly text: string; readonly from: number; readonly to: number } {
  const start = file.positionAt(span.start);
  const end = file.positionAt(span.end);
  const text = file.lineAt(start.line);
  const from = Math.min(start.column - 1, text.length);
  const to = end.line === start.line ? end.column - 1 : text.length;
  return { line: start.line, text, from, to: Math.max(from, Math.min(to, text.length)) };
}
