import { type ApplicationSetReading, type MadeApplication, readApplicationSet } from '../../../src/discover/argo/application-set.ts';
import { fillGoTemplate } from '../../../src/discover/argo/go-template/fill.ts';
import { SourceFile } from '../../../src/text/source-file.ts';
import { childOf, type Mapping, type Node, type Scalar } from '../../../src/tree/node.ts';
import { memoryWorkspace } from '../../../src/workspace/memory-workspace.ts';
import { parseYaml } from '../../../src/yaml/parse.ts';
import type { Tree } from '../../support/rule-tester.ts';

/** The URL of the repository that the tests are about. */
export const SHOP = 'https://git.example/shop.git';

/** The root of a manifest, which is a mapping. */
export function mappingOf(text: string, path = 'set.yaml'): Mapping {
  const { documents, problem } = parseYaml(new SourceFile(path, text));
  const root = documents[0]?.root;
  if (problem || root?.kind !== 'mapping') throw new Error(`no mapping: ${problem?.reason ?? ''}\n${text}`);
  return root;
}

/** Reads the `spec` of a set in a repository; `{shop}` stands for its URL. */
export function readSpec(spec: string, tree: Tree = {}): ApplicationSetReading {
  return readApplicationSet(mappingOf(`spec:\n${indented(spec.replaceAll('{shop}', SHOP))}`), memoryWorkspace(tree), (url) => url === SHOP, fillGoTemplate);
}

/** What generators make with a template of one path. */
export function readPaths(
  generators: string,
  path: string,
  { tree = {}, head = '' }: { readonly tree?: Tree; readonly head?: string } = {},
): ApplicationSetReading {
  return readSpec(`${head}generators:\n${indented(generators)}\ntemplate:\n  spec:\n    source: {path: '${path}'}\n`, tree);
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}

/** The path of an application, or another field of its source. */
export function pathOf(made: MadeApplication | undefined, field = 'path'): Scalar {
  const node = fieldOf(made, 'spec', 'source', field);
  if (node?.kind !== 'scalar') throw new Error('no path');
  return node;
}

export function fieldOf(made: MadeApplication | undefined, ...steps: readonly string[]): Node | undefined {
  return steps.reduce<Node | undefined>(childOf, made?.application);
}

export function pathsIn({ made }: ApplicationSetReading): string[] {
  return made.map((one) => pathOf(one).text);
}

/** Each stretch of a text, and where its author stands: `staging < set.yaml:7`. */
export function authorsIn({ text, parts, origin }: Scalar): string[] {
  return (parts ?? [{ start: 0, end: text.length, origin }]).map(
    (part) => `${text.slice(part.start, part.end)} < ${part.origin.file.path}:${part.origin.file.positionAt(part.origin.start).line}`,
  );
}

export function messagesIn(remarks: readonly { readonly message: string }[]): string[] {
  return remarks.map(({ message }) => message);
}
