import type { RenderProblem } from '../../../model/render-result.ts';
import type { SourceFile } from '../../../text/source-file.ts';
import { childOf, itemsOf, type Mapping, type Node, type Origin } from '../../../tree/node.ts';
import { scalarValue } from '../../../tree/scalar-value.ts';
import { parseYaml } from '../../../yaml/parse.ts';
import type { Text } from '../value.ts';
import type { ChartMetadata, ImportedValues, Requirement } from './chart.ts';
import { isVersion } from './compatible.ts';
import { stringOfScalar } from './from-node.ts';
import { atNode, atSyntax, failure, inFile } from './problems.ts';

/** The fields of a chart that hold one text, by their names in the file. */
const TEXTS = ['name', 'home', 'version', 'description', 'icon', 'apiVersion', 'condition', 'tags', 'appVersion', 'kubeVersion', 'type'] as const;
const LISTS = ['sources', 'keywords'] as const;

/** What `Chart.yaml` says, and what makes Helm refuse it. Undefined where nothing of it can be read. */
export interface ReadMetadata {
  readonly metadata: ChartMetadata | undefined;
  readonly problems: readonly RenderProblem[];
}

/** Reads `Chart.yaml`, and the `requirements.yaml` of charts of the first version, whose dependencies count instead. */
export function readMetadata(file: SourceFile, requirements: SourceFile | undefined): ReadMetadata {
  const problems: RenderProblem[] = [];
  const root = rootOf(file, problems);
  if (!root) return { metadata: undefined, problems };
  const listed = requirements && rootOf(requirements, problems);
  const source = listed && childOf(listed, 'dependencies') ? listed : root;
  const fields = new Map<string, Text>();
  for (const name of TEXTS) {
    const value = textField(root, name, problems);
    if (value) fields.set(name, value);
  }
  const plain = (name: (typeof TEXTS)[number]): string => fields.get(name)?.text ?? '';
  const metadata: ChartMetadata = {
    name: plain('name'),
    version: plain('version'),
    type: plain('type'),
    kubeVersion: plain('kubeVersion'),
    fields,
    lists: new Map(LISTS.map((name) => [name, textsOf(childOf(root, name), problems)])),
    maintainers: itemsOf(root, 'maintainers').map((item) => textMap(item, problems)),
    annotations: textMap(childOf(root, 'annotations'), problems),
    deprecated: isTrue(childOf(root, 'deprecated')),
    requirements: requirementsOf(source, problems),
  };
  problems.push(...refusalsOf(metadata, root, inFile(file)));
  return { metadata, problems };
}

function rootOf(file: SourceFile, problems: RenderProblem[]): Mapping | undefined {
  const { documents, problem } = parseYaml(file);
  if (problem) problems.push(failure('yaml-error', problem.reason, atSyntax(file, problem), 'syntax-error'));
  const root = documents[0]?.root;
  if (root?.kind === 'mapping') return root;
  if (!problem) problems.push(failure('other', `"${file.path}" holds no mapping`, root ? atNode(root) : inFile(file)));
  return undefined;
}

/** What Helm's `Metadata.Validate` refuses. */
function* refusalsOf({ name, version, type, requirements }: ChartMetadata, root: Mapping, file: Origin): Iterable<RenderProblem> {
  const at = (key: string): Origin => {
    const node = childOf(root, key);
    return node ? atNode(node) : file;
  };
  if (name === '') yield failure('other', 'the chart has no name', at('name'));
  else if (name.includes('/') || name === '.' || name === '..') yield failure('other', `"${name}" cannot be the name of a chart`, at('name'));
  if (version === '') yield failure('other', 'the chart has no version', at('version'));
  else if (!isVersion(version)) yield failure('other', `"${version}" is not a semantic version`, at('version'));
  if (!['', 'application', 'library'].includes(type)) yield failure('other', `the type of a chart is "application" or "library", not "${type}"`, at('type'));
  const names = new Set<string>();
  for (const { name: own, alias, origin } of requirements) {
    if (alias !== '' && !/^[\w-]+$/.test(alias)) yield failure('other', `"${alias}" cannot be the alias of a dependency`, origin);
    const key = alias || own;
    if (names.has(key)) yield failure('other', `more than one dependency has the name or alias "${key}"`, origin);
    names.add(key);
  }
}

function requirementsOf(root: Mapping, problems: RenderProblem[]): Requirement[] {
  return itemsOf(root, 'dependencies').flatMap((item) => {
    if (item.kind !== 'mapping') {
      problems.push(failure('other', 'a dependency is a mapping', atNode(item)));
      return [];
    }
    const plain = (name: string): string => textField(item, name, problems)?.text ?? '';
    return {
      name: plain('name'),
      version: plain('version'),
      repository: plain('repository'),
      alias: plain('alias'),
      condition: plain('condition'),
      tags: textsOf(childOf(item, 'tags'), problems).map(({ text }) => text),
      importValues: itemsOf(item, 'import-values').flatMap(importOf),
      origin: atNode(item),
    };
  });
}

/** `- name` is short for the table `exports.name`, put at the root. Anything else than a text or a mapping is not looked at. */
function importOf(node: Node): ImportedValues[] {
  if (node.kind === 'sequence') return [];
  if (node.kind === 'mapping') return [{ child: printed(childOf(node, 'child')), parent: printed(childOf(node, 'parent')), origin: atNode(node) }];
  return scalarValue(node, 'kubectl').type === 'string' ? [{ child: `exports.${node.text}`, parent: '.', origin: atNode(node) }] : [];
}

function printed(node: Node | undefined): string {
  return node?.kind === 'scalar' ? stringOfScalar(node).text : '<nil>';
}

function textField(root: Mapping, name: string, problems: RenderProblem[]): Text | undefined {
  const node = childOf(root, name);
  return node && textIn(node, name, problems);
}

function textIn(node: Node, name: string, problems: RenderProblem[]): Text | undefined {
  if (node.kind === 'scalar') return stringOfScalar(node);
  problems.push(failure('other', `"${name}" of a chart is a text`, atNode(node)));
  return undefined;
}

function textsOf(node: Node | undefined, problems: RenderProblem[]): Text[] {
  if (!node || isNothing(node)) return [];
  if (node.kind !== 'sequence') {
    problems.push(failure('other', 'a list is needed here', atNode(node)));
    return [];
  }
  return node.items.flatMap((item) => textIn(item, 'an item', problems) ?? []);
}

function textMap(node: Node | undefined, problems: RenderProblem[]): Map<string, Text> {
  if (node && node.kind !== 'mapping' && !isNothing(node)) problems.push(failure('other', 'a mapping is needed here', atNode(node)));
  const found = new Map<string, Text>();
  for (const { key, value } of node?.kind === 'mapping' ? node.entries : []) {
    const read = textIn(value, key.text, problems);
    if (read) found.set(key.text, read);
  }
  return found;
}

function isNothing(node: Node): boolean {
  return node.kind === 'scalar' && scalarValue(node, 'kubectl').type === 'null';
}

function isTrue(node: Node | undefined): boolean {
  return node?.kind === 'scalar' && scalarValue(node, 'kubectl').value === true;
}
