import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { type Comparison, compareRenders, type RootRender, rendersBelow, type ToolAnswer, UsageError, VERSION } from '../../index.ts';
import type { Flags } from '../args.ts';
import { formatOf } from '../format.ts';
import { openSession } from '../place.ts';
import type { Terminal } from '../terminal.ts';

/** One root, and what came of the comparison; kustomize is not run for what it would fetch or execute. */
interface Examination {
  readonly root: RootRender;
  readonly comparison: Comparison | { readonly outcome: 'partial' } | { readonly outcome: 'no-answer' };
}

type Outcome = Examination['comparison']['outcome'];

/** In the order of the summary. What is not `fine` makes the exit code 1. */
const OUTCOMES: Readonly<Record<Outcome, { readonly words: string; readonly fine: boolean }>> = {
  same: { words: 'equal to the byte', fine: true },
  'same-meaning': { words: 'equal in meaning', fine: true },
  'both-refuse': { words: 'refused by both', fine: true },
  partial: { words: 'not compared, as something in them is not here', fine: true },
  different: { words: 'different', fine: false },
  'only-kustomize-refuses': { words: 'refused by kustomize only', fine: false },
  'only-kustomize-builds': { words: 'refused by gitops-lint only', fine: false },
  'no-answer': { words: 'without an answer of kustomize in time', fine: false },
};

/** Compares our renders with those of a kustomize that the user names: the only place where a program other than git is run. */
export async function runDoctor([dir = '.']: readonly string[], flags: Flags, terminal: Terminal): Promise<number> {
  const format = formatOf('doctor', ['stylish', 'json'], flags);
  if (flags.kustomize === undefined) throw new UsageError('"doctor" needs --kustomize', 'Name the binary to compare with, such as --kustomize ./kustomize.');
  const binary = flags.kustomize.includes('/') || flags.kustomize.includes(path.sep) ? path.resolve(terminal.folder, flags.kustomize) : flags.kustomize;
  const version = await versionOf(binary, flags.kustomize);
  const { place, workspace, settings } = await openSession(dir, flags, terminal);
  const roots = [...rendersBelow(workspace, place.folder, settings)].filter(({ result }) => result.renderer === 'kustomize');
  if (roots.length === 0) throw new UsageError(`there is no kustomization below "${dir}"`);
  const examinations = await inParallel(roots, async (root): Promise<Examination> => {
    const { result } = root;
    // Whatever is missing here, kustomize would go and get.
    if (result.gaps.length > 0) return { root, comparison: { outcome: 'partial' } };
    const unrestricted = result.restrictor === 'none' || settings.loadRestrictor === 'none';
    const answer = await build(binary, path.join(place.root, result.folder), unrestricted);
    return { root, comparison: answer ? compareRenders(root, answer, workspace, settings) : { outcome: 'no-answer' } };
  });
  terminal.print(format === 'json' ? jsonOf(examinations, version) : textOf(examinations, version));
  return examinations.every(({ comparison }) => OUTCOMES[comparison.outcome].fine) ? 0 : 1;
}

/** No root that people deploy takes longer. */
const TIME_LIMIT = 60_000;

