/**
 * Whether two names are probably one, written once with a slip of the pen: a letter too many, too few, another or two
 * changed round; in long names two such. What differs in digits is numbered, and short names are near to everything but
 * their own letters.
 */
export function isSlip(a: string, b: string): boolean {
  const least = Math.min(a.length, b.length);
  if (a === b || least < 3 || Math.abs(a.length - b.length) > 2) return false;
  if (least === 3 && [...a].sort().join('') !== [...b].sort().join('')) return false;
  if (a.replaceAll(/\D/g, '') !== b.replaceAll(/\D/g, '')) return false;
  return slipsBetween(a, b) <= (least < 10 ? 1 : 2);
}

/** The least number of slips that make one name of the other; two letters that change places are one. */
function slipsBetween(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i += 1) {
    const [last = [], row] = [rows[i - 1], [i]];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwapped ? (rows[i - 2]?.[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost, swapped));
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 0;
}
