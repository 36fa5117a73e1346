/** Whether an operator has an answer where its variable has no value. */
export function isDefault(operator: string): boolean {
  return /^:?[=\-?+]$/.test(operator);
}

/** What an operator makes of a value. Those that give a default are not among them, and unknown ones change nothing. */
export function operate(operator: string, value: string, operands: readonly string[]): string {
  const [first = '', second = ''] = operands;
  switch (operator) {
    case ',':
      return value.charAt(0).toLowerCase() + value.slice(1);
    case ',,':
      return value.toLowerCase();
    case '^':
      return value.charAt(0).toUpperCase() + value.slice(1);
    case '^^':
      return value.toUpperCase();
    case ':':
      return rangeOf(value, operands);
    case '/':
      return value.replace(first, () => second);
    case '//':
      return first === '' ? value : value.replaceAll(first, () => second);
    case '/#':
      return operands.length === 2 && value.startsWith(first) ? second + value.slice(first.length) : value;
    case '/%':
      return operands.length === 2 && value.endsWith(first) ? value.slice(0, value.length - first.length) + second : value;
    case '#':
      // Without an operand it asks for the length, which Go counts in bytes.
      return operands.length === 0 ? String(new TextEncoder().encode(value).length) : without(value, first, 'start', 'shortest');
    case '##':
      return without(value, first, 'start', 'longest');
    case '%':
      return without(value, first, 'end', 'shortest');
    case '%%':
      return without(value, first, 'end', 'longest');
    default:
      return value;
  }
}

/** `${name:from}` and `${name:from:length}`; negative ones count from the end. What is no number leaves the value alone. */
function rangeOf(value: string, operands: readonly string[]): string {
  if (!operands.every((operand) => /^[-+]?\d+$/.test(operand))) return value;
  const [from = 0, length] = operands.map(Number);
  const start = Math.max(0, from < 0 ? value.length + from : from);
  if (length === undefined) return value.slice(start);
  const end = length < 0 ? value.length + length : start + length;
  return end < start ? '' : value.slice(start, end);
}

/** The value without the shortest or the longest stretch at one of its ends that a glob matches. */
function without(value: string, glob: string, side: 'start' | 'end', which: 'shortest' | 'longest'): string {
  const pattern = patternOf(glob);
  if (!pattern) return value;
  const lengths = Array.from(value, (_, index) => index + 1);
  for (const length of which === 'shortest' ? lengths : lengths.reverse()) {
    const stretch = side === 'start' ? value.slice(0, length) : value.slice(value.length - length);
    if (pattern.test(stretch)) return side === 'start' ? value.slice(length) : value.slice(0, value.length - length);
  }
  return value;
}

/** `*`, `?` and `[a-z]`; nothing is special about a slash. Undefined for a class that is not closed. */
function patternOf(glob: string): RegExp | undefined {
  const pieces: readonly string[] = glob.match(/\*+|\?|\[\^?[^\]]+\]|\\[\s\S]|[\s\S]/g) ?? [];
  if (pieces.includes('[')) return undefined;
  const source = pieces.map((piece) => {
    if (piece.startsWith('*')) return '[\\s\\S]*';
    if (piece === '?') return '[\\s\\S]';
    if (piece.startsWith('[')) return `[${piece.slice(1, -1).replaceAll(/[\\[]/g, '\\$&')}]`;
    return piece.slice(-1).replace(/[^\w\s]/, '\\$&');
  });
  try {
    return new RegExp(`^${source.join('')}$`);
  } catch {
    // A range the wrong way round: envsubst leaves the value alone.
    return undefined;
  }
}
