import type { TextEdit } from '../../text/edit.ts';
import type { SourceFile } from '../../text/source-file.ts';
import type { Origin } from '../../tree/node.ts';
import { extentOf, isFlow, type Member, membersOf } from './members.ts';

/** Which collections go with their last member. */
export interface RemovalOptions {
  /** Whether what an item of a list is left with says nothing, so that it goes, too: what only names it. */
  readonly isIdle?: (rest: readonly Member[]) => boolean;
}

/**
 * Takes a member out of its file, with the comment above it, behind it and within it. The last member takes the key that leads to it along.
 * `way` leads to it from the top. Undefined where it is all that the file says, or is written in a way that nobody can be sure of.
 */
export function removalOf(way: readonly Member[], options: RemovalOptions = {}): TextEdit | undefined {
  const member = way.at(-1);
  if (!member) return undefined;
  const { file } = member.holder.origin;
  const rest = membersOf(member.holder, file).filter(({ index }) => index !== member.index);
  const outer = way.slice(0, -1);
  const isItem = outer.at(-1)?.holder.kind === 'sequence';
  const isIdle = rest.length === 0 || (isItem && options.isIdle?.(rest));
  if (isIdle && rest.length === sizeOf(member.holder) - 1) return outer.length > 0 ? removalOf(outer, options) : undefined;
  return isFlow(member.holder) ? flowRemoval(member, rest, file) : blockRemoval(member, rest, file);
}

function sizeOf(holder: Member['holder']): number {
  return holder.kind === 'mapping' ? holder.entries.length : holder.items.length;
}

function cut(file: SourceFile, start: number, end: number): TextEdit {
  return { location: { file, span: { start, end } }, newText: '' };
}

function flowRemoval(member: Member, rest: readonly Member[], file: SourceFile): TextEdit | undefined {
  const { from, to } = extentOf(member);
  const next = rest.find(({ index }) => index > member.index);
  const before = rest.findLast(({ index }) => index < member.index);
  const between = next ? file.text.slice(to, extentOf(next).from) : before ? file.text.slice(extentOf(before).to, from) : '';
  // A comment in between belongs to nobody knows whom; an anchor or a tag to what follows.
  if (!/^\s*,\s*$/.test(between)) return undefined;
  if (next) return cut(file, from, extentOf(next).from);
  return before ? cut(file, extentOf(before).to, to) : undefined;
}

function blockRemoval(member: Member, rest: readonly Member[], file: SourceFile): TextEdit | undefined {
  const { text } = file;
  const { from, to } = extentOf(member);
  const lead = text.slice(lineStart(text, from), from);
  const isItem = 'item' in member;
  const next = rest.find(({ index }) => index > member.index);
  if (!isItem && /^\uFEFF?\s*(?:-\s+)+$/.test(lead)) {
    // The first key of an item stands behind the dash: the next one takes its place.
    const gap = next ? text.slice(to, extentOf(next).from) : '';
    return next && /^[ \t]*(?:#[^\n]*)?\r?\n[ \t]*$/.test(gap) ? cut(file, from, extentOf(next).from) : undefined;
  }
  if (!(isItem ? /^[ \t]*-[ \t]+$/ : /^[ \t]*$/).test(lead)) return undefined;
  const column = lead.length - lead.trimStart().length;
  if (!isClosed(text, to)) return undefined;
  const end = afterComments(text, lineEnd(text, to), column);
  const start = beforeComments(text, lineStart(text, from), column, isItem);
  return cut(file, ...withoutBlank(text, start, end));
}

/** Nothing but a comment stands behind a value in its line. */
function isClosed(text: string, to: number): boolean {
  return /^[ \t]*(?:(?<=[ \t])#.*)?\r?$/.test(text.slice(to, lineEnd(text, to)).replace(/\n$/, ''));
}

export function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** Behind the line break. */
export function lineEnd(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  return newline === -1 ? text.length : newline + 1;
}

/** Lines of comments that are indented deeper than a member belong to what is in it. */
function afterComments(text: string, from: number, column: number): number {
  let end = from;
  for (;;) {
    const line = text.slice(end, lineEnd(text, end));
    const comment = /^([ \t]*)#/.exec(line);
    if (!comment || (comment[1] ?? '').length <= column) return end;
    end += line.length;
  }
}

/** Lines of comments right above a member belong to it, unless they hold an entry that somebody switched off, or are the head of the file. */
function beforeComments(text: string, from: number, column: number, isItem: boolean): number {
  let start = from;
  for (;;) {
    const above = start === 0 ? undefined : text.slice(lineStart(text, start - 1), start);
    const comment = above === undefined ? undefined : /^([ \t]*)#(.*)/.exec(above);
    if (!above || !comment || (comment[1] ?? '').length !== column) break;
    if (isSwitchedOff(comment[2] ?? '')) return from;
    start -= above.length;
  }
  const isHead = /^\uFEFF?$/.test(text.slice(0, start)) && (!isItem || HEAD.test(text.slice(start, from)));
  return isHead ? from : start;
}

/** What people write about a whole file. */
const HEAD = /copyright|licen[sc]e|spdx|yaml-language-server|\$schema|yamllint|gitops-lint-/i;

/** Whether a comment is an entry or an item that does not count for now. */
function isSwitchedOff(comment: string): boolean {
  return /^\s*(?:-\s+\S|["']?[\w./-]+["']?:(?:\s|$))/.test(comment);
}

/** Whole lines that are taken out, and of the blank lines on both sides of them one: one side is enough. */
export function withoutBlank(text: string, start: number, end: number): [number, number] {
  const above = text.slice(lineStart(text, start - 1), start);
  const below = text.slice(end, lineEnd(text, end));
  const isBlank = (line: string): boolean => /^[ \t]*\r?\n$/.test(line);
  if (start === 0 && isBlank(below)) return [start, end + below.length];
  return start > 0 && isBlank(above) && (below === '' || isBlank(below)) ? [start - above.length, end] : [start, end];
}

/**
 * Takes an entry out of a block by its key alone, where another one with the same key has put its value aside. Undefined in brackets, and
 * behind a dash.
 */
export function removalAt({ file, start }: Pick<Origin, 'file' | 'start'>): TextEdit | undefined {
  const { text } = file;
  const from = lineStart(text, start);
  const column = start - from;
  if (!/^[ \t]*$/.test(text.slice(from, start)) || !/^(?:"[^"\n]*"|'[^'\n]*'|[^\s"'{[#][^\n]*?):(?:\s|$)/.test(text.slice(start, lineEnd(text, start))))
    return undefined;
  const isOpen = /:[ \t]*(?:#[^\n]*)?\r?\n?$/.test(text.slice(start, lineEnd(text, start)));
  let end = lineEnd(text, start);
  for (let at = end; at < text.length; at = lineEnd(text, at)) {
    const line = text.slice(at, lineEnd(text, at));
    const indent = line.length - line.trimStart().length;
    const isOfList = isOpen && indent === column && /^\s*-(?:\s|$)/.test(line);
    // Blank lines, and comments of what follows, go only with what comes behind them.
    if (/^(?:#.*)?$/.test(line.trim()) && (indent <= column || line.trim() === '')) continue;
    if (indent <= column && !isOfList) break;
    end = lineEnd(text, at);
  }
  return cut(file, ...withoutBlank(text, beforeComments(text, from, column, false), end));
}
