import type { SourceFile, Span } from './source-file.ts';

/** A span of a file: the only way this code base says "there". */
export interface Location {
  readonly file: SourceFile;
  readonly span: Span;
}

/** The very start of a file: for what concerns it as a whole. */
export function startOf(file: SourceFile): Location {
  return { file, span: { start: 0, end: 0 } };
}

/** Plain code-unit order, the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The repository's own files first, then tree by tree; by path, then by place. */
export function compareLocations(a: Location, b: Location): number {
  return compareText(a.file.tree ?? '', b.file.tree ?? '') || compareText(a.file.path, b.file.path) || a.span.start - b.span.start || a.span.end - b.span.end;
}
