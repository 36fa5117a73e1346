import { readFileSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../errors.ts';
import { git, readObjects, splitZero } from './git.ts';
import { type SnapshotEntry, SnapshotWorkspace } from './snapshot-workspace.ts';
import type { Workspace } from './workspace.ts';

interface TreeLine {
  readonly mode: string;
  readonly id: string;
  readonly path: string;
}

const SYMLINK = '120000';
const SUBMODULE = '160000';

/**
 * What the index holds: what the next commit will be, whatever the working tree looks like. Files that git knows to
 * be unchanged since they were added are read from the disk, the others from the object store.
 * Throws a `UsageError` outside of a repository, and for an index with unmerged entries.
 */
export function indexWorkspace(root: string): Workspace {
  const listed = git(root, ['ls-files', '-s', '-v', '-z']);
  if (!listed) throw new UsageError('--staged needs a git repository', 'Run it inside one, or leave --staged away.');
  const fromStore = new Set(splitZero(git(root, ['diff', '--name-only', '--no-renames', '--relative', '-z']) ?? Buffer.alloc(0)));
  const intended = new Set(splitZero(git(root, ['diff', '--name-only', '--no-renames', '--relative', '--diff-filter=A', '-z']) ?? Buffer.alloc(0)));
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
  return new SnapshotWorkspace(
    'index',
    entriesOf(root, lines, (file) => fromStore.has(file)),
  );
}

/** The tree of a commit, branch or tag. Throws a `UsageError` when git does not know it. */
export function refWorkspace(root: string, ref: string): Workspace {
  const listed = git(root, ['ls-tree', '-r', '-z', ref, '--']);
  if (!listed) throw new UsageError(`git knows no "${ref}" here`, 'Fetch it first, or check the spelling.');
  const lines = splitZero(listed).flatMap((line) => {
    const [, mode, id, file] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    return mode && id && file ? [{ mode, id, path: file }] : [];
  });
  return new SnapshotWorkspace(
    ref,
    entriesOf(root, lines, () => true),
  );
}

/** Paths below the root that the next commit changes, deletions included. */
export function stagedFiles(root: string): readonly string[] {
  return splitZero(git(root, ['diff', '--cached', '--name-only', '--no-renames', '--relative', '-z']) ?? Buffer.alloc(0));
}

function entriesOf(root: string, lines: readonly TreeLine[], isStored: (file: string) => boolean): Map<string, SnapshotEntry> {
  // The first file that is asked for brings all that lie in the store: one process instead of one a file.
  let objects: ReadonlyMap<string, Uint8Array> | undefined;
  const stored = lines.filter(({ mode, path: file }) => mode !== SUBMODULE && (mode === SYMLINK || isStored(file)));
  const object = (id: string): Uint8Array => {
    objects ??= readObjects(root, [...new Set(stored.map((line) => line.id))]);
    return objects.get(id) ?? readObjects(root, [id]).get(id) ?? new Uint8Array();
  };
  const onDisk = (file: string, id: string): Uint8Array => {
    try {
      return readFileSync(path.join(root, file));
    } catch {
      // Gone between two calls: the store has it.
      return object(id);
    }
  };
  return new Map(
    lines.map(({ mode, id, path: file }): [string, SnapshotEntry] => {
      if (mode === SUBMODULE) return [file, { type: 'submodule' }];
      if (mode === SYMLINK) return [file, { type: 'symlink', target: () => Buffer.from(object(id)).toString('utf8') }];
      return [file, { type: 'file', bytes: () => (isStored(file) ? object(id) : onDisk(file, id)) }];
    }),
  );
}
