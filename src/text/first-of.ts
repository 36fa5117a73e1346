/** The first few of a list, for people: `a, b, c and 4 more`. */
export function firstOf(names: readonly string[], count = 3): string {
  const rest = names.length - count;
  return names.slice(0, count).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
