import type { Declaration } from '../model/declaration.ts';
import type { Discovery } from '../model/discovery.ts';
import { firstOf } from '../text/first-of.ts';
import { isWithin } from '../text/path.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { readConventions } from './conventions.ts';
import { type Followed, type FollowInput, type FoundDeployment, followDeployers } from './deployers/follow.ts';
import { listingOf } from './files/listing.ts';
import { readSettingsFiles } from './files/settings-files.ts';
import type { DeclaredNames } from './files/tokens.ts';
import { readValuesFiles } from './files/values-files.ts';
import { readFleet } from './fleet.ts';
import { declaredOrders } from './orders/index.ts';
import type { DeclaredOrder } from './orders/order.ts';
import type { Reading } from './reading.ts';
import { type Evidence, settle } from './settle.ts';
import { chartsOf, deployedPaths, filesBelow, scaffoldsOf, type Unit, unitsOf } from './units.ts';

/** What is deployed from the whole repository, and the part of it that a folder asks for. */
export interface WholeDiscovery extends Pick<Discovery, 'environments' | 'variants'> {
  readonly part: Discovery;
  readonly deployments: readonly FoundDeployment[];
  /** What the files of other tools declare. */
  readonly orders: readonly DeclaredOrder[];
  /** What cannot be known of the objects that deploy, and what is wrong in them. */
  readonly notes: Pick<Followed, 'gaps' | 'problems' | 'unmatched'>;
}

/** What discovery looks at, and with what. */
export interface Ground {
  readonly workspace: Workspace;
  readonly declaration: Declaration;
  readonly renderers: Pick<FollowInput, 'render' | 'holdsManifests' | 'fillGoTemplate'>;
}

/**
 * Finds what is deployed below `scope`, and to which environments. What people declared counts alone where they
 * declared how paths are to be read; otherwise folders are read by convention. Units without an environment are kept:
 * they are checked, and compared with nothing. What stands outside of the scope is evidence, and nothing more.
 */
export function discover(ground: Ground, scope: string): WholeDiscovery {
  const { workspace, declaration } = ground;
  const outside = scope === '' ? [] : unitsOf(workspace, '', declaration.isIgnored).filter(({ folder }) => !isWithin(folder, scope));
  return discoverFrom(ground, [...unitsOf(workspace, scope, declaration.isIgnored), ...outside], scope, scope);
}

/**
 * Finds what is deployed from the whole repository, as what `scope` holds may depend on the rest of it, or serve it. What
 * is nowhere looked at, such as the data of tests, is where the scope lies in it.
 */
export function discoverWhole(ground: Ground, scope: string): WholeDiscovery {
  const { workspace, declaration } = ground;
  const units = unitsOf(workspace, '', declaration.isIgnored);
  const aside = scope === '' ? [] : unitsOf(workspace, scope, declaration.isIgnored).filter((unit) => !isKnown(unit, units));
  return discoverFrom(ground, [...units, ...aside], scope, '');
}

/** Whether the units of the repository hold another one: it is one of them, or manifests that one of them reads. */
function isKnown({ folder, renderer }: Unit, units: readonly Unit[]): boolean {
  if (units.some((unit) => unit.folder === folder)) return true;
  if (renderer !== 'plain') return false;
  const isInside = ({ target }: { readonly target?: string | undefined }) => target !== undefined && isWithin(target, folder);
  return units.some(({ folder: other, kustomization }) => kustomization && (isWithin(folder, other) || kustomization.references.some(isInside)));
}

