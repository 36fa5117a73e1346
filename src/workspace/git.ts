import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../errors.ts';

/**
 * Runs git and gives its standard output, or undefined when git is missing or says no. The environment that a hook
 * got is kept (GIT_INDEX_FILE: a commit may use a temporary index). No lock is taken, nothing is fetched.
 */
export function git(folder: string, args: readonly string[], input?: string): Buffer | undefined {
  const { status, stdout, error } = spawn(folder, args, environmentFor(folder), input);
  return error || status !== 0 ? undefined : stdout;
}

function spawn(folder: string, args: readonly string[], env: NodeJS.ProcessEnv, input?: string): SpawnSyncReturns<Buffer> {
  return spawnSync('git', ['--no-pager', ...args], {
    cwd: folder,
    input,
    maxBuffer: 2 ** 31,
    // GIT_NO_LAZY_FETCH is younger than partial clones: without a protocol nothing can be fetched either.
    env: { ...env, GIT_OPTIONAL_LOCKS: '0', GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: 'none', LC_ALL: 'C' },
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
}

/** What git tells a hook about the repository that it runs in; `git rev-parse --local-env-vars`, as far as hooks get it. */
const LOCAL = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX', 'GIT_OBJECT_DIRECTORY', 'GIT_ALTERNATE_OBJECT_DIRECTORIES', 'GIT_COMMON_DIR'];
const environments = new Map<string, NodeJS.ProcessEnv>();

/**
 * The environment for a folder. In a hook of a linked worktree GIT_DIR is set and GIT_WORK_TREE is not: git would take
 * any folder for the top one. And of another repository than the hook's, no variable says anything true.
 */
function environmentFor(folder: string): NodeJS.ProcessEnv {
  const { env } = process;
  if (env['GIT_INDEX_FILE'] === undefined && (env['GIT_DIR'] === undefined || env['GIT_WORK_TREE'] !== undefined)) return env;
  const key = [folder, env['GIT_DIR'], env['GIT_WORK_TREE'], env['GIT_INDEX_FILE']].join('\0');
  const known = environments.get(key);
  if (known) return known;
  const clean = { ...env };
  for (const name of LOCAL) delete clean[name];
  const top = (of: string): string => spawn(of, ['rev-parse', '--show-toplevel'], clean).stdout?.toString('utf8') ?? '';
  let result: NodeJS.ProcessEnv = env;
  const its = top(folder);
  if (its && env['GIT_WORK_TREE'] === undefined) {
    result = its === top(process.cwd()) ? { ...env } : clean;
    delete result['GIT_DIR'];
  }
  environments.set(key, result);
  return result;
}

/** Why git does not work in a folder, as an error to throw. */
export function notARepository(folder: string, needs: string): UsageError {
  const { error } = spawn(folder, ['rev-parse', '--show-toplevel'], environmentFor(folder));
  if (error) return new UsageError(`${needs} needs git, which cannot be started`, 'Install it, or leave the option away.');
  return gitRefusal(folder) ?? new UsageError(`${needs} needs a git repository`, `Run it inside one, or leave ${needs} away.`);
}

/** Where there is a repository that git does not want to work with, its reason, as an error to throw. */
export function gitRefusal(folder: string): UsageError | undefined {
  const { error, status, stderr } = spawn(folder, ['rev-parse', '--show-toplevel'], environmentFor(folder));
  const reason = error || status === 0 ? undefined : /^fatal: (.*)$/m.exec(stderr.toString('utf8'))?.[1];
  if (reason === undefined || /not a git repository|must be run in a work tree|bare repository/.test(reason)) return undefined;
  const stranger = /dubious ownership in repository at '(.*)'/.exec(reason);
  return stranger
    ? new UsageError('git refuses this repository, because it belongs to another user', `Run: git config --global --add safe.directory "${stranger[1]}"`)
    : new UsageError(`git refuses this repository: ${reason}`, 'Mend it, or name the root with --root.');
}

/** The parts of a NUL-separated answer. */
export function splitZero(output: Buffer): string[] {
  return output.toString('utf8').split('\0').filter(Boolean);
}

/** The top folder of the repository that `folder` belongs to, or undefined where there is none. */
export function gitTop(folder: string): string | undefined {
  return git(folder, ['rev-parse', '--show-toplevel'])?.toString('utf8').replace(/\n$/, '') || undefined;
}

/** Whether only a part of the history is here. */
export function isShallow(folder: string): boolean {
  return git(folder, ['rev-parse', '--is-shallow-repository'])?.toString('utf8').trim() === 'true';
}

/** Whether git leaves a folder out, so that its own rules cannot list it. A folder with tracked files is not left out. */
export function isIgnored(top: string, folder: string): boolean {
  if (path.relative(top, folder) === '' || git(top, ['check-ignore', '-q', '--', folder]) === undefined) return false;
  return !git(folder, ['ls-files', '-z', '--', '.'])?.length;
}

/** Tracked and untracked files below the root, without ignored and deleted ones; undefined where git does not know the folder. */
export function gitFiles(root: string): string[] | undefined {
  const output = git(root, ['ls-files', '-t', '-s', '-z', '--cached', '--others', '--deleted', '--exclude-standard']);
  if (!output) return undefined;
  const files = new Set<string>();
  const gone: string[] = [];
  for (const line of splitZero(output)) {
    const [, state, mode, file] = /^(.) (?:(\d{6}) [0-9a-f]+ \d\t)?(.*)$/s.exec(line) ?? [];
    // An untracked repository inside this one is listed as a folder, a submodule as a commit.
    if (!state || !file || file.endsWith('/') || mode === '160000') continue;
    // A sparse checkout leaves files out that git does not count as deleted.
    if (state === 'R' || (state === 'S' && !existsSync(path.join(root, file)))) gone.push(file);
    else files.add(file);
  }
  for (const file of gone) files.delete(file);
  return [...files];
}
