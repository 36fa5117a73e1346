import type { Settings } from '../config/settings.ts';
import { environmentBranches, namedBy, type Tree } from '../discover/trees.ts';
import { ConfigError } from '../errors.ts';
import type { DeclaredBranches, DeclaredRepository } from '../model/declaration.ts';
import type { Discovery } from '../model/discovery.ts';
import { compilePattern } from '../model/path-pattern.ts';
import { locationOf } from '../tree/node.ts';
import { branchesMatching } from '../workspace/branches.ts';
import { openBranches } from '../workspace/open-branches.ts';
import { openOtherRoot } from '../workspace/other-root.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Trees } from './read-repository.ts';

/**
 * Opens what `.gitopsrc` says of environments outside of the working tree: a branch each (`branches`), read without a
 * checkout, or a repository each (`repositories`), read only. Throws a `ConfigError` at the line of a repository that
 * cannot be opened; a branch that cannot be read is left out.
 */
export async function openTrees(root: string, workspace: Workspace, { declaration }: Settings): Promise<Trees> {
  const own: Tree = { name: '', workspace };
  const { branches, repositories } = declaration;
  const inBranches = branches ? treesOfBranches(root, branches, declaration.environments) : undefined;
  const others: Tree[] = [];
  for (const repository of repositories) others.push(await treeOfRepository(root, repository));
  const checkedOut = inBranches?.own ? { ...own, ...inBranches.own } : own;
  return { trees: [checkedOut, ...(inBranches?.trees ?? []), ...others], leftOut: inBranches?.leftOut ?? [] };
}

interface BranchTrees {
  /** What the working tree is, if the branch that is checked out is one of an environment. */
  readonly own: Omit<Tree, 'name' | 'workspace'> | undefined;
  readonly trees: readonly Tree[];
  readonly leftOut: Discovery['leftOut'];
}

function treesOfBranches(root: string, { pattern, origin }: DeclaredBranches, environments: Settings['declaration']['environments']): BranchTrees {
  const compiled = compilePattern(pattern);
  // Validated when the file was read.
  if ('problem' in compiled) return { own: undefined, trees: [], leftOut: [] };
  const found = branchesMatching(root, compiled);
  const meant = environmentBranches(found.branches, pattern, environments);
  const opened = openBranches(root, meant.branches);
  const checkedOut = meant.branches.find(({ isCheckedOut }) => isCheckedOut);
  return {
    own: checkedOut && { ...namedBy(checkedOut.names), branch: checkedOut.branch, origin },
    trees: opened.trees.map(({ branch, workspace }) => ({ name: branch.name, ...namedBy(branch.names), branch: branch.branch, workspace, origin })),
    leftOut: [...found.leftOut, ...meant.leftOut, ...opened.leftOut],
  };
}

async function treeOfRepository(root: string, { environment, path, origin }: DeclaredRepository): Promise<Tree> {
  const opened = await openOtherRoot(root, path);
  if (!opened.ok) throw new ConfigError(opened.problem, locationOf(origin), opened.hint);
  return { name: opened.workspace.tree, environment, workspace: opened.workspace, origin };
}
