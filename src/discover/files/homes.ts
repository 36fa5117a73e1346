import { baseOf, folderOf, upwards } from '../../text/path.ts';
import { isContainer } from '../containers.ts';
import type { Listing } from './listing.ts';
import { isConfigFolder, isValuesFolder } from './words.ts';

/** The folder without the steps that only lead to values: `charts/checkout/values` is about `charts/checkout`. */
export function ownerOf(folder: string): string {
  for (const at of upwards(folder)) if (at === '' || !isLead(baseOf(at))) return at;
  return '';
}

function isLead(step: string): boolean {
  return isContainer(step) || isValuesFolder(step) || isConfigFolder(step) || step === 'secrets';
}

/** The name of what a folder is about; a folder in the root that only leads there gives its own name. */
export function appOf(folder: string): string {
  return ownerOf(folder) || folder.split('/')[0] || '.';
}

/** The chart that a folder stands in. */
export function chartAround(folder: string, { charts }: Listing): string | undefined {
  for (const at of upwards(folder)) if (charts.has(at)) return at;
  return undefined;
}

/** As far below the folder of its values a chart may lie: `deploy/values/` and `deploy/charts/checkout/`. */
const MAX_DEPTH = 2;

/** The only chart beside the values in a folder or not far below: there is no other that they could be for. */
export function chartBelow(folder: string, { charts }: Listing): string | undefined {
  const owner = ownerOf(folder);
  const prefix = owner ? `${owner}/` : '';
  const below = [...charts].filter((chart) => chart.startsWith(prefix) && chart !== owner);
  const [only] = below;
  return below.length === 1 && only !== undefined && only.slice(prefix.length).split('/').length <= MAX_DEPTH ? only : undefined;
}

/** The chart of a name; of several, the one in a folder of the environment. */
export function chartNamed(name: string, environment: string, { charts }: Listing): string | undefined {
  const named = [...charts].filter((chart) => baseOf(chart) === name);
  const own = named.filter((chart) => folderOf(chart).split('/').includes(environment));
  const [only] = own.length > 0 ? own : named;
  return (own.length || named.length) === 1 ? only : undefined;
}
