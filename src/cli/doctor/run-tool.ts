import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { type ToolAnswer, UsageError } from '../../index.ts';

/** No root that people deploy takes longer, in milliseconds. */
export const TIME_LIMIT = 60_000;

/** Even what we misjudge is not to open a connection: git may only copy, and the proxy leads nowhere. */
const OFFLINE = {
  GIT_ALLOW_PROTOCOL: 'file',
  GIT_TERMINAL_PROMPT: '0',
  HTTP_PROXY: 'http://127.0.0.1:9',
  HTTPS_PROXY: 'http://127.0.0.1:9',
  NO_PROXY: '',
};

/** A program that the user named, and the variables that it is run with. */
export interface Tool {
  readonly binary: string;
  readonly env: NodeJS.ProcessEnv;
}

interface Run {
  readonly error: (Error & { readonly code?: string | number | null; readonly killed?: boolean }) | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A path as typed: what has no folder is looked for where programs are. */
export function binaryOf(given: string, folder: string): string {
  return given.includes('/') || given.includes(path.sep) ? path.resolve(folder, given) : given;
}

function run({ binary, env }: Tool, words: readonly string[]): Promise<Run> {
  const options = { timeout: TIME_LIMIT, killSignal: 'SIGKILL', maxBuffer: 2 ** 28, env: { ...env, ...OFFLINE } } as const;
  return new Promise((resolve) => {
    execFile(binary, [...words], options, (error, stdout, stderr) => resolve({ error, stdout, stderr })).stdin?.end();
  });
}

/** What a program answers to a question for its version. Throws a `UsageError` for what cannot be run. */
export async function versionOf(tool: Tool, given: string, words: readonly [string, ...string[]]): Promise<string> {
  const { error, stdout } = await run(tool, words);
  if (!error) return stdout.trim().split('\n')[0] ?? '';
  const reason = { ENOENT: 'there is no such file', EACCES: 'it is not executable' }[String(error.code)] ?? `it does not answer to "${words[0]}"`;
  throw new UsageError(`"${given}" cannot be run: ${reason}`, 'Name the binary with its path.');
}

/** What the program says; of a refusal the first line that tells. Undefined when the time was up. */
export async function answerOf(tool: Tool, words: readonly string[]): Promise<ToolAnswer | undefined> {
  const { error, stdout, stderr } = await run(tool, words);
  if (!error) return { output: stdout };
  if (error.killed) return undefined;
  const lines = stderr
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^(?:# Warning|WARNING:|level=|time=|coalesce\.go|walk\.go|\d{4}\/\d\d\/\d\d )/.test(line));
  return { refusal: (lines[0] ?? 'it gives no reason').replace(/^Error: /, '') };
}

/** As many at a time as there are processors; the results in the order of the items. */
export async function inParallel<T, R>(items: readonly T[], step: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const work = async (): Promise<void> => {
    for (const [index, item] of queue) results[index] = await step(item);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return results;
}
