/**
 * Proves that values of charts come from where the renderer says: of the images and variables of every rendered chart of a
 * repository it counts those that name the leaf of values or the line of a template that they come from; of some hundred it
 * changes that place, renders again, and looks whether the value changed. Usage: npm run provenance:helm [-- NAME]
 */
import { existsSync } from 'node:fs';
import { fillGoTemplate } from '../src/discover/argo/go-template/fill.ts';
import { discover } from '../src/discover/index.ts';
import { NOTHING_DECLARED } from '../src/model/declaration.ts';
import type { VariantSource } from '../src/model/discovery.ts';
import { containersOf } from '../src/model/kubernetes/pod-template.ts';
import type { RenderResult } from '../src/model/render-result.ts';
import { type Resource, resourceKey } from '../src/model/resource.ts';
import { createHelmRenderer } from '../src/render/helm/renderer.ts';
import { createRenderers, type Renderers } from '../src/render/index.ts';
import { type FieldPath, nodeAt } from '../src/tree/field-path.ts';
import { itemsOf, type Origin, type Scalar } from '../src/tree/node.ts';
import { openDiskWorkspace } from '../src/workspace/open.ts';
import type { Workspace } from '../src/workspace/workspace.ts';
import { OverlayWorkspace } from '../test/support/provenance/change.ts';
import { partsOf } from '../test/support/provenance/claims.ts';
import { randomFrom } from './provenance/random.ts';
import { archiveOf, inTemporaryFolder, unpackedIn } from './recorded.ts';

const SAMPLE = 500;
const SEED = 20_260_102;

/** An image or the value of a variable, in one render. */
interface Use {
  readonly source: VariantSource;
  readonly key: string;
  readonly path: FieldPath;
  readonly node: Scalar;
}

function renderersOver(workspace: Workspace): Renderers & { readonly fillGoTemplate: typeof fillGoTemplate } {
  return { ...createRenderers({ workspace, createHelm: createHelmRenderer, loadRestrictor: 'root', isIgnored: () => false }), fillGoTemplate };
}

/** Two objects of one name in one render cannot be told apart. */
function objectsOf({ resources }: RenderResult): Map<string, Resource> {
  const byKey = new Map<string, Resource>();
  for (const resource of resources) byKey.set(resourceKey(resource.id), resource);
  return byKey;
}

function usesOf(source: VariantSource, result: RenderResult): Use[] {
  return [...objectsOf(result)].flatMap(([key, resource]) =>
    containersOf(resource).flatMap(({ node, path: at }) => {
      const paths = [[...at, 'image'], ...itemsOf(node, 'env').map((_, index) => [...at, 'env', index, 'value'])];
      return paths.flatMap((field): Use[] => {
        const found = nodeAt(resource.node, field);
        return found?.kind === 'scalar' && found.text !== '' ? [{ source, key, path: field, node: found }] : [];
      });
    }),
  );
}

/** Whether every letter has a place that is narrower than a file. */
function isTraced({ node }: Use): boolean {
  return partsOf(node).every(({ origin }) => origin.precision !== 'file' && origin.end > origin.start);
}

/** Leaves of values that are known to the letter. */
function leavesOf({ node }: Use): Origin[] {
  return partsOf(node).flatMap(({ origin }) => (origin.how === 'helm-value' && origin.precision === 'exact' && origin.end > origin.start ? [origin] : []));
}

