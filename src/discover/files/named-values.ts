import { baseOf, folderOf, joined } from '../../text/path.ts';
import { isStrongContainer } from '../containers.ts';
import type { Reading } from '../reading.ts';
import { appOf, chartAround, chartBelow, chartNamed, ownerOf } from './homes.ts';
import type { Judgement } from './judge.ts';
import { layersFor } from './layers.ts';
import { isManifest, type Listing } from './listing.ts';
import type { ValuesSet } from './value-sets.ts';

/** The readings of one set, each with the files that make up its values, the most general first. */
export function namedReadings(set: ValuesSet, { members }: Judgement, listing: Listing): Reading[] {
  const { folder, prefix } = set;
  const around = chartAround(folder, listing);
  return members.map((member): Reading => {
    const chart = prefix
      ? chartOfPrefix(prefix, member.environment, around, listing)
      : (around ?? chartNamed(baseOf(folder), member.environment, listing) ?? (isHelmfiles(folder, listing) ? undefined : chartBelow(folder, listing)));
    const app = prefix ? (chart ?? joined(around ?? appOf(folder), prefix)) : (chart ?? appOf(folder));
    const defaults = chart === undefined ? [] : [joined(chart, 'values.yaml')].filter(listing.has);
    const secrets = layersFor(member, members, secretsOf(set, listing), true).filter((path) => !isManifest(listing.workspace, path));
    return {
      source: {
        app: member.affix ? joined(app, member.affix) : app,
        environment: member.environment,
        labels: member.labels,
        root: chart ?? folder,
        renderer: 'helm',
        values: [...new Set([...defaults, ...basesOf(set, listing), ...layersFor(member, members, set.members), ...member.paths, ...secrets])],
      },
      tier: member.tier,
      confidence: member.confidence,
      folder: member.paths[0] ?? folder,
      why: member.why,
    };
  });
}

/** Values of helmfile's environments are for its templates, and for no chart. */
function isHelmfiles(folder: string, { has }: Listing): boolean {
  const owner = ownerOf(folder);
  return isStrongContainer(baseOf(folder)) && ['helmfile.yaml', 'helmfile.yaml.gotmpl', 'helmfile.yml'].some((name) => has(joined(owner, name)));
}

/** `tempo-values-prod.yaml` within the chart of another app are values for a chart from elsewhere. */
function chartOfPrefix(prefix: string, environment: string, around: string | undefined, listing: Listing): string | undefined {
  if (around !== undefined) return baseOf(around) === prefix ? around : undefined;
  return chartNamed(prefix, environment, listing);
}

/** Files for all environments that stand where a set does, or above it. */
function basesOf({ folder, prefix, pattern }: ValuesSet, listing: Listing): string[] {
  const beside = prefix ? [`${prefix}-values.yaml`, `${prefix}.values.yaml`] : ['values.yaml', 'values.yml'];
  const above = pattern === '*' ? [joined(ownerOf(folder), 'values.yaml')] : [];
  return [...above, ...beside.map((name) => joined(folder, name))].filter(listing.has);
}

/** The encrypted files beside a set: of the same names, or in a folder for secrets beside its own. */
function secretsOf({ secrets, pattern, folder }: ValuesSet, { folders }: Listing): ReadonlyMap<string, readonly string[]> {
  if (pattern !== '*') return secrets;
  const all = new Map(secrets);
  const aside = joined(folderOf(folder), 'secrets');
  for (const place of [aside, joined(aside, baseOf(folder))]) {
    for (const name of folders.get(place) ?? []) {
      const token = /^(.+?)(?:[-_.](?:enc|sops|secrets?))?\.ya?ml$/.exec(name)?.[1];
      if (token !== undefined) all.set(token, [...(all.get(token) ?? []), joined(place, name)]);
    }
  }
  return all;
}
