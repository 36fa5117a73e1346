import { baseOf, joinPath } from '../../text/path.ts';
import { isUnfilled } from '../../text/unfilled.ts';
import { type Mapping, type Node, textOf } from '../../tree/node.ts';
import { filesWithLinks } from '../../workspace/linked-files.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { parseYaml } from '../../yaml/parse.ts';
import { merged } from '../argo/template-patch.ts';
import type { Remark } from './said.ts';

/** What the folder of a source says itself of how it is to be rendered. */
export type Override = (source: Node, application: string) => Node;

/** What no file can change. */
const FIXED = ['repoURL', 'targetRevision', 'path', 'chart'];

/**
 * Lays over a source what stands in its folder, as Argo CD does: `.argocd-source.yaml` for all Applications, then
 * `.argocd-source-<name>.yaml` for one. Lists are exchanged as a whole. Only sources in the repository itself are looked at.
 * What cannot be read is told.
 */
export function overridesIn(workspace: Workspace): (isOwn: (url: string) => boolean, tell: (remark: Remark) => void) => Override {
  // Few repositories have any, and some have thousands of sources.
  if (!filesWithLinks(workspace).some((path) => baseOf(path).startsWith('.argocd-source'))) return () => (source) => source;
  return (isOwn, tell) => (source, application) => {
    const [url, path] = [textOf(source, 'repoURL'), textOf(source, 'path')];
    const isHere = url !== undefined && path !== undefined && !isUnfilled(path) && isOwn(url);
    const folder = isHere ? joinPath('', path.replace(/^\/+/, '')) : undefined;
    if (folder === undefined || source.kind !== 'mapping') return source;
    const patches = ['.argocd-source.yaml', `.argocd-source-${application}.yaml`].flatMap((name) => fileIn(folder, name, workspace, tell) ?? []);
    return patches.reduce((target, patch) => merged(target, patch), source satisfies Mapping);
  };
}

function fileIn(folder: string, name: string, workspace: Workspace, tell: (remark: Remark) => void): Mapping | undefined {
  const path = joinPath(folder, name);
  const result = path === undefined || workspace.kindOf(path) !== 'file' ? undefined : workspace.read(path);
  if (!result?.ok) return undefined;
  const { file } = result;
  const { documents, problem } = parseYaml(file);
  const root = documents[0]?.root;
  if (problem || (root && root.kind !== 'mapping')) {
    const { start, end } = problem?.span ?? { start: 0, end: 0 };
    tell({ message: `"${file.path}", which Argo CD lays over the source, is no map`, origin: { file, start, end, how: 'written', precision: 'exact' } });
  }
  if (root?.kind !== 'mapping') return undefined;
  return { ...root, entries: root.entries.filter(({ key }) => !FIXED.includes(key.text)) };
}
