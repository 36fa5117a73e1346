import type { DeclaredEnvironment } from '../model/declaration.ts';
import type { Discovery, VariantSource } from '../model/discovery.ts';
import { readName } from '../model/vocabulary.ts';
import { firstOf } from '../text/first-of.ts';
import { compareText } from '../text/location.ts';
import { nameIn } from '../text/source-file.ts';
import { assumed, isAssumedOf } from './assumed.ts';
import { type FoundTree, type Tree, titleOf } from './trees.ts';

/** The variants of several trees, each in its environment and under the name that its app has in all of them. */
export type PlacedInTrees = Pick<Discovery, 'leftOut' | 'assumptions'> & { readonly variants: readonly VariantSource[] };

/** Places what was found in each tree. See `mergeTrees`. */
export function placeInTrees(found: readonly FoundTree[], declared: readonly DeclaredEnvironment[]): PlacedInTrees {
  const homes = found.flatMap(({ tree }) => (tree.environment === undefined ? [] : [{ ...tree, environment: tree.environment }]));
  const placed = found.map(({ tree, discovery }) =>
    tree.environment === undefined ? placeByFolders(discovery, tree, homes, declared) : placeByTree(discovery.variants, tree, tree.environment, declared),
  );
  const apps = new Map(found.map(({ tree }) => [tree.name, tree.app]));
  const named = withOneName(placed.flatMap(({ sources }) => sources)).map((source) => ({ ...source, app: appIn(apps.get(source.tree ?? ''), source) }));
  return {
    variants: apart(named).sort((a, b) => compareText(a.app, b.app) || compareText(a.root, b.root) || compareText(a.tree ?? '', b.tree ?? '')),
    leftOut: placed.flatMap(({ leftOut }) => leftOut),
    assumptions: placed.flatMap(({ assumptions }) => assumptions),
  };
}

interface Placed extends Pick<Discovery, 'leftOut' | 'assumptions'> {
  readonly sources: readonly VariantSource[];
}

/**
 * A tree whose folders tell the environments. Of one that has a tree of its own, they are not what is deployed: what they
 * hold is checked by itself, and compared with nothing.
 */
function placeByFolders(
  { variants, assumptions }: Discovery,
  { name }: Tree,
  homes: readonly (Tree & { readonly environment: string })[],
  declared: readonly DeclaredEnvironment[],
): Placed {
  const homeOf = (environment: string) => homes.find((home) => kinshipOf(environment, home.environment, declared) === 'same');
  const aside = new Map<string, string>();
  const sources = variants.map((source): VariantSource => {
    const { environment, ...rest } = source;
    const home = environment === undefined ? undefined : homeOf(environment);
    if (environment === undefined || !home) return inTree(source, name);
    aside.set(environment, `is what ${titleOf(home)} holds; what folders here hold of it is checked, and compared with nothing`);
    return inTree({ ...rest, app: rest.root || '.', labels: {} }, name);
  });
  const kept = assumptions.filter((text) => ![...aside.keys()].some((environment) => isAssumedOf(text, environment)));
  return { sources, leftOut: [], assumptions: [...kept, ...[...aside].map(([environment, what]) => assumed(environment, what))] };
}

/** The tree of an environment. Where its folders name that one too, those that name others belong to them; else they tell something else. */
function placeByTree(variants: readonly VariantSource[], tree: Tree, own: string, declared: readonly DeclaredEnvironment[]): Placed {
  const read = variants.map((source) => ({ source, kinship: source.environment === undefined ? 'same' : kinshipOf(source.environment, own, declared) }));
  const namesItself = read.some(({ source, kinship }) => source.environment !== undefined && kinship !== 'foreign');
  const foreign = new Map<string, string[]>();
  const sources: VariantSource[] = [];
  for (const { source, kinship } of read) {
    const { environment: inner, labels, root } = source;
    if (kinship === 'foreign' && inner !== undefined && namesItself) {
      foreign.set(inner, [...(foreign.get(inner) ?? []), nameIn(tree.name, root || '.')]);
      continue;
    }
    const folder = kinship === 'foreign' && inner !== undefined ? { folder: inner } : {};
    const environment = kinship === 'within' ? inner : own;
    sources.push(inTree({ ...source, environment, labels: { ...labels, ...folder, ...tree.labels } }, tree.name));
  }
  const leftOut = [...foreign].map(([inner, names]) => ({ name: firstOf(names, 1), why: `of "${inner}", in the tree of "${own}": not deployed from there` }));
  return { sources, leftOut, assumptions: [] };
}

function inTree(source: VariantSource, name: string): VariantSource {
  return name ? { ...source, tree: name } : source;
}

/** The root of an app's own branch is the app; what lies in folders of it are parts. */
function appIn(own: string | undefined, { app, root }: VariantSource): string {
  if (own === undefined) return app;
  return root === '' ? own : `${own}/${app}`;
}

/**
 * How an environment that a folder names goes with that of its tree: it is the same one, in another spelling or said less
 * exactly; it lies within it (`prod-eu` in `prod`); or it is another.
 */
function kinshipOf(inner: string, own: string, declared: readonly DeclaredEnvironment[]): 'same' | 'within' | 'foreign' {
  if (inner === own) return 'same';
  const [said, meant] = [readName(inner), readName(own)];
  const declaredAs = (name: string) => declared.find((environment) => environment.name === name);
  if (!said || said.tier === 'ephemeral') return 'foreign';
  // A name that says nothing may have been given a tier.
  if (!meant) return said.form === 'whole' && said.tier === declaredAs(own)?.tier && !declaredAs(inner) ? 'same' : 'foreign';
  if (said.word !== meant.word) return 'foreign';
  if (said.form === 'place' && meant.form === 'whole') return 'within';
  if (declaredAs(inner) && declaredAs(own)) return 'foreign';
  const isElsewhere = said.form === 'place' && meant.form === 'place' && (said.labels['region'] ?? inner) !== (meant.labels['region'] ?? own);
  return isElsewhere ? 'foreign' : 'same';
}

/**
 * One name for an app in all trees. Each tree was read by itself, and an app goes by as much of its path as tells it from
 * others there: the longest of the names that one folder has in several trees is the one that tells it from all.
 */
function withOneName(sources: readonly VariantSource[]): VariantSource[] {
  const longer = (a: string, b: string | undefined) => (b === undefined || a.split('/').length > b.split('/').length ? a : b);
  const keyOf = ({ app, tree = '' }: VariantSource) => `${tree}\u0000${app}`;
  const placed = sources.filter(({ environment }) => environment !== undefined);
  const byRoot = new Map<string, string>();
  for (const { app, root } of placed) byRoot.set(root, longer(app, byRoot.get(root)));
  const names = new Map<string, string>();
  for (const source of placed) names.set(keyOf(source), longer(byRoot.get(source.root) ?? source.app, names.get(keyOf(source))));
  return sources.map((source) => ({ ...source, app: (source.environment !== undefined && names.get(keyOf(source))) || source.app }));
}

/** What has no environment must not get among the variants of an app by its name. */
function apart(sources: readonly VariantSource[]): VariantSource[] {
  const taken = new Set(sources.flatMap(({ app, environment, tree }) => (environment === undefined || tree === undefined ? [] : app)));
  return sources.map((source) => (source.environment === undefined && taken.has(source.app) ? { ...source, app: `./${source.root}` } : source));
}
