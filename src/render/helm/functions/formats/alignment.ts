/** Where each UTF-16 unit of a text stands in the way it is written: `raw.slice(starts[i], ends[i])`. */
export interface Alignment {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/**
 * How a text is written as a scalar of YAML; undefined for folded blocks, and for what is not written so. A literal block
 * may come with its header or begin with its first line, as readers give it.
 */
export function alignScalar(raw: string, text: string): Alignment | undefined {
  if (raw === text) return shifted(text, 0);
  const [quote] = raw;
  if (quote === '|') return alignBlock(raw, text, raw.indexOf('\n') + 1);
  if (quote === ' ' || quote === '\n') return alignBlock(raw, text, 0);
  const isQuoted = quote === '"' || quote === "'";
  if (isQuoted && raw.length === text.length + 2 && raw.startsWith(text, 1)) return shifted(text, 1);
  return quote === '>' ? undefined : alignFlow(raw, text, isQuoted ? quote : '');
}

function shifted(text: string, by: number): Alignment {
  const starts = Array.from({ length: text.length }, (_, at) => at + by);
  return { starts, ends: starts.map((start) => start + 1) };
}

/** A line break with the blanks around it, and with blank lines. */
const FOLD = /[ \t]*\n(?:[ \t]*\n)*[ \t]*/y;
const CONTINUED = /\\\n[ \t]*/y;
const ESCAPE = /\\(?:x.{2}|u.{4}|U.{8}|.)/sy;

function alignFlow(raw: string, text: string, quote: '"' | "'" | ''): Alignment | undefined {
  const [starts, ends]: [number[], number[]] = [[], []];
  const end = raw.length - quote.length;
  let at = quote.length;
  const take = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    return pattern.exec(raw)?.[0] ?? '';
  };
  const place = (length: number, units: number): void => {
    for (let unit = 0; unit < units; unit += 1) {
      starts.push(at);
      ends.push(at + length);
    }
    at += length;
  };
  while (at < end) {
    const next = text.charCodeAt(starts.length);
    const fold = take(FOLD);
    if (fold) {
      const breaks = fold.split('\n').length - 1;
      // One line break is a blank; of several, all but the first count.
      if (breaks === 1 ? next !== 32 : !text.startsWith('\n'.repeat(breaks - 1), starts.length)) return undefined;
      place(fold.length, Math.max(breaks - 1, 1));
      continue;
    }
    const written = raw[at];
    if (quote === '"' && written === '\\') {
      const continued = take(CONTINUED);
      if (continued) at += continued.length;
      else place(take(ESCAPE).length, (text.codePointAt(starts.length) ?? 0) > 0xffff ? 2 : 1);
    } else if (quote === "'" && written === "'") place(2, 1);
    else if (raw.charCodeAt(at) === next) place(1, 1);
    else return undefined;
  }
  return starts.length === text.length ? { starts, ends } : undefined;
}

/** A literal block: from `from` on the same lines, indented. */
function alignBlock(raw: string, text: string, from: number): Alignment | undefined {
  const [starts, ends]: [number[], number[]] = [[], []];
  const lines = raw.slice(from).split('\n');
  let at = from;
  for (const [index, line] of text.split('\n').entries()) {
    // The line break before this line.
    if (index > 0) {
      starts.push(Math.min(at - 1, raw.length));
      ends.push(Math.min(at, raw.length));
    }
    const written = lines[index] ?? '';
    const indent = written.length - line.length;
    if (line !== '' && (indent < 0 || !written.endsWith(line) || written.slice(0, indent).trim() !== '')) return undefined;
    for (let unit = 0; unit < line.length; unit += 1) {
      starts.push(at + indent + unit);
      ends.push(at + indent + unit + 1);
    }
    at += written.length + 1;
  }
  return { starts, ends };
}
