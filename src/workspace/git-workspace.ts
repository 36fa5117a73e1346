import { readFileSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../errors.ts';
import { git, notARepository, readObjects, splitZero } from './git.ts';
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
  return new SnapshotWorkspace(
    'index',
    entriesOf(root, lines, (file) => isFiltered || fromStore.has(file)),
  );
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

/** The tree of a commit, branch or tag. Throws a `UsageError` when git does not know it. */
export function refWorkspace(root: string, ref: string): Workspace {
  // A name that begins with a dash would be an option.
  const listed = ref.startsWith('-') ? undefined : git(root, ['ls-tree', '-r', '-z', ref, '--']);
  if (!listed && !git(root, ['rev-parse', '--git-dir'])) throw notARepository(root, '--since');
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

/** Never text that matters here, often big: such files are read one by one, when somebody asks. */
const BINARY = /\.(?:png|jpe?g|gif|ico|webp|svgz|pdf|zip|tgz|gz|bz2|xz|zst|tar|jar|war|exe|dll|so|wasm|woff2?|ttf|otf|eot|mp[34]|mov|webm)$/i;

function entriesOf(root: string, lines: readonly TreeLine[], isStored: (file: string) => boolean): Map<string, SnapshotEntry> {
  const texts = lines.filter(({ mode, path: file }) => mode !== SUBMODULE && !BINARY.test(file));
  const objects = new Map<string, Uint8Array>();
  // The first file that is asked for brings all that must come from the store, the second one all others: two
  // processes instead of one a file.
  const batches = [texts.filter(({ mode, path: file }) => mode === SYMLINK || isStored(file)), texts];
  const object = (id: string): Uint8Array => {
    while (!objects.has(id)) {
      const batch = batches.shift();
      const ids = batch ? batch.map((line) => line.id).filter((each) => !objects.has(each)) : [id];
      for (const [each, bytes] of readObjects(root, [...new Set(ids)])) objects.set(each, bytes);
    }
    return objects.get(id) ?? new Uint8Array();
  };
  const onDisk = (file: string, id: string): Uint8Array => {
    try {
      const bytes = readFileSync(path.join(root, file));
      // With core.autocrlf or an "eol" attribute, the line ends on the disk are not those of the commit.
      return bytes.includes(13) ? object(id) : bytes;
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
