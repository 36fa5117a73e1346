import { codePointName } from '../characters.ts';
import { KEYWORDS, type Token, type TokenKind } from './token.ts';

const LEFT = '{{';
const RIGHT = '}}';
const SPACES = /[ \t\r\n]*/y;
const WORD = /[\p{L}\p{Nd}_]+/uy;
const SPACE = ' \t\r\n';
const TRIM_LEFT = /-[ \t\r\n]/y;
const TRIM_RIGHT = /[ \t\r\n]-\}\}/y;
const QUOTED = { '"': /"(?:[^"\\\n]|\\[^\n])*"/uy, "'": /'(?:[^'\\\n]|\\[^\n])*'/uy, '`': /`[^`]*`/y } as const;
/** It takes more than Go does for a number, as Go's own lexer: the parser has the last word. */
const NUMBER =
  /[+-]?(?:0[xX][\da-fA-F_]*(?:\.[\da-fA-F_]*)?(?:[pP][+-]?[\d_]*)?|0[oO][0-7_]*(?:\.[0-7_]*)?|0[bB][01_]*(?:\.[01_]*)?|[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?[\d_]*)?)i?/y;

interface Lexer {
  readonly text: string;
  readonly tokens: Token[];
  at: number;
  /** Parentheses that are open in this action. */
  depth: number;
}

/**
 * The tokens of a template, as Go's text/template/parse/lex.go cuts them. The last one is the end of the file, or an error:
 * what follows an error is not looked at.
 */
export function tokensOf(text: string): readonly Token[] {
  const lexer: Lexer = { text, tokens: [], at: 0, depth: 0 };
  while (readText(lexer) && readAction(lexer));
  return lexer.tokens;
}

/** Reads up to the tokens of an action, over comments. Whether there is an action. */
function readText(lexer: Lexer): boolean {
  const { text } = lexer;
  for (;;) {
    const left = text.indexOf(LEFT, lexer.at);
    const end = left === -1 ? text.length : left;
    const trims = left !== -1 && matchAt(TRIM_LEFT, text, left + LEFT.length) > 0;
    const kept = trims ? spacesBefore(text, lexer.at, end) : end;
    if (kept > lexer.at) emit(lexer, 'text', lexer.at, kept);
    if (left === -1) return emit(lexer, 'end-of-file', end, end);
    const inside = left + LEFT.length + (trims ? 2 : 0);
    if (!text.startsWith('/*', inside)) {
      emit(lexer, 'left', left, left + LEFT.length);
      lexer.at = inside;
      lexer.depth = 0;
      return true;
    }
    if (!readComment(lexer, inside)) return false;
  }
}

/** Where the white space begins that ends there. A pattern would look at the spaces of a line again and again. */
function spacesBefore(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && SPACE.includes(text.charAt(at - 1))) at -= 1;
  return at;
}

function readComment(lexer: Lexer, start: number): boolean {
  const { text } = lexer;
  const end = text.indexOf('*/', start + 2);
  if (end === -1) return fail(lexer, start, 'unclosed comment');
  emit(lexer, 'comment', start, end + 2);
  if (readRight(lexer, end + 2, false)) return true;
  lexer.tokens.pop();
  return fail(lexer, start, 'comment ends before closing delimiter');
}

/** Whether an action or comment is closed here. What follows a trimming delimiter is skipped. */
function readRight(lexer: Lexer, at: number, isToken = true): boolean {
  const trims = matchAt(TRIM_RIGHT, lexer.text, at) > 0;
  const start = trims ? at + 2 : at;
  if (!trims && !lexer.text.startsWith(RIGHT, at)) return false;
  const end = start + RIGHT.length;
  if (isToken) emit(lexer, 'right', start, end);
  lexer.at = trims ? end + matchAt(SPACES, lexer.text, end) : end;
  return true;
}

/** Reads the tokens of an action and its right delimiter. Whether all is well. */
function readAction(lexer: Lexer): boolean {
  for (;;) {
    const { text, at } = lexer;
    if (isAtRight(text, at)) return lexer.depth === 0 ? readRight(lexer, at) : fail(lexer, at, 'unclosed left paren');
    if (at >= text.length) return fail(lexer, at, 'unclosed action');
    if (!readToken(lexer)) return false;
  }
}

function isAtRight(text: string, at: number): boolean {
  return text.startsWith(RIGHT, at) || matchAt(TRIM_RIGHT, text, at) > 0;
}

function readToken(lexer: Lexer): boolean {
  const { text, at } = lexer;
  const character = text.charAt(at);
  switch (character) {
    case ' ':
    case '\t':
    case '\r':
    case '\n':
      return readSpaces(lexer);
    case '=':
      return emit(lexer, 'assign', at, at + 1);
    case ':':
      return text.charAt(at + 1) === '=' ? emit(lexer, 'declare', at, at + 2) : fail(lexer, at, 'expected :=');
    case '|':
      return emit(lexer, 'pipe', at, at + 1);
    case '(':
      lexer.depth += 1;
      return emit(lexer, 'open', at, at + 1);
    case ')':
      lexer.depth -= 1;
      return lexer.depth < 0 ? fail(lexer, at, 'unexpected right paren') : emit(lexer, 'close', at, at + 1);
    case '"':
      return readQuoted(lexer, '"', 'string', 'unterminated quoted string');
    case '`':
      return readQuoted(lexer, '`', 'raw', 'unterminated raw quoted string');
    case "'":
      return readQuoted(lexer, "'", 'character', 'unterminated character constant');
    case '$':
      return readWord(lexer, 'variable');
    case '.':
      return /\d/.test(text.charAt(at + 1)) || at + 1 === text.length ? readNumber(lexer) : readWord(lexer, 'field');
    default:
      return readOther(lexer);
  }
}