/** Even a kustomization that we misjudge is not to open a connection: git may only copy, and the proxy leads nowhere. */
const OFFLINE = { GIT_ALLOW_PROTOCOL: 'file', GIT_TERMINAL_PROMPT: '0', HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9', NO_PROXY: '' };

interface Run {
  readonly error: (Error & { readonly code?: string | number | null; readonly killed?: boolean }) | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(binary: string, words: readonly string[]): Promise<Run> {
  const options = { timeout: TIME_LIMIT, killSignal: 'SIGKILL', maxBuffer: 2 ** 28, env: { ...process.env, ...OFFLINE } } as const;
  return new Promise((resolve) => {
    execFile(binary, [...words], options, (error, stdout, stderr) => resolve({ error, stdout, stderr })).stdin?.end();
  });
}

/** What the binary calls itself. Throws a `UsageError` for what cannot be run. */
async function versionOf(binary: string, given: string): Promise<string> {
  const { error, stdout } = await run(binary, ['version']);
  if (!error) return stdout.trim().split('\n')[0] ?? '';
  const reason = { ENOENT: 'there is no such file', EACCES: 'it is not executable' }[String(error.code)] ?? 'it does not answer to "version"';
  throw new UsageError(`"${given}" cannot be run: ${reason}`, 'Name the kustomize binary with its path.');
}

/** Undefined when the time was up. */
async function build(binary: string, folder: string, unrestricted: boolean): Promise<ToolAnswer | undefined> {
  const restrictor = unrestricted ? 'LoadRestrictionsNone' : 'LoadRestrictionsRootOnly';
  const { error, stdout, stderr } = await run(binary, ['build', '--load-restrictor', restrictor, folder]);
  if (!error) return { output: stdout };
  if (error.killed) return undefined;
  const lines = stderr.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('# Warning'));
  return { refusal: (lines[0] ?? 'it gives no reason').replaceAll(`${folder}/`, '').replace(/^Error: /, '') };
}

/** As many at a time as there are processors; the results in the order of the items. */
async function inParallel<T, R>(items: readonly T[], step: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const work = async (): Promise<void> => {
    for (const [index, item] of queue) results[index] = await step(item);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return results;
}

function textOf(examinations: readonly Examination[], version: string): string {
  // What needs a look stands last, next to the counts.
  const byWeight = [...examinations].sort((a, b) => Number(OUTCOMES[b.comparison.outcome].fine) - Number(OUTCOMES[a.comparison.outcome].fine));
  const lines = byWeight.flatMap(({ root, comparison }) => {
    const { folder, gaps } = root.result;
    const details = comparison.outcome === 'partial' ? [...new Set(gaps.map(({ message }) => message))] : detailsOf(comparison);
    return details.length > 0 ? [`${folder || '.'}: ${details.join('\n    ')}`] : [];
  });
  const counts = (Object.keys(OUTCOMES) as Outcome[]).flatMap((outcome) => {
    const count = examinations.filter(({ comparison }) => comparison.outcome === outcome).length;
    return count > 0 ? [`${String(count).padStart(6)} ${OUTCOMES[outcome].words}`] : [];
  });
  const what = `${examinations.length} ${examinations.length === 1 ? 'kustomization' : 'kustomizations'}, compared with kustomize ${version}`;
  return `${[...lines, ...(lines.length > 0 ? [''] : []), what, ...counts].join('\n')}\n`;
}

function detailsOf(comparison: Exclude<Examination['comparison'], { readonly outcome: 'partial' }>): string[] {
  switch (comparison.outcome) {
    case 'different': {
      const { resource, path: field, ours, theirs } = comparison.difference;
      return [`${resource}${field ? ` ${field}` : ''} differs`, `gitops-lint: ${ours ?? 'nothing'}`, `kustomize:   ${theirs ?? 'nothing'}`];
    }
    case 'only-kustomize-refuses':
      return ['kustomize refuses what gitops-lint renders', comparison.theirs ?? ''];
    case 'only-kustomize-builds':
      return ['gitops-lint refuses what kustomize builds', comparison.ours ?? ''];
    case 'no-answer':
      return [`kustomize gave no answer within ${TIME_LIMIT / 1000} seconds`];
    default:
      return [];
  }
}

function jsonOf(examinations: readonly Examination[], version: string): string {
  const roots = examinations.map(({ root: { result }, comparison }) => ({
    dir: result.folder || '.',
    ...comparison,
    ...(result.restrictor && { restrictor: result.restrictor }),
    ...(comparison.outcome === 'partial' && { gaps: result.gaps.map(({ cause, message }) => ({ cause, message })) }),
  }));
  const summary = Object.fromEntries(Object.keys(OUTCOMES).map((outcome) => [outcome, roots.filter((root) => root.outcome === outcome).length]));
  const tool = { name: 'gitops-lint', version: VERSION };
  return `${JSON.stringify({ schemaVersion: 1, tool, kustomize: { version }, roots, summary }, undefined, 2)}\n`;
}
