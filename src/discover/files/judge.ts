import type { Confidence } from '../../model/discovery.ts';
import type { Tier } from '../../model/environment.ts';
import { groupBy } from '../../text/group-by.ts';
import { baseOf } from '../../text/path.ts';
import { isStrongContainer } from '../containers.ts';
import { stemTiers } from '../stem-tiers.ts';
import { type Compound, type DeclaredNames, type Known, readToken, type Token } from './tokens.ts';

/** Files or folders that stand side by side and differ in one part of their names. */
export interface FileSet {
  readonly folder: string;
  /** Their name, with `*` for what differs: `values-*`. */
  readonly pattern: string;
  /** What differs, and the files of each. */
  readonly members: ReadonlyMap<string, readonly string[]>;
  /** What holds for all of them is there: one known name is then enough. */
  readonly hasBase: boolean;
  /** Names that say nothing are environments in the right company. They are not where apps have names in the same place. */
  readonly isOpen: boolean;
  /** What a member is, for people: `values file`. */
  readonly what: string;
}

/** One environment of a set. */
export interface Member {
  /** Its part of the name, as written. */
  readonly token: string;
  readonly environment: string;
  readonly tier: Tier;
  readonly labels: Readonly<Record<string, string>>;
  readonly confidence: Confidence;
  readonly why: string;
  /** What stands around the environment in the name, where that differs within the set: an app or a namespace. */
  readonly affix: string;
  readonly paths: readonly string[];
}

/** What a set means. */
export interface Judgement {
  readonly members: readonly Member[];
  /** The set shows by itself that it is one of environments. */
  readonly isEvident: boolean;
  /** Files with names of environments that were not believed. */
  readonly doubted: readonly string[];
}

interface Draft {
  readonly set: FileSet;
  readonly tokens: ReadonlyMap<string, Token>;
  readonly known: readonly Known[];
  readonly compounds: readonly Compound[];
  readonly isEvident: boolean;
  readonly isStrong: boolean;
  readonly isGrid: boolean;
}

/** What is known of names from all sets of a repository together. */
interface Lore {
  /** Names that a folder for environments lists, and where. */
  readonly listed: ReadonlyMap<string, string>;
  /** Names that say nothing, and how many folders have them beside environments. */
  readonly recurring: ReadonlyMap<string, number>;
  /** Compounds that are names of their own: `oslo-prod` beside `lima`. */
  readonly wholes: ReadonlySet<string>;
  /** Words and names of environments that sets show by themselves. */
  readonly shown: ReadonlySet<string>;
}

/**
 * Tells which of the names in each set are environments. Two words for different tiers side by side show it; one of
 * them alone needs a base beside it; what says nothing needs their company, or a folder that lists it.
 */
export function judgeSets<Kind extends FileSet>(
  sets: readonly Kind[],
  declared: DeclaredNames,
  namesItself: (path: string, name: string) => boolean,
): { readonly set: Kind; readonly judgement: Judgement }[] {
  const drafts = sets.map((set) => draftOf(set, declared));
  const lore = loreOf(drafts, namesItself);
  const judged = drafts.map((draft) => judge(draft, lore));
  const tiers = stemTiers(judged.flatMap(({ members }) => members.map(({ environment }) => environment)));
  const tiered = (member: Member): Member => (member.tier === 'unknown' ? { ...member, tier: tiers.get(member.environment)?.tier ?? 'unknown' } : member);
  return sets.flatMap((set, at) => {
    const judgement = judged[at];
    return judgement ? [{ set, judgement: { ...judgement, members: judgement.members.map(tiered) } }] : [];
  });
}

const isStable = ({ tier }: Known) => tier !== 'ephemeral';

function tiersOf(known: readonly Known[]): number {
  return new Set(known.map(({ tier }) => tier)).size;
}

