import type { DeclaredEnvironment } from '../model/declaration.ts';
import type { Confidence, Evidence, FoundEnvironment } from '../model/discovery.ts';
import { compareEnvironments, rankOf, type Tier } from '../model/environment.ts';
import { readName } from './vocabulary.ts';

/** One sighting of an environment. */
export interface Sighting {
  readonly name: string;
  readonly tier: Tier;
  readonly labels: Readonly<Record<string, string>>;
  readonly confidence: Confidence;
  readonly why: string;
}

/** More sightings of one kind than this add nothing for a reader. */
const MAX_EVIDENCE = 3;

/**
 * The environments that were seen or declared, in the order of promotion. What is declared wins over what names say;
 * the order is that of the tiers unless somebody declared another.
 */
export function environmentsOf(sightings: readonly Sighting[], declared: readonly DeclaredEnvironment[]): FoundEnvironment[] {
  const names = new Map<string, Sighting[]>();
  for (const { name } of declared) names.set(name, []);
  for (const sighting of sightings) names.set(sighting.name, [...(names.get(sighting.name) ?? []), sighting]);
  const drafts = [...names].map(([name, seen]) =>
    draft(
      name,
      seen,
      declared.find((environment) => environment.name === name),
    ),
  );
  const ranks = ranksOf(drafts, declared);
  const placeOf = ({ name }: FoundEnvironment) =>
    declared.some((environment) => environment.name === name) ? declared.findIndex((environment) => environment.name === name) : declared.length;
  const ranked = drafts.map((environment) => ({ ...environment, rank: ranks.get(environment.name) ?? -1 }));
  const ordered = ranked.sort((a, b) => a.rank - b.rank || placeOf(a) - placeOf(b) || compareEnvironments(a, b));
  return ordered.map((environment) => ({
    ...environment,
    promotesFrom: declared.find(({ name }) => name === environment.name)?.promotesFrom ?? previousOf(environment, ordered),
  }));
}

/** The ranks of the tiers; what is declared to be promoted from another comes behind it, whatever its tier. */
function ranksOf(environments: readonly FoundEnvironment[], declared: readonly DeclaredEnvironment[]): ReadonlyMap<string, number> {
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

function draft(name: string, seen: readonly Sighting[], declared: DeclaredEnvironment | undefined): FoundEnvironment {
  const reading = readName(name);
  const evidence: Evidence[] = [...new Set(seen.map(({ why }) => why))].slice(0, MAX_EVIDENCE).map((why) => ({ why }));
  if (declared) evidence.unshift({ location: { file: declared.origin.file, span: declared.origin }, why: 'declared in .gitopsrc' });
  return {
    name,
    tier: declared?.tier ?? seen[0]?.tier ?? reading?.tier ?? 'unknown',
    promotesFrom: [],
    labels: { ...(seen[0]?.labels ?? reading?.labels ?? {}), ...declared?.labels },
    evidence,
    confidence: declared
      ? 'declared'
      : seen.some(({ confidence }) => confidence !== 'low')
        ? (seen.find(({ confidence }) => confidence !== 'low')?.confidence ?? 'high')
        : 'low',
  };
}

/** The environments of the next lower rank that there is. */
function previousOf(environment: FoundEnvironment, all: readonly FoundEnvironment[]): readonly string[] {
  const rank = rankOf(environment);
  const lower = all.map(rankOf).filter((other) => other >= 0 && other < rank);
  if (rank < 0 || lower.length === 0) return [];
  const next = Math.max(...lower);
  return all.filter((other) => rankOf(other) === next).map((other) => other.name);
}

/**
 * One name for the spellings of one environment (`prod`, `production`): the one seen most. Spellings that stand
 * side by side anywhere are different environments and keep their names.
 */
export function unifyAliases(sightings: readonly { readonly name: string; readonly folder: string }[]): ReadonlyMap<string, string> {
  const byWord = new Map<string, Map<string, number>>();
  const parents = new Map<string, Set<string>>();
  for (const { name, folder } of sightings) {
    const reading = readName(name);
    if (reading?.form !== 'whole') continue;
    const counts = byWord.get(reading.word) ?? new Map<string, number>();
    byWord.set(reading.word, counts.set(name, (counts.get(name) ?? 0) + 1));
    const parent = folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
    parents.set(name, (parents.get(name) ?? new Set()).add(parent));
  }
  const names = new Map<string, string>();
  for (const counts of byWord.values()) {
    const spellings = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name);
    const sideBySide = spellings.some((name, at) =>
      spellings.slice(at + 1).some((other) => [...(parents.get(name) ?? [])].some((parent) => parents.get(other)?.has(parent))),
    );
    for (const name of spellings) names.set(name, sideBySide ? name : (spellings[0] ?? name));
  }
  return names;
}
