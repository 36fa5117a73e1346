import { folderOf } from '../workspace/workspace.ts';
import { nameApps } from './app-names.ts';
import { isContainer, isStrongContainer } from './containers.ts';
import type { Candidate, Reading } from './reading.ts';
import type { Unit } from './units.ts';
import { isPlainWord, isShared, readName } from './vocabulary.ts';

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
export function readConventions(units: readonly Unit[]): ConventionResult {
  const folders = childrenByFolder(units);
  const leaves = units.filter((unit) => isLeaf(unit, folders));
  const candidates = new Map(leaves.map((unit) => [unit, candidatesOf(unit.folder, folders)]));
  const strong = new Set([...candidates.values()].flat().flatMap(({ strength, word }) => (strength > 1 ? word : [])));
  const readings: { unit: Unit; candidate: Candidate }[] = [];
  const others: Unit[] = [];
  const leftOut: { name: string; why: string }[] = [];
  for (const unit of leaves) {
    const usable = (candidates.get(unit) ?? []).filter(({ strength, word }) => strength > 1 || (strong.has(word) && isPlainWord(word)));
    const best = Math.max(0, ...usable.map(({ strength }) => strength));
    const [first, ...rivals] = usable.filter(({ strength }) => strength === best);
    if (!first) others.push(unit);
    else if (rivals.some(({ tier }) => tier !== first.tier)) {
      const names = [first, ...rivals].map(({ at }) => `"${unit.folder.split('/')[at]}"`).join(' or ');
      leftOut.push({ name: unit.folder, why: `its environment could be ${names}: declare it in .gitopsrc under "apps"` });
      others.push(unit);
    } else readings.push({ unit, candidate: first });
  }
  const placed = placeByCluster(nameApps(readings), readings, others);
  return { ...placed, leftOut };
}

/**
 * A cluster that stands below one environment everywhere is in that environment also where no folder says so:
 * `production/c1` tells what `rings/ring-2/c1` is.
 */
function placeByCluster(
  named: readonly Reading[],
  readings: readonly { unit: Unit; candidate: Candidate }[],
  others: readonly Unit[],
): Pick<ConventionResult, 'readings' | 'others'> {
  const homes = new Map<string, Reading[]>();
  for (const reading of named) {
    const { cluster } = reading.source.labels;
    if (cluster !== undefined && !cluster.includes('/')) homes.set(cluster, [...(homes.get(cluster) ?? []), reading]);
  }
  // Where folders of several environments hold it, the most frequent one, as long as they are of one tier.
  const home = (step: string): Reading | undefined => {
    const seen = homes.get(step) ?? [];
    if (new Set(seen.map(({ tier }) => tier)).size !== 1) return undefined;
    const count = (reading: Reading) => seen.filter(({ source }) => source.environment === reading.source.environment).length;
    return seen.reduce((best, reading) => (count(reading) > count(best) ? reading : best));
  };
  const placed: Reading[] = [];
  const place = (unit: Unit): boolean => {
    const steps = unit.folder.split('/');
    const at = steps.findIndex((step) => home(step));
    const [step, reading] = [steps[at], home(steps[at] ?? '')];
    if (step === undefined || !reading) return false;
    const before = steps.slice(0, at).filter((name) => !isContainer(name));
    const labels = { ...reading.source.labels, cluster: steps.slice(at).join('/') };
    const why = `cluster "${step}", which stands below "${reading.source.environment}" elsewhere`;
    placed.push({
      ...reading,
      source: { app: before.join('/') || step, environment: reading.source.environment, labels, root: unit.folder, renderer: unit.renderer },
      folder: unit.folder,
      why,
    });
    return true;
  };
  // A name that is only in part an environment's gives way to what is known of the cluster of that name.
  const kept = named.filter((_, index) => {
    const reading = readings[index];
    return !reading || reading.candidate.whole || !place(reading.unit);
  });
  const rest = others.filter((unit) => !place(unit));
  return { readings: [...kept, ...placed], others: rest };
}

