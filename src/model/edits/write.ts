import type { TextEdit } from '../../text/edit.ts';
import type { SourceFile } from '../../text/source-file.ts';
import type { Scalar } from '../../tree/node.ts';

/** Puts a text at an offset. */
export function insertion(file: SourceFile, at: number, newText: string): TextEdit {
  return { location: { file, span: { start: at, end: at } }, newText };
}

/** Puts a scalar without quotes in double ones; undefined where it does not stand in its file as it is. */
export function inQuotes({ text, style, tag, origin: { file, start, end } }: Scalar): TextEdit | undefined {
  const isWritten = style === 'plain' && tag === undefined && text !== '' && !/["\\]/.test(text) && file.text.slice(start, end) === text;
  return isWritten ? { location: { file, span: { start, end } }, newText: `"${text}"` } : undefined;
}

/** Writes another text in the place of a scalar, in the same quotes; undefined where nobody can be sure how. */
export function rewritten({ text, style, origin: { file, start, end } }: Pick<Scalar, 'text' | 'style' | 'origin'>, newText: string): TextEdit | undefined {
  const inset = style === 'plain' ? 0 : 1;
  const isWritten = style !== 'literal' && style !== 'folded' && file.text.slice(start + inset, end - inset) === text;
  // Of anything else, quotes and escapes would have to be thought of.
  if (!isWritten || !/^[\w./@-]*[\w/]$/.test(newText)) return undefined;
  return { location: { file, span: { start: start + inset, end: end - inset } }, newText };
}

/** The line break that a file has at an offset, or else anywhere. */
export function lineBreakOf({ text }: SourceFile, at = 0): string {
  const newline = text.indexOf('\n', at);
  if (newline === -1) return text.includes('\r\n') ? '\r\n' : '\n';
  return text.charAt(newline - 1) === '\r' ? '\r\n' : '\n';
}
