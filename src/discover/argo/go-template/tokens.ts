import { notFollowed, TemplateError } from './template-error.ts';

export interface Token {
  /** `field` is `.name`, `mark` one of `. | ( ) := ,`. */
  readonly type: 'field' | 'variable' | 'word' | 'string' | 'number' | 'mark';
  /** A field without its dot, a variable with its dollar, a string unquoted. */
  readonly text: string;
  /** No blank before it: `$x.name` is a field of `$x`, `$x .name` are two operands. */
  readonly isTight: boolean;
}

/** A stretch of a template: text between two actions, trimmed as they ask, or an action with its braces. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
  /** Undefined for text. */
  readonly tokens?: readonly Token[];
}

const BLANKS = ' \t\r\n';
const TOKEN =
  /(?<blank>[ \t\r\n]+)|(?<string>"(?:[^"\\\n]|\\.)*")|(?<raw>`[^`]*`)|(?<number>[-+]?\d[\w.]*)|\.(?<field>[\p{L}_][\p{L}\p{N}_]*)|(?<variable>\$[\p{L}\p{N}_]*)|(?<word>[\p{L}_][\p{L}\p{N}_]*)|(?<mark>:=|[.|(),=])/uy;

/** Cuts a template into its texts and actions. Throws a `TemplateError` for what Go does not take. */
export function chunksOf(text: string): Chunk[] {
  const chunks: Chunk[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('{{', at);
    const from = open === -1 ? text.length : open;
    const trimsBefore = text[from + 2] === '-' && isBlank(text[from + 3]);
    const end = trimsBefore ? trimmedEnd(text, at, from) : from;
    if (at < end) chunks.push({ start: at, end });
    if (open === -1) break;
    const action = actionAt(text, open, trimsBefore ? open + 3 : open + 2);
    if (action.tokens) chunks.push({ start: open, end: action.end, tokens: action.tokens });
    at = action.trimsAfter ? trimmedStart(text, action.end) : action.end;
  }
  return chunks;
}

interface Action {
  readonly end: number;
  readonly trimsAfter: boolean;
  /** Undefined for a comment. */
  readonly tokens?: readonly Token[];
}

function actionAt(text: string, open: number, start: number): Action {
  const comment = /[ \t\r\n]?\/\*/y;
  comment.lastIndex = start;
  if (comment.test(text)) return commentEnd(text, start);
  const tokens: Token[] = [];
  let isTight = false;
  for (let at = start; ; ) {
    if (text.startsWith('}}', at)) return { end: at + 2, trimsAfter: false, tokens };
    if (!isTight && text.startsWith('-}}', at) && isBlank(text[at - 1])) return { end: at + 3, trimsAfter: true, tokens };
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (!match?.groups) throw unexpected(text, open, at);
    at = TOKEN.lastIndex;
    const token = tokenOf(match.groups, isTight);
    if (token) tokens.push(token);
    isTight = token !== undefined;
  }
}

function unexpected(text: string, open: number, at: number): TemplateError {
  const character = text[at];
  if (character === undefined || character === '\n') return new TemplateError('a "{{" has no "}}"');
  if (character === "'") return notFollowed('a character constant');
  if (character === '"' || character === '`') return new TemplateError('a quoted text has no end');
  return new TemplateError(`unexpected "${character}" in "${text.slice(open, at + 1)}"`);
}

function commentEnd(text: string, start: number): Action {
  const close = text.indexOf('*/', start);
  const match = /^( -)?\}\}/.exec(text.slice(close + 2, close + 6));
  if (close === -1 || !match) throw new TemplateError('a comment has no end');
  return { end: close + 2 + match[0].length, trimsAfter: match[1] !== undefined };
}

function tokenOf(groups: Readonly<Record<string, string | undefined>>, isTight: boolean): Token | undefined {
  const { string, raw, number, field, variable, word, mark } = groups;
  if (string !== undefined) return { type: 'string', text: unquoted(string.slice(1, -1)), isTight };
  if (raw !== undefined) return { type: 'string', text: raw.slice(1, -1), isTight };
  if (number !== undefined) return { type: 'number', text: number, isTight };
  if (field !== undefined) return { type: 'field', text: field, isTight };
  if (variable !== undefined) return { type: 'variable', text: variable, isTight };
  if (word !== undefined) return { type: 'word', text: word, isTight };
  return mark === undefined ? undefined : { type: 'mark', text: mark, isTight };
}

const ESCAPES: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\', '"': '"' };

function unquoted(text: string): string {
  return text.replaceAll(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, unicode: string | undefined, letter: string) => {
    if (unicode !== undefined) return String.fromCharCode(Number.parseInt(unicode, 16));
    const character = ESCAPES[letter];
    if (character === undefined) throw notFollowed(`the escape "\\${letter}"`);
    return character;
  });
}

function isBlank(character: string | undefined): boolean {
  return character !== undefined && BLANKS.includes(character);
}

function trimmedEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isBlank(text[at - 1])) at -= 1;
  return at;
}

function trimmedStart(text: string, start: number): number {
  let at = start;
  while (isBlank(text[at])) at += 1;
  return at;
}
