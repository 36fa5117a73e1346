const SIMPLE: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\', "'": "'", '"': '"' };
/** One character of a quoted text, written out or escaped. A surrogate is no character. */
const CHARACTER = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{3})|([abfnrtv\\'"]))|[^\\]/suy;

/** The text that a literal stands for, as Go's `strconv.Unquote`; undefined for what is none. Quotes included. */
export function unquote(literal: string): string | undefined {
  const inner = literal.slice(1, -1);
  // Go leaves out the carriage returns of raw texts.
  if (literal.startsWith('`')) return inner.replaceAll('\r', '');
  if (!inner.includes('\\')) return inner;
  let text = '';
  let bytes: number[] = [];
  const flush = (): void => {
    // Escaped bytes may be the parts of one character.
    if (bytes.length > 0) text += new TextDecoder().decode(new Uint8Array(bytes));
    bytes = [];
  };
  CHARACTER.lastIndex = 0;
  while (CHARACTER.lastIndex < inner.length) {
    const one = readCharacter(inner, '"');
    if (one === undefined) return undefined;
    if (typeof one === 'number') bytes.push(one);
    else {
      flush();
      text += one;
    }
  }
  flush();
  return text;
}

/** The code point of a character constant, as Go's `strconv.UnquoteChar`; undefined for what is none. Quotes included. */
export function characterOf(literal: string): number | undefined {
  const inner = literal.slice(1, -1);
  CHARACTER.lastIndex = 0;
  const one = readCharacter(inner, "'");
  if (one === undefined || CHARACTER.lastIndex !== inner.length || !literal.endsWith("'")) return undefined;
  return typeof one === 'number' ? one : one.codePointAt(0);
}

/** A character, or a byte that is escaped as such. Undefined for a wrong escape: the other quote must not have one. */
function readCharacter(inner: string, quote: '"' | "'"): string | number | undefined {
  const match = CHARACTER.exec(inner);
  if (!match) return undefined;
  const [whole, hex, short, long, octal, simple] = match;
  if (hex !== undefined) return Number.parseInt(hex, 16);
  if (octal !== undefined) return Number.parseInt(octal, 8) <= 0xff ? Number.parseInt(octal, 8) : undefined;
  if (simple !== undefined) return simple === (quote === '"' ? "'" : '"') ? undefined : SIMPLE[simple];
  if (short === undefined && long === undefined) return whole === quote ? undefined : whole;
  const code = Number.parseInt(short ?? long ?? '', 16);
  return code > 0x10_ff_ff || (code >= 0xd800 && code < 0xe000) ? undefined : String.fromCodePoint(code);
}
