import type { SourceFile, Span } from '../text/source-file.ts';
import { entriesOf, itemsOf, type Mapping, type Node, textOf } from '../tree/node.ts';
import { folderOf, joinPath, type Workspace } from '../workspace/workspace.ts';
import { parseYaml } from '../yaml/parse.ts';

/**
 * The stretches of files whose text no output may show: values of Secrets, of secret generators and the files they
 * read, and of keys that are declared secret. By path; files without any are left out.
 */
export function secretSpansOf(files: Iterable<SourceFile>, workspace: Workspace, isSecretKey: (key: string) => boolean): Map<string, Span[]> {
  const spans = new Map<string, Span[]>();
  const add = (path: string, found: readonly Span[]) => {
    if (found.length > 0) spans.set(path, [...(spans.get(path) ?? []), ...found]);
  };
  for (const file of files) {
    for (const { root } of parseYaml(file).documents) {
      if (root?.kind !== 'mapping') continue;
      for (const manifest of [root, ...itemsOf(root, 'items')]) add(file.path, secretValues(manifest));
      for (const generator of itemsOf(root, 'secretGenerator')) {
        add(file.path, literalSpans(generator));
        for (const path of sourcesOf(generator)) addFile(workspace, joinPath(folderOf(file.path), path), add);
      }
      add(file.path, valuesUnder(root, isSecretKey));
    }
  }
  return spans;
}

function secretValues(manifest: Node): Span[] {
  if (manifest.kind !== 'mapping' || textOf(manifest, 'kind') !== 'Secret') return [];
  return ['data', 'stringData'].flatMap((field) => entriesOf(manifest, field).map(({ value }) => value.origin));
}

/** Of `name=value` the value. */
function literalSpans(generator: Node): Span[] {
  return itemsOf(generator, 'literals').flatMap((literal) => {
    if (literal.kind !== 'scalar') return [];
    const { start, end, file } = literal.origin;
    const sign = file.text.indexOf('=', start);
    return [{ start: sign === -1 || sign > end ? start : sign + 1, end }];
  });
}

function sourcesOf(generator: Node): string[] {
  const listed = ['files', 'envs'].flatMap((field) => itemsOf(generator, field).flatMap((item) => (item.kind === 'scalar' ? item.text : [])));
  const single = textOf(generator, 'env');
  return [...listed, ...(single === undefined ? [] : [single])].map((source) => source.slice(source.indexOf('=') + 1));
}

/** Of a settings file the values; of any other file everything. */
function addFile(workspace: Workspace, path: string | undefined, add: (path: string, spans: readonly Span[]) => void): void {
  const result = path === undefined ? undefined : workspace.read(path);
  if (!result?.ok) return;
  const { text, path: real } = result.file;
  const lines = [...text.matchAll(/^[^\S\n]*[\w.-]+=(.*)$/gm)];
  const isSettings = text.split('\n').every((line) => /^\s*(?:#.*|[\w.-]+=.*)?$/.test(line));
  add(
    real,
    isSettings
      ? lines.map(({ index, 0: line, 1: value = '' }) => ({ start: index + line.length - value.length, end: index + line.length }))
      : [{ start: 0, end: text.length }],
  );
}

function valuesUnder(node: Mapping, isSecretKey: (key: string) => boolean): Span[] {
  return node.entries.flatMap(({ key, value }) => {
    if (isSecretKey(key.text)) return [value.origin];
    return spansBelow(value, isSecretKey);
  });
}

function spansBelow(node: Node, isSecretKey: (key: string) => boolean): Span[] {
  if (node.kind === 'mapping') {
    // A container's variable is named beside its value.
    const name = textOf(node, 'name');
    const value = name !== undefined && isSecretKey(name) ? node.entries.find(({ key }) => key.text === 'value')?.value : undefined;
    return [...(value ? [value.origin] : []), ...valuesUnder(node, isSecretKey)];
  }
  return node.kind === 'sequence' ? node.items.flatMap((item) => spansBelow(item, isSecretKey)) : [];
}
