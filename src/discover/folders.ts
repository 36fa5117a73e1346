import { readName } from '../model/vocabulary.ts';
import { compareText } from '../text/location.ts';
import { baseOf, folderOf } from '../text/path.ts';
import { filesWithLinks } from '../workspace/linked-files.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { isContainer } from './containers.ts';

/** The names of what is in each folder that has anything, links not followed. */
export const childrenOf = oncePer((workspace): ReadonlyMap<string, ReadonlySet<string>> => childrenIn(workspace.files()));

/** Every folder that has anything, the root first, sorted. Links are not followed. */
export const foldersOf = oncePer((workspace): readonly string[] => [...new Set(['', ...childrenOf(workspace).keys()])].sort(compareText));

/** Tells `environments/test`, or a `test` beside `dev` and `prod`, from a folder of tests. */
export const environmentFolders = oncePer((workspace): ((folder: string) => boolean) => {
  const folders = childrenIn(filesWithLinks(workspace)).keys();
  const withCompany = new Set([...folders].filter((folder) => ['dev', 'staging', 'prod'].includes(readName(baseOf(folder))?.tier ?? '')).map(folderOf));
  return (folder) => readName(baseOf(folder)) !== undefined && (isContainer(baseOf(folderOf(folder))) || withCompany.has(folderOf(folder)));
});

function childrenIn(files: readonly string[]): Map<string, Set<string>> {
  const children = new Map<string, Set<string>>();
  for (const file of files) {
    for (let at = file; at !== ''; at = folderOf(at)) {
      const folder = folderOf(at);
      const names = children.get(folder) ?? new Set();
      children.set(folder, names);
      const name = baseOf(at);
      if (names.has(name)) break;
      names.add(name);
    }
  }
  return children;
}

function oncePer<T>(make: (workspace: Workspace) => T): (workspace: Workspace) => T {
  const known = new WeakMap<Workspace, { readonly made: T }>();
  return (workspace) => {
    const found = known.get(workspace) ?? { made: make(workspace) };
    known.set(workspace, found);
    return found.made;
  };
}
