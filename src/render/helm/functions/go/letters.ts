/** Go's `unicode.IsSpace`: what stands between the brackets of a pattern. */
export const SPACES = '\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

/** Go's `unicode.ToUpper`: one character for one. */
export function upperRune(rune: string): string {
  const upper = rune.toUpperCase();
  return [...upper].length === 1 ? upper : rune;
}

/** Go's `unicode.ToLower`. */
export function lowerRune(rune: string): string {
  const lower = rune.toLowerCase();
  return [...lower].length === 1 ? lower : ([...lower][0] ?? rune);
}
