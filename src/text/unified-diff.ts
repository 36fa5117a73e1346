import { changedLines, type Hunk } from './line-diff.ts';

/** A file before and after a change; undefined where it is not there. */
export interface FileChange {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What may stand around a change. */
export interface DiffOptions {
  /** Whether a line of the text before, or after, may be shown; lines count from 1. */
  readonly mayShow?: (side: 'before' | 'after', line: number) => boolean;
}

/** As many lines around a change as git shows. */
const CONTEXT = 3;

/**
 * A unified diff that `git apply` takes, at the top of the repository. Undefined where a line would be in it that may not be shown: around
 * a change, there is then as little as git needs to find the place.
 */
export function unifiedDiff({ path, before, after }: FileChange, { mayShow = () => true }: DiffOptions = {}): string | undefined {
  const [old, now] = [linesOf(before), linesOf(after)];
  const changes = changedLines(old, now);
  if (changes.length === 0) return '';
  for (let context = CONTEXT; context > 0; context -= 1) {
    const groups = groupsOf(changes, old.length, context);
    const isShown = groups.every(
      ({ before: [from, to], after: [start, end] }) =>
        every(from, to, (line) => mayShow('before', line)) && every(start, end, (line) => mayShow('after', line)),
    );
    if (isShown) return [...headOf(path, before, after), ...groups.flatMap((group) => hunkOf(group, old, now))].join('');
  }
  return undefined;
}

function every(from: number, to: number, test: (line: number) => boolean): boolean {
  for (let index = from; index < to; index += 1) if (!test(index + 1)) return false;
  return true;
}

/** The lines with their ends; the last one may have none. */
function linesOf(text = ''): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

interface Group extends Hunk {
  readonly changes: readonly Hunk[];
}

function groupsOf(changes: readonly Hunk[], length: number, context: number): Group[] {
  const groups: Hunk[][] = [];
  for (const change of changes) {
    const last = groups.at(-1);
    const end = last?.at(-1)?.before[1];
    if (last && end !== undefined && change.before[0] - end <= 2 * context) last.push(change);
    else groups.push([change]);
  }
  return groups.flatMap((group): Group[] => {
    const [first, last] = [group[0], group.at(-1)];
    if (!first || !last) return [];
    const [above, below] = [Math.min(context, first.before[0]), Math.min(context, length - last.before[1])];
    return [{ before: [first.before[0] - above, last.before[1] + below], after: [first.after[0] - above, last.after[1] + below], changes: group }];
  });
}

function headOf(path: string, before: string | undefined, after: string | undefined): string[] {
  const [old, now] = [quoted(`a/${path}`), quoted(`b/${path}`)];
  // Behind a name with blanks, a tab tells where it ends.
  const ended = (name: string) => (name.includes(' ') && !name.startsWith('"') ? `${name}\t` : name);
  return [
    `diff --git ${old} ${now}\n`,
    ...(before === undefined ? ['new file mode 100644\n'] : []),
    ...(after === undefined ? ['deleted file mode 100644\n'] : []),
    `--- ${before === undefined ? '/dev/null' : ended(old)}\n`,
    `+++ ${after === undefined ? '/dev/null' : ended(now)}\n`,
  ];
}

/** As git writes names that hold quotes, backslashes or control characters. */
function quoted(name: string): string {
  if (!/["\\\u0000-\u001f\u007f]/.test(name)) return name;
  const escaped = name.replaceAll(/["\\]/g, '\\$&').replaceAll(/[\u0000-\u001f\u007f]/g, (letter) => `\\${letter.charCodeAt(0).toString(8).padStart(3, '0')}`);
  return `"${escaped}"`;
}

function hunkOf({ before, after, changes }: Group, old: readonly string[], now: readonly string[]): string[] {
  const lines: string[] = [];
  let at = before[0];
  for (const change of changes) {
    lines.push(...marked(' ', old.slice(at, change.before[0])));
    lines.push(...marked('-', old.slice(...change.before)), ...marked('+', now.slice(...change.after)));
    at = change.before[1];
  }
  lines.push(...marked(' ', old.slice(at, before[1])));
  return [`@@ -${range(before)} +${range(after)} @@\n`, ...lines];
}

function marked(sign: string, lines: readonly string[]): string[] {
  return lines.map((line) => (line.endsWith('\n') ? sign + line : `${sign}${line}\n\\ No newline at end of file\n`));
}

function range([from, to]: Hunk['before']): string {
  const count = to - from;
  return count === 1 ? String(from + 1) : `${count === 0 ? from : from + 1},${count}`;
}
