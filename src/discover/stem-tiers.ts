import type { Tier } from '../model/environment.ts';
import { readName } from '../model/vocabulary.ts';

/** Words that people write behind the name of a site without a hyphen. Longer ones first: `preprod` is not `prod`. */
const SUFFIX = /^([a-z]{2,}?\d*?)(preprod|production|development|staging|stage|stg|test|prod|prd|dev|int|uat|qa)$/;

/** What a name such as `osloprod` says: a tier, and the site `oslo`. */
export interface StemTier {
  readonly tier: Tier;
  readonly site: string;
}

/**
 * The tiers that names such as `osloprod` have: no whole word of theirs tells, but where `oslodev` or `osloint` is there,
 * too, the end of the name does. A name without such a twin stays out: `teststand` and `reprod` are what they are.
 */
export function stemTiers(names: Iterable<string>): ReadonlyMap<string, StemTier> {
  const groups = new Map<string, Map<string, StemTier>>();
  for (const name of names) {
    const parts = name.toLowerCase().split(/([-_.])/);
    for (const [at, part] of parts.entries()) {
      const [, stem = '', word = ''] = SUFFIX.exec(part) ?? [];
      const tier = readName(word)?.tier;
      if (!tier) continue;
      const key = parts.with(at, `${stem}*`).join('');
      const found = { tier, site: parts.with(at, stem).join('') };
      groups.set(key, (groups.get(key) ?? new Map<string, StemTier>()).set(name, found));
      break;
    }
  }
  return new Map([...groups.values()].filter((group) => new Set([...group.values()].map(({ tier }) => tier)).size > 1).flatMap((group) => [...group]));
}
