import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { onTestFinished } from 'vitest';
import type { Tree } from './rule-tester.ts';

/** The built command line. */
export const CLI = path.resolve('dist/cli.js');

/** The environment of a person who has set nothing: no colours forced, no git variables of an outer hook. */
export const CLEAN_ENVIRONMENT: Readonly<NodeJS.ProcessEnv> = {
  PATH: process.env['PATH'],
  HOME: tmpdir(),
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_AUTHOR_NAME: 'Sam',
  GIT_AUTHOR_EMAIL: 'sam@shop.example',
  GIT_COMMITTER_NAME: 'Sam',
  GIT_COMMITTER_EMAIL: 'sam@shop.example',
};

export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface Surroundings {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs gitops-lint as a process of its own: for what concerns the process itself. */
export function runProcess(words: readonly string[], { cwd = process.cwd(), env }: Surroundings = {}): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...words], { cwd, env: { ...CLEAN_ENVIRONMENT, ...env }, encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

/** What one run may take, in milliseconds. */
const TIME_LIMIT = 60_000;

let thread: { readonly port: MessagePort; readonly done: Int32Array<SharedArrayBuffer> } | undefined;

/** Runs gitops-lint as it was built, in a thread that all runs of a file share: a process for each would cost more than the run. */
export function run(words: readonly string[], { cwd = process.cwd(), env }: Surroundings = {}): Outcome {
  thread ??= startThread();
  const { port, done } = thread;
  Atomics.store(done, 0, 0);
  port.postMessage({ words, folder: cwd, env: { ...CLEAN_ENVIRONMENT, ...env } });
  if (Atomics.wait(done, 0, 0, TIME_LIMIT) === 'timed-out') throw new Error(`gitops-lint ${words.join(' ')} gave no answer`);
  return receiveMessageOnPort(port)?.message as Outcome;
}

function startThread(): NonNullable<typeof thread> {
  const { port1, port2 } = new MessageChannel();
  const done = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL('./cli-worker.mjs', import.meta.url), { workerData: { port: port2, done }, transferList: [port2] });
  worker.unref();
  port1.unref();
  return { port: port1, done };
}

/** A folder of its own with the given files, gone after the test. */
export function folderWith(tree: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'gitops-lint-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeTree(folder, tree);
  return folder;
}

export function writeTree(folder: string, tree: Tree | Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(tree)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
}

/** Runs git in a folder; throws when it says no. */
export function git(folder: string, ...words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('git', [...words], { cwd: folder, env: CLEAN_ENVIRONMENT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${words.join(' ')}: ${stderr}`);
  return stdout;
}
