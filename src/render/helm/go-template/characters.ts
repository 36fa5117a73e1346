/** How Go names a character in a message: `U+0023 '#'`, as its verb `%#U` does. */
export function codePointName(code: number): string {
  const character = String.fromCodePoint(code);
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return isPrintable(character) ? `${name} '${character}'` : name;
}

/** Whether Go's `unicode.IsPrint` takes a character for one that can be seen: letters, marks, numbers, signs and the space. */
export function isPrintable(character: string): boolean {
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(character);
}
