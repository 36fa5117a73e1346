import { isShared, placeOf } from '../../model/vocabulary.ts';
import { baseOf, folderOf, isWithin, joined, upwards } from '../../text/path.ts';
import { isContainer, isStrongContainer } from '../containers.ts';
import { readConventions } from '../conventions.ts';
import { childrenOf } from '../folders.ts';
import type { Reading } from '../reading.ts';
import type { Unit } from '../units.ts';
import { readBareName, readValuesName } from './file-names.ts';
import { chartAround, chartBelow, chartNamed, ownerOf } from './homes.ts';
import { isKustomized, isManifest, type Listing } from './listing.ts';
import { type DeclaredNames, readToken } from './tokens.ts';
import { isConfigFolder, isValuesFolder } from './words.ts';

/** Values of one app that lie in one folder: those of its chart, or of the one that the names of the files say. */
interface Bundle {
  readonly folder: string;
  /** What the files are called for, empty for `values.yaml`. */
  readonly prefix: string;
  readonly files: string[];
  readonly secrets: string[];
}

/**
 * Reads values whose environment is the name of a folder: `environments/prod/values.yaml`,
 * `clusters/prod/tokyo/checkout-values.yaml`, `charts/prod/checkout/`. What `isTaken` has been read by its own name.
 */
export function folderReadings(listing: Listing, declared: DeclaredNames, isTaken: (path: string) => boolean): Reading[] {
  const bundles = bundlesOf(listing, declared, isTaken);
  const units = [...bundles.keys()].map((folder): Unit => ({ folder, renderer: 'helm', usedBy: [] }));
  const children = childrenOf(listing.workspace);
  const placed = readConventions(units, [...declared.values()]).readings.flatMap((reading) => {
    const bundle = bundles.get(reading.source.root);
    return bundle && !isOfKustomization(bundle, reading.folder, listing) ? [{ reading, bundle }] : [];
  });
  const drafts = placed.map(({ reading, bundle }) => draftOf(reading, bundle, listing, children));
  const confident = confidentFolders(drafts, declared);
  // What others are built upon is not deployed itself.
  const layers = new Set(drafts.flatMap(({ bundle, values }) => values.filter((path) => !bundle.files.includes(path))));
  return drafts
    .filter(({ bundle }) => bundle.files.length === 0 || !bundle.files.every((path) => layers.has(path)))
    .map(({ reading, app, root, values }) => ({
      ...reading,
      source: { ...reading.source, app, root, values },
      confidence: confident.has(folderOf(reading.folder)) && reading.confidence === 'high' ? 'high' : 'low',
    }));
}

interface Draft {
  readonly reading: Reading;
  readonly bundle: Bundle;
  readonly app: string;
  readonly root: string;
  readonly values: readonly string[];
}

function bundlesOf(listing: Listing, names: DeclaredNames, isTaken: (path: string) => boolean): Map<string, Bundle> {
  const bundles = new Map<string, Bundle>();
  const bundleOf = (folder: string, prefix: string): Bundle => {
    const key = prefix ? joined(folder, prefix) : folder;
    const bundle = bundles.get(key) ?? { folder, prefix, files: [], secrets: [] };
    bundles.set(key, bundle);
    return bundle;
  };
  for (const [folder, files] of listing.folders) {
    const isChart = listing.charts.has(folder);
    if (isKustomized(folder, listing) && !isChart) continue;
    // A chart within a kustomization is its own affair.
    if (chartAround(folder, listing) !== undefined && [...upwards(folder)].some((at) => at !== '' && isKustomized(at, listing))) continue;
    const secrets: string[] = [];
    for (const name of files) {
      const path = joined(folder, name);
      if (isTaken(path)) continue;
      const found = prefixOf(name, folder, listing, names);
      if (found && !found.isSecret) bundleOf(folder, found.prefix).files.push(path);
      else if (found?.prefix === '') secrets.push(path);
    }
    if (isChart && !isTaken(joined(folder, 'values.yaml'))) bundleOf(folder, '');
    bundles.get(folder)?.secrets.push(...secrets);
  }
  return bundles;
}

/** For whom a file of a folder is, if it holds values. */
function prefixOf(name: string, folder: string, listing: Listing, names: DeclaredNames): { readonly prefix: string; readonly isSecret: boolean } | undefined {
  const values = readValuesName(name);
  if (values) {
    const { before, after, isSecret } = values;
    // Within the folder of an environment, its name is repeated and tells nothing more.
    const tells = (text: string) => text !== '' && !isShared(text) && ['open', 'preset'].includes(readToken(text, names).kind);
    return { prefix: tells(before) ? before : tells(after) ? after : '', isSecret };
  }
  const bare = readBareName(name);
  if (!bare) return undefined;
  if (bare.text === '') return isManifest(listing.workspace, joined(folder, name)) ? undefined : { prefix: '', isSecret: true };
  const steps = folder.split('/');
  if (steps.some(isValuesFolder)) return { prefix: bare.text, isSecret: bare.isSecret };
  const isOfChart = steps.some(isStrongContainer) && [...listing.charts].some((chart) => baseOf(chart) === bare.text);
  return isOfChart && !isManifest(listing.workspace, joined(folder, name)) ? { prefix: bare.text, isSecret: bare.isSecret } : undefined;
}

