import { embeddedYaml } from '../render/kustomize/embedded-yaml.ts';
import { credentialsIn } from '../text/credentials.ts';
import { folderOf, joinPath } from '../text/path.ts';
import type { SourceFile, Span } from '../text/source-file.ts';
import { childOf, itemsOf, type Mapping, type Node, type Scalar, textOf } from '../tree/node.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { YamlDocument } from '../yaml/document.ts';
import { parseYaml } from '../yaml/parse.ts';
import { isYamlPath } from './yaml-path.ts';

type IsSecretKey = (key: string) => boolean;

/**
 * The stretches of `shown` files whose text no output may show: values of Secrets, of secret generators and the files
 * they read, of keys that are declared secret, and credentials in addresses. By the names of files; those without any are left out. `reached` files tell which
 * files generators read. Rather too much is put out of sight than too little.
 */
export function secretSpansOf(
  shown: Iterable<SourceFile>,
  reached: Iterable<SourceFile>,
  workspaceOf: (file: SourceFile) => Workspace,
  isSecretKey: IsSecretKey,
): ReadonlyMap<string, readonly Span[]> {
  const files = new Map([...shown].map((file) => [file.name, file]));
  const spans = new Map<string, Span[]>();
  const add = (path: string, found: readonly Span[]) => {
    if (found.length > 0) spans.set(path, [...(spans.get(path) ?? []), ...found]);
  };
  if (files.size === 0) return spans;
  for (const file of files.values()) {
    add(file.name, isYamlPath(file.path) ? spansOfYaml(file, isSecretKey) : settingsSpans(file, isSecretKey));
    add(file.name, credentialsIn(file.text));
  }
  for (const file of reached) {
    for (const { path } of generatorSources(file)) {
      const result = path === undefined ? undefined : workspaceOf(file).read(path);
      if (result?.ok && files.has(result.file.name)) add(result.file.name, settingsSpans(result.file));
    }
  }
  return spans;
}

function spansOfYaml(file: SourceFile, isSecretKey: IsSecretKey): Span[] {
  const { documents, problem } = parseYaml(file);
  return problem ? spansOfLines(file, isSecretKey) : documents.flatMap((document) => spansOfDocument(document, isSecretKey));
}

