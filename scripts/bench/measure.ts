import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { unpackedIn } from '../recorded.ts';

/** One whole process to time; its output is thrown away. */
export interface Contender {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

/** One finished process. */
interface Run {
  readonly seconds: number;
  /** The largest single process, in MiB; undefined where the system does not tell. */
  readonly peak: number | undefined;
}

/** Unpacks a recorded repository, as one of git. */
export function checkedOutIn(folder: string, corpus: string): string {
  const repository = unpackedIn(folder, corpus);
  // A repository is one of git where the tool is used; where it is none, ignore files have to be read one by one.
  for (const args of [
    ['init', '-q'],
    ['add', '-A'],
  ])
    execFileSync('git', args, { cwd: repository });
  return repository;
}

/** Bundles a program over `src/`, as the command line is bundled. */
export async function bundled(contents: string, outfile: string): Promise<string> {
  const banner = { js: "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);" };
  const stdin = { contents, resolveDir: path.resolve(import.meta.dirname, '../..'), loader: 'ts' as const };
  await build({ stdin, outfile, bundle: true, format: 'esm', platform: 'node', target: 'node20', banner, logLevel: 'warning' });
  return outfile;
}

/** Times the contenders against the first one, and prints the table. */
export function race(
  contenders: readonly Contender[],
  { runs, tool, folder }: { readonly runs: number; readonly tool: string; readonly folder: string },
): void {
  const results = contenders.map((): Run[] => []);
  // In turn, so that a slow minute of the machine is one for all; the first round warms up.
  for (let round = 0; round <= runs; round += 1) {
    for (const [index, contender] of contenders.entries()) {
      const run = timed(contender, path.join(folder, 'peak.txt'));
      if (round > 0) results[index]?.push(run);
    }
  }
  console.log(`${tool}, node ${process.version}, ${cpus().length} processors; medians of ${runs} runs, in turn, after one to warm up\n`);
  printTable(contenders, results);
}

/** Runs a command and throws its output away; "time" knows the peak of its memory, where it is installed. */
function timed({ command, args }: Contender, note: string): Run {
  const time = existsSync('/usr/bin/time') ? ['/usr/bin/time', '-f', '%M', '-o', note] : [];
  const [program = command, ...rest] = [...time, command, ...args];
  const start = performance.now();
  const { error } = spawnSync(program, rest, { stdio: ['ignore', 'ignore', 'inherit'], env: withoutCertificates() });
  if (error) throw error;
  const seconds = (performance.now() - start) / 1000;
  const kilobytes = time.length > 0 ? Number(/(\d+)\s*$/.exec(readFileSync(note, 'utf8'))?.[1]) : Number.NaN;
  return { seconds, peak: Number.isFinite(kilobytes) ? kilobytes / 1024 : undefined };
}

/** More certificates are read at each start of Node.js 20, needed or not. */
function withoutCertificates(): NodeJS.ProcessEnv {
  const { NODE_EXTRA_CA_CERTS: _, ...rest } = process.env;
  return rest;
}

function printTable(contenders: readonly Contender[], results: readonly (readonly Run[])[]): void {
  console.log('| Whole process | Seconds | Times as fast as the loop | Peak memory, MiB |');
  console.log('| --- | --- | --- | --- |');
  const loop = results[0] ?? [];
  for (const [index, { name }] of contenders.entries()) {
    const own = results[index] ?? [];
    // Of neighbours in time, so that the speed of the machine cancels out.
    const ratio = median(own.map(({ seconds }, round) => (loop[round]?.seconds ?? Number.NaN) / seconds));
    const peaks = own.flatMap(({ peak }) => peak ?? []);
    const peak = peaks.length > 0 ? String(Math.round(Math.max(...peaks))) : '?';
    console.log(`| ${name} | ${median(own.map(({ seconds }) => seconds)).toFixed(2)} | ${index === 0 ? '' : ratio.toFixed(1)} | ${peak} |`);
  }
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? Number.NaN) : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}
