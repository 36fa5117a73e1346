import { slice, type Text } from '../../value.ts';
import { textFrom } from './texts.ts';

const ASCII = /^[\0-\x7f]*$/;

/** A text as Go counts it: in bytes of UTF-8. */
export interface ByteText {
  readonly length: number;
  /** One character for each byte, to search in. */
  readonly latin1: string;
  /** A part by offsets in bytes. A character that is cut in two becomes the replacement character. */
  slice(start: number, end?: number): Text;
}

/** Looks at a text by its bytes. */
export function byteText(value: Text): ByteText {
  const { text } = value;
  if (ASCII.test(text)) return { length: text.length, latin1: text, slice: (start, end) => whole(value, start, end ?? text.length) };
  const bytes = Buffer.from(text, 'utf8');
  return {
    length: bytes.length,
    latin1: bytes.toString('latin1'),
    slice(start, end = bytes.length) {
      const [from, to] = [offsetOf(bytes, start), offsetOf(bytes, end)];
      if (from !== undefined && to !== undefined) return whole(value, from, to);
      return textOfBytes(bytes.subarray(start, end), value);
    },
  };
}

/** The same value where the part is all of it. */
function whole(value: Text, start: number, end: number): Text {
  return start === 0 && end === value.text.length ? value : slice(value, start, end);
}

/** The offset in UTF-16 of one in bytes; undefined inside of a character. */
function offsetOf(bytes: Buffer, at: number): number | undefined {
  const isInside = at > 0 && at < bytes.length && ((bytes[at] ?? 0) & 0xc0) === 0x80;
  return isInside ? undefined : bytes.toString('utf8', 0, at).length;
}

/** Bytes as a text, written by all who wrote what they come from. What is no UTF-8 cannot be kept. */
export function textOfBytes(bytes: Uint8Array, ...from: readonly Text[]): Text {
  return textFrom(Buffer.from(bytes).toString('utf8'), ...from);
}
