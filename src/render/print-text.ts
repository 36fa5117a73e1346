import { isBreak, isPrintable } from './text-traits.ts';

/** Lines are folded at the first single space behind this column. */
const WIDTH = 80;

/** Where a text starts and how its further lines are indented; without it nothing is folded. */
interface Folding {
  column: number;
  readonly indent: number;
}

/** Text without quotes. */
export function printWords(text: string, column: number, indent: number): string {
  return column + text.length <= WIDTH ? text : fold(text, { column, indent });
}

/** Text in single quotes. */
export function printSingleQuoted(text: string, column?: number, indent = 0): string {
  const quoted = text.replaceAll("'", "''");
  if (column === undefined || column + quoted.length < WIDTH) return `'${quoted}'`;
  return `'${fold(text, { column: column + 1, indent }, (rune) => (rune === "'" ? "''" : rune))}'`;
}

function fold(text: string, at: Folding, print: (rune: string) => string = (rune) => rune): string {
  const runes = [...text];
  let result = '';
  let afterSpace = false;
  for (const [index, rune] of runes.entries()) {
    if (rune !== ' ') {
      const shown = print(rune);
      result += shown;
      at.column += [...shown].length;
      afterSpace = false;
      continue;
    }
    const inside = index > 0 && index < runes.length - 1;
    if (!afterSpace && at.column > WIDTH && inside && runes[index + 1] !== ' ') {
      result += `\n${' '.repeat(at.indent)}`;
      at.column = at.indent;
    } else {
      result += ' ';
      at.column += 1;
    }
    afterSpace = true;
  }
  return result;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\u0085': '\\N',
  '\u00a0': '\\_',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

/** Text in double quotes, with escapes for what cannot be shown. */
export function printQuoted(text: string, column?: number, indent = 0): string {
  const runes = [...text];
  // Go asks whether the text begins with a byte order mark, where it means to ask about the character.
  const escapesAll = text.startsWith('\ufeff');
  let result = '"';
  let at = (column ?? 0) + 1;
  let afterSpace = false;
  for (const [index, rune] of runes.entries()) {
    if (rune === ' ' && column !== undefined && !escapesAll && !afterSpace && at > WIDTH && index > 0 && index < runes.length - 1) {
      result += `\n${' '.repeat(indent)}`;
      at = indent;
      if (runes[index + 1] === ' ') {
        result += '\\';
        at += 1;
      }
      afterSpace = true;
      continue;
    }
    const shown = escaped(rune, escapesAll);
    result += shown;
    at += [...shown].length;
    afterSpace = rune === ' ';
  }
  return `${result}"`;
}

function escaped(rune: string, always: boolean): string {
  if (!always && rune !== '"' && rune !== '\\' && isPrintable(rune) && !isBreak(rune) && rune !== '\ufeff') return rune;
  const short = ESCAPES[rune];
  if (short) return short;
  const code = (rune.codePointAt(0) ?? 0).toString(16).toUpperCase();
  if (code.length <= 2) return `\\x${code.padStart(2, '0')}`;
  return code.length <= 4 ? `\\u${code.padStart(4, '0')}` : `\\U${code.padStart(8, '0')}`;
}
