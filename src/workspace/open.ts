import { existsSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../errors.ts';
import { compareText } from '../text/location.ts';
import { DiskWorkspace } from './disk-workspace.ts';
import { gitFiles, gitRefusal, gitTop, isIgnored } from './git.ts';
import { walk } from './walk.ts';
import { CONFIG_NAMES, type Workspace } from './workspace.ts';

/** Where a run happens: the root (absolute), and DIR relative to it, `''` when they are one. */
export interface Place {
  readonly root: string;
  readonly folder: string;
}

/**
 * The root of a run: `--root`, else the top of the git repository unless DIR is ignored there, else the nearest
 * folder upward with a `.gitopsrc`, else DIR. Throws a `UsageError` when DIR is no folder, lies outside the root, or is in a
 * repository that git refuses.
 */
export function findPlace(dir: string, options: { readonly root?: string | undefined; readonly fallbackRoot?: string } = {}): Place {
  const folder = existingFolder(dir);
  const root = options.root === undefined ? guessRoot(folder, options.fallbackRoot) : existingFolder(options.root);
  const relative = path.relative(root, folder);
  if (relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative)) {
    throw new UsageError(`"${dir}" lies outside of the root "${root}"`, 'Name a folder inside it, or another --root.');
  }
  return { root, folder: relative.split(path.sep).join('/') };
}

function existingFolder(dir: string): string {
  const stats = statSync(dir, { throwIfNoEntry: false });
  if (!stats) throw new UsageError(`no such folder: "${dir}"`);
  if (!stats.isDirectory()) throw new UsageError(`"${dir}" is a file`, 'Name the folder in which to look for environments.');
  return realpathSync(dir);
}

function guessRoot(folder: string, fallback: string | undefined): string {
  const top = gitTop(folder);
  if (top !== undefined) {
    const real = realpathSync(top);
    if (real === folder || !isIgnored(real, folder)) return real;
  } else {
    const refusal = gitRefusal(folder);
    if (refusal) throw refusal;
  }
  for (let at = folder; ; at = path.dirname(at)) {
    if (CONFIG_NAMES.some((name) => existsSync(path.join(at, name)))) return at;
    if (path.dirname(at) === at) break;
  }
  const real = fallback && realpathSync(fallback);
  return real && (folder === real || folder.startsWith(real + path.sep)) ? real : folder;
}

/**
 * The working tree below a root. Git lists its files where it knows the root, a walk that honours ignore files where
 * not. A DIR that is left out that way was named all the same: it is walked, too.
 */
export async function openDiskWorkspace({ root, folder }: Place): Promise<Workspace> {
  const top = gitTop(root);
  const known = top !== undefined && !isIgnored(realpathSync(top), root) ? gitFiles(root) : undefined;
  const files = known ?? (await walk(root));
  if (folder && !files.some((file) => file.startsWith(`${folder}/`))) {
    for (const file of await walk(path.join(root, folder))) files.push(`${folder}/${file}`);
  }
  return new DiskWorkspace(root, files.sort(compareText));
}
