import type { DeclaredEnvironment } from '../model/declaration.ts';
import { isChannel, isNoEnvironment, isNonProduction, isShared } from '../model/vocabulary.ts';
import { baseOf, isWithin } from '../text/path.ts';
import { nameApps } from './app-names.ts';
import { candidatesOf, type Neighbourhood, neighbourhoodOf } from './candidates.ts';
import { placeByCluster } from './clusters.ts';
import { isContainer } from './containers.ts';
import type { Candidate, Placed, Reading } from './reading.ts';
import type { Unit } from './units.ts';

export interface ConventionResult {
  readonly readings: readonly Reading[];
  /** Units that are deployed, with no environment to be seen. */
  readonly others: readonly Unit[];
  /** Folders that others build upon, and what they would be if something deployed them all the same. */
  readonly inner: readonly Reading[];
  /** Of the others, what their names alone would tell, if something deploys them. */
  readonly weak: readonly Reading[];
  readonly leftOut: readonly { readonly name: string; readonly why: string }[];
}

/**
 * Reads environments from the names and the neighbourhood of folders: `overlays/<env>`, `environments/<env>`, an
 * environment beside `base/`, siblings that differ in one word. A name alone convinces only where structure elsewhere
 * has shown that environment already, or where another tool's files name it (`ordered`).
 */
export function readConventions(
  units: readonly Unit[],
  declared: readonly DeclaredEnvironment[] = [],
  { ordered = [], scope = '' }: { readonly ordered?: readonly string[]; readonly scope?: string } = {},
): ConventionResult {
  const neighbourhood = neighbourhoodOf(units, declared, { ordered, scope });
  const leaves = units.filter((unit) => isLeaf(unit, neighbourhood));
  const candidates = new Map(leaves.map((unit) => [unit, candidatesOf(unit.folder, neighbourhood)]));
  const shown = new Set([...candidates.values()].flat().flatMap(({ strength, word, name }) => (strength > 1 ? [word, name] : [])));
  for (const name of [...declared.map((environment) => environment.name), ...ordered]) shown.add(name);
  const leftOut = units
    .filter((unit) => isUnusedBase(unit) && !leaves.includes(unit))
    .map(({ folder }) => ({ name: folder, why: 'a base by its name, and nothing here builds upon it' }));
  const { placed, others, ambiguous } = place(
    candidates,
    (unit, candidate) => shown.has(candidate.word) || speaksForItself(candidate, unit.folder, neighbourhood),
  );
  const whole = placed.filter((one) => !placed.some((other) => isPartOf(one, other)));
  const rest = units.filter((unit) => !candidates.has(unit)).map((unit) => [unit, candidatesOf(unit.folder, neighbourhood)] as const);
  const built = place(new Map(rest), (_, { word }) => shown.has(word)).placed.filter(({ candidate }) => candidate.strength > 1);
  const inner = nameApps([...whole, ...built]).slice(whole.length);
  const homes = new Set(placed.map(({ unit, candidate }) => unit.folder.split('/').slice(0, candidate.at).join('/')));
  const guessed = others.flatMap((unit): Placed[] => {
    const candidate = weakCandidate(unit.folder, candidates.get(unit) ?? [], homes);
    return candidate ? [{ unit, candidate }] : [];
  });
  const weak = nameApps([...whole, ...guessed]).slice(whole.length);
  return { ...placeByCluster(nameApps(whole), whole, others), inner, weak, leftOut: [...leftOut, ...ambiguous] };
}

/**
 * The step of a path that would name an environment if the folder were deployed: a word of the vocabulary where environments
 * stand (`overlays/testing`), `nonprod` alone, or a cluster with a folder of its own beside those of environments (`homes`).
 */
function weakCandidate(folder: string, found: readonly Candidate[], homes: ReadonlySet<string>): Candidate | undefined {
  const steps = folder.split('/');
  const isPlaced = (at: number) => isContainer(steps[at - 1] ?? '');
  const known = found.find(({ whole, tier, at }) => whole && tier !== 'ephemeral' && isPlaced(at));
  if (known) return { ...known, strength: 1 };
  const at = steps.findIndex(
    (name, index) => isPlaced(index) && (isNonProduction(name) || (steps[index - 1] === 'clusters' && isHome(steps, index, homes) && !isNoEnvironment(name))),
  );
  const name = steps[at];
  if (name === undefined) return undefined;
  const parent = steps.slice(0, at).join('/');
  const tier = isNonProduction(name) ? 'test' : 'unknown';
  return { at, name, tier, word: name, labels: {}, plain: false, whole: true, strength: 1, why: `folder in "${parent}", which something deploys` };
}

