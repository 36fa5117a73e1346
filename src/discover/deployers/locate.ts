import type { NamedPath, Whereabouts } from '../../model/deployment.ts';
import { isKustomizationPath } from '../../model/kubernetes/kustomization.ts';
import type { Gap, RendererName } from '../../model/render-result.ts';
import { kustomizationPaths } from '../../render/kustomize/kustomization.ts';
import { withoutCredentials } from '../../text/credentials.ts';
import { folderOf, joinPath } from '../../text/path.ts';
import { isUnfilled } from '../../text/unfilled.ts';
import type { Scalar } from '../../tree/node.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { nearestPath } from './near.ts';
import type { OwnRepositories } from './repositories.ts';
import type { Said, SaidValuesFile } from './said.ts';

/** A folder that a deployer takes, and how it is made into objects. */
export interface Target {
  readonly root: string;
  readonly renderer: RendererName;
  readonly values?: readonly string[];
  /** The chart is not that of the folder: it lies elsewhere. */
  readonly isAbroad?: boolean;
  /** Values files that are named and cannot be read here. */
  readonly gaps?: readonly Gap[];
}

/** What was said, and whether it is there. */
export interface Located {
  readonly said: Said;
  readonly source: NamedPath;
  readonly valuesFiles: readonly (NamedPath & { readonly optional: boolean })[];
  readonly targets: readonly Target[];
}

/** Looks for what a deployer names. Undefined when it names no path, such as a chart of a registry. */
export function locate(said: Said, workspace: Workspace, repositories: OwnRepositories, holdsManifests: (folder: string) => boolean): Located | undefined {
  const at = said.path ?? said.chart;
  if (!at) return undefined;
  const scene = { said, workspace, repositories };
  const source: NamedPath = said.path ? named(said.path, said.folder ?? said.path.text, scene) : { text: at.text, node: at, whereabouts: 'elsewhere' };
  const valuesFiles = said.valuesFiles.map((file) => ({ ...valuesFileOf(file, said, source, scene), optional: file.optional }));
  const here = source.whereabouts === 'here' && source.path !== undefined ? targetsAt(source.path, said, valuesFiles, workspace, holdsManifests) : [];
  return { said, source, valuesFiles, targets: said.path ? here : valuesAlone(said, valuesFiles) };
}

interface Scene {
  readonly said: Said;
  readonly workspace: Workspace;
  readonly repositories: OwnRepositories;
}

