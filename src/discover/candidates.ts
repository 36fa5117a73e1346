import type { DeclaredEnvironment } from '../model/declaration.ts';
import {
  environmentIn,
  isChannel,
  isNoEnvironment,
  isNonProduction,
  isNumberedPreview,
  isShared,
  type NameReading,
  readName,
  restOf,
} from '../model/vocabulary.ts';
import { folderOf, isWithin, joined } from '../text/path.ts';
import { type Likeness, likenessOf } from './alike.ts';
import { isContainer, isForPreviews, isPreviewContainer, isStrongContainer } from './containers.ts';
import type { Candidate } from './reading.ts';
import type { Unit } from './units.ts';

/** What is known of a repository's folders when one of them is read. */
export interface Neighbourhood {
  /** The names of the folders in each folder, as far as units stand in them. */
  readonly children: ReadonlyMap<string, ReadonlySet<string>>;
  /** What people declared needs no other evidence. */
  readonly declared: ReadonlyMap<string, Pick<DeclaredEnvironment, 'tier' | 'below'>>;
  /** Which folders are like known environments beside them. */
  readonly likeness: Likeness;
  /** How long the path of the folder is that was asked for: what it is called itself says nothing. */
  readonly from: number;
}

/** Folders of examples, and of what tests and tools need. */
const SHOWN = /^(?:examples?|samples?|docs?|e2e|hack|fixtures)$/;

export function neighbourhoodOf(
  units: readonly Unit[],
  declared: readonly DeclaredEnvironment[],
  { ordered, scope }: { readonly ordered: readonly string[]; readonly scope: string },
): Neighbourhood {
  const children = new Map<string, Set<string>>();
  for (const { folder } of units) {
    for (let at = folder; at !== ''; at = folderOf(at)) {
      const parent = folderOf(at);
      const names = children.get(parent) ?? new Set();
      children.set(parent, names.add(at.slice(parent ? parent.length + 1 : 0)));
    }
  }
  return {
    children,
    declared: new Map<string, Pick<DeclaredEnvironment, 'tier' | 'below'>>([
      ...ordered.map((name) => [name, { below: [''] }] as const),
      ...declared.map((environment) => [environment.name, environment] as const),
    ]),
    likeness: likenessOf(
      units.map(({ folder }) => folder),
      children,
    ),
    from: scope.length,
  };
}

/** The steps of a path that may name its environment, from the top. */
export function candidatesOf(folder: string, { children, declared, likeness, from }: Neighbourhood): Candidate[] {
  const found: Candidate[] = [];
  const steps = folder === '' ? [] : folder.split('/');
  for (const [at, name] of steps.entries()) {
    const parent = steps.slice(0, at).join('/');
    // What only shows how a thing is used is nobody's environment.
    if (SHOWN.test(steps[at - 1] ?? '') && parent.length > from) break;
    const siblings = [...(children.get(parent) ?? [])].filter((sibling) => sibling !== name);
    const known = declared.get(name);
    const isDeclared = known?.below.some((scope) => isWithin(folder, scope)) ?? false;
    const reading = declaredReading(name, isDeclared ? known : undefined) ?? readName(name) ?? previewReading(name, steps[at - 1] ?? '');
    const around: Surroundings = { parent, container: steps[at - 1] ?? '', siblings, likeness, children };
    const own = reading && evidenceOf(name, reading, around, isDeclared);
    const beside = own && own.strength > 1 ? undefined : (besideKnown(name, around) ?? besideProduction(name, around) ?? besideAlike(name, around));
    const evidence = beside ?? own;
    if (!evidence) continue;
    const whole = reading?.form === 'whole';
    // Below a whole word, a name that is one in part is a cluster's.
    if (!whole && found.some((other) => other.whole)) continue;
    const { tier = isNonProduction(name) ? 'test' : 'unknown', labels = {}, plain = false } = reading ?? {};
    const word = reading && reading.form !== 'part' ? reading.word : name;
    const app = reading?.form === 'part' && evidence.strength > 1 ? appIn(name, children, parent) : undefined;
    const environment = app === undefined ? name : (environmentIn(name) ?? name);
    found.push({ at, name: environment, tier, word, labels, plain, whole, ...(app !== undefined && { app }), ...evidence });
  }
  // `preview/pr-12`: the inner one of two that come and go is the environment.
  const ephemeral = found.filter(({ tier }) => tier === 'ephemeral').at(-1);
  return found.filter((candidate) => candidate.tier !== 'ephemeral' || candidate === ephemeral);
}

/** What `checkout-prod` has besides its environment, if that is the name of a folder elsewhere: an app with an overlay of that name. */
function appIn(name: string, children: Neighbourhood['children'], parent: string): string | undefined {
  const rest = restOf(name);
  return [...children].some(([folder, names]) => folder !== parent && names.has(rest)) ? rest : undefined;
}

