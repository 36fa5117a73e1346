import { readFileSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../errors.ts';
import { git, notARepository, splitZero } from './git.ts';
import { entriesOf, idsOf, isSymlink, isText, type TreeLine, treeLines } from './git-tree.ts';
import { batchedStore, heldObjects, readObjects } from './objects.ts';
import { SnapshotWorkspace } from './snapshot-workspace.ts';
import type { Workspace } from './workspace.ts';

/**
 * What the index holds: what the next commit will be, whatever the working tree looks like. Files that git knows to
 * be unchanged since they were added are read from the disk, the others from the object store.
 * Throws a `UsageError` outside of a repository, and for an index with unmerged entries.
 */
export function indexWorkspace(root: string): Workspace {
  const listed = git(root, ['ls-files', '-s', '-v', '-z']);
  if (!listed) throw notARepository(root, '--staged');
  const fromStore = changedFiles(root);
  const intended = changedFiles(root, '--diff-filter=A');
  const lines: TreeLine[] = [];
  for (const line of splitZero(listed)) {
    const [, flag, mode, id, stage, file] = /^(.) (\d+) ([0-9a-f]+) (\d)\t(.*)$/s.exec(line) ?? [];
    if (!flag || !mode || !id || !file) continue;
    if (stage !== '0') throw new UsageError(`the index has unmerged entries, such as ${file}`, 'Finish the merge, add the files, and try again.');
    // "git add -N" announces a file that the commit will not hold.
    if (intended.has(file)) continue;
    // Anything but "H" (sparse checkouts, assume-unchanged) says nothing about the disk.
    if (flag !== 'H') fromStore.add(file);
    lines.push({ mode, id, path: file });
  }
  // What a filter makes of a file on its way to the disk, git would have to undo: only the store has the truth.
  const isFiltered = lines.some((line) => path.posix.basename(line.path) === '.gitattributes' && FILTERS.test(textOnDisk(root, line.path)));
  const isStored = (line: TreeLine) => isSymlink(line) || isFiltered || fromStore.has(line.path);
  const texts = lines.filter(isText);
  const object = batchedStore([idsOf(texts.filter(isStored)), idsOf(texts)], (ids) => readObjects(root, ids));
  return new SnapshotWorkspace(
    'index',
    entriesOf(lines, (line) => (isStored(line) ? undefined : onDisk(root, line.path)) ?? object(line.id)),
  );
}

/** What stands on the disk, if it is as the commit has it. */
function onDisk(root: string, file: string): Uint8Array | undefined {
  try {
    const bytes = readFileSync(path.join(root, file));
    // With core.autocrlf or an "eol" attribute, the line ends on the disk are not those of the commit.
    return bytes.includes(13) ? undefined : bytes;
  } catch {
    // Gone between two calls: the store has it.
    return undefined;
  }
}

const FILTERS = /\b(?:filter|ident|working-tree-encoding)\b/;

function textOnDisk(root: string, file: string): string {
  try {
    return readFileSync(path.join(root, file), 'utf8');
  } catch {
    // It is not there to be looked at: take it for the worst case.
    return 'filter';
  }
}

/** Paths below the root whose file on the disk differs from the index. */
function changedFiles(root: string, ...more: readonly string[]): Set<string> {
  const output = git(root, ['diff', '--name-only', '--no-renames', '--no-ext-diff', '--ignore-submodules', '--relative', '-z', ...more]);
  return new Set(output && splitZero(output));
}

/** The tree of a commit, branch or tag; what is not in this clone cannot be read. Throws a `UsageError` when git does not know it. */
export function refWorkspace(root: string, ref: string): Workspace {
  const lines = treeLines(root, ref);
  if (!lines && !git(root, ['rev-parse', '--git-dir'])) throw notARepository(root, `"${ref}"`);
  if (!lines) throw new UsageError(`git knows no "${ref}" here`, 'Fetch it first, or check the spelling.');
  return snapshotOf(root, ref, lines, () => undefined);
}

/**
 * The tree of a commit that git knows, to hold what is there now against. Throws a `UsageError` for folders that are not in this clone, and for any
 * other thing that is not as soon as it is asked for: without it, what is old would look new.
 */
export function wholeWorkspace(root: string, commit: string): Workspace {
  const lines = treeLines(root, commit);
  if (!lines) throw notInClone(`the tree of commit ${commit.slice(0, 8)}`);
  return snapshotOf(root, commit, lines, ({ path: file }) => {
    throw notInClone(`"${file}" of commit ${commit.slice(0, 8)}`);
  });
}

function snapshotOf(root: string, ref: string, lines: readonly TreeLine[], absent: (line: TreeLine) => undefined): Workspace {
  const object = batchedStore([idsOf(lines.filter(isText))], (ids) => heldObjects(root, ids, [ref]));
  return new SnapshotWorkspace(
    ref,
    entriesOf(lines, (line) => object(line.id) ?? absent(line)),
  );
}

function notInClone(what: string): UsageError {
  return new UsageError(
    `${what}, which the change is held against, is not in this partial clone`,
    'Fetch what was left out: "git fetch --refetch --no-filter", or clone without "--filter". gitops-lint itself fetches nothing.',
  );
}

/** Paths below the root that the next commit changes, deletions included. */
export function stagedFiles(root: string): readonly string[] {
  return splitZero(git(root, ['diff', '--cached', '--name-only', '--no-renames', '--relative', '-z']) ?? Buffer.alloc(0));
}