/** `apart` is a folder whose manifests are no part of those above it. */
function discoverFrom({ workspace, declaration, renderers }: Ground, all: readonly Unit[], scope: string, apart: string): WholeDiscovery {
  // Loose files in the root of a repository that has other units are settings of its tools.
  const kept = all.length > 1 ? all.filter(({ folder, renderer }) => folder !== '' || renderer !== 'plain') : all;
  // Another engine fills in the names of such folders before anybody builds them.
  const units = kept.filter(({ folder }) => !/\{\{|\{%/.test(folder));
  const paths = workspace.files().filter((path) => !declaration.isIgnored(path));
  const telling = deployedPaths(workspace, paths, apart);
  const orders = declaredOrders(workspace, telling);
  const found = readConventions(units, declaration.environments, { ordered: orderedNames(orders), scope });
  const listing = listingOf(paths, workspace);
  const declared: DeclaredNames = new Map(declaration.environments.map((environment) => [environment.name, environment]));
  const inFiles = [readValuesFiles, readSettingsFiles].map((read) => read(listing, declared));
  const fleet = readFleet(telling, workspace);
  const isBundled = (folder: string) => fleet.bundles.some((bundle) => isWithin(folder, bundle));
  const read = new Set(units.flatMap(({ kustomization }) => kustomization?.references.flatMap(({ target }) => target ?? []) ?? []));
  // What a kustomization reads is a part of what it builds.
  const isRead = ({ source: { renderer, values = [] } }: Reading) => renderer === 'files' && values.every((path) => read.has(path));
  const byName = [...found.readings, ...inFiles.flatMap((files) => files.readings)].filter((reading) => !isBundled(reading.source.root) && !isRead(reading));
  const others = wholeOf(found.others, apart).filter(({ folder }) => !isBundled(folder));
  const followed = followDeployers({
    workspace,
    readings: [...fleet.readings, ...byName],
    others,
    inner: found.inner,
    weak: found.weak,
    wraps: wrapsOf(units),
    ...renderers,
  });
  const evidence: Evidence = {
    ...followed,
    orders,
    leftOut: [...found.leftOut, ...inFiles.flatMap((files) => files.leftOut), ...followed.leftOut].filter(
      ({ name }) => found.others.some(({ folder }) => folder === name) || !isDeployed(name, followed),
    ),
  };
  const { assumptions, leftOut, ...whole } = settle(evidence, { workspace, declaration, scope });
  const variants = whole.variants.filter(({ root }) => isWithin(root, scope));
  const below = filesBelow(workspace, scope, declaration.isIgnored);
  const allCharts = chartsOf(below, scope);
  const scaffolds = scaffoldsOf(below, workspace, scope)
    .filter((folder) => !variants.some(({ root }) => isWithin(folder, root)))
    // The templates of a chart go with it.
    .filter((folder) => !allCharts.some((chart) => isWithin(folder, chart)))
    .map((name) => ({ name, why: 'manifests of tests, examples or scaffolding, by the name of their folder' }));
  const deployed = new Set([...inFiles.flatMap((files) => files.charts), ...followed.readings.map(({ source }) => source.root)]);
  const charts = allCharts.filter((chart) => !deployed.has(chart) && !variants.some(({ root, renderer }) => renderer === 'helm' && root === chart));
  return {
    ...whole,
    deployments: followed.deployments,
    orders,
    notes: { gaps: followed.gaps, problems: followed.problems, unmatched: followed.unmatched },
    part: {
      environments: whole.environments.filter(({ name, confidence }) => confidence === 'declared' || variants.some(({ environment }) => environment === name)),
      variants,
      assumptions,
      leftOut: [...leftOut, ...(kept.length < all.length && scope === '' ? [LOOSE] : []), ...unrendered(charts), ...scaffolds],
    },
  };
}

function isDeployed(folder: string, { readings, others }: Followed): boolean {
  return readings.some(({ source }) => source.root === folder) || others.some(({ root }) => root === folder);
}

const LOOSE = { name: '.', why: 'manifests that lie loose in the root, beside folders that are deployed; declare them under "apps" if they are' };

function unrendered(charts: readonly string[]): Discovery['leftOut'] {
  if (charts.length === 0) return [];
  const name = firstOf(
    charts.map((chart) => chart || '.'),
    1,
  );
  return [
    { name, why: `Helm ${charts.length > 1 ? 'charts' : 'chart'}, not rendered; declare "chart" under "apps" to have the values of each environment read` },
  ];
}

/** Plain folders within one another are one unit: the topmost. */
function wholeOf(units: readonly Unit[], apart: string): Unit[] {
  const plain = units.filter((unit) => unit.renderer === 'plain').map((unit) => unit.folder);
  const isPart = (folder: string) => plain.some((other) => other !== folder && isWithin(folder, other) && isWithin(other, apart) === isWithin(folder, apart));
  return units.filter((unit) => unit.renderer !== 'plain' || !isPart(unit.folder));
}

/** Folders that do nothing but pass on one within them, and which. */
function wrapsOf(units: readonly Unit[]): ReadonlyMap<string, string> {
  const wraps = new Map<string, string>();
  for (const { folder, kustomization } of units) {
    const [only, second] = kustomization?.references ?? [];
    const fields = kustomization?.node.entries.filter(({ key }) => key.text !== 'apiVersion' && key.text !== 'kind');
    if (only?.type === 'directory' && only.target?.startsWith(`${folder}/`) && !second && fields?.length === 1) wraps.set(folder, only.target);
  }
  return wraps;
}

/** Names that an order gives to environments count wherever they stand. */
function orderedNames(orders: readonly DeclaredOrder[]): string[] {
  return orders.filter(({ isOrdered }) => isOrdered).flatMap(({ steps }) => steps.map(({ name }) => name));
}
