import type { RenderProblem, RenderResult } from '../model/render-result.ts';
import { Resource } from '../model/resource.ts';
import { SourceFile } from '../text/source-file.ts';
import { textOf } from '../tree/node.ts';
import { folderOf, type Workspace } from '../workspace/workspace.ts';
import { parseYaml } from '../yaml/parse.ts';
import { READ_PROBLEMS, wholeFile } from './kustomize/files.ts';
import { KUSTOMIZATION_NAMES } from './kustomize/kustomization.ts';
import { manifestsIn } from './kustomize/manifests.ts';
import type { Renderer, RenderOptions } from './renderer.ts';

/** Reads folders of manifests as they are, sub-folders included but for those that another renderer makes. */
export function createPlainRenderer({ workspace }: RenderOptions): Renderer {
  const index = indexOf(workspace);
  return {
    name: 'plain',
    detects: (folder) => filesBelow(index, folder).some((path) => holdsObject(workspace, path)),
    render: (folder) => render(workspace, filesBelow(index, folder), folder),
  };
}

/** Manifests by path, and the folders that are built in another way. */
interface ManifestIndex {
  readonly files: readonly string[];
  readonly built: ReadonlySet<string>;
}

const indexes = new WeakMap<Workspace, ManifestIndex>();

function indexOf(workspace: Workspace): ManifestIndex {
  let index = indexes.get(workspace);
  if (!index) {
    const all = workspace.files();
    const built = new Set(all.filter((path) => KUSTOMIZATION_NAMES.includes(nameOf(path)) || nameOf(path) === 'Chart.yaml').map(folderOf));
    index = { files: all.filter((path) => /\.(?:ya?ml|json)$/.test(path)), built };
    indexes.set(workspace, index);
  }
  return index;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function filesBelow({ files, built }: ManifestIndex, folder: string): string[] {
  const prefix = folder ? `${folder}/` : '';
  return files.filter((path) => {
    if (!path.startsWith(prefix)) return false;
    for (let at = folderOf(path); at.length > folder.length; at = folderOf(at)) if (built.has(at)) return false;
    return !built.has(folder);
  });
}

function holdsObject(workspace: Workspace, path: string): boolean {
  const result = workspace.read(path);
  return result.ok && parseYaml(result.file).documents.some(({ root }) => textOf(root, 'kind') !== undefined && textOf(root, 'apiVersion') !== undefined);
}

function render(workspace: Workspace, paths: readonly string[], folder: string): RenderResult {
  const problems: RenderProblem[] = [];
  const resources: Resource[] = [];
  for (const path of paths) {
    const result = workspace.read(path);
    if (!result.ok) {
      const origin = wholeFile(new SourceFile(path, ''));
      problems.push({ cause: 'other', message: `"${path}" ${READ_PROBLEMS[result.problem]}`, origin, rule: 'render-error' });
      continue;
    }
    const found = manifestsIn(parseYaml(result.file), result.file.text, looksLikeObject);
    problems.push(...found.problems);
    for (const { node, flaws } of found.objects) {
      problems.push(...flaws);
      resources.push(new Resource(node));
    }
  }
  const status = problems.length > 0 ? 'failed' : 'rendered';
  return { folder, renderer: 'plain', kind: '', status, resources, gaps: [], problems, effects: [], inputs: new Set(paths) };
}

/** Values files and the like are no manifests, and nobody claims they are. */
function looksLikeObject(root: Parameters<typeof textOf>[0]): boolean {
  return textOf(root, 'kind') !== undefined || textOf(root, 'apiVersion') !== undefined;
}
