import { notFollowed, TemplateError } from './template-error.ts';
import { type Chunk, chunksOf, type Token } from './tokens.ts';

/** A part of a template. `start` and `end` are offsets of the template's text, braces included. */
export type Item =
  | { readonly type: 'text'; readonly start: number; readonly end: number }
  | { readonly type: 'action'; readonly pipe: Pipe; readonly start: number; readonly end: number }
  | Block;

export interface Block {
  readonly type: 'if' | 'with' | 'range';
  readonly pipe: Pipe;
  readonly body: readonly Item[];
  readonly otherwise: readonly Item[];
  readonly start: number;
  readonly end: number;
}

/** `$x := a | b c`. */
export interface Pipe {
  /** The variables that it sets: one, two for a range, or none. */
  readonly variables: readonly string[];
  /** Each a function with its arguments, or a value. */
  readonly commands: readonly (readonly Operand[])[];
}

export type Operand =
  | { readonly type: 'string' | 'number' | 'word'; readonly text: string }
  /** A field of the dot; no steps are the dot itself. */
  | { readonly type: 'field'; readonly steps: readonly string[] }
  | { readonly type: 'variable'; readonly name: string; readonly steps: readonly string[] }
  | { readonly type: 'pipe'; readonly pipe: Pipe; readonly steps: readonly string[] };

const BLOCKS: ReadonlySet<string> = new Set(['if', 'with', 'range']);
const NOT_FOLLOWED: ReadonlySet<string> = new Set(['define', 'template', 'block', 'break', 'continue']);
const MAX_DEPTH = 50;

/** Reads a template. Throws a `TemplateError` for what Go does not take, and for what is not followed. */
export function parseTemplate(text: string): readonly Item[] {
  const reader = { chunks: chunksOf(text), at: 0 };
  const items = itemsUntil(reader, [], 0);
  const rest = reader.chunks[reader.at];
  if (rest) throw new TemplateError(`unexpected "${text.slice(rest.start, rest.end)}"`);
  return items;
}

interface Reader {
  readonly chunks: readonly Chunk[];
  at: number;
}

/** The items before one of the words, which is left to be read. */
function itemsUntil(reader: Reader, words: readonly string[], depth: number): Item[] {
  if (depth > MAX_DEPTH) throw notFollowed('a template of this depth');
  const items: Item[] = [];
  for (let chunk = reader.chunks[reader.at]; chunk; chunk = reader.chunks[reader.at]) {
    const { start, end, tokens } = chunk;
    const word = keywordOf(chunk);
    if (word === 'else' || word === 'end') {
      if (words.includes(word)) return items;
      throw new TemplateError(`"{{${word}}}" without a beginning`);
    }
    reader.at += 1;
    if (!tokens) items.push({ type: 'text', start, end });
    else if (word && BLOCKS.has(word)) items.push(blockFrom(reader, word as Block['type'], tokens.slice(1), start, depth));
    else if (word && NOT_FOLLOWED.has(word)) throw notFollowed(`"${word}" in a template`);
    else items.push({ type: 'action', pipe: parsePipe(tokens), start, end });
  }
  if (words.length > 0) throw new TemplateError('a block has no "{{end}}"');
  return items;
}

function keywordOf({ tokens }: Chunk): string | undefined {
  const first = tokens?.[0];
  return first?.type === 'word' ? first.text : undefined;
}

function blockFrom(reader: Reader, type: Block['type'], tokens: readonly Token[], start: number, depth: number): Block {
  const pipe = parsePipe(tokens);
  const body = itemsUntil(reader, ['else', 'end'], depth + 1);
  const last = reader.chunks[reader.at];
  reader.at += 1;
  const [word, next, ...rest] = last?.tokens ?? [];
  if (word?.text === 'end') return { type, pipe, body, otherwise: [], start, end: last?.end ?? start };
  if (!next) {
    const otherwise = itemsUntil(reader, ['end'], depth + 1);
    const end = reader.chunks[reader.at]?.end ?? start;
    reader.at += 1;
    return { type, pipe, body, otherwise, start, end };
  }
  // `else if`: the one `end` closes both.
  if (next.text !== 'if' && next.text !== 'with') throw new TemplateError(`unexpected "${next.text}" after "else"`);
  const inner = blockFrom(reader, next.text, rest, last?.start ?? start, depth + 1);
  return { type, pipe, body, otherwise: [inner], start, end: inner.end };
}

function parsePipe(tokens: readonly Token[]): Pipe {
  const reader = { tokens, at: 0 };
  const pipe = pipeFrom(reader, true, 0);
  const rest = tokens[reader.at];
  if (rest) throw new TemplateError(`unexpected "${rest.text}"`);
  return pipe;
}

interface TokenReader {
  readonly tokens: readonly Token[];
  at: number;
}

function pipeFrom(reader: TokenReader, mayDeclare: boolean, depth: number): Pipe {
  if (depth > MAX_DEPTH) throw notFollowed('a template of this depth');
  const variables = mayDeclare ? variablesFrom(reader) : [];
  const commands = [commandFrom(reader, depth)];
  while (isMark(reader.tokens[reader.at], '|')) {
    reader.at += 1;
    commands.push(commandFrom(reader, depth));
  }
  return { variables, commands };
}

function variablesFrom(reader: TokenReader): string[] {
  const [first, mark, second, last] = reader.tokens.slice(reader.at, reader.at + 4);
  if (first?.type !== 'variable') return [];
  if (isMark(mark, '=')) throw notFollowed('a variable that changes');
  if (isMark(mark, ':=')) {
    reader.at += 2;
    return [first.text];
  }
  if (!isMark(mark, ',') || second?.type !== 'variable' || !isMark(last, ':=')) return [];
  reader.at += 4;
  return [first.text, second.text];
}

function commandFrom(reader: TokenReader, depth: number): Operand[] {
  const operands: Operand[] = [];
  for (let operand = operandFrom(reader, depth); operand; operand = operandFrom(reader, depth)) operands.push(operand);
  if (operands.length === 0) throw new TemplateError('a value is missing');
  return operands;
}

function operandFrom(reader: TokenReader, depth: number): Operand | undefined {
  const token = reader.tokens[reader.at];
  if (!token) return undefined;
  const { type, text } = token;
  if (type === 'mark' && text !== '.' && text !== '(') return undefined;
  reader.at += 1;
  if (type === 'string' || type === 'number' || type === 'word') return { type, text };
  if (type === 'field') return { type, steps: [text, ...stepsFrom(reader)] };
  if (type === 'variable') return { type, name: text, steps: stepsFrom(reader) };
  if (text === '.') return { type: 'field', steps: [] };
  const pipe = pipeFrom(reader, false, depth + 1);
  if (!isMark(reader.tokens[reader.at], ')')) throw new TemplateError('a "(" has no ")"');
  reader.at += 1;
  return { type: 'pipe', pipe, steps: stepsFrom(reader) };
}

function stepsFrom(reader: TokenReader): string[] {
  const steps: string[] = [];
  for (let token = reader.tokens[reader.at]; token?.type === 'field' && token.isTight; token = reader.tokens[reader.at]) {
    steps.push(token.text);
    reader.at += 1;
  }
  return steps;
}

function isMark(token: Token | undefined, text: string): boolean {
  return token?.type === 'mark' && token.text === text;
}
