import { isKustomizationPath } from '../model/kubernetes/kustomization.ts';
import type { RendererName } from '../model/render-result.ts';
import { type Kustomization, kustomizationIn } from '../render/kustomize/references.ts';
import { isNeverDeployed, isOfTool, scaffoldOf } from '../render/not-deployed.ts';
import { compareText } from '../text/location.ts';
import { baseOf, folderOf, isWithin, upwards } from '../text/path.ts';
import { filesWithLinks } from '../workspace/linked-files.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { environmentFolders } from './folders.ts';

/** A folder that could be deployed on its own. */
export interface Unit {
  /** Relative to the root; `''` is the root. */
  readonly folder: string;
  readonly renderer: RendererName;
  readonly kustomization?: Kustomization;
  /** Folders of the kustomizations that build on it. */
  readonly usedBy: readonly string[];
}

const YAML = /\.(?:ya?ml|json)$/;

/**
 * The folders below `scope` that hold something to deploy: each with a kustomization, and the topmost ones with
 * manifests that belong to none. Sorted by path.
 */
export function unitsOf(workspace: Workspace, scope: string, isIgnored: (path: string) => boolean): Unit[] {
  const from = scope ? scope.length + 1 : 0;
  const files = filesBelow(workspace, scope, isIgnored);
  const kustomized = new Set(files.filter(isKustomizationPath).map(folderOf));
  const charts = new Set(files.filter((path) => baseOf(path) === 'Chart.yaml').map(folderOf));
  const usedBy = new Map<string, string[]>();
  const units: Unit[] = [];
  const reached = new Set<string>();
  for (const folder of [...kustomized].sort(compareText)) {
    const kustomization = kustomizationIn(workspace, folder);
    if (!kustomization) continue;
    for (const { target, type } of kustomization.references) {
      if (target === undefined) continue;
      // What names itself goes in a circle, and is not built upon for that.
      if (type === 'directory' && target === folder) continue;
      if (type === 'directory') usedBy.set(target, [...(usedBy.get(target) ?? []), folder]);
      else reached.add(target);
    }
    units.push({ folder, renderer: 'kustomize', kustomization, usedBy: [] });
  }
  const isBelow = (folder: string, set: ReadonlySet<string>): boolean => [...upwards(folder)].some((at) => set.has(at));
  const isEnvironment = environmentFolders(workspace);
  const isLoose = (path: string) =>
    scaffoldOf(path, from, isEnvironment) === undefined && !reached.has(path) && !isBelow(folderOf(path), kustomized) && !isBelow(folderOf(path), charts);
  const loose = files.filter((path) => YAML.test(path) && isLoose(path) && holdsManifest(workspace, path));
  for (const folder of new Set(loose.map(folderOf))) units.push({ folder, renderer: 'plain', usedBy: [] });
  return units.map((unit) => ({ ...unit, usedBy: usedBy.get(unit.folder) ?? [] })).sort((a, b) => compareText(a.folder, b.folder));
}

/** Of the `files` below `scope` the loose manifests that are passed over, by the folder whose name says that nobody deploys them. */
export function scaffoldsOf(files: readonly string[], workspace: Workspace, scope: string): string[] {
  const from = scope ? scope.length + 1 : 0;
  const isEnvironment = environmentFolders(workspace);
  const found = new Set<string>();
  for (const path of files) {
    const folder = YAML.test(path) ? scaffoldOf(path, from, isEnvironment) : undefined;
    if (folder !== undefined && !found.has(folder) && holdsManifest(workspace, path)) found.add(folder);
  }
  return [...found].sort(compareText);
}

/**
 * Of `paths` those that declare something of what is deployed: files that show, test or bring something along do not, unless they
 * lie in `scope`, the folder that was asked for, and nothing within it says so.
 */
export function deployedPaths(workspace: Workspace, paths: readonly string[], scope: string): string[] {
  const isEnvironment = environmentFolders(workspace);
  return paths.filter((path) => {
    const from = scope && path.startsWith(`${scope}/`) ? scope.length + 1 : 0;
    return !isNeverDeployed(path.slice(from)) && scaffoldOf(path, from, isEnvironment) === undefined;
  });
}

/** The topmost folders that hold a Helm chart, by the `files` below `scope`, sorted. Those within a kustomization are its own affair. */
export function chartsOf(files: readonly string[], scope: string): string[] {
  const from = scope ? scope.length + 1 : 0;
  const foldersOf = (isMeant: (path: string) => boolean) => files.filter(isMeant).map(folderOf).sort(compareText);
  const charts = foldersOf((path) => baseOf(path) === 'Chart.yaml' && scaffoldOf(path, from) === undefined);
  const holders = [...charts, ...foldersOf(isKustomizationPath).filter(Boolean)];
  return charts.filter((chart) => !holders.some((other) => other !== chart && isWithin(chart, other)));
}

/** The files below a folder that may be deployed, sorted. */
export function filesBelow(workspace: Workspace, scope: string, isIgnored: (path: string) => boolean): string[] {
  const prefix = scope ? `${scope}/` : '';
  return filesWithLinks(workspace).filter((path) => path.startsWith(prefix) && !isNeverDeployed(path.slice(prefix.length)) && !isIgnored(path));
}

/** A look at the text is enough: whether it is one is decided when it is rendered. */
function holdsManifest(workspace: Workspace, path: string): boolean {
  const result = workspace.read(path);
  if (!result.ok) return false;
  const { text } = result.file;
  const versions = [...text.matchAll(/^[^\S\n]*[{]?[^\S\n]*"?apiVersion"?:[^\S\n]*["']?([^"'\s,]*)/gm)];
  return versions.some(([, version = '']) => !isOfTool(version)) && /(?:^|[{,])[^\S\n]*"?kind"?:/m.test(text);
}
