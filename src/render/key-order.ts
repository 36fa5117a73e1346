/** The order in which go-yaml v2 prints the keys of a mapping: digits as numbers, letters behind everything else. */
export function compareKeys(a: string, b: string): number {
  // Nearly always the first difference is one of two letters.
  const shorter = Math.min(a.length, b.length);
  let first = 0;
  while (first < shorter && a.charCodeAt(first) === b.charCodeAt(first)) first += 1;
  if (first === shorter) return a.length - b.length;
  if (isPlainLetter(a.charCodeAt(first)) && isPlainLetter(b.charCodeAt(first))) return a.charCodeAt(first) - b.charCodeAt(first);
  const [left, right] = [[...a], [...b]];
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at += 1) {
    const [x = '', y = ''] = [left[at], right[at]];
    if (x === y) continue;
    const [xLetter, yLetter] = [isLetter(x), isLetter(y)];
    if (xLetter && yLetter) return codeOf(x) - codeOf(y);
    if (xLetter || yLetter) return xLetter ? 1 : -1;
    return compareNumbers(left, right, at);
  }
  return left.length - right.length;
}

function isPlainLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

function isLetter(rune: string): boolean {
  return /\p{L}/u.test(rune);
}

function isDigit(rune: string): boolean {
  return /\p{Nd}/u.test(rune);
}

function codeOf(rune: string): number {
  return rune.codePointAt(0) ?? 0;
}

/** From the first difference on: runs of digits by value, then by length, then by code point. */
function compareNumbers(left: readonly string[], right: readonly string[], at: number): number {
  const [x = '', y = ''] = [left[at], right[at]];
  const lead = (x === '0' || y === '0') && followsNumber(left, at) ? 1n : 0n;
  const [xRun, yRun] = [runOf(left, at, lead), runOf(right, at, lead)];
  if (xRun.value !== yRun.value) return xRun.value < yRun.value ? -1 : 1;
  return xRun.end - yRun.end || codeOf(x) - codeOf(y);
}

/** Whether the digits just before hold anything but zeros, so that a zero here counts. */
function followsNumber(runes: readonly string[], at: number): boolean {
  for (let before = at - 1; before >= 0 && isDigit(runes[before] ?? ''); before -= 1) if (runes[before] !== '0') return true;
  return false;
}

function runOf(runes: readonly string[], at: number, lead: bigint): { readonly value: bigint; readonly end: number } {
  let end = at;
  let value = lead;
  for (; end < runes.length && isDigit(runes[end] ?? ''); end += 1) value = value * 10n + BigInt(codeOf(runes[end] ?? '') - 48);
  return { value, end };
}
