import { isPrintable } from '../characters.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
};
const PLAIN = /^[ !#-&(-[\]-~]*$/;

/** The inner part of a quoted text, as Go's `strconv.Quote` writes it; with `isAscii` as `QuoteToASCII`. */
export function escapeText(part: string, quote: '"' | "'" = '"', isAscii = false): string {
  if (PLAIN.test(part)) return part;
  let escaped = '';
  for (const character of part) escaped += escapeCharacter(character, quote, isAscii);
  return escaped;
}

function escapeCharacter(character: string, quote: '"' | "'", isAscii: boolean): string {
  if (character === quote) return `\\${quote}`;
  const known = ESCAPES[character];
  if (known !== undefined) return known;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80 ? code >= 0x20 && code !== 0x7f : !isAscii && isPrintable(character)) return character;
  const hexadecimal = code.toString(16);
  if (code < 0x80) return `\\x${hexadecimal.padStart(2, '0')}`;
  return code > 0xffff ? `\\U${hexadecimal.padStart(8, '0')}` : `\\u${hexadecimal.padStart(4, '0')}`;
}

/** Whether a text may stand between backquotes as it is: one line, without control characters. */
export function isRawQuotable(text: string): boolean {
  return !/[\x00-\x08\x0a-\x1f\x7f`\ufeff]/.test(text);
}
