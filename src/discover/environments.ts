import type { DeclaredEnvironment } from '../model/declaration.ts';
import type { Confidence, Evidence, FoundEnvironment } from '../model/discovery.ts';
import { compareEnvironments, compareRanks, rankOf, type Tier } from '../model/environment.ts';
import { placeInTier, readName, restOf } from '../model/vocabulary.ts';
import { groupBy } from '../text/group-by.ts';
import type { Origin } from '../tree/node.ts';
import { isContainer, isStrongContainer } from './containers.ts';
import { stemTiers } from './stem-tiers.ts';

/** One sighting of an environment. */
export interface Sighting {
  readonly name: string;
  readonly tier: Tier;
  readonly labels: Readonly<Record<string, string>>;
  readonly confidence: Confidence;
  readonly why: string;
  readonly isOfDeployer?: boolean | undefined;
}

/** An environment that another tool's own files name, and what it is promoted from there; undefined where they do not say. */
export interface OrderedEnvironment {
  readonly name: string;
  readonly promotesFrom: readonly string[] | undefined;
  readonly origin: Origin;
  /** What names it, for people: `Kargo Stages`. */
  readonly source: string;
}

/** More sightings of one kind than this add nothing for a reader. */
const MAX_EVIDENCE = 3;

/**
 * The environments that were seen or declared, in the order of promotion. What is declared wins over what names say;
 * the order is that of the tiers unless somebody declared another.
 */
export function environmentsOf(
  sightings: readonly Sighting[],
  declared: readonly DeclaredEnvironment[],
  ordered: readonly OrderedEnvironment[] = [],
): FoundEnvironment[] {
  const others = ordered.filter(({ name }) => !declared.some((environment) => environment.name === name));
  const promotions: readonly Promotion[] = [...declared, ...others];
  const seen = groupBy(sightings, ({ name }) => name);
  const names = new Set([...promotions.map(({ name }) => name), ...seen.keys()]);
  const drafts = [...names].map((name) =>
    draft(
      name,
      seen.get(name) ?? [],
      declared.find((environment) => environment.name === name),
      others.find((environment) => environment.name === name),
    ),
  );
  const ranks = ranksOf(drafts, promotions);
  const placeOf = ({ name }: FoundEnvironment) => {
    const at = promotions.findIndex((environment, index) => environment.name === name && (index < declared.length || environment.promotesFrom !== undefined));
    return at === -1 ? promotions.length : at;
  };
  const ranked = drafts.map((environment) => ({ ...environment, rank: ranks.get(environment.name) ?? -1 }));
  const sorted = ranked.sort(
    (a, b) => compareRanks(a.rank, b.rank) || placeOf(a) - placeOf(b) || placeInTier(a.name) - placeInTier(b.name) || compareEnvironments(a, b),
  );
  // What only another tool names is not on the way: nothing is deployed to it.
  const isThere = ({ name, evidence }: FoundEnvironment) =>
    declared.some((one) => one.name === name) || evidence.some(({ location }) => location === undefined);
  const there = sorted.filter(isThere);
  const saidOf = (name: string) => promotions.find((promotion) => promotion.name === name)?.promotesFrom;
  return sorted.map((environment) => ({
    ...environment,
    promotesFrom: bridged(saidOf(environment.name), there, saidOf) ?? previousOf(environment, there),
  }));
}

/** What is promoted from, with those that are not there replaced by what they are promoted from. */
function bridged(
  from: readonly string[] | undefined,
  there: readonly FoundEnvironment[],
  saidOf: (name: string) => readonly string[] | undefined,
  seen: ReadonlySet<string> = new Set(),
): readonly string[] | undefined {
  if (!from) return undefined;
  const found = from.flatMap((name) => {
    if (there.some((environment) => environment.name === name)) return [name];
    return seen.has(name) ? [] : (bridged(saidOf(name), there, saidOf, new Set([...seen, name])) ?? []);
  });
  return [...new Set(found)];
}

/** What is said of an environment's place on the way to production. */
type Promotion = Pick<DeclaredEnvironment, 'name' | 'promotesFrom'>;

/** The ranks of the tiers; what is declared to be promoted from another comes behind it, whatever its tier. */
function ranksOf(environments: readonly FoundEnvironment[], declared: readonly Promotion[]): ReadonlyMap<string, number> {
  const ranks = new Map(environments.map((environment) => [environment.name, rankOf(environment)]));
  // As many rounds as the longest way has steps; circles were refused when the file was read.
  for (let round = 0; round < declared.length; round += 1) {
    for (const { name, promotesFrom = [] } of declared) {
      for (const from of promotesFrom) {
        const earlier = Math.max(0, ranks.get(from) ?? 0);
        ranks.set(from, earlier);
        if ((ranks.get(name) ?? -1) <= earlier) ranks.set(name, earlier + 1);
      }
    }
  }
  return ranks;
}

