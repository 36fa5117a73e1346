import { isKustomizationPath } from '../../model/kubernetes/kustomization.ts';
import { baseOf, folderOf, joined, upwards } from '../../text/path.ts';
import { isContainer, isStrongContainer } from '../containers.ts';
import { readSettingsName, readValuesName } from './file-names.ts';
import type { FileSet } from './judge.ts';
import { isKustomized, isManifest, isPackageList, type Listing } from './listing.ts';
import { isOfApplication } from './sources.ts';
import { type DeclaredNames, readToken } from './tokens.ts';
import { isBareFolder } from './value-sets.ts';
import { isConfigFolder, isVersionFolder } from './words.ts';

/** Settings that stand side by side, each for one environment if the set is one of environments. */
export interface SettingsSet extends FileSet {
  /** Each file tells of an app of its own: `image-tags/prod/checkout`. */
  readonly isPerApp: boolean;
  /** Values files of the same environments stand beside them, which say what the environments are. */
  readonly isAside: boolean;
}

const SETTINGS = /\.(?:env|properties|json|ya?ml|toml)$/i;
const BARE = /^([^.].*?)\.(?:env|properties|json|ya?ml|toml)$/i;
/** Folders of other tools: what they set up is no app of this repository. */
const FOREIGN = /^(?:Chart\.yaml|helmfile\.ya?ml(?:\.gotmpl)?|fleet\.yaml|terragrunt\.hcl|.+\.(?:tf|tfvars|jsonnet|libsonnet|tfvars\.json))$/;
const FOREIGN_STEP = /^(?:terraform|ansible|inventor(?:y|ies)|group_vars|host_vars|pulumi|packer|cdk|hiera(?:data)?|postman|conda|secrets?|locales?|i18n)$/i;

/** Every set of settings that the names of a repository's files and folders may mean. */
export function settingsSetsOf(listing: Listing, declared: DeclaredNames): SettingsSet[] {
  return [...namedSets(listing), ...folderSets(listing)].flatMap((set) => {
    const tokens = [...set.members.keys()].map((name) => readToken(name, declared));
    // Most files of such names have nothing to do with environments: only then is it worth looking into them.
    if (tokens.filter(({ kind }) => kind === 'known' || kind === 'compound').length < 2) return [];
    const isOther = (path: string) => isYaml(path) && (isManifest(listing.workspace, path) || isPackageList(listing.workspace, path));
    const members = new Map([...set.members].filter(([, paths]) => paths.length > 0 && !paths.some(isOther)));
    return members.size > 0 ? [{ ...set, members }] : [];
  });
}

function isYaml(path: string): boolean {
  return /\.(?:ya?ml|json)$/i.test(path);
}

function namedSets(listing: Listing): SettingsSet[] {
  const sets: SettingsSet[] = [];
  for (const [folder, names] of listing.folders) {
    if (isKustomized(folder, listing) || isForeignFolder(folder, listing)) continue;
    const patterns = new Map<string, Map<string, string[]>>();
    for (const name of names) {
      const found = readSettingsName(name) ?? bareName(name, folder, listing);
      if (!found || found.text === '' || isOfApplication(joined(folder, name), listing)) continue;
      const members = patterns.get(found.pattern) ?? new Map<string, string[]>();
      patterns.set(found.pattern, members.set(found.text, [...(members.get(found.text) ?? []), joined(folder, name)]));
    }
    const ofValues = new Set(names.flatMap((name) => Object.values(readValuesName(name) ?? {})));
    for (const [pattern, members] of patterns) {
      const isAside = [...members.keys()].every((name) => ofValues.has(name));
      sets.push({ folder, pattern, members, hasBase: false, isOpen: true, what: 'settings file', isPerApp: false, isAside });
    }
  }
  return sets;
}

/** `config/prod.yaml`, `overrides/prod.env`, `helm-versions/prod`: the folder says that these are settings. */
function bareName(name: string, folder: string, listing: Listing): { readonly text: string; readonly pattern: string } | undefined {
  const step = baseOf(folder);
  if (isVersionFolder(step) && /^[^.]+$/.test(name)) return { text: name, pattern: '*' };
  if (!isContainer(step) && !isConfigFolder(step) && !isVersionFolder(step)) return undefined;
  if (isYaml(name) && isBareFolder(folder, listing)) return undefined;
  const text = BARE.exec(name)?.[1];
  return text === undefined ? undefined : { text, pattern: '*' };
}

/** `image-tags/prod/checkout`, `config/prod/app.properties`: the folder below one for settings is the environment. */
function folderSets(listing: Listing): SettingsSet[] {
  const sets = new Map<string, Map<string, string[]>>();
  const foreign = new Set<string>();
  for (const [folder, names] of listing.folders) {
    const place = placeIn(folder);
    if (!place) continue;
    const { holder, member } = place;
    const inside = joined(holder, member);
    if (names.some((name) => FOREIGN.test(name) || isKustomizationPath(name) || readValuesName(name)) || isForeignFolder(folder, listing)) foreign.add(inside);
    const isVersion = isVersionFolder(baseOf(holder));
    const files = names.filter((name) => (isVersion && /^[^.]+$/.test(name)) || (SETTINGS.test(name) && !isOfApplication(joined(folder, name), listing)));
    const members = sets.get(holder) ?? new Map<string, string[]>();
    sets.set(holder, members.set(member, [...(members.get(member) ?? []), ...files.map((name) => joined(folder, name))]));
  }
  return [...sets].flatMap(([folder, all]): SettingsSet[] => {
    const members = new Map([...all].filter(([name]) => !foreign.has(joined(folder, name))));
    const isPerApp = isVersionFolder(baseOf(folder)) && [...members.values()].some(({ length }) => length > 1);
    return members.size > 1 ? [{ folder, pattern: '*/', members, hasBase: false, isOpen: true, what: 'folder of settings', isPerApp, isAside: false }] : [];
  });
}

function placeIn(folder: string): { readonly holder: string; readonly member: string } | undefined {
  for (const at of upwards(folder)) {
    const step = baseOf(folderOf(at));
    if (at.includes('/') && (isVersionFolder(step) || isConfigFolder(step) || isStrongContainer(step))) return { holder: folderOf(at), member: baseOf(at) };
  }
  return undefined;
}

function isForeignFolder(folder: string, { folders }: Listing): boolean {
  return folder.split('/').some((step) => FOREIGN_STEP.test(step)) || (folders.get(folder) ?? []).some((name) => /\.tf$/.test(name));
}
