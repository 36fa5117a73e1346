import { TemplateFailure } from '../../value.ts';
import { type Branch, isBlank, type Node, type Range, type Template } from './ast.ts';
import { tokensOf } from './lexer.ts';
import { readPipe } from './pipes.ts';
import { backUp, expect, failAt, next, nextWord, peek, peekWord, type Reader, unexpected } from './reader.ts';
import type { ParseSource } from './source.ts';
import type { Token } from './token.ts';
import { unquote } from './unquote.ts';

/** What a text holds: templates by name, its own among them, and the functions that it calls, which may not exist. */
export interface Parsed {
  readonly templates: ReadonlyMap<string, Template>;
  /** The first call of each function, in the order of the text. */
  readonly calls: ReadonlyMap<string, { readonly start: number; readonly end: number }>;
  /** What is wrong with the text; then there are no templates, and the calls are those before it. */
  readonly failure: TemplateFailure | undefined;
}

/** As Go, which allows 10,000 where the stack is deep enough for that, and 1,000 on WebAssembly. */
const MAX_PARENTHESES = 1000;

/** Reads a text as Go's text/template/parse/parse.go. */
export function parseTemplates(source: ParseSource, maxParentheses: number = MAX_PARENTHESES): Parsed {
  const calls = new Map<string, { readonly start: number; readonly end: number }>();
  const templates = new Map<string, Template>();
  const reader: Reader = {
    source,
    tokens: tokensOf(source.text),
    at: 0,
    variables: ['$'],
    ranges: 0,
    parentheses: 0,
    maxParentheses,
    actionStart: undefined,
    calls,
  };
  try {
    const nodes = readFile(reader, templates);
    define(reader, templates, { name: source.name, nodes, place: source.place });
    return { templates, calls, failure: undefined };
  } catch (error) {
    return { templates: new Map(), calls, failure: failureOf(error, reader) };
  }
}

function failureOf(error: unknown, reader: Reader): TemplateFailure {
  if (error instanceof TemplateFailure) return error;
  // The stack is exhausted.
  if (error instanceof RangeError) return new TemplateFailure('max nesting depth exceeded', originAt(reader));
  throw error;
}

function originAt({ source, tokens, at }: Reader): TemplateFailure['origin'] {
  const token = tokens[Math.min(at, tokens.length - 1)];
  return source.place(token?.start ?? 0, token?.end ?? 0)[0];
}

/** The nodes of the file itself. Definitions are put aside. */
function readFile(reader: Reader, templates: Map<string, Template>): Node[] {
  const nodes: Node[] = [];
  for (let token = peek(reader); token.kind !== 'end-of-file'; token = peek(reader)) {
    const start = reader.at;
    next(reader);
    if (token.kind === 'left' && nextWord(reader).kind === 'define') {
      readDefinition(reader, templates);
      continue;
    }
    reader.at = start;
    const node = readNode(reader, templates);
    if (typeof node !== 'string') nodes.push(node);
    else failAt(reader, token, `unexpected {{${node}}}`);
  }
  return nodes;
}

function readDefinition(reader: Reader, templates: Map<string, Template>): void {
  const name = readName(reader, nextWord(reader), 'define clause');
  expect(reader, 'right', 'define clause');
  readTemplate(reader, templates, name, 'define clause');
}

/** Reads the body of a definition, which sees no variables and no loops of what is around it. */
function readTemplate(reader: Reader, templates: Map<string, Template>, name: string, context: string): void {
  const { variables, ranges, parentheses } = reader;
  Object.assign(reader, { variables: ['$'], ranges: 0, parentheses: 0 });
  const { nodes, closer, token } = readNodes(reader, templates);
  if (closer === 'else') failAt(reader, token, `unexpected {{else}} in ${context}`);
  define(reader, templates, { name, nodes, place: reader.source.place });
  Object.assign(reader, { variables, ranges, parentheses });
}

function define(reader: Reader, templates: Map<string, Template>, template: Template): void {
  const old = templates.get(template.name);
  if (!old || isBlank(old.nodes)) templates.set(template.name, template);
  else if (!isBlank(template.nodes)) failAt(reader, undefined, `multiple definition of template "${template.name}"`);
}

interface Nodes {
  readonly nodes: readonly Node[];
  /** What ended them. */
  readonly closer: 'end' | 'else';
  readonly token: Token;
}