/** Whether a kustomization stands between the folder of the environment and the values: then these are its own. */
function isOfKustomization({ folder }: Bundle, environmentFolder: string, listing: Listing): boolean {
  return [...upwards(folder)].some((at) => isWithin(at, environmentFolder) && isKustomized(at, listing) && !listing.charts.has(at));
}

function draftOf(reading: Reading, bundle: Bundle, listing: Listing, children: ReadonlyMap<string, ReadonlySet<string>>): Draft {
  const { folder, prefix } = bundle;
  const { environment } = reading.source;
  const parent = folderOf(reading.folder);
  const named = withoutLeads(reading.source.app);
  const around = chartAround(folder, listing);
  const own = around ?? chartNamed(prefix || baseOf(named), environment, listing);
  // `environments/prod/values.yaml` is for the only chart that there is.
  const chart = own ?? (prefix === '' && reading.folder === folder ? chartBelow(parent, listing) : undefined);
  const isOwn = chart !== undefined && chart === around;
  const inCluster = prefix !== '' && /^clusters?$/i.test(baseOf(parent));
  const ownName = inCluster ? joined(withoutLeads(parent), prefix) : named || chart || reading.source.app;
  const app =
    chart === undefined || isOwn
      ? ownName
      : chart
          .split('/')
          .filter((step) => step !== environment)
          .join('/');
  const cluster = inCluster ? clusterOf(folder.slice(reading.folder.length + 1)) : undefined;
  const inherited = layersOf(bundle, reading.folder, children).filter((path) => listing.has(path) && !bundle.files.includes(path));
  const defaults = chart !== undefined && (prefix === '' || baseOf(chart) === prefix) ? [joined(chart, 'values.yaml')].filter(listing.has) : [];
  const { cluster: _, ...others } = reading.source.labels;
  const labels = inCluster ? { ...others, ...(cluster !== undefined && { cluster }) } : reading.source.labels;
  return {
    reading: { ...reading, source: { ...reading.source, labels } },
    bundle,
    app,
    root: chart ?? folder,
    values: [...new Set([...defaults, ...inherited, ...bundle.files, ...bundle.secrets])],
  };
}

/** `clusters/prod/tokyo/checkout-values.yaml`: the file names the app, and what stands between is the cluster. */
function clusterOf(inner: string): string | undefined {
  const steps = inner.split('/').filter((step) => step !== '' && placeOf(step) !== 'region' && !isValuesFolder(step) && !isConfigFolder(step));
  return steps.join('/') || undefined;
}

/** An app without the steps that only lead to its values; empty where there is nothing else. */
function withoutLeads(app: string): string {
  const isLead = (step: string) => isValuesFolder(step) || isConfigFolder(step) || isContainer(step);
  const steps = app.split('/').filter((step) => !isLead(step));
  return steps.join('/');
}

/** Where files of the same name may stand that these override: above the environments, beside them, and on the way down. */
function layersOf({ folder, prefix, files }: Bundle, environmentFolder: string, children: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const names = prefix ? files.map(baseOf) : ['values.yaml', 'values.yml'];
  const parent = folderOf(environmentFolder);
  const inner = folder.slice(environmentFolder.length + 1);
  const shared = [...(children.get(parent) ?? [])]
    .filter(isShared)
    .flatMap((step) => [joined(parent, step), ...(inner ? [joined(joined(parent, step), inner)] : [])]);
  const way = [...upwards(folder)].filter((at) => at !== folder && at !== '' && isWithin(at, environmentFolder)).reverse();
  const above = prefix ? [parent] : [ownerOf(parent), parent];
  return [...above, ...shared, ...way].flatMap((at) => names.map((name) => joined(at, name)));
}

/** Folders that hold two environments of different tiers, with names that leave no doubt. */
function confidentFolders(drafts: readonly Draft[], names: DeclaredNames): ReadonlySet<string> {
  const tiers = new Map<string, Set<string>>();
  for (const { reading } of drafts) {
    const token = readToken(reading.source.environment, names);
    if (token.kind !== 'known' || !token.plain) continue;
    const parent = folderOf(reading.folder);
    tiers.set(parent, (tiers.get(parent) ?? new Set()).add(token.tier));
  }
  return new Set([...tiers].flatMap(([folder, { size }]) => (size > 1 ? [folder] : [])));
}
