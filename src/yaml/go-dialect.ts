import { EVENT_ID, type Event, SCALAR_STYLE } from 'js-yaml';
import type { Span } from '../text/source-file.ts';
import { Refusal } from './document.ts';

/** A text as the parser shall see it. All changes keep the length, so that offsets stay those of the file. */
export interface Prepared {
  readonly text: string;
  readonly hasTabs: boolean;
}

/** All that Go treats in its own way, or refuses: one scan finds that almost every file has nothing of it. */
const RARE = /[^\n\r\x20-\x7e\xa0-\u2027\u202a-\ufffd]/;
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/;

/** Refuses control characters; makes line breaks of what go-yaml takes for such (NEL, LS, PS: YAML 1.1). */
export function prepare(text: string): Prepared {
  if (!RARE.test(text)) return { text, hasTabs: false };
  const control = CONTROL.exec(text);
  if (control) {
    const code = control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    throw new Refusal(`the control character U+${code} is not allowed`, spanAt(control.index, 1));
  }
  return { text: text.replaceAll(/[\x85\u2028\u2029]/g, '\n'), hasTabs: text.includes('\t') };
}

/**
 * What go-yaml takes and the parser does not: a masked text of the same length that means the same, or undefined.
 * `at` is where the parser stopped.
 */
export function repair(text: string, at: number, reason: string): string | undefined {
  // `"1"#c`: after a quote or bracket, go-yaml wants no space before a comment.
  if (text[at] === '#' && /["'\]}]/.test(text[at - 1] ?? '')) return blank(text, at, endOfLine(text, at));
  if (reason === 'deficient indentation') return joinLines(text, at);
  // `\'` is an escape for go-yaml; any other one of two characters does here, the value is read from the source.
  if (reason === 'unknown escape sequence' && text[at] === "'") return `${text.slice(0, at)}"${text.slice(at + 1)}`;
  return undefined;
}

/** Flow collections and quoted scalars may be indented less than their parent: their lines become one. */
function joinLines(text: string, at: number): string | undefined {
  const lineBreak = Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1));
  // To the parser a tab anywhere before a bracket counts as missing indentation.
  if (text.slice(lineBreak + 1, at).includes('\t')) return text.slice(0, lineBreak + 1) + text.slice(lineBreak + 1, at).replaceAll('\t', ' ') + text.slice(at);
  if (lineBreak === -1) return undefined;
  const lineStart = Math.max(text.lastIndexOf('\n', lineBreak - 1), text.lastIndexOf('\r', lineBreak - 1)) + 1;
  const comment = lineStart + commentIn(text.slice(lineStart, lineBreak));
  // A tab that stands first in the joined line would still count as its indentation.
  const end = lineBreak + 1 + (/^[ \t]*/.exec(text.slice(lineBreak + 1, at + 1))?.[0].length ?? 0);
  return blank(text, Math.min(comment, lineBreak), end);
}

/** Where the comment of a line begins that is not inside quotes; the length of the line when it has none. */
function commentIn(line: string): number {
  let quote = '';
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at] ?? '';
    if (quote) {
      if (character === '\\' && quote === '"') at += 1;
      else if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '#' && !/\S/.test(line[at - 1] ?? '')) return at;
  }
  return line.length;
}

function blank(text: string, start: number, end: number): string {
  return text.slice(0, start) + ' '.repeat(end - start) + text.slice(end);
}

function endOfLine(text: string, at: number): number {
  const found = /[\n\r]/.exec(text.slice(at));
  return found ? at + found.index : text.length;
}

/** Refuses what the parser took and go-yaml does not, as far as that is a matter of lines: tabs, directives, `...`. */
export function refuseStructure({ text, hasTabs }: Prepared, events: readonly Event[]): void {
  if (text.startsWith('%') || text.includes('\n%')) refuseDirectives(text, events);
  if (text.startsWith('...') || text.includes('\n...')) refuseOpenEnds(text, events);
  if (hasTabs && TAB_BEFORE_TOKEN.test(text)) refuseTabs(text, events);
}

function refuseDirectives(text: string, events: readonly Event[]): void {
  const isText = within(scalarsOf(events).filter(({ style }) => style !== SCALAR_STYLE.LITERAL_BLOCK && style !== SCALAR_STYLE.FOLDED_BLOCK));
  for (const { index, 0: line } of text.matchAll(/^%.*/gm)) {
    if (/^%(?:YAML[ \t]+1\.1|TAG)(?!\S)/.test(line) || isText(index)) continue;
    const known = line.startsWith('%YAML');
    throw new Refusal(known ? 'only version 1.1 of YAML can be asked for' : 'unknown directive', spanAt(index, line.trimEnd().length));
  }
}