/** The names of the folders in each folder, as far as units stand in them. */
function childrenByFolder(units: readonly Unit[]): ReadonlyMap<string, ReadonlySet<string>> {
  const children = new Map<string, Set<string>>();
  for (const { folder } of units) {
    for (let at = folder; at !== ''; at = folderOf(at)) {
      const parent = folderOf(at);
      const names = children.get(parent) ?? new Set();
      if (names.has(at.slice(parent ? parent.length + 1 : 0))) break;
      names.add(at.slice(parent ? parent.length + 1 : 0));
      children.set(parent, names);
    }
  }
  return children;
}

/** What is built upon is not deployed itself, unless another environment is built upon it. */
function isLeaf(unit: Unit, folders: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  if (unit.kustomization && unit.kustomization.kind !== 'Kustomization') return false;
  const last = unit.folder.slice(unit.folder.lastIndexOf('/') + 1);
  if (isShared(last) && unit.folder !== '') return false;
  if (unit.usedBy.length === 0) return true;
  const own = candidatesOf(unit.folder, folders)[0];
  if (!own) return false;
  return unit.usedBy.every((user) => {
    const theirs = candidatesOf(user, folders)[0];
    return theirs !== undefined && theirs.word !== own.word;
  });
}

function candidatesOf(folder: string, folders: ReadonlyMap<string, ReadonlySet<string>>): Candidate[] {
  const steps = folder === '' ? [] : folder.split('/');
  const found: Candidate[] = [];
  for (const [at, name] of steps.entries()) {
    const parent = steps.slice(0, at).join('/');
    const siblings = [...(folders.get(parent) ?? [])].filter((sibling) => sibling !== name);
    const candidate = candidateOf(name, { at, parent, container: steps[at - 1] ?? '', siblings });
    // Below a whole word, a name that is one in part is a cluster's.
    if (candidate && (candidate.whole || !found.some(({ whole }) => whole))) found.push(candidate);
  }
  return found;
}

interface Surroundings {
  readonly at: number;
  readonly parent: string;
  readonly container: string;
  readonly siblings: readonly string[];
}

function candidateOf(name: string, { at, parent, container, siblings }: Surroundings): Candidate | undefined {
  const reading = readName(name);
  const known = siblings.flatMap((sibling) => readName(sibling) ?? []);
  if (!reading) {
    const isNamed = isStrongContainer(container) && !isShared(name) && new Set(known.map(({ tier }) => tier)).size > 1;
    return isNamed
      ? { at, tier: 'unknown', word: name, labels: {}, whole: false, strength: 2, why: `folder in "${parent}", beside known environments` }
      : undefined;
  }
  const { tier, whole, labels } = reading;
  const common = { at, tier, word: whole ? reading.word : name, labels, whole };
  // Words such as "demo" or "live", and names in which a word is only a part, need company to convince.
  const convinces = (whole && isPlainWord(reading.word)) || tier === 'ephemeral' || known.some((other) => other.tier !== tier);
  if (isContainer(container) && convinces) return { ...common, strength: 3, why: `folder in "${parent}"` };
  const shared = siblings.find(isShared);
  if (shared !== undefined && convinces) return { ...common, strength: 3, why: `folder beside "${shared}" in "${parent || '.'}"` };
  const twin = siblings.find((sibling) => isTwin(name, sibling));
  if (twin !== undefined) return { ...common, strength: 2, why: `folder beside "${twin}" in "${parent || '.'}"` };
  return whole ? { ...common, strength: 1, why: `folder "${name}" in "${parent || '.'}", by its name` } : undefined;
}

/** Two names that say "environment" in the same way: both whole words, or equal but for the word. */
function isTwin(name: string, sibling: string): boolean {
  const [a, b] = [readName(name), readName(sibling)];
  if (!a || !b || a.tier === 'ephemeral' || b.tier === 'ephemeral') return false;
  if (a.whole && b.whole) return a.tier !== b.tier;
  const isRegional = (reading: typeof a) => reading.whole || reading.labels['region'] !== undefined;
  if (isRegional(a) && isRegional(b)) return true;
  return a.tier !== b.tier && restOf(name) === restOf(sibling);
}

/** A name without the word that tells its environment: `shop-dev` and `shop-prod` have the same rest. */
function restOf(name: string): string {
  return name
    .toLowerCase()
    .split(/[-_.]/)
    .filter((token) => !readName(token)?.whole)
    .join('-');
}
