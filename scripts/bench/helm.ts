import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { rules } from '../../rules/index.ts';
import { argumentsFor } from '../../src/cli/doctor/release-arguments.ts';
import { loadSettings } from '../../src/config/load.ts';
import { obstaclesOf, releasesBelow } from '../../src/engine/releases.ts';
import { keyOf } from '../../src/engine/render-variants.ts';
import { findPlace, openDiskWorkspace } from '../../src/workspace/open.ts';
import { archiveOf, inTemporaryFolder } from '../recorded.ts';
import { bundled, type Contender, checkedOutIn, race } from './measure.ts';

const CORPUS = 'lsst-sqre+phalanx';

/** Finds the releases, and renders those of a list, if there is one, with provenance, and prints them. */
const CHILD = `
import { readFileSync } from 'node:fs';
import { fillGoTemplate } from './src/discover/argo/go-template/fill.ts';
import { discover } from './src/discover/index.ts';
import { keyOf } from './src/engine/render-variants.ts';
import { NOTHING_DECLARED } from './src/model/declaration.ts';
import { createHelmRenderer } from './src/render/helm/renderer.ts';
import { createRenderers } from './src/render/index.ts';
import { printResources } from './src/render/print.ts';
import { findPlace, openDiskWorkspace } from './src/workspace/open.ts';

const [, , repository = '', list = ''] = process.argv;
const workspace = await openDiskWorkspace(findPlace(repository));
const renderers = createRenderers({ workspace, loadRestrictor: 'root', createHelm: createHelmRenderer });
const wanted = new Set(list === '' ? [] : readFileSync(list, 'utf8').split('\\n'));
const { part } = discover({ workspace, declaration: NOTHING_DECLARED, renderers: { ...renderers, fillGoTemplate } }, '');
for (const source of part.variants) if (wanted.has(keyOf(source))) process.stdout.write(printResources(renderers.render(source).resources));
`;

/** Times our renderer against a loop of `helm template` over the same releases; prints why where it cannot. */
export async function benchHelm(helm: string, runs: number): Promise<void> {
  const archive = archiveOf(CORPUS);
  const version = spawnSync(helm, ['version', '--short'], { encoding: 'utf8' });
  if (!existsSync(archive)) console.log(`SKIPPED: ${archive} is not there, so nothing was measured`);
  else if (version.status !== 0) console.log(`SKIPPED: there is no "${helm}"; name the program with --helm PATH`);
  else
    await inTemporaryFolder(async (folder) => {
      const contenders = await contendersIn(folder, helm);
      race(contenders, { runs, tool: `helm ${version.stdout.trim()}`, folder });
    });
}

/** The releases that both render. What helm wants to lie in a chart is put there before anything is timed. */
async function contendersIn(folder: string, helm: string): Promise<Contender[]> {
  const repository = checkedOutIn(folder, CORPUS);
  const place = findPlace(repository);
  const workspace = await openDiskWorkspace(place);
  const { settings } = await loadSettings(workspace, place.folder, rules);
  const releases = (await releasesBelow(workspace, place.folder, settings, 3)).filter((release) => obstaclesOf(release).length === 0);
  const calls: { readonly key: string; readonly words: readonly string[] }[] = [];
  for (const [index, release] of releases.entries()) {
    const words = await argumentsFor(release, path.join(folder, `release-${index}`), { root: place.root, workspace });
    if (spawnSync(helm, words, { stdio: 'ignore' }).status === 0) calls.push({ key: keyOf(release.source), words });
  }
  const list = path.join(folder, 'releases.txt');
  writeFileSync(list, calls.map(({ key }) => `${key}\n`).join(''));
  const loop = path.join(folder, 'loop.sh');
  writeFileSync(loop, calls.map(({ words }) => `${[helm, ...words].map(quoted).join(' ')} 2>/dev/null\n`).join(''));
  const child = await bundled(CHILD, path.join(folder, 'render-releases.mjs'));
  return [
    { name: `helm template, ${calls.length} releases one by one`, command: 'sh', args: [loop] },
    { name: 'gitops-lint, finding and rendering them', command: 'node', args: [child, repository, list] },
    { name: 'gitops-lint, finding them only', command: 'node', args: [child, repository] },
  ];
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
