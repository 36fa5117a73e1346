import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { folderOf, normalizePath } from '../text/path.ts';
import type { BytesResult, ReadProblem, ReadResult, Workspace } from './workspace.ts';
import { decode, followLinks } from './workspace.ts';

/** The working tree: what stands on the disk now. `files` is what git, or a walk, found to belong to it. */
export class DiskWorkspace implements Workspace {
  readonly description = 'working tree';
  readonly #root: string;
  readonly #files: readonly string[];
  readonly #read = new Map<string, ReadResult>();
  readonly #folders = new Map<string, Resolved>();
  readonly #kinds = new Map<string, 'file' | 'directory' | undefined>();

  constructor(root: string, files: readonly string[]) {
    this.#root = realpathSync(root);
    this.#files = files;
  }

  files(): readonly string[] {
    return this.#files;
  }

  kindOf(path: string): 'file' | 'directory' | undefined {
    const clean = normalizePath(path);
    if (clean === undefined) return undefined;
    if (!this.#kinds.has(clean)) this.#kinds.set(clean, this.#look(clean));
    return this.#kinds.get(clean);
  }

  #look(clean: string): 'file' | 'directory' | undefined {
    const real = this.#resolve(clean);
    if (!real.ok) return undefined;
    const stats = statSync(this.#absolute(real.path), { throwIfNoEntry: false });
    if (stats?.isDirectory()) return 'directory';
    return stats?.isFile() ? 'file' : undefined;
  }

  realPath(path: string): string | undefined {
    const clean = normalizePath(path);
    if (clean === undefined) return undefined;
    const real = this.#resolve(clean);
    return real.ok ? real.path : undefined;
  }

  read(path: string): ReadResult {
    const clean = normalizePath(path);
    if (clean === undefined) return { ok: false, problem: 'outside' };
    const known = this.#read.get(clean);
    if (known) return known;
    const found = this.bytes(clean);
    // One file has one SourceFile, whichever link led to it.
    const result = !found.ok ? found : found.path === clean ? decode(clean, found.bytes) : this.read(found.path);
    this.#read.set(clean, result);
    return result;
  }

  bytes(path: string): BytesResult {
    const clean = normalizePath(path);
    if (clean === undefined) return { ok: false, problem: 'outside' };
    const folder = this.#realFolder(folderOf(clean));
    if (!folder.ok) return folder;
    const direct = this.#readDirectly(clean, folder.path);
    if (direct) return direct;
    const real = this.#resolve(clean);
    if (!real.ok) return real;
    return real.path === clean ? { ok: false, problem: 'unreadable' } : this.bytes(real.path);
  }

  /** Reads without following a last symlink; undefined when there is one to follow. */
  #readDirectly(clean: string, folder: string): BytesResult | undefined {
    if (folder !== folderOf(clean)) return undefined;
    let handle: number | undefined;
    try {
      if (constants.O_NOFOLLOW === undefined && lstatSync(this.#absolute(clean)).isSymbolicLink()) return undefined;
      // A symlink is never opened unseen, and a named pipe does not block.
      handle = openSync(this.#absolute(clean), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
      const stats = fstatSync(handle);
      if (stats.isDirectory()) return { ok: false, problem: 'directory' };
      if (!stats.isFile() || stats.size > MAX_BYTES) return { ok: false, problem: 'unreadable' };
      return { ok: true, path: clean, bytes: readFileSync(handle) };
    } catch (error) {
      const code = codeOf(error);
      if (code === 'ELOOP' || code === 'EMLINK') return undefined;
      return { ok: false, problem: PROBLEMS[code] ?? 'unreadable' };
    } finally {
      if (handle !== undefined) closeSync(handle);
    }
  }

  /** The real path of a folder, looked up once. */
  #realFolder(folder: string): Resolved {
    let real = this.#folders.get(folder);
    if (!real) {
      real = this.#resolve(folder);
      this.#folders.set(folder, real);
    }
    return real;
  }

  #resolve(clean: string): Resolved {
    try {
      const real = path
        .relative(this.#root, realpathSync.native(this.#absolute(clean)))
        .split(path.sep)
        .join('/');
      return real === '..' || real.startsWith('../') || path.isAbsolute(real) ? { ok: false, problem: 'outside' } : { ok: true, path: real };
    } catch (error) {
      const problem = PROBLEMS[codeOf(error)] ?? 'unreadable';
      return { ok: false, problem: problem === 'missing' ? this.#whyMissing(clean) : problem };
    }
  }

  /** A link to nothing may still be one that leads outside. */
  #whyMissing(clean: string): ReadProblem {
    const found = followLinks(clean, (at) => {
      try {
        return { target: readlinkSync(this.#absolute(at)) };
      } catch {
        // No link, or nothing at all: the search goes on by name.
        return undefined;
      }
    });
    return typeof found === 'string' ? 'missing' : found.problem;
  }

  #absolute(clean: string): string {
    return path.join(this.#root, clean);
  }
}

type Resolved = { readonly ok: true; readonly path: string } | { readonly ok: false; readonly problem: ReadProblem };

/** No manifest is this big; what is should not be read by accident. */
const MAX_BYTES = 64 * 2 ** 20;

const PROBLEMS: Readonly<Record<string, ReadProblem>> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  EISDIR: 'directory',
  ELOOP: 'symlink-loop',
  EACCES: 'unreadable',
  EPERM: 'unreadable',
};

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}
