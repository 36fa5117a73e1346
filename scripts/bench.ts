/**
 * Times whole processes against one another on a real repository, where one lies beside this one: our renderer against
 * a loop of `kustomize build` over the same roots, and our lint. Prints the table of docs/performance.md.
 * Usage: npm run bench -- kustomize [--kustomize PATH] [--runs N]
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const CORPORA = path.resolve(import.meta.dirname, '../../shared/corpora');
const CORPUS = 'redhat-appstudio+infra-deployments';

/** `$1` is kustomize, `$2` the list of roots, `$3` the repository. */
const LOOP = 'cd "$3" && while read -r root; do "$1" build --load-restrictor LoadRestrictionsNone "$root" 2>/dev/null; done <"$2"';

const CHILD = `
import { readFileSync } from 'node:fs';
import { createRenderers } from './src/render/index.ts';
import { printResources } from './src/render/print.ts';
import { findPlace, openDiskWorkspace } from './src/workspace/open.ts';

const [, , repository = '', list = ''] = process.argv;
const { kustomize } = createRenderers({ workspace: await openDiskWorkspace(findPlace(repository)), loadRestrictor: 'none' });
for (const root of readFileSync(list, 'utf8').split('\\n').filter(Boolean)) {
  process.stdout.write(printResources(kustomize.render(root === '.' ? '' : root).resources));
}
`;

/** One finished process. */
interface Run {
  readonly seconds: number;
  /** The largest single process, in MiB; undefined where the system does not tell. */
  readonly peak: number | undefined;
}

interface Contender {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { kustomize: { type: 'string', default: 'kustomize' }, runs: { type: 'string', default: '5' } },
});
const archive = path.join(CORPORA, `${CORPUS}.tar.xz`);
const oracle = path.join(CORPORA, 'oracle', `${CORPUS}.jsonl.xz`);
const isThere = spawnSync(values.kustomize, ['version']).status === 0;

if (positionals[0] !== 'kustomize') console.log('usage: npm run bench -- kustomize [--kustomize PATH] [--runs N]');
else if (!existsSync(archive) || !existsSync(oracle)) console.log(`SKIPPED: ${archive} is not there, so nothing was measured`);
else if (!isThere) console.log(`SKIPPED: there is no "${values.kustomize}"; name the program with --kustomize PATH`);
else {
  const folder = mkdtempSync(path.join(tmpdir(), 'gitops-lint-bench-'));
  try {
    await compare(folder, Math.max(1, Number(values.runs)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compare(folder: string, runs: number): Promise<void> {
  execFileSync('tar', ['xJf', archive], { cwd: folder });
  const repository = path.join(folder, CORPUS);
  // A repository is one of git where the tool is used; where it is none, ignore files have to be read one by one.
  for (const args of [
    ['init', '-q'],
    ['add', '-A'],
  ])
    execFileSync('git', args, { cwd: repository });
  const roots = buildingRoots();
  const list = path.join(folder, 'roots.txt');
  writeFileSync(list, `${roots.join('\n')}\n`);
  const child = await bundledChild(folder);
  execFileSync('node', ['scripts/build.mjs']);
  const cli = path.resolve('dist/cli.js');
  const contenders: Contender[] = [
    { name: `kustomize build, ${roots.length} roots one by one`, command: 'sh', args: ['-c', LOOP, 'sh', values.kustomize, list, repository] },
    { name: 'gitops-lint, the same roots', command: 'node', args: [child, repository, list] },
    { name: 'gitops-lint render --all, every root there is', command: 'node', args: [cli, 'render', repository, '--all', '--format', 'jsonl'] },
    { name: 'gitops-lint lint, rules included', command: 'node', args: [cli, 'lint', repository, '--exit-zero', '--format', 'json'] },
  ];
  const results = contenders.map((): Run[] => []);
  // In turn, so that a slow minute of the machine is one for all; the first round warms up.
  for (let round = 0; round <= runs; round += 1) {
    for (const [index, contender] of contenders.entries()) {
      const run = timed(contender, path.join(folder, 'peak.txt'));
      if (round > 0) results[index]?.push(run);
    }
  }
  printTable(contenders, results, runs);
}

/** The roots that `kustomize build` makes something of without a network, as it was found to. */
function buildingRoots(): string[] {
  const lines = execFileSync('xz', ['-dc', oracle], { maxBuffer: 2 ** 30, encoding: 'utf8' }).split('\n');
  const records = lines.filter(Boolean).map((line) => JSON.parse(line) as { readonly dir: string; readonly status: string });
  return records.filter(({ status }) => status === 'builds').map(({ dir }) => dir);
}

/** The renderer alone, for a list of roots: every root is rendered with provenance and printed, as "render" does it. */
async function bundledChild(folder: string): Promise<string> {
  const outfile = path.join(folder, 'render-roots.mjs');
  const banner = { js: "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);" };
  const stdin = { contents: CHILD, resolveDir: path.resolve(import.meta.dirname, '..'), loader: 'ts' as const };
  await build({ stdin, outfile, bundle: true, format: 'esm', platform: 'node', target: 'node20', banner, logLevel: 'warning' });
  return outfile;
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

function printTable(contenders: readonly Contender[], results: readonly (readonly Run[])[], runs: number): void {
  const version = spawnSync(values.kustomize, ['version'], { encoding: 'utf8' }).stdout.trim();
  console.log(`kustomize ${version}, node ${process.version}, ${cpus().length} processors; medians of ${runs} runs, in turn, after one to warm up\n`);
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
