import { baseOf, folderOf, joined } from '../../text/path.ts';
import { isStrongContainer } from '../containers.ts';
import { readBareName, readValuesName } from './file-names.ts';
import { chartBelow } from './homes.ts';
import type { FileSet } from './judge.ts';
import { isKustomized, isManifest, isPackageList, type Listing } from './listing.ts';
import { type DeclaredNames, readToken } from './tokens.ts';
import { isConfigFolder, isValuesFolder } from './words.ts';

/** Values files that stand side by side, each for one environment if the set is one of environments. */
export interface ValuesSet extends FileSet {
  /** Whose values these are, where the names say so: `tempo` in `tempo-values-prod.yaml`. */
  readonly prefix: string;
  /** Encrypted files by what differs in their names; they go with the others. */
  readonly secrets: ReadonlyMap<string, readonly string[]>;
}

interface Draft {
  readonly folder: string;
  readonly pattern: string;
  readonly prefix: string;
  readonly isOpen: boolean;
  readonly members: Map<string, string[]>;
  readonly secrets: Map<string, string[]>;
}

/** Every set of values files that the names of a repository's files may mean. */
export function valueSetsOf(listing: Listing, declared: DeclaredNames): ValuesSet[] {
  const drafts = new Map<string, Draft>();
  const add = (folder: string, name: string, set: Omit<Draft, 'folder' | 'members' | 'secrets'>, token: string, isSecret: boolean): void => {
    const key = `${folder}\0${set.pattern}`;
    const draft = drafts.get(key) ?? { ...set, folder, members: new Map<string, string[]>(), secrets: new Map<string, string[]>() };
    drafts.set(key, draft);
    const kept = isSecret ? draft.secrets : draft.members;
    kept.set(token, [...(kept.get(token) ?? []), joined(folder, name)]);
  };
  const isKnown = (name: string) => readToken(name, declared).kind === 'known';
  for (const [folder, names] of listing.folders) {
    if (isKustomized(folder, listing) && !listing.charts.has(folder)) continue;
    const isBare = isBareFolder(folder, listing);
    for (const name of names) {
      const values = readValuesName(name);
      if (values) {
        const { before, after, isSecret } = values;
        if (before === '' && after === '') continue;
        if (before === '') add(folder, name, { pattern: 'values-*', prefix: '', isOpen: true }, after, isSecret);
        else if (after === '') add(folder, name, { pattern: '*-values', prefix: '', isOpen: false }, before, isSecret);
        else if (isKnown(before) && !isKnown(after)) add(folder, name, { pattern: `*-values-${after}`, prefix: after, isOpen: false }, before, isSecret);
        else add(folder, name, { pattern: `${before}-values-*`, prefix: before, isOpen: true }, after, isSecret);
        continue;
      }
      const bare = isBare ? readBareName(name) : undefined;
      if (bare && bare.text !== '') add(folder, name, { pattern: '*', prefix: '', isOpen: true }, bare.text, bare.isSecret);
      const secret = bare ? undefined : secretToken(name);
      if (secret !== undefined) add(folder, name, { pattern: 'values-*', prefix: '', isOpen: true }, secret, true);
    }
  }
  // A file here and there is a sample: the repository has environments where most of its charts know one.
  const holders = new Set([...drafts.values()].flatMap(({ folder, members }) => ([...members.keys()].some(isKnown) ? [folder] : [])));
  const isHabit = holders.size * 2 >= listing.charts.size;
  return [...drafts.values()].flatMap((draft) => finished(draft, listing, declared, isHabit));
}

/** `secrets-prod.yaml` and `prod.enc.yaml`: they are read where values files of that environment stand beside them. */
function secretToken(name: string): string | undefined {
  const bare = readBareName(name);
  return bare?.isSecret && bare.text !== '' ? bare.text : undefined;
}

/**
 * Whether the files of a folder may be values although their names do not say so: in a folder for values they are, in one for
 * settings or environments they may be where the repository has charts.
 */
export function isBareFolder(folder: string, { charts }: Listing): boolean {
  const [step, parent] = [baseOf(folder), baseOf(folderOf(folder))];
  if (parent === 'secrets') return false;
  if (isValuesFolder(step) || isValuesFolder(parent)) return true;
  return charts.size > 0 && (isStrongContainer(step) || isConfigFolder(step));
}

function finished(draft: Draft, listing: Listing, declared: DeclaredNames, isHabit: boolean): ValuesSet[] {
  if (draft.members.size === 0) return [];
  const { folder, pattern, prefix } = draft;
  if (pattern !== '*') return [{ ...draft, hasBase: isHabit && hasBase(folder, prefix, listing), what: 'values file' }];
  // Anything may have such a name: two of environments make it worth reading what the files are.
  const known = [...draft.members.keys()].filter((name) => readToken(name, declared).kind === 'known');
  if (known.length < 2) return [];
  const isCertain = [baseOf(folder), baseOf(folderOf(folder))].some(isValuesFolder);
  const isMeant = (path: string) => isCertain || !(isManifest(listing.workspace, path) || isPackageList(listing.workspace, path));
  const members = new Map([...draft.members].filter(([, paths]) => paths.every(isMeant)));
  return members.size > 0 ? [{ ...draft, members, hasBase: false, what: 'values file' }] : [];
}

function hasBase(folder: string, prefix: string, listing: Listing): boolean {
  const bases = prefix ? [`${prefix}-values.yaml`, `${prefix}.values.yaml`] : ['values.yaml', 'values.yml', 'helmfile.yaml', 'helmfile.yaml.gotmpl'];
  return listing.charts.has(folder) || bases.some((name) => listing.has(joined(folder, name))) || chartBelow(folder, listing) !== undefined;
}