function draftOf(set: FileSet, declared: DeclaredNames): Draft {
  const tokens = new Map([...set.members.keys()].map((name) => [name, readToken(name, declared)]));
  const known = [...tokens.values()].flatMap((token) => (token.kind === 'known' ? [token] : []));
  const compounds = [...tokens.values()].flatMap((token) => (token.kind === 'compound' ? [token] : []));
  const plain = known.filter((token) => isStable(token) && token.plain);
  const grouped = [...groupBy(compounds, ({ affix }) => affix).values()].filter(
    (group) => tiersOf(group.map(({ inner }) => inner)) > 1 && group.some(({ inner }) => inner.plain),
  );
  const candidates = [...tokens.values()].filter(({ kind }) => ['known', 'compound', 'open', 'channel'].includes(kind)).length;
  return {
    set,
    tokens,
    known,
    compounds,
    isEvident: plain.length > 0 && tiersOf(known.filter(isStable)) > 1,
    isStrong: tiersOf(plain) > 1,
    isGrid: grouped.flat().length * 2 >= candidates && grouped.length > 0,
  };
}

function loreOf(drafts: readonly Draft[], namesItself: (path: string, name: string) => boolean): Lore {
  const listed = new Map<string, string>();
  const folders = new Map<string, Set<string>>();
  const wholes = new Set<string>();
  const shown = new Set<string>();
  for (const { set, tokens, known, compounds, isEvident, isGrid } of drafts) {
    const hasCompany = known.some(({ plain }) => plain) || compounds.some(({ inner }) => inner.plain);
    const isList = set.isOpen && isStrongContainer(baseOf(set.folder)) && hasCompany && !isGrid;
    if (isEvident) for (const { word, environment } of known) shown.add(word).add(environment);
    for (const [name, { kind }] of tokens) {
      const [path = ''] = set.members.get(name) ?? [];
      if (isList && (kind === 'open' || kind === 'channel' || kind === 'compound' || kind === 'known' || namesItself(path, name))) listed.set(name, path);
      if (set.isOpen && hasCompany && kind === 'open') folders.set(name, (folders.get(name) ?? new Set()).add(set.folder));
    }
  }
  const recurring = new Map([...folders].flatMap(([name, { size }]): [string, number][] => (size > 1 ? [[name, size]] : [])));
  for (const { tokens, isGrid } of drafts) {
    const hasNames = [...tokens.keys()].some((name) => recurring.has(name) || (listed.has(name) && tokens.get(name)?.kind === 'open'));
    for (const [name, { kind }] of tokens) if (kind === 'compound' && (listed.has(name) || (hasNames && !isGrid))) wholes.add(name);
  }
  return { listed, recurring, wholes, shown };
}

/** What is known of one set when its names are judged. */
interface Scene {
  readonly draft: Draft;
  readonly lore: Lore;
  readonly isGrid: boolean;
  /** Nothing in the set shows that its names are those of environments. */
  readonly isLonely: boolean;
  readonly believed: readonly Known[];
  readonly hasManyAffixes: boolean;
  /** The one name that says nothing, beside those that do, is enough. */
  readonly takesOpen: boolean;
}

type Verdict = Pick<Member, 'environment' | 'tier' | 'labels' | 'why'> & Partial<Pick<Member, 'affix' | 'confidence'>>;

