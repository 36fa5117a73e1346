import { existsSync } from 'node:fs';
import path from 'node:path';
import { git, gitTop, splitZero } from './git.ts';

/** Who wrote a line last. */
export interface BlamedLine {
  readonly commit: string;
  readonly author: string;
  /** The author's own day: `2026-03-21`. */
  readonly day: string;
  /** The first line of the message. */
  readonly summary: string;
  /** It is not committed yet. */
  readonly isOpen: boolean;
  /** The history that is here begins with it: in a shallow clone, the line may be older. */
  readonly isEdge: boolean;
  /** The commit before, and the name that the file had there. */
  readonly previous: { readonly commit: string; readonly path: string } | undefined;
}

type Facts = { -readonly [K in keyof BlamedLine]?: BlamedLine[K] };

/**
 * Who wrote each line of a file, the first line first: of the working tree, or as a commit has it. The path is relative to the folder. Undefined
 * where git does not know the file.
 */
export function blame(folder: string, file: string, commit?: string): readonly BlamedLine[] | undefined {
  const output = git(folder, ['-c', 'core.quotePath=false', 'blame', '--porcelain', ...(commit === undefined ? [] : [commit]), '--', file])?.toString('utf8');
  if (output === undefined) return undefined;
  const commits = new Map<string, Facts>();
  const lines: BlamedLine[] = [];
  let current: Facts = {};
  let seconds = 0;
  for (const line of output.split('\n')) {
    const [word = '', ...rest] = line.split(' ');
    const value = rest.join(' ');
    if (/^[0-9a-f]{40,64}$/.test(word)) {
      current = commits.get(word) ?? { commit: word, isOpen: /^0+$/.test(word), isEdge: false, previous: undefined };
      commits.set(word, current);
    } else if (line.startsWith('\t')) lines.push(current as BlamedLine);
    else if (word === 'author') current.author = value;
    else if (word === 'author-time') seconds = Number(value);
    else if (word === 'author-tz') current.day = dayAt(seconds + secondsOf(value));
    else if (word === 'summary') current.summary = value;
    else if (word === 'boundary') current.isEdge = true;
    else if (word === 'previous') current.previous = { commit: rest[0] ?? '', path: unquoted(rest.slice(1).join(' ')) };
  }
  return lines;
}

const ESCAPES: Readonly<Record<string, string>> = { a: '\x07', b: '\b', t: '\t', n: '\n', v: '\v', f: '\f', r: '\r' };

/** A path as it is: git quotes one that holds a quote, a backslash or a control character. */
function unquoted(name: string): string {
  if (!/^".*"$/.test(name)) return name;
  return name
    .slice(1, -1)
    .replaceAll(/\\(?:([0-7]{3})|(.))/g, (_, octal?: string, letter = '') =>
      octal ? String.fromCharCode(Number.parseInt(octal, 8)) : (ESCAPES[letter] ?? letter),
    );
}

function dayAt(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

/** How far `-0330` is from UTC. */
function secondsOf(offset: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d\d)(\d\d)$/.exec(offset) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60;
}

/** The list of commits to pass over that git is told to read and cannot: it blames nobody then, and there is no option to say otherwise. */
export function lostRevsFile(folder: string): string | undefined {
  const top = gitTop(folder);
  const named = top && git(top, ['config', '--path', '-z', '--get-all', 'blame.ignoreRevsFile']);
  return named ? splitZero(named).find((file) => !existsSync(path.resolve(top, file))) : undefined;
}

/** The text of a file in a commit; the path is that from the top of the repository. */
export function fileIn(folder: string, commit: string, file: string): string | undefined {
  return git(folder, ['cat-file', '-p', `${commit}:${file}`])?.toString('utf8');
}
