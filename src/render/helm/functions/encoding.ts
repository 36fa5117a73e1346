import { createHash } from 'node:crypto';
import type { Text } from '../value.ts';
import { textOfBytes } from './go/bytes.ts';
import { textFrom } from './go/texts.ts';
import { type Definition, type Family, fn, STRING } from './signature.ts';

const BASE_64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BASE_32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Eight letters of five bits for five bytes. */
function base32(source: Text): string {
  let [result, pending, count] = ['', 0, 0];
  for (const byte of Buffer.from(source.text, 'utf8')) {
    pending = (pending << 8) | byte;
    for (count += 8; count >= 5; count -= 5) result += BASE_32[(pending >> (count - 5)) & 31];
    pending &= (1 << count) - 1;
  }
  if (count > 0) result += BASE_32[(pending << (5 - count)) & 31];
  return result.padEnd(Math.ceil(result.length / 8) * 8, '=');
}

/** The bytes, or the offset of what is wrong: as strict as Go's `base64.StdEncoding` and `base32.StdEncoding`. */
export function decodedBytes(source: string, alphabet: 'base64' | 'base32'): Uint8Array | number {
  return decode(source, alphabet === 'base64' ? BASE_64 : BASE_32);
}

function decode(source: string, alphabet: string): Uint8Array | number {
  const bits = Math.log2(alphabet.length);
  const group = alphabet.length === 64 ? 4 : 8;
  const bytes: number[] = [];
  let [pending, count, letters] = [0, 0, 0];
  for (let at = 0; at < source.length; at += 1) {
    const letter = source[at] ?? '';
    if (letter === '\n' || letter === '\r') continue;
    if (letter === '=') return paddingEnd(source, at, letters % group, group) ?? Uint8Array.from(bytes);
    const value = alphabet.indexOf(letter);
    if (value === -1) return at;
    pending = (pending << bits) | value;
    count += bits;
    letters += 1;
    if (count < 8) continue;
    count -= 8;
    bytes.push((pending >> count) & 0xff);
    pending &= (1 << count) - 1;
  }
  return letters % group === 0 ? Uint8Array.from(bytes) : source.length - (letters % group);
}

/** Letters that a last group may have. */
const LAST: Readonly<Record<number, readonly number[]>> = { 4: [2, 3], 8: [2, 4, 5, 7] };

/** Undefined where the padding from `at` on is right and the text ends with it, else the offset of what is wrong. */
function paddingEnd(source: string, at: number, letters: number, group: number): number | undefined {
  if (!LAST[group]?.includes(letters)) return at;
  let missing = group - letters;
  for (let next = at; next < source.length; next += 1) {
    const letter = source[next];
    if (letter === '\n' || letter === '\r') continue;
    if (letter !== '=' || missing === 0) return next;
    missing -= 1;
  }
  return missing === 0 ? undefined : source.length;
}

function decoding(alphabet: 'base64' | 'base32'): Definition {
  return fn([STRING], ([source]) => {
    const bytes = decodedBytes(source.text, alphabet);
    // Sprig gives the error as a text.
    if (typeof bytes === 'number') return textFrom(`illegal ${alphabet} data at input byte ${bytes}`, source);
    return textOfBytes(bytes, source);
  });
}

function digest(algorithm: string): Definition {
  return fn([STRING], ([source]) => textFrom(createHash(algorithm).update(source.text, 'utf8').digest('hex'), source));
}

function adler32(source: string): number {
  let [a, b] = [1, 0];
  for (const byte of Buffer.from(source, 'utf8')) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return b * 65_536 + a;
}

/** Sprig's encodings and digests: strings.go and crypto.go. */
export const ENCODING: Family = {
  b64enc: fn([STRING], ([source]) => textFrom(Buffer.from(source.text, 'utf8').toString('base64'), source)),
  b64dec: decoding('base64'),
  b32enc: fn([STRING], ([source]) => textFrom(base32(source), source)),
  b32dec: decoding('base32'),
  sha1sum: digest('sha1'),
  sha256sum: digest('sha256'),
  sha512sum: digest('sha512'),
  adler32sum: fn([STRING], ([source]) => textFrom(String(adler32(source.text)), source)),
};
