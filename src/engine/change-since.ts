import type { Settings } from '../config/settings.ts';
import type { Change, Repository } from '../model/repository.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { readRepository, type Trees, withOwnTree } from './read-repository.ts';

/** Where a change set out from. */
export interface Departed {
  readonly trees: Trees;
  /** Names of the files that are other than there, those that are new or gone included. */
  readonly files: ReadonlySet<string>;
}

/** Where a change of the repository's own tree set out from; all other trees are as they are. */
export function departedFrom(trees: Trees, { workspace, files }: Pick<Departed, 'files'> & { readonly workspace: Workspace }): Departed {
  return { trees: withOwnTree(trees, workspace), files };
}

/** Reads what there was before a change, by the settings of today. */
export async function changeSince({ trees, files }: Departed, folder: string, settings: Settings, everHeld?: Repository['everHeld']): Promise<Change> {
  const { repository } = await readRepository(trees, folder, settings, { everHeld });
  return { before: repository, files };
}

/** Reads a repository as it is and as it was before a change. */
export async function readChanged(
  trees: Trees,
  departed: Departed,
  folder: string,
  settings: Settings,
): Promise<{ readonly repository: Repository; readonly change: Change }> {
  const change = await changeSince(departed, folder, settings);
  const { repository } = await readRepository(trees, folder, settings, { since: change });
  return { repository, change };
}
