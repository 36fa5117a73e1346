import picomatch from 'picomatch';
import type { DirectoryOptions } from '../model/additions.ts';
import type { Gap, RenderProblem, RenderResult } from '../model/render-result.ts';
import { Resource } from '../model/resource.ts';
import { baseOf, folderOf } from '../text/path.ts';
import { SourceFile } from '../text/source-file.ts';
import { childOf, type Mapping, type Node, textOf } from '../tree/node.ts';
import { filesWithLinks } from '../workspace/linked-files.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { parseYaml } from '../yaml/parse.ts';
import { READ_PROBLEMS, wholeFile } from './kustomize/files.ts';
import { KUSTOMIZATION_NAMES } from './kustomize/kustomization.ts';
import { manifestsIn } from './kustomize/manifests.ts';
import { isNeverDeployed, scaffoldOf } from './not-deployed.ts';
import type { Renderer, RenderOptions } from './renderer.ts';

export interface PlainRenderer extends Renderer {
  /** The files of a folder that hold objects. */
  manifestsOf(folder: string, directory?: DirectoryOptions): string[];
}

/** Reads folders of manifests as they are, sub-folders included but for those that another renderer makes. */
export function createPlainRenderer({ workspace, isIgnored = () => false }: RenderOptions): PlainRenderer {
  const index = indexOf(workspace);
  const manifestsBelow = (folder: string, directory?: DirectoryOptions) => {
    const counts = directory ? filterOf(folder, directory) : () => true;
    return filesBelow(index, folder).filter((path) => !isIgnored(path) && counts(path));
  };
  const manifestsOf = (folder: string, directory?: DirectoryOptions) => manifestsBelow(folder, directory).filter((path) => holdsObject(workspace, path));
  return {
    name: 'plain',
    detects: (folder) => manifestsBelow(folder).some((path) => holdsObject(workspace, path)),
    render: (folder, additions) => render(workspace, manifestsBelow(folder, additions?.directory), folder),
    manifestsOf,
  };
}

/** Which files count, in the way of Argo CD: globs are held against the path below the folder. */
function filterOf(folder: string, { recurse, include, exclude }: DirectoryOptions): (path: string) => boolean {
  const isIncluded = include ? picomatch(include, { dot: true }) : () => true;
  const isExcluded = exclude ? picomatch(exclude, { dot: true }) : () => false;
  return (path) => {
    const inside = path.slice(folder ? folder.length + 1 : 0);
    return (recurse || !inside.includes('/')) && isIncluded(inside) && !isExcluded(inside);
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
    const all = filesWithLinks(workspace);
    const built = new Set(all.filter((path) => KUSTOMIZATION_NAMES.includes(baseOf(path)) || baseOf(path) === 'Chart.yaml').map(folderOf));
    index = { files: all.filter((path) => /\.(?:ya?ml|json)$/.test(path)), built };
    indexes.set(workspace, index);
  }
  return index;
}

function filesBelow({ files, built }: ManifestIndex, folder: string): string[] {
  const prefix = folder ? `${folder}/` : '';
  return files.filter((path) => {
    if (!path.startsWith(prefix) || isNeverDeployed(path.slice(prefix.length)) || scaffoldOf(path, prefix.length) !== undefined) return false;
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
  const gaps: Gap[] = [];
  const resources: Resource[] = [];
  for (const path of paths) {
    const result = workspace.read(path);
    if (!result.ok) {
      const origin = wholeFile(new SourceFile(path, '', 'utf-8', workspace.tree));
      problems.push({ cause: 'other', message: `"${path}" ${READ_PROBLEMS[result.problem]}`, origin, rule: 'render-error' });
      continue;
    }
    const { file } = result;
    const yaml = parseYaml(file);
    // Nobody names these files: what is no manifest is not meant, and a template is somebody else's input.
    if (yaml.problem && !MANIFEST.test(file.text)) continue;
    if (yaml.problem && TEMPLATE.test(file.text)) {
      const origin = { ...wholeFile(file), start: yaml.problem.span.start, end: yaml.problem.span.end };
      gaps.push({ cause: 'template', message: `"${path}" is a template, which is not filled in`, origin });
      continue;
    }
    const found = manifestsIn(yaml, file.text, looksLikeObject);
    problems.push(...found.problems);
    for (const { node, flaws } of found.objects) {
      // kubectl takes the last of two keys, where kustomize refuses the file.
      problems.push(...flaws.filter(({ rule }) => rule !== 'duplicate-key'));
      resources.push(new Resource(node));
    }
    for (const { root } of yaml.documents) if (root?.kind === 'mapping' && isNamedLater(root)) resources.push(new Resource(root));
  }
  const status = problems.length > 0 ? 'failed' : gaps.length > 0 ? 'partial' : 'rendered';
  return { folder, renderer: 'plain', kind: '', status, resources, gaps, problems, effects: [], inputs: new Set(paths) };
}

const MANIFEST = /^[^\S\n]*"?(?:apiVersion|kind)"?:/m;
const TEMPLATE = /\{\{|\{%/;

/** Values files and the settings of tools are no manifests, and nobody claims they are: an object has a name to be known by. */
function looksLikeObject(root: Node): boolean {
  if (textOf(root, 'kind')?.endsWith('List')) return true;
  const metadata = childOf(root, 'metadata');
  const isNamed = textOf(metadata, 'name') !== undefined;
  return isNamed && textOf(root, 'apiVersion') !== undefined;
}

/** `generateName`: the cluster gives the name. */
function isNamedLater(root: Mapping): boolean {
  const metadata = childOf(root, 'metadata');
  return (
    textOf(root, 'kind') !== undefined &&
    textOf(root, 'apiVersion') !== undefined &&
    textOf(metadata, 'name') === undefined &&
    textOf(metadata, 'generateName') !== undefined
  );
}
