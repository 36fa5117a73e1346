import { isKustomizationPath } from '../../model/kubernetes/kustomization.ts';
import { isNeverDeployed, scaffoldOf } from '../../render/not-deployed.ts';
import { baseOf, folderOf, joined, upwards } from '../../text/path.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { environmentFolders } from '../folders.ts';

/** The files that may say something of environments, by folder. */
export interface Listing {
  readonly workspace: Workspace;
  /** The names of the files of each folder that has any, sorted by folder. */
  readonly folders: ReadonlyMap<string, readonly string[]>;
  /** Folders with a chart of the repository's own: those that a chart brings along in `charts/` are not among them. */
  readonly charts: ReadonlySet<string>;
  has(path: string): boolean;
}

/** Sorts out what is nowhere deployed: tests, examples, dependencies, the charts within a chart. */
export function listingOf(paths: readonly string[], workspace: Workspace): Listing {
  const charts = new Set(paths.filter((path) => baseOf(path) === 'Chart.yaml').map(folderOf));
  const folders = new Map<string, string[]>();
  for (const path of paths) {
    const names = folders.get(folderOf(path));
    if (names) names.push(baseOf(path));
    else folders.set(folderOf(path), [baseOf(path)]);
  }
  const isEnvironment = environmentFolders(workspace);
  const isLookedAt = (folder: string): boolean =>
    !isNeverDeployed(folder) && scaffoldOf(joined(folder, '-'), 0, isEnvironment) === undefined && !isVendored(folder, charts);
  const kept = new Map([...folders].filter(([folder]) => isLookedAt(folder)));
  return {
    workspace,
    folders: kept,
    charts: new Set([...charts].filter((chart) => kept.has(chart))),
    has: (path) => kept.get(folderOf(path))?.includes(baseOf(path)) ?? false,
  };
}

function isVendored(folder: string, charts: ReadonlySet<string>): boolean {
  return [...upwards(folder)].some((at) => baseOf(at) === 'charts' && at !== '' && charts.has(folderOf(at)));
}

/** Whether a text is a manifest by what stands at its left edge: values files hold whole objects further in. */
export function isManifest(workspace: Workspace, path: string): boolean {
  const result = workspace.read(path);
  if (!result.ok) return false;
  const { text } = result.file;
  if (/^\s*\{/.test(text)) return /"apiVersion"\s*:/.test(text) && /"kind"\s*:/.test(text);
  return /^["']?apiVersion["']?:/m.test(text) && /^["']?kind["']?:/m.test(text);
}

/** Whether a text lists packages for a language: such files have the names of environments, too. */
export function isPackageList(workspace: Workspace, path: string): boolean {
  const result = workspace.read(path);
  return result.ok && /^channels:/m.test(result.file.text) && /^dependencies:/m.test(result.file.text);
}

/** Whether a kustomization stands in the folder: what lies beside it is its own affair. */
export function isKustomized(folder: string, { folders }: Pick<Listing, 'folders'>): boolean {
  return (folders.get(folder) ?? []).some(isKustomizationPath);
}