/** Another value of the same type. */
function changed(raw: string): string {
  if (raw === 'true') return 'false';
  if (raw === 'false') return 'true';
  if (/\d$/.test(raw)) return `${raw}1`;
  return /["'\s]$/.test(raw) ? `${raw.slice(0, -1)}x${raw.slice(-1)}` : `${raw}x`;
}

/** One use, and the leaf that is said to have made it. */
interface Claim {
  readonly use: Use;
  readonly leaf: Origin;
}

function over(workspace: Workspace, leaves: readonly Origin[]): Workspace {
  return new OverlayWorkspace(
    workspace,
    leaves.map(({ file, start, end }) => ({ file, start, end, text: changed(file.text.slice(start, end)) })),
  );
}

function isOther(use: Use, after: RenderResult | undefined): boolean {
  const resource = after && objectsOf(after).get(use.key);
  const now = resource && nodeAt(resource.node, use.path);
  return now?.kind !== 'scalar' || now.text !== use.node.text;
}

/** Where the leaf is the chart's own, it is enough to render that again. */
function isOwn({ use: { source }, leaf: { file } }: Claim): boolean {
  return file.path.startsWith(`${source.root}/`) || (source.values ?? []).includes(file.path);
}

const placeOf = ({ file, start }: Origin): string => `${file.path}:${start}`;

/** Leaves of what deploys the charts reach them through all that lies between: one leaf of each values file is changed at a time. */
function* throughDeployers(workspace: Workspace, claims: readonly Claim[]): Generator<Claim> {
  const leaves = new Map(claims.map(({ leaf }) => [placeOf(leaf), leaf]));
  while (leaves.size > 0) {
    const round = new Map<string, Origin>();
    for (const [place, leaf] of leaves) {
      const isValues = /values/.test(leaf.file.path);
      if (round.size > 0 && (!isValues || [...round.values()].some(({ file }) => file === leaf.file || !/values/.test(file.path)))) continue;
      round.set(place, leaf);
    }
    for (const place of round.keys()) leaves.delete(place);
    const changedWorkspace = over(workspace, [...round.values()]);
    const renderers = renderersOver(changedWorkspace);
    const { part } = discover({ workspace: changedWorkspace, declaration: NOTHING_DECLARED, renderers }, '');
    const sources = new Map(part.variants.map((source) => [nameOf(source), source]));
    for (const claim of claims.filter(({ leaf }) => round.has(placeOf(leaf)))) {
      const source = sources.get(nameOf(claim.use.source));
      if (!isOther(claim.use, source && renderers.render(source))) yield claim;
    }
  }
}

const nameOf = ({ app, environment, root }: VariantSource): string => `${app}@${environment} ${root}`;

async function prove(name: string, root: string): Promise<boolean> {
  const workspace = await openDiskWorkspace({ root, folder: '' });
  const renderers = renderersOver(workspace);
  const { part } = discover({ workspace, declaration: NOTHING_DECLARED, renderers }, '');
  const results = part.variants.filter(({ renderer }) => renderer === 'helm').map((source) => ({ source, result: renderers.render(source) }));
  const rendered = results.filter(({ result: { status } }) => status === 'rendered' || status === 'partial');
  const uses = rendered.flatMap(({ source, result }) => usesOf(source, result));
  const traced = uses.filter(isTraced);
  console.log(`${name}: ${traced.length} of ${uses.length} images and variables in ${rendered.length} renders name their leaf or line`);
  for (const use of uses.filter((each) => !isTraced(each)).slice(0, 10))
    console.log(`  not: ${use.source.app}@${use.source.environment} ${use.key.replaceAll('\0', '/')} ${use.path.join('.')}`);
  const random = randomFrom(SEED);
  const candidates = uses.flatMap((use) => leavesOf(use).map((leaf) => ({ use, leaf, at: random() }))).sort((a, b) => a.at - b.at);
  const drawn = candidates.slice(0, SAMPLE);
  const own = drawn.filter(isOwn);
  const wrong: Claim[] = own.filter(({ use, leaf }) => !isOther(use, renderersOver(over(workspace, [leaf])).render(use.source)));
  wrong.push(
    ...throughDeployers(
      workspace,
      drawn.filter((claim) => !isOwn(claim)),
    ),
  );
  for (const { use, leaf } of wrong) {
    const line = leaf.file.positionAt(leaf.start).line;
    console.log(
      `  FAILED: ${use.source.app}@${use.source.environment} ${use.path.join('.')} = ${JSON.stringify(use.node.text)} does not follow ${leaf.file.path}:${line}`,
    );
  }
  console.log(`${drawn.length - wrong.length} passed, ${wrong.length} failed, of ${candidates.length} leaves`);
  return wrong.length === 0;
}

async function main([name = 'lsst-sqre+phalanx']: readonly string[]): Promise<void> {
  if (!existsSync(archiveOf(name))) {
    console.log(`SKIPPED: "${name}" is not here, so nothing was proved`);
    return;
  }
  await inTemporaryFolder(async (folder) => {
    if (!(await prove(name, unpackedIn(folder, name)))) process.exitCode = 1;
  });
}

await main(process.argv.slice(2));
