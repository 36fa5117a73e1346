import { isRemote } from '../../model/kubernetes/kustomization.ts';
import type { RenderProblem } from '../../model/render-result.ts';
import { joinPath } from '../../text/path.ts';
import type { SourceFile } from '../../text/source-file.ts';
import { childOf, itemsOf, type Mapping, type Node, type Origin, type Scalar, textOf } from '../../tree/node.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { isListedFolder, kustomizationPaths, readKustomization } from './kustomization.ts';

/** Something that a kustomization names. */
export interface KustomizationReference {
  readonly field: ReferenceField;
  /** As written. */
  readonly path: string;
  /** Where that is in the workspace; undefined for what is remote or outside of it. */
  readonly target: string | undefined;
  readonly origin: Origin;
  readonly type: 'file' | 'directory' | 'remote' | 'missing';
}

export type ReferenceField =
  | 'resources'
  | 'bases'
  | 'components'
  | 'patches'
  | 'patchesStrategicMerge'
  | 'patchesJson6902'
  | 'configMapGenerator'
  | 'secretGenerator'
  | 'replacements'
  | 'configurations'
  | 'crds'
  | 'generators'
  | 'transformers'
  | 'validators'
  | 'openapi'
  | 'helmCharts';

/** A kustomization, and what it names. */
export interface Kustomization {
  readonly file: SourceFile;
  readonly kind: string;
  /** Typed: field names in the spelling of the documentation, what does not fit left out. */
  readonly node: Mapping;
  readonly problems: readonly RenderProblem[];
  readonly references: readonly KustomizationReference[];
}

const known = new WeakMap<Workspace, Map<string, Kustomization | undefined>>();

/** The kustomization of a folder; undefined where there is none. Nothing that it names is read. */
export function kustomizationIn(workspace: Workspace, folder: string): Kustomization | undefined {
  let byFolder = known.get(workspace);
  if (!byFolder) {
    byFolder = new Map();
    known.set(workspace, byFolder);
  }
  if (!byFolder.has(folder)) byFolder.set(folder, find(workspace, folder));
  return byFolder.get(folder);
}

function find(workspace: Workspace, folder: string): Kustomization | undefined {
  const [path] = kustomizationPaths(workspace, folder);
  const result = path === undefined ? undefined : workspace.read(path);
  if (!result?.ok) return undefined;
  const { file, kind, node, problems, bases } = readKustomization(result.file);
  const references = namesIn(node, bases).map(({ field, name, path: written }): KustomizationReference => {
    const remote = isRemote(written);
    const target = remote ? undefined : joinPath(folder, written);
    return { field, path: written, target, origin: name.origin, type: remote ? 'remote' : (kindAt(workspace, target) ?? 'missing') };
  });
  return { file, kind, node, problems, references };
}

function kindAt(workspace: Workspace, target: string | undefined): 'file' | 'directory' | undefined {
  if (target === undefined) return undefined;
  return isListedFolder(workspace, target) ? 'directory' : workspace.kindOf(target);
}

interface Name {
  readonly field: ReferenceField;
  readonly name: Scalar;
  readonly path: string;
}

function namesIn(node: Mapping, bases: ReadonlySet<Node>): Name[] {
  const names: Name[] = [];
  const add = (field: ReferenceField, name: Node | undefined, path?: string): void => {
    if (name?.kind === 'scalar' && name.text !== '') names.push({ field, name, path: path ?? name.text });
  };
  for (const item of itemsOf(node, 'resources')) add(bases.has(item) ? 'bases' : 'resources', item);
  for (const item of itemsOf(node, 'components')) add('components', item);
  for (const field of ['configurations', 'crds'] as const) for (const item of itemsOf(node, field)) add(field, item);
  // These may hold YAML instead of a name.
  for (const field of ['patchesStrategicMerge', 'generators', 'transformers', 'validators'] as const) {
    for (const item of itemsOf(node, field)) if (item.kind === 'scalar' && !/[\n{]|:\s/.test(item.text)) add(field, item);
  }
  for (const field of ['patches', 'patchesJson6902', 'replacements'] as const) for (const item of itemsOf(node, field)) add(field, childOf(item, 'path'));
  for (const field of ['configMapGenerator', 'secretGenerator'] as const) {
    for (const generator of itemsOf(node, field)) {
      for (const item of itemsOf(generator, 'envs')) add(field, item);
      for (const item of itemsOf(generator, 'files')) add(field, item, item.kind === 'scalar' ? item.text.slice(item.text.indexOf('=') + 1) : undefined);
    }
  }
  add('openapi', childOf(childOf(node, 'openapi'), 'path'));
  for (const chart of itemsOf(node, 'helmCharts')) {
    add('helmCharts', childOf(chart, 'valuesFile'));
    for (const item of itemsOf(chart, 'additionalValuesFiles')) add('helmCharts', item);
    if (textOf(chart, 'repo') === undefined) addLocalChart(node, chart, add);
  }
  return names;
}

function addLocalChart(node: Mapping, chart: Node, add: (field: ReferenceField, name: Node | undefined, path?: string) => void): void {
  const home = textOf(childOf(node, 'helmGlobals'), 'chartHome') ?? 'charts';
  const name = childOf(chart, 'name');
  if (name?.kind === 'scalar') add('helmCharts', name, `${home}/${name.text}`);
}