/** A file that cannot be parsed: line by line, every value of one that holds a Secret. */
function spansOfLines({ text }: SourceFile, isSecretKey: IsSecretKey): Span[] {
  const isSecret = /\bkind["']?\s*:\s*["']?Secret|secretGenerator/.test(text);
  return [...text.matchAll(/^[^\S\n]*(?:-[^\S\n]+)?(?:["']?([\w./-]+)["']?[^\S\n]*[:=])?[^\S\n]*(.*)$/gm)].flatMap(
    ({ index, 0: line, 1: key, 2: value = '' }) =>
      value && (isSecret || (key !== undefined && isSecretKey(key))) ? [{ start: index + line.length - value.length, end: index + line.length }] : [],
  );
}

function spansOfDocument({ root, duplicates }: YamlDocument, isSecretKey: IsSecretKey): Span[] {
  if (!root) return [];
  const lost = duplicates.map(({ first }) => first);
  const manifests = root.kind === 'mapping' ? [root, ...itemsOf(root, 'items')] : [];
  const isList = textOf(root, 'kind') === 'SecretList';
  return [
    ...manifests.flatMap((manifest) => (isList || textOf(manifest, 'kind') === 'Secret' ? valuesOfSecret(manifest, lost) : [])),
    ...secretGenerators(root).flatMap((generator) => literalSpans(generator, () => true)),
    ...itemsOf(root, 'configMapGenerator').flatMap((generator) => literalSpans(generator, isSecretKey)),
    ...patchesIn(root).flatMap(({ patch, kind }) => spansOfPatch(patch, kind, isSecretKey)),
    ...operationSpans(root),
    ...spansBelow(root, isSecretKey),
    ...lost.filter(({ text }) => isSecretKey(text)).map(valueOfLost),
  ];
}

function valuesOfSecret(manifest: Node, lost: readonly Scalar[]): Span[] {
  return ['data', 'stringData'].flatMap((field) => {
    const value = childOf(manifest, field);
    if (value?.kind === 'mapping') return betweenKeys(value, lost);
    return value ? [value.origin] : [];
  });
}

/** All of a mapping but its keys: a value that a second key put aside, and what comments say, too. */
function betweenKeys(mapping: Mapping, lost: readonly Scalar[]): Span[] {
  const { file, start, end } = mapping.origin;
  const isInside = ({ origin }: Node) => origin.file === file && start <= origin.start && origin.end <= end;
  const keys = [...mapping.entries.map(({ key }) => key), ...lost].filter(isInside).sort((a, b) => a.origin.start - b.origin.start);
  const own = keys.map(({ origin }, index) => {
    const to = keys[index + 1]?.origin.start ?? end;
    const from = origin.end + (/^\s*:?\s*/.exec(file.text.slice(origin.end, to))?.[0].length ?? 0);
    return { start: from, end: from + file.text.slice(from, to).trimEnd().length };
  });
  return [...own, ...mapping.entries.filter(({ key }) => !isInside(key)).map(({ value }) => value.origin)];
}

/** Of `name=value` the value. */
function literalSpans(generator: Node, isSecretKey: IsSecretKey): Span[] {
  return itemsOf(generator, 'literals').flatMap((literal) => {
    if (literal.kind !== 'scalar' || !isSecretKey(literal.text.split('=')[0] ?? '')) return [];
    const { start, end, file } = literal.origin;
    const sign = file.text.indexOf('=', start);
    return [{ start: sign === -1 || sign > end ? start : sign + 1, end }];
  });
}

/** Those of a kustomization, and one that stands alone, to be named under `generators`. */
function secretGenerators(root: Node): readonly Node[] {
  return textOf(root, 'kind') === 'SecretGenerator' ? [root] : itemsOf(root, 'secretGenerator');
}

/** The files that the generators of Secrets in a file read, and where it names them. */
export function generatorSources(file: SourceFile): { readonly name: Scalar; readonly path: string | undefined }[] {
  if (!/secretGenerator/i.test(file.text)) return [];
  const generators = parseYaml(file).documents.flatMap(({ root }) => (root ? secretGenerators(root) : []));
  return generators.flatMap((generator) => {
    const listed = [...itemsOf(generator, 'files'), ...itemsOf(generator, 'envs'), childOf(generator, 'env')];
    return listed.flatMap((name) =>
      name?.kind === 'scalar' && name.text ? { name, path: joinPath(folderOf(file.path), name.text.slice(name.text.indexOf('=') + 1)) } : [],
    );
  });
}

/** Of a settings file the values of the given keys; of any other file everything, when every key is meant. */
function settingsSpans({ text }: SourceFile, isSecretKey?: IsSecretKey): Span[] {
  const isSettings = text.split('\n').every((line) => /^\s*(?:#.*|[\w.-]+=.*)?$/.test(line));
  if (!isSettings && !isSecretKey) return [{ start: 0, end: text.length }];
  return [...text.matchAll(/^[^\S\n]*([\w.-]+)=(.*)$/gm)].flatMap(({ index, 0: line, 1: key = '', 2: value = '' }) =>
    isSecretKey?.(key) === false ? [] : [{ start: index + line.length - value.length, end: index + line.length }],
  );
}

/** Patches that a kustomization holds as texts. Of strategic merge patches some are names of files, which hold no values. */
function patchesIn(root: Node): { readonly patch: Scalar; readonly kind: string | undefined }[] {
  const asText = (node: Node | undefined, kind?: string) => (node?.kind === 'scalar' ? [{ patch: node, kind }] : []);
  const listed = ['patches', 'patchesJson6902'].flatMap((field) => itemsOf(root, field));
  return [
    ...listed.flatMap((item) => asText(childOf(item, 'patch'), textOf(childOf(item, 'target'), 'kind'))),
    ...itemsOf(root, 'patchesStrategicMerge').flatMap((item) => asText(item)),
  ];
}

/** Of a patch whose target is of the given kind, which may be a regular expression. */
function spansOfPatch(patch: Scalar, kind: string | undefined, isSecretKey: IsSecretKey): Span[] {
  const { documents, problem } = embeddedYaml(patch);
  if (problem) return [patch.origin];
  const isOther = kind !== undefined && /^\w+$/.test(kind) && kind !== 'Secret';
  return documents.flatMap((document) => {
    const { root } = document;
    if (isOther && root?.kind === 'sequence') return spansBelow(root, isSecretKey);
    const isSecret = kind === 'Secret' && root?.kind === 'mapping';
    return [...spansOfDocument(document, isSecretKey), ...(isSecret ? valuesOfSecret(root, []) : [])];
  });
}

/** The values that the operations of a JSON patch write to data: of what, its file does not tell. */
function operationSpans(root: Node): Span[] {
  if (root.kind !== 'sequence') return [];
  return root.items.flatMap((operation) => {
    const value = childOf(operation, 'value');
    return value && /^(?:\/(?:data|stringData)(?:\/|$)|$)/.test(textOf(operation, 'path') ?? '') ? [value.origin] : [];
  });
}

function spansBelow(node: Node, isSecretKey: IsSecretKey): Span[] {
  if (node.kind === 'sequence') return node.items.flatMap((item) => spansBelow(item, isSecretKey));
  if (node.kind === 'scalar') return [];
  // A container's variable is named beside its value, and so is what an operation of a JSON patch writes to.
  const name = textOf(node, 'name') ?? textOf(node, 'path')?.split('/').at(-1);
  const isNamed = name !== undefined && isSecretKey(name);
  return node.entries.flatMap(({ key, value }) => (isSecretKey(key.text) || (isNamed && key.text === 'value') ? value.origin : spansBelow(value, isSecretKey)));
}

/** The value of a key that a later one put aside: to the end of its line, and what is indented below. */
function valueOfLost({ origin: { file, end } }: Scalar): Span {
  const line = file.text.slice(file.text.lastIndexOf('\n', end - 1) + 1, end);
  const indent = /^[ -]*/.exec(line)?.[0].length ?? 0;
  const rest = new RegExp(`^.*(?:\\n(?: {${indent + 1},}.*)?(?=\\n|$))*`).exec(file.text.slice(end))?.[0].trimEnd() ?? '';
  const sign = /^\s*:\s*/.exec(rest)?.[0].length ?? 0;
  return { start: end + sign, end: end + rest.length };
}
