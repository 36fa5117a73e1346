import type { Location } from './location.ts';

/** Puts `newText` where the location is. */
export interface TextEdit {
  readonly location: Location;
  readonly newText: string;
}

/** Applies edits of one file to its text. Throws when two of them overlap: that is a bug of the caller. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = [...edits].sort((a, b) => a.location.span.start - b.location.span.start);
  let result = '';
  let at = 0;
  for (const { location, newText } of ordered) {
    const { start, end } = location.span;
    if (start < at) throw new Error(`edits of ${location.file.path} overlap at offset ${start}`);
    result += text.slice(at, start) + newText;
    at = end;
  }
  return result + text.slice(at);
}
