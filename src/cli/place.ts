import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import {
  findPlace,
  indexWorkspace,
  type LintResult,
  type LoadedSettings,
  loadSettings,
  openDiskWorkspace,
  type Place,
  rules,
  UsageError,
  type Workspace,
} from '../index.ts';
import type { Flags } from './args.ts';
import type { Terminal } from './terminal.ts';

/** Where a command works, and with which settings. */
export interface Session extends LoadedSettings {
  readonly place: Place;
  readonly workspace: Workspace;
  /** Reads the settings again, from a workspace in which the configuration is another. */
  readonly settingsIn: (workspace: Workspace) => Promise<LoadedSettings['settings']>;
}

/** Opens the workspace that the flags name, and reads its `.gitopsrc`. */
export async function openSession(
  dir: string | undefined,
  flags: Flags,
  terminal: Terminal,
  options: { readonly fallbackRoot?: string } = {},
): Promise<Session> {
  const absolute = path.resolve(terminal.folder, dir ?? '.');
  const root = flags.root === undefined ? undefined : path.resolve(terminal.folder, flags.root);
  const place = findPlace(absolute, { root, ...options });
  const workspace = flags.staged ? indexWorkspace(place.root) : await openDiskWorkspace(place);
  const named = flags.config === undefined ? undefined : pathInRoot('--config', place, path.resolve(terminal.folder, flags.config), flags.config);
  const { preset } = flags;
  const load = async (from: Workspace): Promise<LoadedSettings> => {
    const loaded = await loadSettings(from, place.folder, rules, named);
    return preset ? { ...loaded, settings: { ...loaded.settings, presetOf: () => preset } } : loaded;
  };
  return { ...(await load(workspace)), place, workspace, settingsIn: async (changed) => (await load(changed)).settings };
}

/** What to tell of a folder in which nothing could be looked at. */
export function nothingToCheck(dir: string, leftOut: LintResult['discovery']['leftOut']): UsageError {
  const named = leftOut.slice(0, 3).map(({ name, why }) => `${name}: ${why}`);
  const rest = leftOut.length > named.length ? [`and ${leftOut.length - named.length} more`] : [];
  const hint = 'Name the folder that holds them, or declare "apps" in .gitopsrc.';
  return new UsageError(`there is nothing to check in "${dir}": no kustomization and no manifest`, [...named, ...rest, hint].join('\n  '));
}

/** The root is a real path: the folder of the file has to be one, too. The file itself may be a link, as any file may. */
export function pathInRoot(flag: string, { root }: Place, absolute: string, given: string): string {
  const folder = path.dirname(absolute);
  const real = existsSync(folder) ? path.join(realpathSync(folder), path.basename(absolute)) : absolute;
  const relative = path.relative(root, real).split(path.sep).join('/');
  if (relative.startsWith('../') || path.isAbsolute(relative))
    throw new UsageError(`${flag} ${given} lies outside of the root "${root}"`, 'Move it into the repository, or name another --root.');
  return relative;
}
