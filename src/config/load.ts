import { ConfigError } from '../errors.ts';
import type { Rule } from '../rule/rule.ts';
import { compareText, startOf } from '../text/location.ts';
import { baseOf, folderOf, isWithin, joinPath } from '../text/path.ts';
import type { SourceFile } from '../text/source-file.ts';
import type { Mapping } from '../tree/node.ts';
import { CONFIG_NAMES, type Workspace } from '../workspace/workspace.ts';
import { checkEnvironments } from './merge.ts';
import { failWith, type Layer, readLayer } from './read.ts';
import { resolveSettings, type Settings } from './settings.ts';

export interface LoadedSettings {
  readonly settings: Settings;
  /** The configuration that counts; undefined when there is none. */
  readonly file?: SourceFile | undefined;
  /** What stands in that; undefined when it is nothing. */
  readonly content?: Mapping | undefined;
}

/**
 * Reads the `.gitopsrc` that counts, the nearest from `folder` up to the root or the named file, and those in folders
 * below it, each of which refines its own folder. Throws a `ConfigError` with all that is wrong, each at its place.
 */
export async function loadSettings(workspace: Workspace, folder: string, rules: readonly Rule[], named?: string): Promise<LoadedSettings> {
  const nearest = nearestConfig(workspace, folder);
  const counts = named ?? nearest;
  const layers: Layer[] = [];
  const mistakes: ConfigError[] = [];
  const read = async (below: string, choose: () => string | undefined) => {
    try {
      const path = choose();
      if (path !== undefined) layers.push(await readLayer(fileAt(workspace, path), { folder: folderOf(path), below }, rules));
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      mistakes.push(error, ...error.others);
    }
  };
  const isIgnored = (path: string) => layers.some(({ declaration }) => declaration.isIgnored(path));
  await read('', () => named ?? (nearest === undefined ? undefined : configIn(workspace, folderOf(nearest))));
  // What it ignores is not known before it is right.
  failWith(mistakes);
  for (const below of foldersBelow(workspace, nearest)) {
    await read(below, () => {
      const path = isIgnored(below) ? undefined : configIn(workspace, below);
      return path === undefined || path === counts || isIgnored(path) ? undefined : path;
    });
  }
  failWith(mistakes);
  failWith(checkEnvironments(layers));
  const above = counts === undefined || counts !== nearest || folderOf(counts) === '' ? undefined : nearestConfig(workspace, folderOf(folderOf(counts)));
  const { file, root: content } = (counts === undefined ? undefined : layers[0]) ?? {};
  return { settings: { ...resolveSettings(layers), above }, file, content };
}

function fileAt(workspace: Workspace, path: string): SourceFile {
  const result = workspace.read(path);
  if (!result.ok) throw new ConfigError(`cannot read "${path}": ${result.problem}`, undefined, 'A configuration is a text file inside the repository.');
  return result.file;
}

function nearestConfig(workspace: Workspace, folder: string): string | undefined {
  for (let at = folder; ; at = folderOf(at)) {
    const [path] = configsIn(workspace, at);
    if (path !== undefined || at === '') return path;
  }
}

/** The configuration of a folder. Throws where there are two, as nobody could tell which one counts. */
function configIn(workspace: Workspace, folder: string): string | undefined {
  const [first, second] = configsIn(workspace, folder);
  if (first !== undefined && second !== undefined)
    throw new ConfigError(
      `"${first}" lies here, too`,
      startOf(fileAt(workspace, second)),
      'A folder has one configuration: move what you need into one of them.',
    );
  return first;
}

function configsIn(workspace: Workspace, folder: string): string[] {
  return CONFIG_NAMES.flatMap((name) => joinPath(folder, name) ?? []).filter((path) => workspace.kindOf(path) === 'file');
}

/** The folders with a configuration below the one that counts, the outer ones first; below the root, where none counts. */
function foldersBelow(workspace: Workspace, nearest: string | undefined): string[] {
  const base = nearest === undefined ? '' : folderOf(nearest);
  const folders = new Set<string>();
  for (const path of workspace.files()) {
    if (CONFIG_NAMES.includes(baseOf(path)) && folderOf(path) !== base && isWithin(path, base)) folders.add(folderOf(path));
  }
  return [...folders].sort(compareText);
}
