import type { VariantSource } from '../../model/discovery.ts';
import { joinPath } from '../../text/path.ts';
import { plainOf } from '../../tree/plain.ts';
import type { Workspace } from '../../workspace/workspace.ts';

/** What the objects of Argo CD and Flux cannot be written without. Annotations that Argo CD reads, `argocd.argoproj.io/…`, are on many others. */
const DEPLOYS = /(?<!\.)argoproj\.io|(?:kustomize|helm|source)\.toolkit\.fluxcd\.io|source\.extensions\.fluxcd\.io/;

/**
 * Tells whether a source may put out objects of Argo CD or Flux, which only a render tells for sure. Most charts cannot, as
 * neither they nor their values have the words for it; an archive may have any. A chart that lies elsewhere is not rendered.
 */
export function mayDeployIn(workspace: Workspace): (source: VariantSource) => boolean {
  const charts = new Map<string, boolean>();
  const says = (path: string): boolean => {
    const result = workspace.read(path);
    return result.ok && DEPLOYS.test(result.file.text);
  };
  const chartMay = (folder: string, outer: readonly string[] = []): boolean => {
    const known = charts.get(folder);
    if (known !== undefined) return known;
    if (outer.includes(folder)) return false;
    const start = folder === '' ? '' : `${folder}/`;
    const files = workspace.files().filter((path) => path.startsWith(start));
    const may =
      files.some((path) => path.endsWith('.tgz') || says(path)) || neighboursOf(workspace, folder).some((other) => chartMay(other, [...outer, folder]));
    charts.set(folder, may);
    return may;
  };
  return ({ renderer, root, values = [], helm, isAbroad }) =>
    renderer !== 'helm' ||
    (!isAbroad && (chartMay(root) || values.some(says) || (helm?.inline ?? []).some(({ node }) => DEPLOYS.test(JSON.stringify(plainOf(node))))));
}

/** Charts that a chart names by `file://`. */
function neighboursOf(workspace: Workspace, folder: string): string[] {
  return ['Chart.yaml', 'requirements.yaml'].flatMap((name) => {
    const result = workspace.read(joinPath(folder, name) ?? name);
    if (!result.ok) return [];
    return [...result.file.text.matchAll(/file:\/\/([^\s"']+)/g)].flatMap(([, path = '']) => joinPath(folder, path) ?? []);
  });
}