function named(node: Scalar, text: string, { said, workspace, repositories }: Scene): NamedPath {
  const { repository, revision } = said;
  const as = (whereabouts: Whereabouts, path?: string): NamedPath => ({ text: node.text, node, whereabouts, ...(path !== undefined && { path }) });
  const { absent } = said;
  if (absent && node === said.path) return { ...as('missing'), gone: text.replace(/^\.\//, ''), near: () => absent.near };
  if (repository === undefined || isUnfilled(text)) return as('unknown');
  if (!repositories.isOwn(repository)) return as('elsewhere');
  // Flux never leaves the repository: what leads out of it begins again at the top.
  const isFlux = said.kind === 'Kustomization' || said.kind === 'HelmRelease';
  const path = joinPath('', text.replace(isFlux ? /^(?:\.{0,2}\/)+/ : /^\/+/, ''));
  if (path === undefined) return as('unknown');
  if (path === '' || workspace.kindOf(path) !== undefined) return as('here', path);
  // Another branch of the same repository may well have it.
  if (!repositories.isAtHand(repository, revision)) return as('unknown');
  return { ...as('missing', path), gone: goneOf(path, workspace), near: () => nearestPath(path, node === said.path ? 'directory' : 'file', workspace) };
}

/** The steps of a path that are not there. */
function goneOf(path: string, workspace: Workspace): string {
  let at = folderOf(path);
  while (at !== '' && workspace.kindOf(at) === undefined) at = folderOf(at);
  return at === '' ? path : path.slice(at.length + 1);
}

/** A values file is named from the folder of its chart, with a `/` from the root, or in another source by `$name/`. */
function valuesFileOf({ node, from }: SaidValuesFile, said: Said, source: NamedPath, scene: Scene): NamedPath {
  const { text } = node;
  // Plugins of Helm fetch or decrypt `secrets://…`.
  if (/^[a-z][\w+.-]*:\/\//i.test(text)) return { text, node, whereabouts: 'elsewhere' };
  // Argo CD fills in `$ARGOCD_APP_NAME`, wherever it stands.
  const isFilledIn = said.kind !== 'HelmRelease' && text.replace(/^\$[^/]+\//, '').includes('$');
  if (isFilledIn || isUnfilled(text) || /[*?[]/.test(text)) return { text, node, whereabouts: 'unknown' };
  if (text.startsWith('$')) {
    return from ? named(node, text.slice(text.indexOf('/') + 1), { ...scene, said: { ...said, ...from } }) : { text, node, whereabouts: 'unknown' };
  }
  const isFromRoot = said.kind === 'HelmRelease' || text.startsWith('/');
  if (!isFromRoot && source.path === undefined) return { text, node, whereabouts: source.whereabouts };
  const path = isFromRoot ? text.replace(/^\//, '') : joinPath(source.path ?? '', text);
  return path === undefined ? { text, node, whereabouts: 'unknown' } : named(node, path, scene);
}

/** The values of a chart that is not here are compared all the same. The file that is most its own says where they lie. */
function valuesAlone({ helm, deployer }: Said, valuesFiles: Located['valuesFiles']): Target[] {
  const values = valuesFiles.flatMap(({ whereabouts, path }) => (whereabouts === 'here' && path !== undefined ? [path] : []));
  const last = values.at(-1);
  if (last !== undefined) return [{ root: folderOf(last), renderer: 'helm', values, isAbroad: true }];
  const isGiven = helm !== undefined && (helm.inline.length > 0 || helm.parameters.length > 0);
  return isGiven ? [{ root: folderOf(deployer.node.origin.file.path), renderer: 'helm', values, isAbroad: true }] : [];
}

function targetsAt(
  folder: string,
  said: Said,
  valuesFiles: Located['valuesFiles'],
  workspace: Workspace,
  holdsManifests: (folder: string) => boolean,
): Target[] {
  if (workspace.kindOf(folder) !== 'directory') return [];
  if (kustomizationPaths(workspace, folder).length > 0) return [{ root: folder, renderer: 'kustomize' }];
  if (isFile(workspace, joinPath(folder, 'Chart.yaml'))) {
    const own = joinPath(folder, 'values.yaml');
    // What takes the place of the chart's own values is all that there is. What is named again, counts again.
    const isAlone = said.helm?.replacesDefaults === true && valuesFiles.length > 0;
    const files = valuesFiles.flatMap(({ whereabouts, path }) => (whereabouts === 'here' && path !== undefined ? [path] : []));
    const gaps = valuesFiles.flatMap(gapOf);
    return [
      {
        root: folder,
        renderer: 'helm',
        ...(gaps.length > 0 && { gaps }),
        values: isAlone || files[0] === own ? files : [...(own !== undefined && isFile(workspace, own) ? [own] : []), ...files],
      },
    ];
  }
  const plain: Target[] = holdsManifests(folder) ? [{ root: folder, renderer: 'plain' }] : [];
  // Flux builds the kustomizations that it finds on its way through a folder without one.
  return said.kind === 'Kustomization'
    ? [...plain, ...topmostKustomizations(folder, workspace).map((root): Target => ({ root, renderer: 'kustomize' }))]
    : plain;
}

/** What a values file that is not here leaves open. One that may be missing, and is, leaves nothing. */
function gapOf({ text, node, whereabouts, optional }: Located['valuesFiles'][number]): Gap[] {
  if (whereabouts === 'here' || (whereabouts === 'missing' && optional)) return [];
  const causes = { missing: 'missing-file', elsewhere: 'remote', unknown: 'other' } as const;
  return [{ cause: causes[whereabouts], message: `values file "${withoutCredentials(text)}" is not here`, origin: node.origin }];
}

function topmostKustomizations(folder: string, workspace: Workspace): string[] {
  const prefix = folder ? `${folder}/` : '';
  const below = workspace.files().filter((path) => path.startsWith(prefix) && isKustomizationPath(path));
  const folders = [...new Set(below.map(folderOf))];
  return folders.filter((one) => one !== folder && !folders.some((other) => other !== one && one.startsWith(`${other}/`)));
}

function isFile(workspace: Workspace, path: string | undefined): boolean {
  return path !== undefined && workspace.kindOf(path) === 'file';
}
