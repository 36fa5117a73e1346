import type { DeclaredEnvironment } from '../model/declaration.ts';
import { folderOf } from '../workspace/workspace.ts';
import { isContainer, isStrongContainer } from './containers.ts';
import type { Candidate } from './reading.ts';
import type { Unit } from './units.ts';
import { isChannel, isNumberedPreview, isShared, type NameReading, readName } from './vocabulary.ts';

/** What is known of a repository's folders when one of them is read. */
export interface Neighbourhood {
  /** The names of the folders in each folder, as far as units stand in them. */
  readonly children: ReadonlyMap<string, ReadonlySet<string>>;
  /** What people declared needs no other evidence. */
  readonly declared: ReadonlyMap<string, DeclaredEnvironment>;
}

export function neighbourhoodOf(units: readonly Unit[], declared: readonly DeclaredEnvironment[]): Neighbourhood {
  const children = new Map<string, Set<string>>();
  for (const { folder } of units) {
    for (let at = folder; at !== ''; at = folderOf(at)) {
      const parent = folderOf(at);
      const names = children.get(parent) ?? new Set();
      children.set(parent, names.add(at.slice(parent ? parent.length + 1 : 0)));
    }
  }
  return { children, declared: new Map(declared.map((environment) => [environment.name, environment])) };
}

/** The steps of a path that may name its environment, from the top. */
export function candidatesOf(folder: string, { children, declared }: Neighbourhood): Candidate[] {
  const found: Candidate[] = [];
  const steps = folder === '' ? [] : folder.split('/');
  for (const [at, name] of steps.entries()) {
    const parent = steps.slice(0, at).join('/');
    const siblings = [...(children.get(parent) ?? [])].filter((sibling) => sibling !== name);
    const reading = declaredReading(name, declared.get(name)) ?? readName(name);
    const evidence = reading
      ? evidenceOf(name, reading, { parent, container: steps[at - 1] ?? '', siblings, isDeclared: declared.has(name) })
      : besideKnown(name, { parent, container: steps[at - 1] ?? '', siblings });
    if (!evidence) continue;
    const whole = reading?.form === 'whole';
    // Below a whole word, a name that is one in part is a cluster's.
    if (!whole && found.some((other) => other.whole)) continue;
    const { tier = 'unknown', labels = {}, plain = false } = reading ?? {};
    const word = reading && reading.form !== 'part' ? reading.word : name;
    found.push({ at, name, tier, word, labels, plain, whole, ...evidence });
  }
  // `preview/pr-12`: the inner one of two that come and go is the environment.
  const ephemeral = found.filter(({ tier }) => tier === 'ephemeral').at(-1);
  return found.filter((candidate) => candidate.tier !== 'ephemeral' || candidate === ephemeral);
}

function declaredReading(name: string, declared: DeclaredEnvironment | undefined): NameReading | undefined {
  if (!declared) return undefined;
  const { tier = 'unknown', labels = {} } = readName(name) ?? {};
  return { tier: declared.tier ?? tier, word: name, form: 'whole', plain: true, labels };
}

interface Surroundings {
  readonly parent: string;
  readonly container: string;
  readonly siblings: readonly string[];
}

type Evidence = Pick<Candidate, 'strength' | 'why'>;

function evidenceOf(name: string, reading: NameReading, around: Surroundings & { readonly isDeclared: boolean }): Evidence {
  const { parent, container, siblings, isDeclared } = around;
  const place = `"${parent || '.'}"`;
  if (isDeclared || convinces(name, reading, container, siblings)) {
    if (isContainer(container) || isPreviewFolder(container)) return { strength: 3, why: `folder in ${place}` };
    const shared = siblings.find(isShared);
    if (shared !== undefined) return { strength: 3, why: `folder beside "${shared}" in ${place}` };
  }
  const twin = siblings.find((sibling) => isTwin(name, sibling));
  if (twin !== undefined) return { strength: 2, why: `folder beside "${twin}" in ${place}` };
  return { strength: 1, why: `folder "${name}" in ${place}, by its name` };
}

/** In a folder for environments, also a name that says nothing is one, if those beside it do. */
function besideKnown(name: string, { parent, container, siblings }: Surroundings): Evidence | undefined {
  if (!isStrongContainer(container) || isShared(name)) return undefined;
  const tiers = new Set(siblings.flatMap((sibling) => readName(sibling)?.tier ?? []));
  return tiers.size > 1 ? { strength: 2, why: `folder in "${parent}", beside known environments` } : undefined;
}

/** Whether a name is an environment's where structure says that one may stand. Words with other meanings need company. */
function convinces(name: string, reading: NameReading, container: string, siblings: readonly string[]): boolean {
  const company = siblings.flatMap((sibling) => {
    const other = readName(sibling);
    return other && other.tier !== reading.tier && other.tier !== 'ephemeral' ? { ...other, name: sibling } : [];
  });
  const amongChannels = siblings.some(isChannel);
  if (reading.tier === 'ephemeral') return isNumberedPreview(name) || isPreviewFolder(container) || (company.length > 0 && !amongChannels);
  if (reading.form === 'whole') return company.length > 0 || (reading.plain && !amongChannels);
  if (reading.form === 'place' && reading.plain) return true;
  // `test-runner` and `dev-portal` are apps; `shop-test` beside `shop-dev` is not.
  return company.some((other) => restOf(other.name) === restOf(name) || (reading.word !== 'test' && other.form === 'whole' && other.plain));
}

function isPreviewFolder(name: string): boolean {
  return /^(?:p?reviews?|ephemeral)$/i.test(name);
}

/** Two names that say "environment" in the same way: both whole words, both with a place, or equal but for the word. */
function isTwin(name: string, sibling: string): boolean {
  const [a, b] = [readName(name), readName(sibling)];
  if (!a || !b || a.tier === 'ephemeral' || b.tier === 'ephemeral') return false;
  if (a.form === 'part' || b.form === 'part') return a.tier !== b.tier && restOf(name) === restOf(sibling);
  if (a.form === 'whole' && b.form === 'whole') return a.tier !== b.tier && (a.plain || b.plain);
  return a.plain && b.plain;
}

/** A name without the word that tells its environment: `shop-dev` and `shop-prod` have the same rest. */
function restOf(name: string): string {
  const tokens = name.toLowerCase().split(/[-_.]/);
  return tokens.filter((token) => readName(token)?.form !== 'whole').join('-');
}
