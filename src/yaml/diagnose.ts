import { parseAllDocuments } from 'yaml';
import type { SourceFile, Span } from '../text/source-file.ts';
import { tokensOf } from './comments.ts';
import type { SyntaxProblem } from './document.ts';
import { parseYaml } from './parse.ts';

/**
 * What is wrong with a file that could not be parsed, said for people, on the token or line to look at; undefined when
 * it could be parsed. A second parser, which knows more about errors, is asked: import this file only where there are some.
 */
export function diagnose(file: SourceFile): SyntaxProblem | undefined {
  const { problem } = parseYaml(file);
  if (!problem) return undefined;
  const { text } = file;
  // What we refuse ourselves has a span and good words already.
  // A second parser has no opinion of nesting without end, it has none left.
  const isSaid = problem.span.start < problem.span.end || /nesting/.test(problem.reason);
  const found = isSaid ? problem : secondOpinion(text, problem);
  const template = templateAt(text, found.span.start) ?? templateAt(text, problem.span.start);
  return template ? { span: template, reason: 'looks like a Go/Helm/Jinja template' } : { span: visible(text, found.span), reason: found.reason };
}

interface YamlError {
  readonly code: string;
  readonly message: string;
  readonly pos: readonly [number, number];
}

function secondOpinion(text: string, first: SyntaxProblem): SyntaxProblem {
  const documents = parseAllDocuments(text, { logLevel: 'silent', prettyErrors: false, uniqueKeys: false });
  const all: YamlError[] = [...documents].flatMap((document) => document.errors).sort((a, b) => a.pos[0] - b.pos[0]);
  // These two are no errors to Go, if something else is.
  const isComment = ({ message }: YamlError) => message.startsWith('Comments must be separated');
  const error = all.find((one) => !isComment(one) && !/must be sufficiently indented/.test(one.message)) ?? all.find((one) => !isComment(one)) ?? all[0];
  if (!error) return first;
  const span = { start: error.pos[0], end: error.pos[1] };
  if (/must end with|must be sufficiently indented/.test(error.message)) {
    const open = openBracket(text, span.start);
    if (open !== undefined) return { span: { start: open, end: lineEnd(text, open) }, reason: `"${text[open]}" is not closed` };
  }
  if (error.message.startsWith('Missing closing')) {
    const quote = tokensOf(text).findLast((token) => token.start < span.start && /^["']/.test(token.text));
    if (quote) return { span: { start: quote.start, end: lineEnd(text, quote.start) }, reason: 'the quote is not closed' };
  }
  if (error.code === 'BLOCK_AS_IMPLICIT_KEY') span.end = lineEnd(text, span.start);
  return { span, reason: reasonOf(error) };
}

const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^Tabs are not allowed/, 'a tab cannot be used for indentation'],
  [/must start at the same column|must be indented|Bad indent/, 'the indentation does not fit to the lines above'],
  [/^Nested mappings are not allowed|block-map-ind/, 'an unquoted value cannot hold ": "'],
  [/^Implicit (?:map )?keys need to be/, 'there is no colon after the key'],
  [/^Missing , /, 'there is no comma between two items'],
  [/^Unexpected block-seq-ind/, 'a list cannot begin on the line of its key'],
  [/^Block collections are not allowed/, 'a dash or colon cannot open a list or mapping between brackets'],
  [/^Block scalar header includes/, 'there is more text behind the sign of the block'],
  [/^(?:Could not resolve|Unresolved) tag/, 'the tag is not known'],
  [/^Unexpected (?:scalar|.*) at node end/, 'there is more text after the end of the value'],
  [/^The : indicator must be at most/, 'the key is too long'],
];

function reasonOf({ code, message }: YamlError): string {
  const known = REASONS.find(([pattern]) => pattern.test(message));
  if (known) return known[1];
  const start = code === 'BAD_SCALAR_START' ? /character (\S)/.exec(message)?.[1] : undefined;
  if (start !== undefined) return `an unquoted value cannot begin with "${start}"`;
  // No more than its first letter: what follows may be a password.
  const sequence = /^Invalid escape sequence (..?)/.exec(message)?.[1];
  if (sequence !== undefined) return `unknown escape sequence "${sequence}"`;
  const plain = message.replace(/ at line \d+[\s\S]*$/, '').replace(/[.:\s]+$/, '');
  return plain ? `${plain[0]?.toLowerCase()}${plain.slice(1)}` : 'this is not YAML';
}

/** The last bracket before `end` that nothing closes. */
function openBracket(text: string, end: number): number | undefined {
  const open: number[] = [];
  for (const token of tokensOf(text)) {
    if (token.start >= end) break;
    if (token.isScalar) continue;
    if (token.text === '[' || token.text === '{') open.push(token.start);
    if (token.text === ']' || token.text === '}') open.pop();
  }
  return open.at(-1);
}

/** The template mark with which a key, a value or the line of an offset begins. One in the midst of a text is harmless. */
function templateAt(text: string, offset: number): Span | undefined {
  const lineStart = text.lastIndexOf('\n', Math.min(offset, text.length) - 1) + 1;
  const line = text.slice(lineStart, lineEnd(text, lineStart));
  const match = /^(\s*(?:-\s+)*(?:[^\s"'#][^"'#]*?:\s+|"[^"]*":\s+)?)(\{\{(?:.*?\}\}+)?|\{%(?:.*?%\})?)/.exec(line);
  if (!match) return undefined;
  const [, before = '', mark = ''] = match;
  const start = lineStart + before.length;
  return { start, end: mark.length > 2 ? start + mark.length : lineStart + line.length };
}

/** A span within one line that shows something: the token or the line that begins there, or the last one before. */
function visible(text: string, { start, end }: Span): Span {
  let from = Math.min(start, text.length);
  const gap = /^\s*/.exec(text.slice(from))?.[0].length ?? 0;
  const isIndentation = gap > 0 && text.slice(text.lastIndexOf('\n', from - 1) + 1, from).trim() === '';
  from += gap;
  if (from === text.length) {
    // Nothing comes any more: the last line that holds something.
    const to = text.trimEnd().length;
    const line = text.slice(text.lastIndexOf('\n', to - 1) + 1, to);
    return { start: to - line.trimStart().length, end: to };
  }
  const last = lineEnd(text, from);
  if (isIndentation || end > last) return { start: from, end: trimmedEnd(text, from, last) };
  if (end > from + 1) return { start: from, end };
  // One character is hard to see: its token.
  return { start: from, end: from + (/^[^\s,[\]{}]+|^./u.exec(text.slice(from, last))?.[0].length ?? 1) };
}

function trimmedEnd(text: string, start: number, end: number): number {
  return start + text.slice(start, end).trimEnd().length;
}

/** The end of a line, without its break and blanks. */
function lineEnd(text: string, at: number): number {
  const found = /[\n\r]/.exec(text.slice(at));
  return trimmedEnd(text, at, found ? at + found.index : text.length);
}
