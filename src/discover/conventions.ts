import type { DeclaredEnvironment } from '../model/declaration.ts';
import { nameApps } from './app-names.ts';
import { candidatesOf, type Neighbourhood, neighbourhoodOf } from './candidates.ts';
import { placeByCluster } from './clusters.ts';
import { isContainer } from './containers.ts';
import type { Candidate, Placed, Reading } from './reading.ts';
import { isWithin, type Unit } from './units.ts';
import { isShared } from './vocabulary.ts';

export interface ConventionResult {
  readonly readings: readonly Reading[];
  /** Units that are deployed, with no environment to be seen. */
  readonly others: readonly Unit[];
  readonly leftOut: readonly { readonly name: string; readonly why: string }[];
}

/**
 * Reads environments from the names and the neighbourhood of folders: `overlays/<env>`, `environments/<env>`, an
 * environment beside `base/`, siblings that differ in one word. A name alone convinces only where structure elsewhere
 * has shown that environment already.
 */
export function readConventions(units: readonly Unit[], declared: readonly DeclaredEnvironment[] = []): ConventionResult {
  const neighbourhood = neighbourhoodOf(units, declared);
  const leaves = units.filter((unit) => isLeaf(unit, neighbourhood));
  const candidates = new Map(leaves.map((unit) => [unit, candidatesOf(unit.folder, neighbourhood)]));
  const shown = new Set([...candidates.values()].flat().flatMap(({ strength, word, name }) => (strength > 1 ? [word, name] : [])));
  for (const { name } of declared) shown.add(name);
  const placed: Placed[] = [];
  const others: Unit[] = [];
  const leftOut = units.filter(isUnusedBase).map(({ folder }) => ({ name: folder, why: 'a base by its name, and nothing here builds upon it' }));
  for (const [unit, found] of candidates) {
    const usable = found.filter(({ strength, word, plain }) => strength > 1 || (plain && shown.has(word)));
    const best = Math.max(0, ...usable.map(({ strength }) => strength));
    const [first, ...rivals] = usable.filter(({ strength }) => strength === best);
    if (!first) others.push(unit);
    else if (rivals.some(({ word }) => word !== first.word)) {
      leftOut.push({ name: unit.folder, why: ambiguity([first, ...rivals]) });
      others.push(unit);
    } else placed.push({ unit, candidate: first });
  }
  const whole = placed.filter((one) => !placed.some((other) => isPartOf(one, other)));
  return { ...placeByCluster(nameApps(whole), whole, others), leftOut };
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
  if (isSharedPart(folder)) return false;
  if (usedBy.length === 0) return true;
  const own = strongest(candidatesOf(folder, neighbourhood));
  return own !== undefined && own.strength > 1 && usedBy.every((user) => strongest(candidatesOf(user, neighbourhood))?.word !== own.word);
}

/** A base or the like by its name. An overlay called `default` is the one that people take. */
function isSharedPart(folder: string): boolean {
  const [name = '', parent = ''] = folder.split('/').reverse();
  return isShared(name) && !(name === 'default' && isContainer(parent));
}

function isUnusedBase({ folder, kustomization, usedBy }: Unit): boolean {
  return kustomization?.kind === 'Kustomization' && usedBy.length === 0 && isSharedPart(folder);
}

/** The first of those that have most to show for them. */
function strongest(candidates: readonly Candidate[]): Candidate | undefined {
  return candidates.reduce<Candidate | undefined>((best, next) => (best && best.strength >= next.strength ? best : next), undefined);
}
