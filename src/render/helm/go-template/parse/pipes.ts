import { bool, float, int, type Text, text, type Value } from '../../value.ts';
import { complex } from '../complex.ts';
import type { Command, Operand, Pipe } from './ast.ts';
import { type NumberLiteral, readNumber } from './number.ts';
import { backUp, failAt, next, nextWord, peek, peekWord, type Reader, unexpected } from './reader.ts';
import type { Token, TokenKind } from './token.ts';
import { unquote } from './unquote.ts';

const OPERANDS: ReadonlySet<TokenKind> = new Set([
  'bool',
  'character',
  'complex',
  'dot',
  'field',
  'identifier',
  'number',
  'nil',
  'raw',
  'string',
  'variable',
  'open',
] satisfies TokenKind[]);

/** Reads a pipeline and what ends it. */
export function readPipe(reader: Reader, context: string, end: 'right' | 'close'): Pipe {
  const { start } = peekWord(reader);
  const { variables, isAssignment } = readDeclarations(reader, context);
  const commands: Command[] = [];
  for (;;) {
    const token = nextWord(reader);
    if (token.kind === end) {
      checkCommands(reader, commands, context, token);
      return { kind: 'pipe', variables, isAssignment, commands, start, end: token.start };
    }
    if (!OPERANDS.has(token.kind)) unexpected(reader, token, context);
    backUp(reader);
    commands.push(readCommand(reader));
  }
}

function readDeclarations(reader: Reader, context: string): Pick<Pipe, 'variables' | 'isAssignment'> {
  const variables: string[] = [];
  for (;;) {
    const start = reader.at;
    const variable = peekWord(reader);
    if (variable.kind !== 'variable') return { variables, isAssignment: false };
    nextWord(reader);
    const sign = nextWord(reader);
    const isComma = sign.kind === 'sign' && sign.text === ',';
    if (!isComma && sign.kind !== 'assign' && sign.kind !== 'declare') {
      // It is an argument.
      reader.at = start;
      return { variables, isAssignment: false };
    }
    variables.push(variable.text);
    reader.variables.push(variable.text);
    if (!isComma) return { variables, isAssignment: sign.kind === 'assign' };
    if (context !== 'range' || variables.length > 1) failAt(reader, sign, `too many declarations in ${context}`);
    const { kind } = peekWord(reader);
    if (kind !== 'variable' && kind !== 'right' && kind !== 'close') failAt(reader, sign, 'range can only initialize variables');
  }
}

function checkCommands(reader: Reader, commands: readonly Command[], context: string, token: Token): void {
  if (commands.length === 0) failAt(reader, token, `missing value for ${context}`);
  for (const [index, { operands }] of commands.entries()) {
    if (index > 0 && ['literal', 'overflow', 'dot', 'nil'].includes(operands[0].kind)) {
      failAt(reader, token, `non executable command in pipeline stage ${index + 1}`);
    }
  }
}

/** Operands with white space between them, and the `|` behind them. */
function readCommand(reader: Reader): Command {
  const operands: Operand[] = [];
  const { start } = peekWord(reader);
  for (;;) {
    peekWord(reader);
    const operand = readOperand(reader);
    if (operand) operands.push(operand);
    const token = next(reader);
    if (token.kind === 'space') continue;
    if (token.kind === 'right' || token.kind === 'close') backUp(reader);
    else if (token.kind !== 'pipe') unexpected(reader, token, 'operand');
    const [first, ...others] = operands;
    if (!first) failAt(reader, token, 'empty command');
    return { operands: [first, ...others], start, end: (others.at(-1) ?? first).end };
  }
}

/** A term and the fields behind it; undefined where there is no term. */
function readOperand(reader: Reader): Operand | undefined {
  const term = readTerm(reader);
  if (!term || peek(reader).kind !== 'field') return term;
  const names: string[] = [];
  let end = term.end;
  while (peek(reader).kind === 'field') {
    const field = next(reader);
    names.push(field.text.slice(1));
    end = field.end;
  }
  switch (term.kind) {
    case 'field':
      return { ...term, names: [...term.names, ...names], end };
    case 'variable':
      return { ...term, names: [...term.names, ...names], end };
    case 'literal':
    case 'overflow':
      return failAt(reader, undefined, `unexpected . after term ${JSON.stringify(term.written)}`);
    case 'dot':
    case 'nil':
      return failAt(reader, undefined, `unexpected . after term "${term.kind === 'dot' ? '.' : 'nil'}"`);
    default:
      return { kind: 'chain', base: term, names, start: term.start, end };
  }
}

function readTerm(reader: Reader): Operand | undefined {
  const token = nextWord(reader);
  const { start, end } = token;
  switch (token.kind) {
    case 'identifier':
      if (!reader.calls.has(token.text)) reader.calls.set(token.text, { start, end });
      return { kind: 'function', name: token.text, start, end };
    case 'dot':
    case 'nil':
      return { kind: token.kind, start, end };
    case 'variable':
      if (!reader.variables.includes(token.text)) failAt(reader, token, `undefined variable "${token.text}"`);
      return { kind: 'variable', name: token.text, names: [], start, end };
    case 'field':
      return { kind: 'field', names: [token.text.slice(1)], start, end };
    case 'bool':
      return literal(token, bool(token.text === 'true', reader.source.place(start, end)));
    case 'string':
    case 'raw':
      return literal(token, readText(reader, token));
    case 'number':
    case 'complex':
    case 'character':
      return readNumberTerm(reader, token, token.kind);
    case 'open':
      return readParentheses(reader, token);
    default:
      backUp(reader);
      return undefined;
  }
}

/** What stands between quotes as it is has its author there, so that parts of it can be told from each other. */
function readText(reader: Reader, token: Token): Text {
  const { text: written, start, end } = token;
  const value = unquote(written) ?? failAt(reader, token, 'invalid syntax');
  const isPlain = value === written.slice(1, -1);
  return text(value, isPlain ? reader.source.place(start + 1, end - 1) : reader.source.place(start, end));
}

function literal({ text: written, start, end }: Token, value: Value): Operand {
  return { kind: 'literal', value, written, start, end };
}

function readNumberTerm(reader: Reader, token: Token, kind: 'number' | 'complex' | 'character'): Operand {
  const number = readNumber(token.text, kind);
  if (typeof number === 'string') return failAt(reader, token, number);
  const value = constantOf(number, token, reader);
  return value ? literal(token, value) : { kind: 'overflow', written: token.text, start: token.start, end: token.end };
}

/** The type of a literal follows from how it is written (`idealConstant` of Go's text/template/exec.go). */
function constantOf(number: NumberLiteral, { text: written, start, end }: Token, { source }: Reader): Value | undefined {
  const origins = source.place(start, end);
  if (number.complex) return complex(number.complex.real, number.complex.imaginary);
  const isHexadecimalInteger = /^0[xX][^pP]+$/.test(written);
  if (number.float !== undefined && !isHexadecimalInteger && !written.startsWith("'") && /[.eEpP]/.test(written)) return float(number.float, origins);
  return number.int === undefined ? undefined : int(number.int, origins);
}

function readParentheses(reader: Reader, token: Token): Operand {
  if (reader.parentheses >= reader.maxParentheses) failAt(reader, token, 'max expression depth exceeded');
  reader.parentheses += 1;
  const pipe = readPipe(reader, 'parenthesized pipeline', 'close');
  reader.parentheses -= 1;
  return { ...pipe, start: token.start, end: pipe.end + 1 };
}
