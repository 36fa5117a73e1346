import type { Baseline, KnownFinding } from '../model/baseline.ts';
import { TIER_RANK, type Tier } from '../model/environment.ts';
import type { Finding } from '../model/finding.ts';
import type { Variant } from '../model/variant.ts';
import { groupBy } from '../text/group-by.ts';
import { isWithin } from '../text/path.ts';
import { locationOf } from '../tree/node.ts';
import { reachOf } from './reach.ts';
import { type Hearing, isGone } from './speaking.ts';

/** Findings of which a baseline knows some, and its entries that none of them needs. */
export interface Accepted {
  readonly findings: readonly Finding[];
  /** An entry that is needed less often than it says is among them, with what is left over as its count. */
  readonly stale: readonly KnownFinding[];
}

const rankOf = (tier: Tier | undefined) => (tier === undefined ? Number.NEGATIVE_INFINITY : TIER_RANK[tier]);

/**
 * Marks the findings that a baseline knows: those with the fingerprint of an entry that reach no higher tier than it was accepted
 * for, and no more of them than there were. What is quiet for another reason needs no entry.
 */
export function acceptKnown(findings: readonly Finding[], { file, entries }: Baseline, variants: readonly Variant[]): Accepted {
  const tierRank = reachOf(variants, ({ tier }) => TIER_RANK[tier]);
  const live = groupBy(
    findings.filter(({ suppressed }) => !suppressed),
    ({ fingerprint }) => fingerprint,
  );
  const known = new Map<Finding, Baseline['entries'][number]>();
  const stale: KnownFinding[] = [];
  for (const [fingerprint, group] of groupBy(entries, (entry) => entry.fingerprint)) {
    // An entry that serves the highest of them serves all others: to go from the top down leaves out as few as can be.
    const waiting = [...(live.get(fingerprint) ?? [])].sort((a, b) => compareNumbers(tierRank(b), tierRank(a)));
    for (const entry of [...group].sort((a, b) => compareNumbers(rankOf(b.tier), rankOf(a.tier)))) {
      let left = entry.count;
      for (const finding of waiting.filter((one) => !known.has(one) && tierRank(one) <= rankOf(entry.tier)).slice(0, entry.count)) {
        known.set(finding, entry);
        left -= 1;
      }
      if (left > 0) stale.push({ ...entry, count: left });
    }
  }
  return {
    stale,
    findings: findings.map((finding) => {
      const entry = known.get(finding);
      return entry ? { ...finding, suppressed: { by: 'baseline', reason: `known by ${file.path}`, location: locationOf(entry.origin) } } : finding;
    }),
  };
}

/** Infinities of one sign are equal. */
function compareNumbers(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

/** What is found, as a baseline is to hold it, and how that differs from what it held before. */
export interface Renewal {
  readonly entries: readonly KnownFinding[];
  readonly added: readonly Finding[];
  /** How many findings it held that are gone. */
  readonly dropped: number;
}

/**
 * A baseline that knows what was found in a folder, and none of what is gone. What it knew of the rest of the repository stays in it,
 * as nobody looked there; so does what this run could not judge.
 */
export function renewBaseline(
  findings: readonly Finding[],
  { before, folder, hearing }: { readonly before: Baseline | undefined; readonly folder: string; readonly hearing: Hearing },
): Renewal {
  const { variants } = hearing.repository;
  const { findings: accepted, stale } = before ? acceptKnown(findings, before, variants) : { findings, stale: [] };
  const gone = stale.filter((entry) => isWithin(entry.file, folder) && isGone(entry, hearing));
  const kept = stale.filter((entry) => !gone.includes(entry));
  const live = findings.filter(({ suppressed }) => !suppressed).map((finding) => knownFinding(finding, variants));
  const alike = groupBy([...live, ...kept], (entry) => [entry.fingerprint, entry.tier].join());
  return {
    entries: [...alike.values()].map((group) => ({ ...group[0], count: countOf(group) })),
    added: accepted.filter(({ suppressed }) => !suppressed),
    dropped: countOf(gone),
  };
}

/** How many findings these entries stand for. */
export function countOf(entries: readonly KnownFinding[]): number {
  return entries.reduce((sum, { count }) => sum + count, 0);
}

function knownFinding(
  { ruleId, fingerprint, app, resource, path, location: { file }, variants: accused }: Finding,
  variants: readonly Variant[],
): KnownFinding {
  const tiers = variants.filter(({ id }) => accused.includes(id)).map(({ environment }) => environment.tier);
  const tier = tiers.reduce<Tier | undefined>((highest, one) => (rankOf(one) > rankOf(highest) ? one : highest), undefined);
  return { ruleId, fingerprint, tier, count: 1, app, resource, path, file: file.name };
}