function refuseOpenEnds(text: string, events: readonly Event[]): void {
  const first = /^\ufeff?(?:[ \t]*(?:#.*)?[\r\n]+)*(?=\.\.\.(?:\s|$))/.exec(text);
  if (first) throw new Refusal('a document cannot begin with its end mark', spanAt(first[0].length, 3));
  let ended = false;
  for (const [index, event] of events.entries()) {
    if (event.type !== EVENT_ID.DOCUMENT) continue;
    if (ended && !event.explicitStart) throw new Refusal('after "..." a new document begins with "---"', spanAt(startOf(events[index + 1]), 1));
    ended = event.explicitEnd;
  }
}

/** A tab where a key, a dash or a value may begin. */
const TAB_BEFORE_TOKEN = /^ *(?:[-?:] +)*[-?:]? *\t/m;

/** Tabs may stand inside of quotes and brackets, in the text of block scalars, and where a plain scalar goes on. */
function refuseTabs(text: string, events: readonly Event[]): void {
  const scalars = scalarsOf(events);
  const plain = scalars.filter(({ style }) => style === SCALAR_STYLE.PLAIN);
  const isCovered = within([...scalars.filter(({ style }) => style !== SCALAR_STYLE.PLAIN), ...flowsOf(text, events)]);
  for (const { index, 0: lead } of text.matchAll(new RegExp(TAB_BEFORE_TOKEN, 'gm'))) {
    const column = lead.length - 1;
    const at = index + column;
    if (isCovered(at)) continue;
    if (text.slice(at).trimStart().startsWith('#') && /(?<!\S)#.*\s*$/.test(text.slice(0, index))) continue;
    const before = plain[lastBefore(plain, at)];
    const goesOn = before && (at < before.end || text.slice(before.end, at).trim() === '');
    if (goesOn && column > columnOf(text, before.parent)) continue;
    throw new Refusal('a tab cannot be used for indentation', spanAt(at, 1));
  }
}

interface Extent extends Span {
  readonly style: number;
  /** Where the innermost block collection around begins, -1 without one. */
  readonly parent: number;
}

function scalarsOf(events: readonly Event[]): Extent[] {
  const found: Extent[] = [];
  const open: number[] = [];
  for (const event of events) {
    if (event.type === EVENT_ID.POP) open.pop();
    else if (event.type === EVENT_ID.DOCUMENT) open.push(-1);
    else if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) open.push(event.style === 2 ? (open.at(-1) ?? -1) : event.start);
    else if (event.type === EVENT_ID.SCALAR && event.valueStart >= 0) {
      found.push({ start: event.valueStart, end: event.valueEnd, style: event.style, parent: open.at(-1) ?? -1 });
    }
  }
  return found;
}

const BRACKET = /(?:#.*|[^\]}#])*[\]}]/y;

/** From the opening bracket to what closes it: the last token inside, and what is not yet a token of the parent. */
function flowsOf(text: string, events: readonly Event[]): Span[] {
  const found: Span[] = [];
  const open: { start: number; flow: boolean }[] = [];
  let end = 0;
  for (const event of events) {
    if (event.type === EVENT_ID.POP) {
      const closed = open.pop();
      if (!closed?.flow) continue;
      BRACKET.lastIndex = Math.max(end, closed.start + 1);
      end = BRACKET.test(text) ? BRACKET.lastIndex : text.length;
      if (!open.at(-1)?.flow) found.push({ start: closed.start, end });
    } else if (event.type === EVENT_ID.SCALAR) end = Math.max(end, event.valueEnd);
    else if (event.type === EVENT_ID.ALIAS) end = event.anchorEnd;
    else open.push(event.type === EVENT_ID.DOCUMENT ? { start: 0, flow: false } : { start: event.start, flow: event.style === 2 });
  }
  return found;
}

/** Whether an offset lies in one of the spans. */
function within(spans: readonly Span[]): (at: number) => boolean {
  const sorted = [...spans].sort((a, b) => a.start - b.start);
  // Spans may hold one another: what counts is how far any span reaches that began before.
  let reach = 0;
  const reaches = sorted.map(({ end }) => {
    reach = Math.max(reach, end);
    return reach;
  });
  return (at) => at < (reaches[lastBefore(sorted, at + 1)] ?? 0);
}

/** The index of the last span that begins before `at`; -1 without one. */
function lastBefore(sorted: readonly Span[], at: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.start ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function columnOf(text: string, at: number): number {
  return at < 0 ? -1 : at - Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) - 1;
}

function startOf(event: Event | undefined): number {
  if (event?.type === EVENT_ID.SCALAR) return Math.max(event.valueStart, 0);
  return event?.type === EVENT_ID.MAPPING || event?.type === EVENT_ID.SEQUENCE ? event.start : 0;
}

function spanAt(start: number, length: number): Span {
  return { start, end: start + length };
}
