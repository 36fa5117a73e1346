import { CHOMPING_MODE, type ChompingMode, EVENT_ID, getScalarValue, SCALAR_STYLE, type ScalarStyle } from 'js-yaml';
import type { Style } from '../tree/node.ts';

const [BREAK, SPACE, QUOTE, HASH, PLUS, APOSTROPHE, DASH, COLON, BACKSLASH] = [10, 32, 34, 35, 43, 39, 45, 58, 92];

/** Thrown where something stands that only the parser proper knows. */
export const UNUSUAL = new Error('unusual YAML');

/** A scalar: its text, where it stands, and where reading goes on. */
export interface ScalarToken {
  readonly style: Style;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly next: number;
}

const STYLES: Readonly<Record<Style, ScalarStyle>> = {
  plain: SCALAR_STYLE.PLAIN,
  'single-quoted': SCALAR_STYLE.SINGLE_QUOTED,
  'double-quoted': SCALAR_STYLE.DOUBLE_QUOTED,
  literal: SCALAR_STYLE.LITERAL_BLOCK,
  folded: SCALAR_STYLE.FOLDED_BLOCK,
};

/** The text of a scalar that is not written as it reads: left to the parser, so that both have one reading. */
function readAs(text: string, style: Style, start: number, end: number, chomping: ChompingMode = CHOMPING_MODE.CLIP, indent = -1): string {
  const none = { anchorStart: -1, anchorEnd: -1, tagStart: -1, tagEnd: -1 };
  return getScalarValue(text, { type: EVENT_ID.SCALAR, valueStart: start, valueEnd: end, style: STYLES[style], chomping, indent, fast: false, ...none });
}

/** Whether a blank, a line break or the end of the text is at an offset. */
export function isBlankAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === SPACE || code === BREAK || at >= text.length;
}

/** Where the next line that is not blank begins to hold something. */
function nextContent(text: string, lineBreak: number): { readonly at: number; readonly indent: number } {
  let at = lineBreak;
  let lineStart = at;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === BREAK) lineStart = at + 1;
    else if (code !== SPACE) return { at, indent: at - lineStart };
    at += 1;
  }
}

/** What no plain scalar begins with; a dash may when something follows it. */
const INDICATORS = new Set([...'?:,[]{}#&*!|>\'"%@`'].map((character) => character.charCodeAt(0)));

/** Throws where no plain scalar can begin. */
export function checkStart(text: string, at: number): void {
  const code = text.charCodeAt(at);
  if (INDICATORS.has(code) || (code === DASH && isBlankAt(text, at + 1))) throw UNUSUAL;
}

/** A scalar without quotes. Its further lines are indented by `indent` at least. */
export function plainToken(text: string, start: number, indent: number): ScalarToken {
  checkStart(text, start);
  let end = start;
  let isOneLine = true;
  let at = start;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === SPACE) continue;
    if (code === BREAK) {
      const next = nextContent(text, at);
      if (next.at >= text.length || next.indent < indent) break;
      isOneLine = false;
      at = next.at - 1;
      continue;
    }
    if (code === HASH && isBlankAt(text, at - 1)) break;
    if (code === COLON && isBlankAt(text, at + 1)) throw UNUSUAL;
    end = at + 1;
  }
  return { style: 'plain', text: isOneLine ? text.slice(start, end) : readAs(text, 'plain', start, end), start, end, next: at };
}

/** Escapes of one character that Go and the parser agree on. */
const SIMPLE_ESCAPE = /[0abtnvfre "\\N_LP]/;

/** A scalar in quotes. */
export function quotedToken(text: string, start: number, indent: number): ScalarToken {
  const quote = text.charCodeAt(start);
  const style = quote === QUOTE ? 'double-quoted' : 'single-quoted';
  let isAsWritten = true;
  let at = start + 1;
  for (; ; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote && (quote === QUOTE || text.charCodeAt(at + 1) !== APOSTROPHE)) break;
    if (at >= text.length) throw UNUSUAL;
    if (code === APOSTROPHE && quote === APOSTROPHE) {
      isAsWritten = false;
      at += 1;
    } else if (code === BACKSLASH && quote === QUOTE) {
      isAsWritten = false;
      // What stands behind the backslash of a line break is read in the next turn.
      if (text.charCodeAt(at + 1) === BREAK) continue;
      at += 1;
      if (!SIMPLE_ESCAPE.test(text.charAt(at))) throw UNUSUAL;
    } else if (code === BREAK) {
      isAsWritten = false;
      const next = nextContent(text, at);
      if (next.indent < indent) throw UNUSUAL;
      at = next.at - 1;
    }
  }
  return { style, text: isAsWritten ? text.slice(start + 1, at) : readAs(text, style, start + 1, at), start, end: at + 1, next: at + 1 };
}

/** A text after `|` or `>`, without a number for its indent. `next` is the start of the line behind it. */
export function blockToken(text: string, header: number, indent: number): ScalarToken {
  const style = text[header] === '|' ? 'literal' : 'folded';
  const mark = text.charCodeAt(header + 1);
  const chomping = mark === PLUS ? CHOMPING_MODE.KEEP : mark === DASH ? CHOMPING_MODE.STRIP : CHOMPING_MODE.CLIP;
  const lineBreak = text.indexOf('\n', header);
  if (lineBreak === -1 || !/^[|>][-+]?(?: *| +#.*)$/.test(text.slice(header, lineBreak))) throw UNUSUAL;
  const start = lineBreak + 1;
  const { at: first, indent: column } = nextContent(text, lineBreak);
  if (column < indent || first >= text.length) throw UNUSUAL;
  let next = start;
  while (next < text.length) {
    let at = next;
    while (text.charCodeAt(at) === SPACE) at += 1;
    const isBlank = text.charCodeAt(at) === BREAK;
    if (isBlank && at < first && at - next > column) throw UNUSUAL;
    if (!isBlank && at - next < column) {
      // A last line of nothing but blanks is a matter for the parser.
      if (at >= text.length && at > next) throw UNUSUAL;
      break;
    }
    const end = text.indexOf('\n', at);
    if (end === -1) throw UNUSUAL;
    next = end + 1;
  }
  const end = start + text.slice(start, next).trimEnd().length;
  return { style, text: readAs(text, style, start, next, chomping, column), start, end, next };
}

/** The start of a scalar without quotes in a collection in brackets, and what it may go on with. */
const FLOW_PLAIN = /(?:[\w./~+=$(^<;]|-(?=[\w-]))(?:[^\n,[\]{}#:]|:(?=[\w/.]))*/y;

/** A scalar of one line in a collection in brackets. */
export function flowToken(text: string, start: number): ScalarToken {
  const code = text.charCodeAt(start);
  if (code === QUOTE || code === APOSTROPHE) return quotedToken(text, start, Number.POSITIVE_INFINITY);
  FLOW_PLAIN.lastIndex = start;
  const match = FLOW_PLAIN.exec(text);
  if (!match) throw UNUSUAL;
  const value = match[0].trimEnd();
  return { style: 'plain', text: value, start, end: start + value.length, next: start + match[0].length };
}
