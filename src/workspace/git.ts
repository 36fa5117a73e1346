import { spawnSync } from 'node:child_process';
import { UsageError } from '../errors.ts';

/**
 * Runs git and gives its standard output, or undefined when git is missing or says no. The environment that a hook
 * got is kept (GIT_DIR, GIT_INDEX_FILE: a commit may use a temporary index). No lock is taken, nothing is fetched.
 */
export function git(folder: string, args: readonly string[], input?: string): Buffer | undefined {
  const { status, stdout, error } = spawnSync('git', ['--no-pager', ...args], {
    cwd: folder,
    input,
    maxBuffer: 2 ** 31,
    env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_NO_LAZY_FETCH: '1' },
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'ignore'],
  });
  return error || status !== 0 ? undefined : stdout;
}

/** The parts of a NUL-separated answer. */
export function splitZero(output: Buffer): string[] {
  return output.toString('utf8').split('\0').filter(Boolean);
}

/** The top folder of the repository that `folder` belongs to, or undefined where there is none. */
export function gitTop(folder: string): string | undefined {
  return git(folder, ['rev-parse', '--show-toplevel'])?.toString('utf8').trim() || undefined;
}

/** Whether git leaves a folder out, so that its own rules cannot list it. */
export function isIgnored(top: string, folder: string): boolean {
  return git(top, ['check-ignore', '-q', '--', folder]) !== undefined;
}

/** Tracked and untracked files below the root, without ignored and deleted ones; undefined where git does not know the folder. */
export function gitFiles(root: string): string[] | undefined {
  const output = git(root, ['ls-files', '-t', '-z', '--cached', '--others', '--deleted', '--exclude-standard']);
  if (!output) return undefined;
  const files = new Set<string>();
  const gone: string[] = [];
  for (const line of splitZero(output)) {
    const path = line.slice(2);
    // An untracked repository inside this one is listed as a folder.
    if (path.endsWith('/')) continue;
    if (line.startsWith('R ')) gone.push(path);
    else files.add(path);
  }
  for (const path of gone) files.delete(path);
  return [...files];
}

/** Reads objects in one go. Throws a `UsageError` when one of them is not in this clone. */
export function readObjects(root: string, ids: readonly string[]): ReadonlyMap<string, Uint8Array> {
  const objects = new Map<string, Uint8Array>();
  if (ids.length === 0) return objects;
  const output = git(root, ['cat-file', '--batch', '--buffer'], `${ids.join('\n')}\n`);
  for (let at = 0; output && at < output.length; ) {
    const end = output.indexOf(10, at);
    const [id = '', type, size] = output.toString('utf8', at, end).split(' ');
    if (type === 'missing') break;
    objects.set(id, output.subarray(end + 1, end + 1 + Number(size)));
    at = end + 1 + Number(size) + 1;
  }
  const lost = ids.find((id) => !objects.has(id));
  if (lost)
    throw new UsageError(
      `git object ${lost} is not in this clone`,
      'Fetch it first, for example with "git fetch"; a partial clone is never completed by gitops-lint itself.',
    );
  return objects;
}
