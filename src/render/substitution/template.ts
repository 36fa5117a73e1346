/** A stretch of a text that stays as it is. Of an escape, `text` is what becomes of it. */
export interface Plain {
  readonly kind: 'text';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A variable in its braces. */
export interface Variable {
  readonly kind: 'variable';
  readonly name: string;
  /** As it is written, such as `:=` or `//`; empty for a plain `${name}`. */
  readonly operator: string;
  readonly operands: readonly Part[];
  readonly start: number;
  readonly end: number;
}

export type Part = Plain | Variable;

/** Why Flux refuses a text, and from where on. */
export interface RefusedText {
  readonly refusal: string;
  readonly at: number;
}

/** A text in parts. */
export type Template = { readonly parts: readonly Part[] } | RefusedText;

/** Reads a text with variables by the grammar of envsubst, in the edition that Flux keeps of it. */
export function parseTemplate(text: string): Template {
  const cursor: Cursor = { text, at: 0 };
  const parts: Part[] = [];
  let from = 0;
  try {
    while (cursor.at < text.length) {
      from = cursor.at;
      parts.push(readPart(cursor));
    }
    return { parts };
  } catch (error) {
    if (!(error instanceof BadSubstitution)) throw error;
    return { refusal: error.message, at: from };
  }
}

class BadSubstitution extends Error {}

interface Cursor {
  readonly text: string;
  at: number;
}

function readPart(cursor: Cursor): Part {
  const { text, at: start } = cursor;
  if (text.startsWith('${', start)) return readVariable(cursor);
  const isEscape = text.startsWith('$$', start);
  const next = text.indexOf('$', start + 1);
  cursor.at = isEscape ? start + 2 : next === -1 ? text.length : next;
  return { kind: 'text', text: isEscape ? '$' : text.slice(start, cursor.at), start, end: cursor.at };
}

/** From `${` to its `}`. */
function readVariable(cursor: Cursor): Variable {
  const start = cursor.at;
  cursor.at += 2;
  const isLength = cursor.text[cursor.at] === '#';
  if (isLength) cursor.at += 1;
  const name = take(cursor, /[\p{L}\p{Nd}_]+/uy);
  if (name === '') throw new BadSubstitution('there is no name of a variable behind "${"');
  const { operator, operands } = isLength ? { operator: '#', operands: [] } : readOperation(cursor);
  if (cursor.text[cursor.at] !== '}') throw new BadSubstitution('a variable has no "}" where it should end');
  cursor.at += 1;
  return { kind: 'variable', name, operator, operands, start, end: cursor.at };
}

function readOperation(cursor: Cursor): Pick<Variable, 'operator' | 'operands'> {
  const operator = take(cursor, /:[=\-?+]|=|\/[/#%]?|##?|%%?|[,^]{1,2}|:/y);
  switch (operator[0]) {
    case undefined:
    case ',':
    case '^':
      return { operator, operands: [] };
    case '/':
      return { operator, operands: readReplacement(cursor) };
    case '#':
    case '%':
      return { operator, operands: [readOperand(cursor, '}')] };
    default:
      return { operator, operands: operator === ':' ? readRange(cursor) : readDefault(cursor) };
  }
}

/** A default may be put together of several parts. */
function readDefault(cursor: Cursor): Part[] {
  const operands: Part[] = [];
  while (cursor.text[cursor.at] !== '}') operands.push(readOperand(cursor, '}'));
  return operands;
}

function readRange(cursor: Cursor): Part[] {
  const from = readOperand(cursor, ':}');
  return take(cursor, /:+/y) === '' ? [from] : [from, readOperand(cursor, '}')];
}

/** The pattern, which may be empty, ends with a slash; without a replacement, what matches is taken away. */
function readReplacement(cursor: Cursor): Part[] {
  const { at } = cursor;
  const pattern: Part = cursor.text[at] === '/' ? { kind: 'text', text: '', start: at, end: at } : readOperand(cursor, '/', true);
  if (take(cursor, /\/+/y) === '') throw new BadSubstitution('a pattern has no "/" behind it');
  return cursor.text[cursor.at] === '}' ? [pattern] : [pattern, readOperand(cursor, '}', true)];
}

/** A variable, or text up to the next one or to one of the characters that end it. */
function readOperand(cursor: Cursor, ends: string, escapes = false): Part {
  const { text, at: start } = cursor;
  if (text.startsWith('${', start)) return readVariable(cursor);
  let said = '';
  while (cursor.at < text.length && !text.startsWith('${', cursor.at)) {
    const isEscape = escapes && /^(?:\$\$|\\[/\\])/.test(text.slice(cursor.at, cursor.at + 2));
    if (!isEscape && ends.includes(text.charAt(cursor.at))) break;
    said += text.charAt(isEscape ? cursor.at + 1 : cursor.at);
    cursor.at += isEscape ? 2 : 1;
  }
  if (cursor.at === start) throw new BadSubstitution('an operand is missing between "${" and "}"');
  return { kind: 'text', text: said, start, end: cursor.at };
}

function take(cursor: Cursor, pattern: RegExp): string {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text)?.[0] ?? '';
  cursor.at += found.length;
  return found;
}