/** Whatever stands in a folder for previews comes and goes. */
function previewReading(name: string, container: string): NameReading | undefined {
  return isPreviewContainer(container) ? { tier: 'ephemeral', word: name, form: 'whole', plain: false, labels: {} } : undefined;
}

function declaredReading(name: string, declared: Pick<DeclaredEnvironment, 'tier'> | undefined): NameReading | undefined {
  if (!declared) return undefined;
  const { tier = 'unknown', labels = {}, word = name, form } = readName(name) ?? {};
  return { tier: declared.tier ?? tier, word: form === 'whole' ? word : name, form: 'whole', plain: true, labels };
}

interface Surroundings {
  readonly parent: string;
  readonly container: string;
  readonly siblings: readonly string[];
  readonly likeness: Likeness;
  readonly children: Neighbourhood['children'];
}

type Evidence = Pick<Candidate, 'strength' | 'why'>;

function evidenceOf(name: string, reading: NameReading, around: Surroundings, isDeclared: boolean): Evidence {
  const { parent, container, siblings, likeness } = around;
  const place = `"${parent || '.'}"`;
  if (!isDeclared && isScaffold(siblings)) return { strength: 1, why: `folder "${name}" in ${place}, by its name` };
  if (isDeclared || convinces(name, reading, container, siblings)) {
    if (isContainer(container) || isForPreviews(container)) return { strength: 3, why: `folder in ${place}` };
    const shared = siblings.find(isShared);
    if (shared !== undefined) return { strength: 3, why: `folder beside "${shared}" in ${place}` };
  }
  const twin = siblings.find((sibling) => isTwin(name, sibling));
  if (twin !== undefined) return { strength: 2, why: `folder beside "${twin}" in ${place}` };
  const alike = reading.plain ? siblings.find((sibling) => likeness.twinOf(joined(parent, sibling)) !== undefined) : undefined;
  if (alike !== undefined) return { strength: 2, why: `folder beside "${alike}" in ${place}, which holds the same` };
  return { strength: 1, why: `folder "${name}" in ${place}, by its name` };
}

/** Opaque names, such as those of clusters, are environments where they stand beside known ones, and hold the same. */
function besideAlike(name: string, { parent, likeness }: Surroundings): Evidence | undefined {
  const twin = isNoEnvironment(name) ? undefined : likeness.twinOf(joined(parent, name));
  return twin === undefined ? undefined : { strength: 2, why: `folder in "${parent || '.'}" that holds the same as "${twin}" beside it` };
}

/** `nonprod` is a group of environments, unless it stands beside production as the only other one. */
function besideProduction(name: string, { parent, container, siblings, children }: Surroundings): Evidence | undefined {
  if (!isNonProduction(name) || !isContainer(container)) return undefined;
  if ([...(children.get(joined(parent, name)) ?? [])].some((inner) => readName(inner))) return undefined;
  const tiers = new Set(siblings.flatMap((sibling) => readName(sibling)?.tier ?? []));
  return tiers.size === 1 && tiers.has('prod') ? { strength: 2, why: `folder in "${parent}", beside production alone` } : undefined;
}

/** In a folder for environments, also a name that says nothing is one, if those beside it do. */
function besideKnown(name: string, { parent, container, siblings }: Surroundings): Evidence | undefined {
  if (!isStrongContainer(container) || isNoEnvironment(name)) return undefined;
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
  if (reading.tier === 'ephemeral') return isNumberedPreview(name) || isForPreviews(container) || (company.length > 0 && !amongChannels);
  if (reading.form === 'whole') return company.length > 0 || (reading.plain && !amongChannels);
  if (reading.form === 'place' && reading.plain) return true;
  // `test-runner` and `dev-portal` are apps; `shop-test` beside `shop-dev` is not.
  const isVague = VAGUE.has(reading.word);
  const isAmongEnvironments = isStrongContainer(container) || (isContainer(container) && !isVague);
  return company.some((other) => restOf(other.name) === restOf(name) || isAmongEnvironments || (!isVague && other.form === 'whole' && other.plain));
}

/** Words that also begin the names of apps: `test-runner`, `load-balancer`. */
const VAGUE = new Set(['test', 'perf']);

/** The folders that operators are scaffolded with: `config/dev` beside them is an installation for its developers. */
function isScaffold(siblings: readonly string[]): boolean {
  return siblings.includes('crd') && (siblings.includes('rbac') || siblings.includes('manager'));
}

/** Two names that say "environment" in the same way: both whole words, both with a place, or equal but for the word. */
function isTwin(name: string, sibling: string): boolean {
  const [a, b] = [readName(name), readName(sibling)];
  if (!a || !b || a.tier === 'ephemeral' || b.tier === 'ephemeral') return false;
  if (a.form === 'part' || b.form === 'part') return a.tier !== b.tier && restOf(name) === restOf(sibling);
  if (a.form === 'whole' && b.form === 'whole') return a.tier !== b.tier && (a.plain || b.plain);
  return a.plain && b.plain;
}