function draft(name: string, seen: readonly Sighting[], declared: DeclaredEnvironment | undefined, ordered: OrderedEnvironment | undefined): FoundEnvironment {
  const reading = readName(name);
  const news = [...new Map(seen.map(({ why, isOfDeployer }): [string, Evidence] => [why, { why, ...(isOfDeployer && { isOfDeployer }) }])).values()];
  const telling = [...news.filter(({ isOfDeployer }) => !isOfDeployer), ...news.filter(({ isOfDeployer }) => isOfDeployer)];
  const evidence = telling.slice(0, MAX_EVIDENCE);
  if (ordered) evidence.unshift({ location: { file: ordered.origin.file, span: ordered.origin }, why: `named by ${ordered.source}` });
  if (declared) evidence.unshift({ location: { file: declared.origin.file, span: declared.origin }, why: 'declared in .gitopsrc' });
  return {
    name,
    tier: declared?.tier ?? seen[0]?.tier ?? reading?.tier ?? 'unknown',
    promotesFrom: [],
    labels: { ...(seen[0]?.labels ?? reading?.labels ?? {}), ...declared?.labels },
    evidence,
    confidence: declared ? 'declared' : (seen.find(({ confidence }) => confidence !== 'low')?.confidence ?? (ordered ? 'high' : 'low')),
  };
}

/**
 * The environments of the next lower rank that there is: those of the same place or line (`prod-eu` comes after `staging-eu`), else
 * those of none, else all.
 */
function previousOf(environment: FoundEnvironment, all: readonly FoundEnvironment[]): readonly string[] {
  const rank = rankOf(environment);
  const lower = rank < 0 ? [] : all.filter((other) => rankOf(other) >= 0 && rankOf(other) < rank);
  const sites = stemTiers(all.map(({ name }) => name));
  // What a name says besides the environment, such as a region or a site.
  const lineOf = (name: string): string => sites.get(name)?.site ?? restOf(name);
  const [own, none] = [lineOf(environment.name), ''].map((line) => lower.filter(({ name }) => lineOf(name) === line));
  const line = [own, none, lower].find((others) => others && others.length > 0) ?? [];
  const next = Math.max(...line.map(rankOf));
  return line.filter((other) => rankOf(other) === next).map(({ name }) => name);
}

/**
 * One name for the spellings of one environment (`prod`, `production`): the one with the strongest evidence, and of
 * equals the one seen most. Spellings that stand side by side anywhere are different environments and keep their names.
 */
export function unifyAliases(sightings: readonly { readonly name: string; readonly folder: string }[]): ReadonlyMap<string, string> {
  const byWord = new Map<string, Map<string, Spelling>>();
  for (const { name, folder } of sightings) {
    const reading = readName(name);
    if (reading?.form !== 'whole') continue;
    const spellings = byWord.get(reading.word) ?? new Map<string, Spelling>();
    byWord.set(reading.word, spellings);
    const { count, strength, parents } = spellings.get(name) ?? { count: 0, strength: 0, parents: new Set<string>() };
    const parent = folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
    spellings.set(name, { count: count + 1, strength: Math.max(strength, strengthOf(folder)), parents: parents.add(parent) });
  }
  const names = new Map<string, string>();
  for (const spellings of byWord.values()) {
    const all = [...spellings].sort(([a, one], [b, two]) => two.strength - one.strength || two.count - one.count || (a < b ? -1 : 1));
    const isApart = all.some(([, { parents }], at) => all.slice(at + 1).some(([, other]) => [...parents].some((parent) => other.parents.has(parent))));
    for (const [name] of all) names.set(name, isApart ? name : (all[0]?.[0] ?? name));
  }
  return names;
}

interface Spelling {
  readonly count: number;
  readonly strength: number;
  readonly parents: Set<string>;
}

/** A folder in one for environments says more than another, and that more than a file. */
function strengthOf(folder: string): number {
  const container = folder.split('/').at(-2) ?? '';
  if (isStrongContainer(container)) return 3;
  if (folder === '' || /\.[a-z]+$/.test(folder)) return 0;
  return isContainer(container) ? 2 : 1;
}
