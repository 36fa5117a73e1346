import { environmentIn, readName } from '../../model/vocabulary.ts';
import { firstOf } from '../../text/first-of.ts';
import { compareText } from '../../text/location.ts';
import { folderOf, joined } from '../../text/path.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { Reading } from '../reading.ts';
import { folderReadings } from './folder-values.ts';
import { type Judgement, judgeSets } from './judge.ts';
import type { Listing } from './listing.ts';
import { mergeReadings } from './merge.ts';
import { namedReadings } from './named-values.ts';
import type { FilesResult } from './result.ts';
import type { DeclaredNames } from './tokens.ts';
import { type ValuesSet, valueSetsOf } from './value-sets.ts';

/**
 * Reads the environments that values of Helm charts are for from the names of these files and of their folders. What
 * is read of their content is only whether they are manifests.
 */
export function readValuesFiles(listing: Listing, declared: DeclaredNames): FilesResult {
  const judged = judgeSets(valueSetsOf(listing, declared), declared, (path, name) => namesItself(path, name, listing.workspace));
  const evident = judged.filter(({ judgement }) => judgement.isEvident);
  const taken = new Set(evident.flatMap(({ set: { folder, members } }) => [...[...members.values()].flat(), joined(folder, 'values.yaml')]));
  const inFolders = folderReadings(listing, declared, (path) => taken.has(path));
  // Within the folder of an environment a single file with the name of one tells nothing more.
  const placed = new Set(inFolders.flatMap(({ source }) => source.values?.map(folderOf) ?? []));
  const named = judged.filter(({ set, judgement }) => judgement.isEvident || !placed.has(set.folder));
  const readings = mergeReadings(withClusters([...named.flatMap(({ set, judgement }) => namedReadings(set, judgement, listing)), ...inFolders]));
  // Values for a chart from elsewhere may stand in the folder of another one.
  const isUsed = (chart: string) =>
    readings.some(
      ({ source: { root, values } }) => root === chart && (values?.includes(joined(chart, 'values.yaml')) || !listing.has(joined(chart, 'values.yaml'))),
    );
  return {
    readings,
    charts: [...listing.charts].filter(isUsed).sort(compareText),
    leftOut: named.flatMap(({ set, judgement }) => leftOutOf(set, judgement)),
  };
}

/** `prod-cluster-1` is a cluster of `prod` where that is an environment elsewhere. */
function withClusters(readings: readonly Reading[]): Reading[] {
  const names = new Set(readings.map(({ source }) => source.environment));
  return readings.map((reading): Reading => {
    const { environment, labels } = reading.source;
    const name = readName(environment);
    const short = name?.form === 'place' && name.labels['region'] === undefined ? environmentIn(environment) : undefined;
    if (short === undefined || short === environment || !names.has(short)) return reading;
    const cluster = labels['cluster'] === undefined ? environment : `${environment}/${labels['cluster']}`;
    return { ...reading, source: { ...reading.source, environment: short, labels: { ...labels, cluster } } };
  });
}

/** `environments/values-base.yaml` that says `name: base` is for an environment of that name. */
function namesItself(path: string, name: string, workspace: Workspace): boolean {
  const result = workspace.read(path);
  return result.ok && [...result.file.text.matchAll(/^(?:name|environment|env): *["']?([^"'\s#]+)/gm)].some(([, value]) => value === name);
}

function leftOutOf({ folder }: ValuesSet, { doubted }: Judgement): FilesResult['leftOut'] {
  if (doubted.length === 0) return [];
  const files = firstOf(doubted.map((name) => `"${name}"`));
  return [{ name: folder || '.', why: `values files with names of environments (${files}): what stands beside them does not show that they are for some` }];
}
