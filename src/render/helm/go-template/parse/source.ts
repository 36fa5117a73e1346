import type { SourceFile, Span } from '../../../../text/source-file.ts';
import type { Origin } from '../../../../tree/node.ts';
import { concat, originsOf, type Stretch, slice, type Text, text } from '../../value.ts';
import type { Origins, Place } from './ast.ts';

/** A text to parse, which knows the authors of its parts. */
export interface ParseSource {
  /** What messages call it: the template's file. */
  readonly name: string;
  readonly text: string;
  readonly place: Place;
  /** A part of the text that is put out as it stands, with its authors. */
  part(start: number, end: number): Text;
}

/** A file of templates: every line of it is its own author. */
export function fileSource(name: string, file: SourceFile): ParseSource {
  const place = (start: number, end: number): Origins => [{ file, start, end, how: 'helm-template', precision: 'exact' }];
  return { name, text: file.text, place, part: (start, end) => linesOf(file.text, start, end, place) };
}

/** A text that is a template, as `tpl` takes it. What has no author in it counts as written by `fallback`. */
export function textSource(name: string, template: Text, fallback: Origin): ParseSource {
  const place = (start: number, end: number): Origins => {
    const [first, ...others] = originsOf(slice(template, start, end));
    return first ? [first, ...others] : [fallback];
  };
  return { name, text: template.text, place, part: (start, end) => covered(slice(template, start, end), [fallback]) };
}

/** A stretch for each line, so that the author of a line is that line and not all that stands between two actions. */
function linesOf(whole: string, start: number, end: number, place: Place): Text {
  const stretches: Stretch[] = [];
  for (let at = start; at < end; ) {
    const lineBreak = whole.indexOf('\n', at);
    const next = lineBreak === -1 || lineBreak >= end ? end : lineBreak + 1;
    stretches.push({ start: at - start, end: next - start, origins: place(at, next), weak: undefined });
    at = next;
  }
  return { kind: 'string', text: whole.slice(start, end), stretches };
}

/** The text with `origins` as the authors of what has none. White space may go without. */
export function covered(value: Text, origins: readonly Origin[]): Text {
  const gaps = gapsOf(value);
  if (gaps.length === 0) return value;
  const parts: Text[] = [];
  let at = 0;
  for (const { start, end } of gaps) {
    parts.push(slice(value, at, start), text(value.text.slice(start, end), origins));
    at = end;
  }
  parts.push(slice(value, at));
  return concat(parts);
}

/** Where something stands that has no author. */
function gapsOf({ text, stretches }: Text): readonly Span[] {
  const gaps: Span[] = [];
  let at = 0;
  for (const { start, end } of stretches) {
    if (start > at && /\S/.test(text.slice(at, start))) gaps.push({ start: at, end: start });
    at = end;
  }
  if (at < text.length && /\S/.test(text.slice(at))) gaps.push({ start: at, end: text.length });
  return gaps;
}
