import { git, splitZero } from './git.ts';
import type { SnapshotEntry } from './snapshot-workspace.ts';

/** One path of a tree or index, as git lists it. */
export interface TreeLine {
  readonly mode: string;
  readonly id: string;
  /** Relative to the root. */
  readonly path: string;
}

const SYMLINK = '120000';
const SUBMODULE = '160000';

/** Never text that matters here, often big: such files are read one by one, when somebody asks. */
const BINARY = /\.(?:png|jpe?g|gif|ico|webp|svgz|pdf|zip|tgz|gz|bz2|xz|zst|tar|jar|war|exe|dll|so|wasm|woff2?|ttf|otf|eot|mp[34]|mov|webm)$/i;

/** The files below the root in a commit, branch or tag; undefined when git does not know it, or has not all of its folders. */
export function treeLines(root: string, ref: string): readonly TreeLine[] | undefined {
  // A name that begins with a dash would be an option.
  const listed = ref.startsWith('-') ? undefined : git(root, ['ls-tree', '-r', '-z', ref, '--']);
  return (
    listed &&
    splitZero(listed).flatMap((line) => {
      const [, mode, id, file] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
      return mode && id && file ? [{ mode, id, path: file }] : [];
    })
  );
}

/** Whether a line is of a file or link whose content may be wanted together with that of others. */
export function isText({ mode, path }: TreeLine): boolean {
  return mode !== SUBMODULE && !BINARY.test(path);
}

export function idsOf(lines: readonly TreeLine[]): string[] {
  return lines.map(({ id }) => id);
}

export function isSymlink({ mode }: TreeLine): boolean {
  return mode === SYMLINK;
}

/** The entries of a snapshot. `bytesOf` gives what a line holds, of a link its target; undefined when it cannot be had. */
export function entriesOf(lines: readonly TreeLine[], bytesOf: (line: TreeLine) => Uint8Array | undefined): Map<string, SnapshotEntry> {
  return new Map(
    lines.map((line): [string, SnapshotEntry] => {
      if (line.mode === SUBMODULE) return [line.path, { type: 'submodule' }];
      if (!isSymlink(line)) return [line.path, { type: 'file', bytes: () => bytesOf(line) }];
      const target = (): string | undefined => {
        const bytes = bytesOf(line);
        return bytes && Buffer.from(bytes).toString('utf8');
      };
      return [line.path, { type: 'symlink', target }];
    }),
  );
}
