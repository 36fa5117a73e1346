import { placeOf } from '../model/vocabulary.ts';
import { groupBy } from '../text/group-by.ts';
import { isContainer } from './containers.ts';
import type { Placed, Reading } from './reading.ts';
import type { Unit } from './units.ts';

/**
 * A cluster that stands below one environment everywhere is in that environment also where no folder says so:
 * `production/tokyo` tells what `rings/ring-2/tokyo` is. `named` and `placed` have the same order.
 */
export function placeByCluster(
  named: readonly Reading[],
  placed: readonly Placed[],
  others: readonly Unit[],
): { readonly readings: readonly Reading[]; readonly others: readonly Unit[] } {
  const homes = homesOf(named);
  const found: Reading[] = [];
  const place = (unit: Unit): boolean => {
    const steps = unit.folder.split('/');
    const at = steps.findIndex((step, index) => isContainer(steps[index - 1] ?? '') && homes.has(step));
    const [step = '', home] = [steps[at], homes.get(steps[at] ?? '')];
    if (!home) return false;
    const app = steps
      .slice(0, at)
      .filter((name) => !isContainer(name))
      .join('/');
    const { environment, labels } = home.source;
    found.push({
      ...home,
      source: { app: app || step, environment, labels: { ...labels, cluster: steps.slice(at).join('/') }, root: unit.folder, renderer: unit.renderer },
      folder: unit.folder,
      why: `cluster "${step}", which stands below "${environment}" elsewhere`,
    });
    return true;
  };
  // A cluster's own name may have an environment in it: what is known of the cluster counts more.
  const kept = named.filter((_, index) => {
    const { unit, candidate } = placed[index] ?? {};
    return !unit || candidate?.whole !== false || !homes.has(candidate.name) || !place(unit);
  });
  const rest = others.filter((unit) => !place(unit));
  return { readings: [...kept, ...found], others: rest };
}

/** The environment of each cluster: where several hold it, the most frequent one, as long as they are of one tier. */
function homesOf(named: readonly Reading[]): ReadonlyMap<string, Reading> {
  const homes = new Map<string, Reading>();
  for (const [cluster, readings] of groupBy(named, ({ source }) => source.labels['cluster'] ?? '')) {
    // `01` is a name for people who know where they are.
    if (cluster === '' || cluster.includes('/') || placeOf(cluster)) continue;
    if (new Set(readings.map(({ tier }) => tier)).size !== 1) continue;
    const count = (reading: Reading) => readings.filter(({ source }) => source.environment === reading.source.environment).length;
    homes.set(
      cluster,
      readings.reduce((best, reading) => (count(reading) > count(best) ? reading : best)),
    );
  }
  return homes;
}
