import { firstOf } from '../text/first-of.ts';
import type { Branch } from './branches.ts';
import { entriesOf, idsOf, isText, treeLines } from './git-tree.ts';
import { batchedStore, heldObjects } from './objects.ts';
import { SnapshotWorkspace } from './snapshot-workspace.ts';
import { type TreeWorkspace, withTree } from './tree-workspace.ts';

export interface OpenBranches {
  readonly trees: readonly { readonly branch: Branch; readonly workspace: TreeWorkspace }[];
  readonly leftOut: readonly { readonly name: string; readonly why: string }[];
}

/** What tells which apps there are: without one of them, something would seem to be absent. */
const TELLING = /\.ya?ml$|(?:^|\/)Kustomization$/;
/** What is read most. */
const USUAL = /\.(?:ya?ml|json|env|properties)$|(?:^|\/)Kustomization$/;

/**
 * Opens branches as they were found, without a checkout and without a network; the one that is checked out is left to the
 * working tree. All share what they read. A branch whose manifests are not all in this clone is left out: half an
 * environment would be compared as a whole one. Any other file that is not there cannot be read, and that is all.
 */
export function openBranches(root: string, branches: readonly Branch[]): OpenBranches {
  const leftOut: { name: string; why: string }[] = [];
  const listed = branches
    .filter(({ isCheckedOut }) => !isCheckedOut)
    .flatMap((branch) => {
      const lines = treeLines(root, branch.commit);
      if (lines) return [{ branch, lines }];
      leftOut.push({ name: branch.name, why: 'its folders are not in this clone; fetch them first' });
      return [];
    });
  const commits = listed.map(({ branch }) => branch.commit);
  const texts = listed.flatMap(({ lines }) => lines.filter(isText));
  const usual = texts.filter(({ path }) => USUAL.test(path));
  const object = batchedStore([idsOf(usual), idsOf(texts)], (ids) => heldObjects(root, ids, commits));
  const trees = listed.flatMap(({ branch, lines }) => {
    const lost = lines.filter((line) => TELLING.test(line.path) && isText(line) && !object(line.id)).map(({ path }) => path);
    if (lost.length === 0) {
      const entries = entriesOf(lines, ({ id }) => object(id));
      return [{ branch, workspace: withTree(new SnapshotWorkspace(branch.name, entries), branch.name) }];
    }
    leftOut.push({ name: branch.name, why: `manifests of it are not in this clone, such as ${firstOf(lost, 1)}; fetch them first` });
    return [];
  });
  return { trees, leftOut };
}
