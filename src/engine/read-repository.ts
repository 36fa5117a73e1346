import type { Settings } from '../config/settings.ts';
import { wordIn, wordInPath } from '../discover/deployers/words.ts';
import { discover, discoverWhole, type WholeDiscovery } from '../discover/index.ts';
import { mergeTrees } from '../discover/merge-trees.ts';
import { applyOrders } from '../discover/orders/apply.ts';
import type { Tree } from '../discover/trees.ts';
import type { Declaration } from '../model/declaration.ts';
import type { DeployerNote, Deployment, NamedPath, NamedText } from '../model/deployment.ts';
import type { Discovery } from '../model/discovery.ts';
import { sumEffects } from '../model/effect-sum.ts';
import type { Environment } from '../model/environment.ts';
import type { ReachedFile, Repository } from '../model/repository.ts';
import type { Variant } from '../model/variant.ts';
import type { Renderers } from '../render/index.ts';
import { compareText } from '../text/location.ts';
import { nameIn, type SourceFile } from '../text/source-file.ts';
import type { Scalar } from '../tree/node.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { parseYaml } from '../yaml/parse.ts';
import { findCodeOwners } from './code-owners.ts';
import { findLooseFiles } from './loose-files.ts';
import { renderVariants } from './render-variants.ts';
import { renderersOf, withVersion } from './renderers.ts';
import { isYamlPath } from './yaml-path.ts';

/** A repository, and how it was read. */
export interface ReadRepository {
  readonly discovery: TreesDiscovery;
  readonly repository: Repository;
}

/** What is known of a repository besides what it is now. */
export type Past = Partial<Pick<Repository, 'everHeld' | 'since'>> & {
  /** Told how many of all variants are rendered. */
  readonly onRender?: ((done: number, total: number) => void) | undefined;
};

/** What the trees of a run hold together. */
export type TreesDiscovery = Pick<WholeDiscovery, 'environments' | 'variants' | 'part'> & { readonly trees: readonly ReadTree[] };

/** One tree that is read, and what is found in it alone. */
interface ReadTree {
  readonly tree: Tree;
  readonly renderers: Renderers;
  readonly found: WholeDiscovery;
}

/** What is read: the repository's own tree, and those of its environments that live elsewhere. */
export interface Trees {
  /** The repository's own tree first. */
  readonly trees: readonly Tree[];
  readonly leftOut: Discovery['leftOut'];
}

/** Finds what the whole repository deploys, as what a folder holds may depend on all of it, and renders it. */
export async function readRepository(trees: Trees, folder: string, settings: Settings, past: Past = {}): Promise<ReadRepository> {
  const discovery = await discoverTrees(trees, folder, settings, discoverWhole);
  return { discovery, repository: build(discovery, discovery, settings.declaration, past) };
}

/** Finds and renders what is below a folder, without judging: for `environments`. */
export async function survey(trees: Trees, folder: string, settings: Settings): Promise<{ readonly discovery: Discovery; readonly repository: Repository }> {
  const discovery = await discoverTrees(trees, folder, settings, discover);
  return { discovery: discovery.part, repository: build(discovery.part, discovery, settings.declaration) };
}

/** A repository that is all in one tree. */
export function oneTree(workspace: Workspace): Trees {
  return { trees: [{ name: '', workspace }], leftOut: [] };
}

/** The same trees, but for the repository's own, which is read from another workspace. */
export function withOwnTree({ trees: [own, ...others], leftOut }: Trees, workspace: Workspace): Trees {
  return { trees: [{ ...(own ?? { name: '' }), workspace }, ...others], leftOut };
}

/** The workspace from which a file was read. */
export function workspaceOf(trees: Trees, file: SourceFile): Workspace {
  return workspaceOfTree(trees, file.tree);
}

/** The workspace of the tree with a name; the repository's own for none. */
export function workspaceOfTree({ trees }: Trees, tree: string | undefined): Workspace {
  const found = trees.find(({ name }) => name === (tree ?? '')) ?? trees[0];
  if (!found) throw new Error('a repository has at least its own tree');
  return found.workspace;
}

async function discoverTrees({ trees, leftOut }: Trees, folder: string, settings: Settings, read: typeof discover): Promise<TreesDiscovery> {
  const { declaration } = settings;
  const all: ReadTree[] = [];
  for (const tree of trees) {
    const { workspace } = tree;
    const renderers = await renderersOf(workspace, settings);
    all.push({ tree, renderers, found: read({ workspace, declaration, renderers }, folder) });
  }
  const [own] = all;
  if (own && all.length === 1 && own.tree.environment === undefined) {
    return { ...own.found, part: { ...own.found.part, leftOut: [...own.found.part.leftOut, ...leftOut] }, trees: all };
  }
  const parts = all.map(({ tree, found }) => ({ tree, discovery: found.part }));
  const wholes = all.map(({ tree, found: { environments, variants } }) => ({ tree, discovery: { environments, variants, leftOut: [], assumptions: [] } }));
  const names = [...new Set(all.flatMap(({ tree, found }) => [tree.environment ?? [], found.environments.map(({ name }) => name)].flat()))];
  const { environments: ordered } = applyOrders(
    all.flatMap(({ found }) => found.orders),
    names,
  );
  const part = mergeTrees(parts, declaration, ordered);
  return { ...mergeTrees(wholes, declaration, ordered), part: { ...part, leftOut: [...part.leftOut, ...leftOut] }, trees: all };
}

