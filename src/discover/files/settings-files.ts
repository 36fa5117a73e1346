import { baseOf, joined } from '../../text/path.ts';
import type { Reading } from '../reading.ts';
import { appOf } from './homes.ts';
import { judgeSets, type Member } from './judge.ts';
import { layersFor } from './layers.ts';
import type { Listing } from './listing.ts';
import { mergeReadings } from './merge.ts';
import type { FilesResult } from './result.ts';
import { type SettingsSet, settingsSetsOf } from './settings-sets.ts';
import type { DeclaredNames } from './tokens.ts';
import { isVersionFolder } from './words.ts';

/**
 * Reads the environments that settings are for from the names of these files and of their folders: `prod.env`,
 * `config.prod.json`, `image-tags/prod/`. Values of charts and manifests are none, nor is what a framework reads from
 * the sources of an application. The name of one environment alone does not count.
 */
export function readSettingsFiles(listing: Listing, declared: DeclaredNames): FilesResult {
  const evident = judgeSets(settingsSetsOf(listing, declared), declared, () => false).filter(({ judgement }) => judgement.isEvident);
  const found = evident.filter(({ set }) => !set.isAside);
  const aside = evident.filter(({ set }) => set.isAside);
  return {
    readings: mergeReadings(found.flatMap(({ set, judgement: { members } }) => members.flatMap((member) => readingsOf(set, member, members)))),
    charts: [],
    leftOut: aside.map(({ set }) => ({
      name: joined(set.folder, set.pattern),
      why: 'settings beside values files of the same environments: they are not read',
    })),
  };
}

/** Settings of one environment are one reading; where each file tells of an app, each is one. */
function readingsOf(set: SettingsSet, member: Member, members: readonly Member[]): Reading[] {
  const { folder, isPerApp, pattern } = set;
  const root = pattern === '*/' ? joined(folder, member.token) : folder;
  const reading = (app: string, values: readonly string[]): Reading => ({
    source: { app, environment: member.environment, labels: member.labels, root, renderer: 'files', values },
    tier: member.tier,
    confidence: member.confidence,
    folder: pattern === '*/' ? root : (member.paths[0] ?? folder),
    why: member.why,
  });
  if (isPerApp) return member.paths.map((path) => reading(joined(folder, baseOf(path).replace(/\.[a-z]+$/, '')), [path]));
  const app = isVersionFolder(baseOf(folder)) ? folder : appOf(folder);
  return [reading(member.affix ? joined(app, member.affix) : app, [...layersFor(member, members, set.members), ...member.paths])];
}
