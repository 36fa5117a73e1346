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
