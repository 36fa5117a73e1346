import type { Span } from './source-file.ts';

/** A password, or what stands alone before the host of an http address: `https://user:password@host`, `https://token@host`. */
const CREDENTIALS = /(?<=:\/\/[^\s/@:"']*:)[^\s/@"']+(?=@)|(?<=https?:\/\/)[^\s/@:"']+(?=@)/g;

/** Where addresses in a text hold credentials. */
export function credentialsIn(text: string): Span[] {
  return [...text.matchAll(CREDENTIALS)].map(({ index, 0: { length } }) => ({ start: index, end: index + length }));
}

/** The text with `•••` for credentials, for messages. */
export function withoutCredentials(text: string): string {
  return text.replace(CREDENTIALS, '•••');
}
