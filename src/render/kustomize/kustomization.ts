import type { RenderProblem } from '../../model/render-result.ts';
import { folderOf, joinPath } from '../../text/path.ts';
import type { SourceFile } from '../../text/source-file.ts';
import { type Entry, itemsOf, type Mapping, mapping, type Node, type Origin, sequence, textOf } from '../../tree/node.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { parseYaml } from '../../yaml/parse.ts';
import { wholeFile } from './files.ts';
import { KUSTOMIZATION_SHAPE } from './shapes.ts';
import { fitTo, type Misfit } from './typed-yaml.ts';

/** What a kustomization file may be called. */
export const KUSTOMIZATION_NAMES: readonly string[] = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** A kustomization file, read as kustomize reads it. */
export interface KustomizationFile {
  readonly file: SourceFile;
  readonly kind: string;
  /** As written. */
  readonly written: Mapping;
  /** Typed, in the spelling of the documentation, old fields moved to the new ones. */
  readonly node: Mapping;
  /** Those items of `resources` that stand under the old `bases`. */
  readonly bases: ReadonlySet<Node>;
  readonly problems: readonly RenderProblem[];
}

const indexes = new WeakMap<Workspace, ReadonlyMap<string, readonly string[]>>();

/** The kustomization files of a folder, most of which the workspace lists; ignored ones have to be looked for. */
export function kustomizationPaths(workspace: Workspace, folder: string): readonly string[] {
  const listed = indexOf(workspace).get(folder);
  if (listed) return listed;
  return KUSTOMIZATION_NAMES.flatMap((name) => {
    const path = joinPath(folder, name);
    return path !== undefined && workspace.kindOf(path) === 'file' ? [path] : [];
  });
}

/** Whether the workspace lists a kustomization in a folder: then it is one, without a look at the disk. */
export function isListedFolder(workspace: Workspace, folder: string): boolean {
  return indexOf(workspace).has(folder);
}

function indexOf(workspace: Workspace): ReadonlyMap<string, readonly string[]> {
  let index = indexes.get(workspace);
  if (!index) {
    const paths = new Map<string, string[]>();
    for (const path of workspace.files()) {
      const folder = folderOf(path);
      if (!KUSTOMIZATION_NAMES.includes(folder ? path.slice(folder.length + 1) : path) || workspace.kindOf(path) !== 'file') continue;
      paths.set(folder, [...(paths.get(folder) ?? []), path]);
    }
    index = paths;
    indexes.set(workspace, index);
  }
  return index;
}

const known = new WeakMap<SourceFile, KustomizationFile>();

/** Reads a kustomization file. Never throws; what could not be read is empty, and told. */
export function readKustomization(file: SourceFile): KustomizationFile {
  let kustomization = known.get(file);
  if (!kustomization) {
    kustomization = read(file);
    known.set(file, kustomization);
  }
  return kustomization;
}

function read(file: SourceFile): KustomizationFile {
  const whole = wholeFile(file);
  const { documents, problem } = parseYaml(file);
  if (problem) {
    const cause = file.text.includes('{{') ? 'template' : 'yaml-error';
    const origin: Origin = { ...whole, start: problem.span.start, end: problem.span.end, precision: 'exact' };
    return emptyKustomization(file, [{ cause, message: problem.reason, origin, rule: 'syntax-error' }]);
  }
  // Only the first document counts.
  const root = documents[0]?.root;
  if (!root) return emptyKustomization(file, [invalid('empty-kustomization', 'the kustomization is empty', whole)]);
  if (root.kind !== 'mapping') return emptyKustomization(file, [invalid('invalid-kustomization', 'a kustomization is a mapping', root.origin)]);
  const misfits: Misfit[] = [];
  const typed = fitTo(root, KUSTOMIZATION_SHAPE, misfits) as Mapping;
  const problems = misfits.map(({ message, origin }) => invalid('invalid-kustomization', message, origin));
  if (typed.entries.every(({ key }) => key.text === 'kind' || key.text === 'apiVersion')) {
    if (misfits.length === 0) problems.push(invalid('empty-kustomization', 'the kustomization is empty', root.origin));
  }
  const kind = textOf(typed, 'kind') || 'Kustomization';
  const header = headerProblem(typed, kind);
  return { file, kind, written: root, node: modernised(typed), bases: new Set(itemsOf(typed, 'bases')), problems: header ? [header, ...problems] : problems };
}

function emptyKustomization(file: SourceFile, problems: readonly RenderProblem[]): KustomizationFile {
  const node = mapping([], wholeFile(file));
  return { file, kind: 'Kustomization', written: node, node, bases: new Set(), problems };
}

function invalid(cause: RenderProblem['cause'], message: string, origin: Origin): RenderProblem {
  return { cause, message, origin, rule: 'render-error' };
}

const VERSIONS: ReadonlyMap<string, string> = new Map([
  ['Kustomization', 'kustomize.config.k8s.io/v1beta1'],
  ['Component', 'kustomize.config.k8s.io/v1alpha1'],
]);

function headerProblem(node: Mapping, kind: string): RenderProblem | undefined {
  const expected = VERSIONS.get(kind);
  if (!expected) return invalid('invalid-kustomization', `"${kind}" is no kind of kustomization`, valueOrigin(node, 'kind'));
  const version = textOf(node, 'apiVersion');
  if (!version || version === expected) return undefined;
  return invalid('invalid-kustomization', `the apiVersion of a ${kind} is "${expected}", not "${version}"`, valueOrigin(node, 'apiVersion'));
}

function valueOrigin(node: Mapping, key: string): Origin {
  return node.entries.find((entry) => entry.key.text === key)?.value.origin ?? node.origin;
}

/** Fields of former times and those that took over from them. */
const MOVED: readonly (readonly [string, string])[] = [
  ['bases', 'resources'],
  ['imageTags', 'images'],
];

function modernised(node: Mapping): Mapping {
  let entries: readonly Entry[] = node.entries;
  for (const [old, modern] of MOVED) {
    const before = entries.find(({ key }) => key.text === old);
    if (before?.value.kind !== 'sequence') continue;
    const there = entries.find(({ key }) => key.text === modern);
    const items = there?.value.kind === 'sequence' ? there.value.items : [];
    const both = { key: { ...(there ?? before).key, text: modern }, value: sequence([...items, ...before.value.items], (there ?? before).value.origin) };
    entries = [...entries.filter((entry) => entry !== before && entry !== there), both];
  }
  const generators = entries.map((entry) => (/^(?:configMap|secret)Generator$/.test(entry.key.text) ? { ...entry, value: eachEnvInList(entry.value) } : entry));
  return { ...node, entries: generators };
}

function eachEnvInList(generators: Node): Node {
  if (generators.kind !== 'sequence') return generators;
  return { ...generators, items: generators.items.map((item) => (item.kind === 'mapping' ? envInList(item) : item)) };
}

function envInList(generator: Mapping): Mapping {
  const env = generator.entries.find(({ key }) => key.text === 'env');
  if (!env) return generator;
  const envs = generator.entries.find(({ key }) => key.text === 'envs');
  const items = envs?.value.kind === 'sequence' ? envs.value.items : [];
  const value = sequence([...items, env.value], env.value.origin);
  return {
    ...generator,
    entries: [...generator.entries.filter((entry) => entry !== env && entry !== envs), { key: { ...env.key, text: 'envs' }, value }],
  };
}
