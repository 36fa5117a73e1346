import { compareText } from '../text/location.ts';
import { folderOf, normalizePath } from '../text/path.ts';
import type { BytesResult, ReadProblem, ReadResult, Workspace } from './workspace.ts';
import { decode, followLinks } from './workspace.ts';

/** One path of a tree that is known as a whole. Its content is undefined where the clone does not have it. */
export type SnapshotEntry =
  | { readonly type: 'file'; readonly bytes: () => Uint8Array | undefined }
  | { readonly type: 'symlink'; readonly target: () => string | undefined }
  | { readonly type: 'submodule' };

/** A workspace over a tree whose entries are all known: an index, a commit, a test. */
export class SnapshotWorkspace implements Workspace {
  readonly description: string;
  readonly #entries: ReadonlyMap<string, SnapshotEntry>;
  readonly #folders = new Set<string>(['']);
  readonly #read = new Map<string, ReadResult>();
  readonly #files: readonly string[];

  constructor(description: string, entries: ReadonlyMap<string, SnapshotEntry>) {
    this.description = description;
    this.#entries = entries;
    const files: string[] = [];
    for (const [path, { type }] of entries) {
      if (type !== 'submodule') files.push(path);
      for (let folder = folderOf(path); !this.#folders.has(folder); folder = folderOf(folder)) this.#folders.add(folder);
    }
    this.#files = files.sort(compareText);
  }

  files(): readonly string[] {
    return this.#files;
  }

  kindOf(path: string): 'file' | 'directory' | undefined {
    const real = this.#resolve(path);
    if (typeof real !== 'string') return undefined;
    if (this.#folders.has(real)) return 'directory';
    return this.#entries.get(real)?.type === 'file' ? 'file' : undefined;
  }

  realPath(path: string): string | undefined {
    const real = this.#resolve(path);
    return typeof real === 'string' && (this.#entries.has(real) || this.#folders.has(real)) ? real : undefined;
  }

  read(path: string): ReadResult {
    const found = this.bytes(path);
    if (!found.ok) return found;
    let result = this.#read.get(found.path);
    if (!result) {
      result = decode(found.path, found.bytes);
      this.#read.set(found.path, result);
    }
    return result;
  }

  bytes(path: string): BytesResult {
    const real = this.#resolve(path);
    if (typeof real !== 'string') return { ok: false, problem: real.problem };
    if (this.#folders.has(real)) return { ok: false, problem: 'directory' };
    const entry = this.#entries.get(real);
    if (entry?.type === 'submodule') return { ok: false, problem: 'submodule' };
    if (entry?.type !== 'file') return { ok: false, problem: 'missing' };
    const bytes = entry.bytes();
    return bytes ? { ok: true, path: real, bytes } : { ok: false, problem: 'unreadable' };
  }

  #resolve(path: string): string | { readonly problem: ReadProblem } {
    const clean = normalizePath(path);
    if (clean === undefined) return { problem: 'outside' };
    return followLinks(clean, (at) => {
      const entry = this.#entries.get(at);
      if (entry?.type === 'submodule' && at !== clean) return 'submodule';
      if (entry?.type !== 'symlink') return undefined;
      const target = entry.target();
      return target === undefined ? 'unreadable' : { target };
    });
  }
}
