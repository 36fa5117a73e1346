import type { VersionHistory } from '../model/versions/version-history.ts';
import type { VersionCell } from '../model/versions/version-table.ts';
import { placeOfVersion } from '../model/versions/version-uses.ts';
import { type BlamedLine, blame, fileIn, isShallow } from '../workspace/blame.ts';

/** Asks git who wrote the versions of a repository; each file is asked once. */
export function versionHistories(root: string): (cell: VersionCell) => VersionHistory | undefined {
  const files = new Map<string, readonly BlamedLine[] | undefined>();
  let hasMore: boolean | undefined;
  const mayHaveMore = (): boolean => {
    hasMore ??= isShallow(root);
    return hasMore;
  };
  return ({ version = '', uses: [{ use }] }) => {
    const { file, start } = placeOfVersion(use);
    if (file.tree) return undefined;
    if (!files.has(file.path)) files.set(file.path, blame(root, file.path));
    const { line, column } = file.positionAt(start);
    const blamed = files.get(file.path)?.[line - 1];
    if (!blamed) return undefined;
    const { isOpen, isEdge } = blamed;
    return {
      since: isOpen ? undefined : blamed.day,
      commit: isOpen ? undefined : blamed.commit,
      author: isOpen ? undefined : blamed.author,
      summary: isOpen ? undefined : blamed.summary,
      request: isOpen ? undefined : requestIn(blamed.summary),
      mayBeOlder: isEdge && mayHaveMore(),
      previous: previousVersion(root, blamed, { text: file.lineAt(line), number: line, at: column - 1, version }),
    };
  };
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

/** What stood where the version stands, in the line that begins alike and is nearest in the file before. */
function previousVersion(root: string, { previous }: BlamedLine, { text: line, number, at, version }: VersionLine): string | undefined {
  const text = previous && line.startsWith(version, at) ? fileIn(root, previous.commit, previous.path) : undefined;
  if (text === undefined) return undefined;
  const [before, behind] = [line.slice(0, at), line.slice(at + version.length)];
  let best: { readonly distance: number; readonly version: string } | undefined;
  for (const [index, other] of text.split('\n').entries()) {
    if (!other.startsWith(before)) continue;
    const found = /^[\w.+-]+/.exec(other.slice(before.length))?.[0];
    const distance = Math.abs(index + 1 - number);
    if (found !== undefined && found !== version && isLike(other.slice(before.length + found.length), behind) && (!best || distance < best.distance))
      best = { distance, version: found };
  }
  return best?.version;
}

/** What follows a version is the same, but for a digest or a comment. */
function isLike(a: string, b: string): boolean {
  const rest = (text: string): string =>
    text
      .replace(/@sha256:[0-9a-f]+/, '')
      .replace(/\s+#.*$/, '')
      .trim();
  return rest(a) === rest(b);
}
