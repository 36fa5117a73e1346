import { Lexer } from 'yaml';
import type { Span } from '../text/source-file.ts';

/** A comment with its `#`, without the line break. */
export interface Comment {
  readonly text: string;
  /** Half-open, UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  /** Nothing but blanks stands before it in its line. */
  readonly ownLine: boolean;
}

/** The lexer's sign that the next token is the text of a scalar. */
const SCALAR_FOLLOWS = '\x1f';
/** Signs of the lexer that stand for no text of the source. */
const SIGNS = new Set(['\x02', '\x18', SCALAR_FOLLOWS]);

/** The tokens of a text with the offsets at which they begin; their texts joined give the source. Never throws. */
export function tokensOf(text: string): { readonly text: string; readonly start: number; readonly isScalar: boolean }[] {
  const tokens = [];
  let start = 0;
  let isScalar = false;
  for (const token of new Lexer().lex(text)) {
    if (SIGNS.has(token)) {
      isScalar = token === SCALAR_FOLLOWS;
      continue;
    }
    tokens.push({ text: token, start, isScalar });
    start += token.length;
    isScalar = false;
  }
  return tokens;
}

/** All comments of a text, in order. A `#` inside of quotes, of a plain scalar or of a block scalar is none. */
export function commentsOf(text: string): Comment[] {
  if (!text.includes('#')) return [];
  return tokensOf(text)
    .filter((token) => !token.isScalar && token.text.startsWith('#'))
    .map(({ text: found, start }) => {
      const comment = found.replace(/[\r\n]+$/, '');
      const lineStart = Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1;
      return { text: comment, start, end: start + comment.length, ownLine: start === 0 || /^\ufeff?\s*$/.test(text.slice(lineStart, start)) };
    });
}

/** A line of a text in a block that begins with `#`: a comment to whoever reads that text, such as YAML or properties within a ConfigMap. */
export interface BlockComment extends Comment {
  /** The block. */
  readonly within: Span;
}

/** All lines of blocks after `|` and `>` that begin with `#`, in order. */
export function blockCommentsOf(text: string): BlockComment[] {
  return tokensOf(text)
    .filter((token) => token.isScalar && token.text.includes('\n'))
    .flatMap(({ text: block, start: from }) =>
      [...block.matchAll(/^([^\S\n]*)(#[^\r\n]*)/gm)].map(({ index, 1: indent = '', 2: comment = '' }) => {
        const start = from + index + indent.length;
        return { text: comment, start, end: start + comment.length, ownLine: true, within: { start: from, end: from + block.length } };
      }),
    );
}
