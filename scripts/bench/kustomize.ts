import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { archiveOf, CORPORA, inTemporaryFolder, recordedRows } from '../recorded.ts';
import { bundled, type Contender, checkedOutIn, race } from './measure.ts';

const CORPUS = 'redhat-appstudio+infra-deployments';

/** `$1` is kustomize, `$2` the list of roots, `$3` the repository. */
const LOOP = 'cd "$3" && while read -r root; do "$1" build --load-restrictor LoadRestrictionsNone "$root" 2>/dev/null; done <"$2"';

/** The renderer alone, for a list of roots: every root is rendered with provenance and printed, as "render" does it. */
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

/** Times our renderer and our lint against a loop of `kustomize build` over the same roots; prints why where it cannot. */
export async function benchKustomize(kustomize: string, runs: number): Promise<void> {
  const archive = archiveOf(CORPUS);
  const oracle = path.join(CORPORA, 'oracle', `${CORPUS}.jsonl.xz`);
  const version = spawnSync(kustomize, ['version'], { encoding: 'utf8' });
  if (!existsSync(archive) || !existsSync(oracle)) console.log(`SKIPPED: ${archive} is not there, so nothing was measured`);
  else if (version.status !== 0) console.log(`SKIPPED: there is no "${kustomize}"; name the program with --kustomize PATH`);
  else
    await inTemporaryFolder(async (folder) => {
      const contenders = await contendersIn(folder, kustomize, oracle);
      race(contenders, { runs, tool: `kustomize ${version.stdout.trim()}`, folder });
    });
}

async function contendersIn(folder: string, kustomize: string, oracle: string): Promise<Contender[]> {
  const repository = checkedOutIn(folder, CORPUS);
  const roots = buildingRoots(oracle);
  const list = path.join(folder, 'roots.txt');
  writeFileSync(list, `${roots.join('\n')}\n`);
  const child = await bundled(CHILD, path.join(folder, 'render-roots.mjs'));
  execFileSync('node', ['scripts/build.mjs']);
  const cli = path.resolve('dist/cli.js');
  return [
    { name: `kustomize build, ${roots.length} roots one by one`, command: 'sh', args: ['-c', LOOP, 'sh', kustomize, list, repository] },
    { name: 'gitops-lint, the same roots', command: 'node', args: [child, repository, list] },
    { name: 'gitops-lint render --all, every root there is', command: 'node', args: [cli, 'render', repository, '--all', '--format', 'jsonl'] },
    { name: 'gitops-lint lint, rules included', command: 'node', args: [cli, 'lint', repository, '--exit-zero', '--format', 'json'] },
  ];
}

/** The roots that `kustomize build` makes something of without a network, as it was found to. */
function buildingRoots(oracle: string): string[] {
  const records = recordedRows<{ readonly dir: string; readonly status: string }>(oracle);
  return records.filter(({ status }) => status === 'builds').map(({ dir }) => dir);
}