function readOther(lexer: Lexer): boolean {
  const { text, at } = lexer;
  const character = text.charAt(at);
  if (/[-+\d]/.test(character)) return readNumber(lexer);
  if (matchAt(WORD, text, at) > 0) return readWord(lexer, 'identifier');
  if (/[!-~]/.test(character)) return emit(lexer, 'sign', at, at + 1);
  return fail(lexer, at, `unrecognized character in action: ${codePointName(text.codePointAt(at) ?? 0)}`);
}

/** The last space before `-}}` belongs to the delimiter. */
function readSpaces(lexer: Lexer): boolean {
  const { text, at } = lexer;
  const end = at + matchAt(SPACES, text, at);
  const isTrimmed = matchAt(TRIM_RIGHT, text, end - 1) > 0;
  if (!isTrimmed) return emit(lexer, 'space', at, end);
  return end - 1 === at ? true : emit(lexer, 'space', at, end - 1);
}

function readQuoted(lexer: Lexer, quote: keyof typeof QUOTED, kind: TokenKind, problem: string): boolean {
  const length = matchAt(QUOTED[quote], lexer.text, lexer.at);
  return length === 0 ? fail(lexer, lexer.at, problem) : emit(lexer, kind, lexer.at, lexer.at + length);
}

function readNumber(lexer: Lexer): boolean {
  const { text, at } = lexer;
  let end = at + matchAt(NUMBER, text, at);
  const isWhole = (): boolean => matchAt(WORD, text, end) === 0;
  const badSyntax = (): boolean => {
    const next = text.codePointAt(end);
    const shown = text.slice(at, end) + (next !== undefined && !isWhole() ? String.fromCodePoint(next) : '');
    return fail(lexer, at, `bad number syntax: ${JSON.stringify(shown)}`);
  };
  if (!isWhole()) return badSyntax();
  if (!/[-+]/.test(text.charAt(end))) return emit(lexer, 'number', at, end);
  end += matchAt(NUMBER, text, end);
  return isWhole() && text.charAt(end - 1) === 'i' ? emit(lexer, 'complex', at, end) : badSyntax();
}

function readWord(lexer: Lexer, kind: 'field' | 'variable' | 'identifier'): boolean {
  const { text, at } = lexer;
  const start = kind === 'identifier' ? at : at + 1;
  const end = start + (isTerminator(text, start) ? 0 : matchAt(WORD, text, start));
  if (!isTerminator(text, end)) return fail(lexer, at, `bad character ${codePointName(text.codePointAt(end) ?? 0)}`);
  if (kind === 'field' && end === start) return emit(lexer, 'dot', at, end);
  if (kind !== 'identifier') return emit(lexer, kind, at, end);
  const word = text.slice(at, end);
  return emit(lexer, KEYWORDS.get(word) ?? (word === 'true' || word === 'false' ? 'bool' : 'identifier'), at, end);
}

/** What may follow a word. */
function isTerminator(text: string, at: number): boolean {
  return at >= text.length || /[ \t\r\n.,|:()]/.test(text.charAt(at)) || text.startsWith(RIGHT, at);
}

function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex - at : 0;
}

/** Whether there is more to come. */
function emit(lexer: Lexer, kind: TokenKind, start: number, end: number): boolean {
  lexer.tokens.push({ kind, text: lexer.text.slice(start, end), start, end });
  lexer.at = end;
  return kind !== 'end-of-file';
}

function fail(lexer: Lexer, at: number, problem: string): false {
  lexer.tokens.push({ kind: 'error', text: problem, start: at, end: at });
  return false;
}