/** The nodes up to an `end` or `else`, which is read as well; of an `else if`, up to the `if`. */
function readNodes(reader: Reader, templates: Map<string, Template>): Nodes {
  const nodes: Node[] = [];
  for (;;) {
    const token = peekWord(reader);
    if (token.kind === 'end-of-file') failAt(reader, token, 'unexpected EOF');
    const node = readNode(reader, templates);
    if (typeof node === 'string') return { nodes, closer: node, token };
    nodes.push(node);
  }
}

function readNode(reader: Reader, templates: Map<string, Template>): Node | 'end' | 'else' {
  const token = nextWord(reader);
  if (token.kind === 'text') return { kind: 'text', value: reader.source.part(token.start, token.end) };
  if (token.kind !== 'left') unexpected(reader, token, 'input');
  reader.actionStart = token;
  const node = readAction(reader, templates, token);
  reader.actionStart = undefined;
  return node;
}

function readAction(reader: Reader, templates: Map<string, Template>, left: Token): Node | 'end' | 'else' {
  const word = nextWord(reader);
  switch (word.kind) {
    case 'if':
    case 'with':
    case 'range':
      return readControl(reader, templates, word.kind, left);
    case 'end':
      expect(reader, 'right', 'end');
      return 'end';
    case 'else':
      // `else if` and `else with`: the word stays to be read.
      if (peekWord(reader).kind !== 'if' && peekWord(reader).kind !== 'with') expect(reader, 'right', 'else');
      return 'else';
    case 'break':
    case 'continue':
      return readJump(reader, word.kind);
    case 'block':
      return readBlock(reader, templates, left);
    case 'template': {
      const name = readName(reader, nextWord(reader), 'template clause');
      const pipe = peekWord(reader).kind === 'right' ? undefined : readPipe(reader, 'template clause', 'right');
      if (!pipe) nextWord(reader);
      return { kind: 'template', name, pipe, ...placeOf(reader, left) };
    }
    default:
      backUp(reader);
      return { kind: 'action', pipe: readPipe(reader, 'command', 'right'), ...placeOf(reader, left) };
  }
}

/** From the left delimiter to the right one, which was read just now. */
function placeOf({ source, tokens, at }: Reader, left: Token): Pick<Branch, 'start' | 'end' | 'origins'> {
  const end = tokens[at - 1]?.end ?? left.end;
  return { start: left.start, end, origins: source.place(left.start, end) };
}

function readJump(reader: Reader, kind: 'break' | 'continue'): Node {
  const token = nextWord(reader);
  if (token.kind !== 'right') unexpected(reader, token, `{{${kind}}}`);
  if (reader.ranges === 0) failAt(reader, token, `{{${kind}}} outside {{range}}`);
  return { kind };
}

function readControl(reader: Reader, templates: Map<string, Template>, kind: 'if' | 'with' | 'range', left: Token): Branch | Range {
  const scope = reader.variables.length;
  const pipe = readPipe(reader, kind, 'right');
  const place = placeOf(reader, left);
  if (kind === 'range') reader.ranges += 1;
  const { nodes: body, closer } = readNodes(reader, templates);
  if (kind === 'range') reader.ranges -= 1;
  const otherwise = closer === 'end' ? [] : readOtherwise(reader, templates, kind, left);
  reader.variables.length = scope;
  return { kind, pipe, body, otherwise, ...place };
}

function readOtherwise(reader: Reader, templates: Map<string, Template>, kind: 'if' | 'with' | 'range', left: Token): readonly Node[] {
  const word = peekWord(reader);
  if (kind !== 'range' && word.kind === kind) {
    nextWord(reader);
    return [readControl(reader, templates, kind, elseOf(reader, left))];
  }
  const { nodes, closer, token } = readNodes(reader, templates);
  if (closer !== 'end') failAt(reader, token, 'expected end; found {{else}}');
  return nodes;
}

/** The left delimiter of the `else if` that is being read. */
function elseOf({ tokens, at }: Reader, left: Token): Token {
  for (let index = at - 1; index >= 0; index -= 1) if (tokens[index]?.kind === 'left') return tokens[index] ?? left;
  return left;
}

function readBlock(reader: Reader, templates: Map<string, Template>, left: Token): Node {
  const name = readName(reader, nextWord(reader), 'block clause');
  const pipe = readPipe(reader, 'block clause', 'right');
  const place = placeOf(reader, left);
  readTemplate(reader, templates, name, 'block clause');
  return { kind: 'template', name, pipe, ...place };
}

function readName(reader: Reader, token: Token, context: string): string {
  if (token.kind !== 'string' && token.kind !== 'raw') unexpected(reader, token, context);
  return unquote(token.text) ?? failAt(reader, token, 'invalid syntax');
}
