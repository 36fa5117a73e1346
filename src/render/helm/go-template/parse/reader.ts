import { TemplateFailure } from '../../value.ts';
import type { ParseSource } from './source.ts';
import { describeToken, type Token, type TokenKind } from './token.ts';

/** Where the parser stands. */
export interface Reader {
  readonly source: ParseSource;
  readonly tokens: readonly Token[];
  at: number;
  /** The names of the variables that are in sight. */
  variables: string[];
  /** Loops around this place. */
  ranges: number;
  /** Parentheses around this place. */
  parentheses: number;
  readonly maxParentheses: number;
  /** The left delimiter of the action that is being read. */
  actionStart: Token | undefined;
  readonly calls: Map<string, { readonly start: number; readonly end: number }>;
}

const NOTHING: Token = { kind: 'end-of-file', text: '', start: 0, end: 0 };

/** The token at the place, or the last one, over comments. */
function current(reader: Reader): Token {
  while (reader.tokens[reader.at]?.kind === 'comment') reader.at += 1;
  return reader.tokens[reader.at] ?? reader.tokens.at(-1) ?? NOTHING;
}

/** The next token, white space too. */
export function peek(reader: Reader): Token {
  return current(reader);
}

/** Takes the next token, white space too. */
export function next(reader: Reader): Token {
  const token = current(reader);
  reader.at += 1;
  return token;
}

/** Puts the token back that was taken last. */
export function backUp(reader: Reader): void {
  reader.at -= 1;
}

/** Skips white space within an action and tells the next token. */
export function peekWord(reader: Reader): Token {
  while (current(reader).kind === 'space') reader.at += 1;
  return current(reader);
}

/** Takes the next token that is no white space. */
export function nextWord(reader: Reader): Token {
  peekWord(reader);
  return next(reader);
}

export function expect(reader: Reader, kind: TokenKind, context: string): Token {
  const token = nextWord(reader);
  return token.kind === kind ? token : unexpected(reader, token, context);
}

/** Refuses a token. For an error of the lexer, with its reason. */
export function unexpected(reader: Reader, token: Token, context: string): never {
  if (token.kind !== 'error') failAt(reader, token, `unexpected ${describeToken(token)} in ${context}`);
  failAt(reader, token, `${token.text}${startedAt(reader, token)}`);
}

/** Where the action began, if that was on another line: its end is missing, and may have to go there. */
function startedAt({ source, actionStart }: Reader, token: Token): string {
  if (!actionStart) return '';
  const [from, here] = [actionStart.start, token.start].map((offset) => lineOf(source.text, offset));
  if (from === here) return '';
  return `${token.text.endsWith(' action') ? '' : ' in action'} started at ${source.name}:${from}`;
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** Throws a `TemplateFailure` at a token, or at the last one that was taken. */
export function failAt(reader: Reader, token: Token | undefined, message: string): never {
  const { start, end } = token ?? reader.tokens[Math.min(reader.at, reader.tokens.length) - 1] ?? NOTHING;
  throw new TemplateFailure(message, reader.source.place(start, end)[0]);
}
