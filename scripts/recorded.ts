/** What was recorded of real repositories and tools, which lies beside this repository and is no part of it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { memoryWorkspace } from '../src/workspace/memory-workspace.ts';
import type { Workspace } from '../src/workspace/workspace.ts';

export const SHARED = path.resolve(import.meta.dirname, '../../shared');
export const CORPORA = path.join(SHARED, 'corpora');

/** The rows of a file with one JSON object a line, as it is or packed. */
export function recordedRows<Row>(file: string): Row[] {
  return textOf(file)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);
}

function textOf(file: string): string {
  if (file.endsWith('.xz')) return execFileSync('xz', ['-dc', file], { maxBuffer: 2 ** 30, encoding: 'utf8' });
  const bytes = readFileSync(file);
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

/** The names of the recorded repositories, sorted. */
export function corpora(): string[] {
  return readdirSync(CORPORA)
    .flatMap((name) => (name.endsWith('.tar.xz') ? name.slice(0, -'.tar.xz'.length) : []))
    .sort();
}

/** Where the archive of a recorded repository lies. */
export function archiveOf(corpus: string): string {
  return path.join(CORPORA, `${corpus}.tar.xz`);
}

/** Unpacks a recorded repository; its folder. */
export function unpackedIn(folder: string, corpus: string): string {
  execFileSync('tar', ['-xJf', archiveOf(corpus), '-C', folder]);
  return path.join(folder, corpus);
}

/** Hands a folder over that is gone afterwards. */
export async function inTemporaryFolder<Result>(step: (folder: string) => Result | Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(path.join(tmpdir(), 'gitops-lint-'));
  try {
    return await step(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A small repository that a tool was tried on, and the folder in it that was built. */
export interface RecordedCase {
  readonly id: string;
  readonly files: Readonly<Record<string, string | { readonly base64: string }>>;
  readonly root: string;
}

/** A case as we read one: the place where it lay then is left out of its paths. */
export function openCase({ files, root }: RecordedCase): { readonly workspace: Workspace; readonly folder: string } {
  const contents = Object.entries(files).map(([name, content]) => [
    path.posix.normalize(name.replace(/^\/@ROOT@\//, '')),
    typeof content === 'string' ? content : Buffer.from(content.base64, 'base64'),
  ]);
  const folder = path.posix.normalize(root.replace(/^\/@ROOT@\/?/, '')).replace(/^\.$|\/$/, '');
  return { workspace: memoryWorkspace(Object.fromEntries(contents)), folder };
}
