import { isUtf8 } from 'node:buffer';
import { folderOf, joined } from '../text/path.ts';
import { SourceFile } from '../text/source-file.ts';

/** What a configuration may be called; it marks a root, too. */
export const CONFIG_NAMES: readonly string[] = ['.gitopsrc', '.gitopsrc.yaml', '.gitopsrc.yml', '.gitopsrc.json'];

/** Why a path gives no text. */
export type ReadProblem =
  | 'missing'
  | 'directory'
  /** Leads out of the root, itself or through a symlink. */
  | 'outside'
  | 'symlink-loop'
  | 'submodule'
  | 'binary'
  | 'not-utf-8'
  | 'unreadable';

export type ReadResult = { readonly ok: true; readonly file: SourceFile } | { readonly ok: false; readonly problem: ReadProblem };
export type BytesResult = { readonly ok: true; readonly path: string; readonly bytes: Uint8Array } | { readonly ok: false; readonly problem: ReadProblem };

/**
 * The repository as the tool may read it: the working tree, the git index, a git ref, or memory. Paths are relative
 * to its root, with `/`; `''` is the root. Nothing outside the root can be read, symlinks included. A workspace is a
 * snapshot: what was read once stays the same, and a `SourceFile` is the same object each time.
 */
export interface Workspace {
  /** What is read, for people: `working tree`, `index`, `main`. */
  readonly description: string;
  /** What stands before its paths wherever trees meet; undefined for the repository's own. */
  readonly tree?: string | undefined;
  /** Every file that belongs to the repository, sorted; ignored ones are left out, symlinks are listed under their own path. */
  files(): readonly string[];
  /** What stands at a path, symlinks followed. Ignored files are seen: a kustomization may name them. */
  kindOf(path: string): 'file' | 'directory' | undefined;
  /** The text of a file. Its `SourceFile` has the real path, after symlinks. */
  read(path: string): ReadResult;
  /** The bytes of a file, for what need not be text. */
  bytes(path: string): BytesResult;
  /** The path after symlinks; undefined when it leads outside, in a circle, or nowhere. */
  realPath(path: string): string | undefined;
}

/** As many as Linux follows. */
const MAX_LINKS = 40;

/**
 * The path after symlinks, also those of folders on the way, or why there is none. As the system does it, `..` in a
 * link counts from where the folder of the link really is. `look` tells of a link, or of what stops the search.
 */
export function followLinks(
  path: string,
  look: (path: string) => { readonly target: string } | ReadProblem | undefined,
): string | { readonly problem: ReadProblem } {
  const steps = path.split('/').reverse();
  let links = 0;
  let real = '';
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    if (step === '' || step === '.') continue;
    if (step === '..') {
      if (real === '') return { problem: 'outside' };
      real = folderOf(real);
      continue;
    }
    const next = joined(real, step);
    const found = look(next);
    if (typeof found === 'string') return { problem: found };
    if (!found) {
      real = next;
      continue;
    }
    links += 1;
    if (links > MAX_LINKS) return { problem: 'symlink-loop' };
    if (found.target.startsWith('/')) return { problem: 'outside' };
    steps.push(...found.target.split('/').reverse());
  }
  return real;
}

const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });

/** Text from bytes, or why they are none. */
export function decode(path: string, bytes: Uint8Array): ReadResult {
  const [first, second] = bytes;
  // Go's YAML readers take UTF-16 with a byte order mark; a rule tells people what else does not.
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    const text = new TextDecoder(first === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes);
    return { ok: true, file: new SourceFile(path, text, 'utf-16') };
  }
  if (bytes.subarray(0, 8192).includes(0)) return { ok: false, problem: 'binary' };
  const text = DECODER.decode(bytes);
  if (text.includes('\uFFFD') && !isUtf8(bytes)) return { ok: false, problem: 'not-utf-8' };
  return { ok: true, file: new SourceFile(path, text) };
}
