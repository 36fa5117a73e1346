import type { VersionHistory } from '../model/versions/version-history.ts';
import type { VersionCell } from '../model/versions/version-table.ts';
import { placeOfVersion } from '../model/versions/version-uses.ts';
import { type BlamedLine, blame, fileIn } from '../workspace/blame.ts';
import { gitTop, isShallow } from '../workspace/git.ts';

/** A version whose line was only written in another way so many times has stood there for long enough. */
const MAX_STEPS = 20;

/** Asks git who wrote the versions of a repository; each file is asked once, in each commit. */
export function versionHistories(root: string): (cell: VersionCell) => VersionHistory | undefined {
  const top = gitTop(root) ?? root;
  const linesNow = once((path) => blame(root, path));
  const past: Past = { linesOf: once((path, commit) => blame(top, path, commit)), textOf: once((path, commit) => fileIn(top, commit, path)) };
  let hasMore: boolean | undefined;
  const mayHaveMore = (): boolean => {
    hasMore ??= isShallow(root);
    return hasMore;
  };
  return ({ version: tag, digest, uses: [{ use }] }) => {
    const version = tag ?? digest ?? '';
    const { file, start } = placeOfVersion(use);
    if (file.tree) return undefined;
    const { line, column } = file.positionAt(start);
    const now = linesNow(file.path, '')?.[line - 1];
    if (!now) return undefined;
    const { blamed, previous } = writtenBy(now, { text: file.lineAt(line), number: line, at: column - 1, version }, past);
    const { isOpen, isEdge } = blamed;
    return {
      since: isOpen ? undefined : blamed.day,
      commit: isOpen ? undefined : blamed.commit,
      author: isOpen ? undefined : blamed.author,
      summary: isOpen ? undefined : blamed.summary,
      request: isOpen ? undefined : requestIn(blamed.summary),
      mayBeOlder: isEdge && mayHaveMore(),
      previous,
    };
  };
}

/** What files were in commits; their paths are those from the top of the repository. */
interface Past {
  readonly linesOf: (path: string, commit: string) => readonly BlamedLine[] | undefined;
  readonly textOf: (path: string, commit: string) => string | undefined;
}

/** Asks of each file in each commit once. */
function once<T>(ask: (path: string, commit: string) => T): (path: string, commit: string) => T {
  const answers = new Map<string, { readonly answer: T }>();
  return (path, commit) => {
    const key = `${commit}\0${path}`;
    const known = answers.get(key) ?? { answer: ask(path, commit) };
    answers.set(key, known);
    return known.answer;
  };
}

/** Who wrote a version, and what stood there before. Who only wrote its line in another way, with quotes or a comment, is passed over. */
function writtenBy(now: BlamedLine, line: VersionLine, past: Past): { readonly blamed: BlamedLine; readonly previous: string | undefined } {
  let [blamed, current] = [now, line];
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const { previous } = blamed;
    const text = previous && current.text.startsWith(current.version, current.at) ? past.textOf(previous.path, previous.commit) : undefined;
    const before = text === undefined ? undefined : lineBefore(text, current);
    if (!previous || !before || before.version !== line.version) return { blamed, previous: before?.version };
    const older = past.linesOf(previous.path, previous.commit)?.[before.number - 1];
    if (!older) break;
    [blamed, current] = [older, before];
  }
  return { blamed, previous: undefined };
}

/** As GitHub and GitLab write them. */
function requestIn(summary: string): string | undefined {
  return /\(#(\d+)\)\s*$|^Merge pull request #(\d+)|(![1-9]\d*)\)?\s*$/
    .exec(summary)
    ?.slice(1)
    .flatMap((part) => part ?? [])
    .map((part) => (part.startsWith('!') ? part : `#${part}`))[0];
}

/** The line that a version stands in, and where. */
interface VersionLine {
  readonly text: string;
  readonly number: number;
  readonly at: number;
  readonly version: string;
}

/** The line of an older text that says the version of the same thing, the nearest one. */
function lineBefore(text: string, { text: line, number, at, version }: VersionLine): VersionLine | undefined {
  const subject = subjectOf(line.slice(0, at));
  const rest = restOf(line.slice(at + version.length));
  let best: VersionLine | undefined;
  for (const [index, other] of text.split('\n').entries()) {
    for (const match of other.matchAll(version.startsWith('sha256:') ? /sha256:[0-9a-f]+/g : /[\w.+-]+/g)) {
      const [found] = match;
      if (subjectOf(other.slice(0, match.index)) !== subject || restOf(other.slice(match.index + found.length)) !== rest) continue;
      if (!best || Math.abs(index + 1 - number) < Math.abs(best.number - number)) best = { text: other, number: index + 1, at: match.index, version: found };
    }
  }
  return best;
}

/** What stands before a version, without indentation and quotes; of an image, not where it is taken from. */
function subjectOf(head: string): string {
  const [, key = '', value = ''] = /^\s*(?:- )?(.*?(?:: +|=))?(.*)$/.exec(head.replaceAll(/["']/g, '')) ?? [];
  return `${key.trimEnd()} ${value.slice(value.lastIndexOf('/') + 1)}`;
}

/** What follows a version, without quotes, a digest and a comment. */
function restOf(tail: string): string {
  return tail
    .replace(/@sha256:[0-9a-f]+/, '')
    .replace(/\s+#.*$/, '')
    .replaceAll(/["']/g, '')
    .trim();
}
