import type { RenderProblem } from '../../model/render-result.ts';
import type { SourceFile } from '../../text/source-file.ts';
import { childOf, type Mapping, type Node, type Origin, textOf } from '../../tree/node.ts';
import { parseYaml, type YamlFile } from '../../yaml/parse.ts';
import { wholeFile } from './files.ts';
import { isNullNode } from './writing.ts';

/** An object of a file, and the mistakes in its text that only show when it is printed. */
export interface ManifestObject {
  readonly node: Mapping;
  readonly flaws: readonly RenderProblem[];
}

/** The objects of a file in kustomize's order, or why there are none. */
export interface ManifestFile {
  readonly objects: readonly ManifestObject[];
  readonly problems: readonly RenderProblem[];
}

const known = new WeakMap<SourceFile, ManifestFile>();

/** The objects of a file. Read once, whoever asks. */
export function manifestsOf(file: SourceFile): ManifestFile {
  let manifests = known.get(file);
  if (!manifests) {
    manifests = manifestsIn(parseYaml(file), file.text);
    known.set(file, manifests);
  }
  return manifests;
}

/** The objects of parsed YAML, lists unwrapped. `text` is that of the YAML alone; documents that are not `meant` are passed over. */
export function manifestsIn(yaml: YamlFile, text: string, isMeant: (root: Node) => boolean = () => true): ManifestFile {
  const { file, documents, problem } = yaml;
  const whole = wholeFile(file);
  if (problem) {
    const cause = text.includes('{{') ? 'template' : 'yaml-error';
    const origin: Origin = { ...whole, start: problem.span.start, end: problem.span.end, precision: 'exact' };
    return { objects: [], problems: [{ cause, message: problem.reason, origin, rule: 'syntax-error' }] };
  }
  const separator = badSeparator(text, file);
  if (separator) return { objects: [], problems: [separator] };
  const problems: RenderProblem[] = [];
  const objects: ManifestObject[] = [];
  const roots = documents.flatMap(({ root, duplicates }) => (root && !isBlank(root) && isMeant(root) ? [{ root, duplicates }] : []));
  for (const { root, duplicates } of roots) {
    const flaws = duplicates.map(
      ({ key }): RenderProblem => ({ cause: 'yaml-error', message: `the key "${key.text}" stands twice`, origin: key.origin, rule: 'duplicate-key' }),
    );
    for (const node of roots.length === 1 ? unwrapped(root) : [root]) if (!isBlank(node)) addObject(node, flaws, objects, problems);
  }
  return { objects: expanded(objects, problems), problems };
}

/** Kustomize drops them without a word. */
function isBlank(node: Node): boolean {
  return isNullNode(node) || (node.kind === 'mapping' && node.entries.length === 0);
}

/** A file that is nothing but one `kind: List` is its items. */
function unwrapped(root: Node): readonly Node[] {
  const kind = textOf(root, 'kind');
  const items = childOf(root, 'items');
  return (kind === 'List' || kind === 'ResourceList') && items?.kind === 'sequence' ? items.items : [root];
}

function addObject(node: Node, flaws: readonly RenderProblem[], objects: ManifestObject[], problems: RenderProblem[]): void {
  const message = whyNoObject(node);
  if (message === undefined) objects.push({ node: node as Mapping, flaws });
  else problems.push({ cause: 'other', message, origin: placeOf(node), rule: 'render-error' });
}

/** What a node lacks to be a Kubernetes object; undefined when it is one. */
export function whyNoObject(node: Node): string | undefined {
  if (node.kind !== 'mapping') return 'this is no Kubernetes object';
  const kind = isNullNode(childOf(node, 'kind')) ? undefined : textOf(node, 'kind');
  if (!kind) return 'the object has no kind';
  const metadata = childOf(node, 'metadata');
  if (metadata && metadata.kind !== 'mapping' && !isNullNode(metadata)) return 'the metadata of the object is no mapping';
  for (const field of ['labels', 'annotations']) {
    const map = childOf(metadata, field);
    if (map && map.kind !== 'mapping' && !isNullNode(map)) return `the ${field} of the object are no mapping`;
  }
  return kind.endsWith('List') || (textOf(metadata, 'name') && !isNullNode(childOf(metadata, 'name'))) ? undefined : `the ${kind} has no metadata.name`;
}

function placeOf(node: Node): Origin {
  if (node.kind !== 'mapping') return node.origin;
  return (node.entries.find(({ key }) => key.text === 'metadata') ?? node.entries[0])?.key.origin ?? node.origin;
}

/** `FooList` with items becomes its items, which come after everything else in the file. */
function expanded(objects: readonly ManifestObject[], problems: RenderProblem[]): ManifestObject[] {
  const queue = objects.slice();
  const result: ManifestObject[] = [];
  for (const object of queue) {
    const items = textOf(object.node, 'kind')?.endsWith('List') ? childOf(object.node, 'items') : undefined;
    if (!items) result.push(object);
    else if (items.kind === 'sequence') {
      for (const item of items.items) if (!isBlank(item)) addObject(item, object.flaws, queue, problems);
    } else if (!isNullNode(items)) {
      problems.push({ cause: 'other', message: 'the items of a list are no sequence', origin: items.origin, rule: 'render-error' });
    }
  }
  return result;
}

/** Text behind `---` and directives are fine in YAML, and refused by kustomize. */
function badSeparator(text: string, file: SourceFile): RenderProblem | undefined {
  const match = /\n---[^\S\n]*[^\s#][^\n]*\n/.exec(text) ?? /^%[A-Z]+ [^\n]*$/m.exec(text);
  if (!match) return undefined;
  const start = match.index + (match[0].startsWith('\n') ? 1 : 0);
  const origin: Origin = { file, start, end: match.index + match[0].trimEnd().length, how: 'written', precision: 'exact' };
  return { cause: 'yaml-error', message: 'kustomize takes nothing but a comment beside a document marker', origin, rule: 'render-error' };
}
