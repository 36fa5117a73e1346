import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { git, gitRefusal, gitTop } from './git.ts';
import { openDiskWorkspace } from './open.ts';
import { type TreeWorkspace, withTree } from './tree-workspace.ts';

/** A folder outside of the root, opened; or why it cannot be, for the error at the line that names it. */
export type OtherRoot = { readonly ok: true; readonly workspace: TreeWorkspace } | { readonly ok: false; readonly problem: string; readonly hint: string };

/**
 * Opens a folder that `.gitopsrc` names by its path from the root, such as `../prod`: what stands on the disk there, to be
 * read only. Nothing outside of that folder can be read through it.
 */
export async function openOtherRoot(root: string, written: string): Promise<OtherRoot> {
  const shown = path.posix.normalize(written).replace(/(?<=.)\/$/, '');
  if (path.isAbsolute(written)) return refused(`"${written}" is an absolute path`, 'Write where it lies beside this repository, such as ../prod.');
  if (shown !== '..' && !shown.startsWith('../')) return refused(`"${written}" lies inside of this repository`, 'Declare its folders under "apps".');
  const folder = existing(path.join(root, shown), written);
  if (typeof folder !== 'string') return folder;
  const own = realpathSync(root);
  if (folder === own) return refused(`"${written}" is this repository itself`, 'Name the folder of another one.');
  if (isInside(folder, own)) return refused(`"${written}" lies inside of this repository`, 'Declare its folders under "apps".');
  if (isInside(own, folder)) return refused(`"${written}" holds this repository`, 'Name a folder beside it.');
  const refusal = gitTop(folder) === undefined ? gitRefusal(folder) : undefined;
  if (refusal) return refused(`"${written}": ${refusal.message}`, refusal.hint ?? '');
  if (isBare(folder)) return refused(`"${written}" is a bare repository, which has no files`, 'Name a checkout of it.');
  return { ok: true, workspace: withTree(await openDiskWorkspace({ root: folder, folder: '' }), shown) };
}

function refused(problem: string, hint: string): OtherRoot & { readonly ok: false } {
  return { ok: false, problem, hint };
}

/** The real path of a folder, or why there is none. */
function existing(folder: string, written: string): string | (OtherRoot & { readonly ok: false }) {
  try {
    return statSync(folder).isDirectory() ? realpathSync(folder) : refused(`"${written}" is a file`, 'Name the folder that holds the repository.');
  } catch (error) {
    const isMissing = ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
    return isMissing
      ? refused(`there is no folder "${written}"`, 'Check it out there first, or mend the path: it counts from the root of this repository.')
      : refused(`"${written}" cannot be read`, 'Check its permissions.');
  }
}

function isInside(folder: string, outer: string): boolean {
  const relative = path.relative(outer, folder);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

function isBare(folder: string): boolean {
  return git(folder, ['rev-parse', '--is-bare-repository'])?.toString('utf8').trim() === 'true';
}