function judge(draft: Draft, lore: Lore): Judgement {
  const { set, tokens, known, compounds } = draft;
  const isNamed = (name: string) => lore.listed.has(name) || lore.recurring.has(name);
  const hasNames = [...tokens].some(([name, { kind }]) => kind !== 'known' && isNamed(name));
  const isGrid = draft.isGrid && ![...tokens.keys()].some((name) => lore.wholes.has(name));
  const isLonely = !draft.isEvident && !hasNames;
  const hasPresets = [...tokens.values()].some(({ kind }) => kind === 'preset');
  const isEnoughAlone = (token: Known) => token.isDeclared || isShown(token, lore) || (token.plain && isStable(token) && set.hasBase && !hasPresets);
  const open = [...tokens].filter(([name, { kind }]) => kind === 'open' && !isNamed(name));
  const scene: Scene = {
    draft,
    lore,
    isGrid,
    isLonely,
    believed: isLonely ? known.filter(isEnoughAlone) : known,
    hasManyAffixes: new Set(compounds.map(({ affix }) => affix)).size > 1,
    // Where environments have names that say nothing, they have them in more than one place.
    // Beside many that are known, a few more of one word are of the same kind.
    takesOpen: (open.length === 1 || isFew(open, known)) && lore.recurring.size === 0 && lore.listed.size === 0,
  };
  const members: Member[] = [];
  const doubted: string[] = [];
  for (const [name, token] of tokens) {
    const verdict = verdictOf(name, token, scene);
    if (verdict) members.push({ token: name, confidence: 'low', affix: '', paths: set.members.get(name) ?? [], ...verdict });
    else if (token.kind === 'known' || token.kind === 'compound') doubted.push(shownName(set, name));
  }
  return { members, isEvident: !isLonely || isGrid || known.some(({ isDeclared }) => isDeclared), doubted };
}

function isFew(open: readonly (readonly [string, Token])[], known: readonly Known[]): boolean {
  const stable = known.filter(isStable);
  return stable.length > 2 && tiersOf(stable) > 1 && open.length < stable.length && open.every(([name]) => /^[a-z]+\d*$/.test(name));
}

function isShown({ environment, word }: Known, { shown }: Lore): boolean {
  return shown.has(environment) || shown.has(word);
}

function found({ environment, tier, labels }: Known): Pick<Member, 'environment' | 'tier' | 'labels'> {
  return { environment, tier, labels };
}

/** What a name in a set means, if it is that of an environment. */
function verdictOf(name: string, token: Token, scene: Scene): Verdict | undefined {
  const { draft, lore, isGrid, isLonely, believed, hasManyAffixes, takesOpen } = scene;
  const { set, tokens } = draft;
  const place = `"${set.folder || '.'}"`;
  const beside = `${set.what} beside ${companyOf(set, tokens, name)} in ${place}`;
  const hasCompany = believed.some(isStable);
  if (token.kind === 'known') {
    if (!believed.includes(token) || (!isStable(token) && !hasCompany)) return undefined;
    if (!isLonely) return { ...found(token), why: beside, confidence: draft.isStrong && isStable(token) ? 'high' : 'low' };
    const reason = token.isDeclared ? 'declared' : isShown(token, lore) ? 'an environment elsewhere' : 'beside what it overrides';
    return { ...found(token), why: `${set.what} "${shownName(set, name)}" in ${place}, ${reason}` };
  }
  if (token.kind === 'compound') {
    if (isGrid) return { ...found(token.inner), why: beside, affix: hasManyAffixes ? token.affix : '' };
    return lore.wholes.has(name) || draft.isEvident ? { ...found(token.whole), why: beside } : undefined;
  }
  const unknown = { environment: name, tier: 'unknown', labels: {} } as const;
  if (lore.listed.has(name)) return { ...unknown, why: `named by "${lore.listed.get(name)}"` };
  if (lore.recurring.has(name)) return { ...unknown, why: `${set.what} of that name beside those of environments, in ${lore.recurring.get(name)} folders` };
  const isTaken = set.isOpen && hasCompany && (token.kind === 'channel' || (token.kind === 'open' && takesOpen));
  return isTaken ? { ...unknown, why: beside } : undefined;
}

/** A neighbour for people to look at: one that the vocabulary knows, if there is one. */
function companyOf(set: FileSet, tokens: ReadonlyMap<string, Token>, name: string): string {
  const others = [...tokens].filter(([other]) => other !== name);
  const [company] = others.find(([, token]) => token.kind === 'known' && token.plain) ?? others.find(([, { kind }]) => kind !== 'helper') ?? [];
  return company === undefined ? 'others' : `"${shownName(set, company)}"`;
}

/** As it stands in the folder. */
function shownName({ folder, members }: FileSet, name: string): string {
  const [path = name] = members.get(name) ?? [];
  const [first = name] = path.slice(folder ? folder.length + 1 : 0).split('/');
  return first;
}