function isHome(steps: readonly string[], at: number, homes: ReadonlySet<string>): boolean {
  return homes.has(steps.slice(0, at).join('/'));
}

/** Finds the step of each path that names its environment: the strongest, unless several are and differ. */
function place(
  candidates: ReadonlyMap<Unit, readonly Candidate[]>,
  isKnown: (unit: Unit, candidate: Candidate) => boolean,
): { readonly placed: readonly Placed[]; readonly others: readonly Unit[]; readonly ambiguous: ConventionResult['leftOut'] } {
  const placed: Placed[] = [];
  const others: Unit[] = [];
  const ambiguous: { name: string; why: string }[] = [];
  for (const [unit, found] of candidates) {
    const usable = found.filter((candidate) => candidate.strength > 1 || (candidate.plain && isKnown(unit, candidate)));
    const best = Math.max(0, ...usable.map(({ strength }) => strength));
    const [first, ...rivals] = usable.filter(({ strength }) => strength === best);
    if (!first) others.push(unit);
    else if (rivals.some(({ word }) => word !== first.word)) {
      ambiguous.push({ name: unit.folder, why: ambiguity([first, ...rivals]) });
      others.push(unit);
    } else placed.push({ unit, candidate: first });
  }
  return { placed, others, ambiguous };
}

/** A repository may well have but one environment: `production` is hardly anything else, where `dev` and `test` are folders of code. */
function speaksForItself({ whole, tier, at }: Pick<Candidate, 'whole' | 'tier' | 'at'>, folder: string, { children }: Neighbourhood): boolean {
  const beside = children.get(folder.split('/').slice(0, at).join('/')) ?? new Set();
  return whole && (tier === 'prod' || tier === 'staging') && ![...beside].some(isChannel);
}

/** Manifests in a folder of manifests are read with it. */
function isPartOf(inner: Placed, outer: Placed): boolean {
  if (inner.unit.renderer !== 'plain' || outer.unit.renderer !== 'plain') return false;
  return inner.unit.folder !== outer.unit.folder && isWithin(inner.unit.folder, outer.unit.folder) && outer.candidate.name === inner.candidate.name;
}

function ambiguity(candidates: readonly Candidate[]): string {
  const names = candidates.map(({ name }) => `"${name}"`).join(' or ');
  return `its environment could be ${names}: declare it in .gitopsrc under "apps"`;
}

/**
 * What is built upon is not deployed itself. Where an environment is seen and only others build upon it, it is: they
 * take what it has (production built on staging), or list it (a folder of all that is deployed).
 */
function isLeaf({ folder, kustomization, usedBy }: Unit, neighbourhood: Neighbourhood): boolean {
  if (kustomization && kustomization.kind !== 'Kustomization') return false;
  if (isSharedPart(folder, kustomization)) return false;
  if (usedBy.length === 0) return true;
  if (isNonProduction(baseOf(folder))) return false;
  const own = strongest(candidatesOf(folder, neighbourhood));
  return own !== undefined && own.strength > 1 && usedBy.every((user) => strongest(candidatesOf(user, neighbourhood))?.word !== own.word);
}

/** A base or the like by its name. An overlay called `default` is the one that people take. */
function isSharedPart(folder: string, kustomization: Unit['kustomization']): boolean {
  const buildsOnFolders = kustomization?.references.some(({ type }) => type === 'directory') ?? false;
  const [name = '', parent = ''] = folder.split('/').reverse();
  return isShared(name) && !isNonProduction(name) && !(name === 'default' && (isContainer(parent) || buildsOnFolders));
}

function isUnusedBase({ folder, kustomization, usedBy }: Unit): boolean {
  return kustomization?.kind === 'Kustomization' && usedBy.length === 0 && isSharedPart(folder, kustomization);
}

/** The first of those that have most to show for them. */
function strongest(candidates: readonly Candidate[]): Candidate | undefined {
  return candidates.reduce<Candidate | undefined>((best, next) => (best && best.strength >= next.strength ? best : next), undefined);
}