function build(
  part: Pick<WholeDiscovery, 'environments' | 'variants'>,
  discovery: TreesDiscovery,
  declaration: Declaration,
  { since, everHeld, onRender }: Past = {},
): Repository {
  const { isIgnored } = declaration;
  const byName = new Map(discovery.trees.map((one) => [one.tree.name, one]));
  let done = 0;
  const apps = renderVariants(part, (source) => {
    const read = byName.get(source.tree ?? '');
    if (!read) throw new Error(`nobody read the tree "${source.tree}"`);
    const result = read.renderers.render(withVersion(source, declaration));
    done += 1;
    onRender?.(done, part.variants.length);
    return result;
  });
  const variants = apps.flatMap((app) => app.variants);
  const of = ({ tree }: ReadTree) => variants.filter((variant) => (variant.tree ?? '') === tree.name);
  const { trees } = discovery;
  const deployments = trees.flatMap((one) => deploymentsOf(one.found, one.tree.name, discovery.environments, variants));
  const [own] = trees;
  return {
    environments: part.environments,
    apps,
    variants,
    files: trees.flatMap((one) => reachedFiles(one.tree.workspace, of(one))),
    effects: sumEffects(variants.map((variant) => ({ effects: variant.effects, variant }))),
    deployments,
    deployerProblems: trees.flatMap(({ tree, found }) => notesOf(found.notes.problems, tree.name, variants)),
    deployerGaps: trees.flatMap(({ tree, found }) => notesOf(found.notes.gaps, tree.name, variants)),
    unmatchedPatterns: trees.flatMap(({ tree, found }) => notesOf(found.notes.unmatched, tree.name, variants)),
    // Only some rules ask, and both cost a look at all files.
    get looseFiles() {
      return own
        ? findLooseFiles({ workspace: own.tree.workspace, isIgnored, variants: of(own), deployments: deployments.filter(({ holder }) => !holder.tree) })
        : [];
    },
    get codeOwners() {
      return own && findCodeOwners(own.tree.workspace);
    },
    everHeld,
    since,
  };
}

function deploymentsOf({ deployments }: WholeDiscovery, tree: string, environments: readonly Environment[], variants: readonly Variant[]): Deployment[] {
  const byKey = new Map(variants.map((variant) => [variant.key, variant]));
  const byName = new Map(environments.map((environment) => [environment.name, environment]));
  const order = new Map(variants.map((variant, index) => [variant, index]));
  const found = deployments.flatMap(({ said, source, valuesFiles, holder, environment, targetKeys }) => {
    const holding = byKey.get(nameIn(tree, holder));
    if (!holding) return [];
    return {
      kind: said.kind,
      name: said.name,
      deployer: said.deployer,
      holder: holding,
      environment: environment === undefined ? undefined : (byName.get(environment) ?? holding.environment),
      source: withWord(source),
      valuesFiles: valuesFiles.map(withWord),
      cluster: said.cluster && namedText(said.cluster),
      namespace: said.namespace && namedText(said.namespace),
      word: wordIn(said.name),
      dependsOn: said.dependsOn.map(({ path, ...dependency }) => ({ ...dependency, at: said.deployer.field(...path) })),
      isConditional: said.isConditional,
      isOpen: said.isOpen,
      recurses: said.recurses,
      variants: [...new Set(targetKeys.flatMap((key) => byKey.get(nameIn(tree, key)) ?? []))],
    };
  });
  // Those of earlier environments first.
  return found.sort((a, b) => (order.get(a.holder) ?? 0) - (order.get(b.holder) ?? 0));
}

function notesOf(notes: WholeDiscovery['notes']['gaps'], tree: string, variants: readonly Variant[]): DeployerNote[] {
  const byKey = new Map(variants.map((variant) => [variant.key, variant]));
  return notes.flatMap((note) => {
    const holder = byKey.get(nameIn(tree, note.holder));
    return holder ? [{ ...note, holder }] : [];
  });
}

function withWord<P extends NamedPath>(path: P): P {
  return { ...path, word: wordInPath(path.text) };
}

function namedText(node: Scalar): NamedText {
  return { node, word: wordIn(node.text) };
}

/** Templates of charts have the ending of YAML, and become it. */
function isTemplatePath(path: string): boolean {
  return /(?:^|\/)templates\//.test(path);
}

function reachedFiles(workspace: Workspace, variants: readonly Variant[]): ReachedFile[] {
  const byFile = new Map<SourceFile, Set<Variant>>();
  for (const variant of variants) {
    for (const path of variant.inputs) {
      if (!isYamlPath(path) || (variant.renderer === 'helm' && isTemplatePath(path))) continue;
      const result = workspace.read(path);
      if (!result.ok) continue;
      byFile.set(result.file, (byFile.get(result.file) ?? new Set()).add(variant));
    }
  }
  return [...byFile].sort(([a], [b]) => compareText(a.path, b.path)).map(([file, reached]) => ({ yaml: parseYaml(file), variants: [...reached] }));
}
