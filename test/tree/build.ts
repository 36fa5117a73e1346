import fc from 'fast-check';
import { SourceFile } from '../../src/text/source-file.ts';
import type { Mapping, Node, Scalar } from '../../src/tree/node.ts';
import { childOf } from '../../src/tree/node.ts';
import { parseYaml } from '../../src/yaml/parse.ts';

/** The root of a text with one document. */
export function tree(text: string, path = 'apps/checkout.yaml'): Node {
  const { documents, problem } = parseYaml(new SourceFile(path, text));
  if (problem) throw new Error(`${problem.reason} in ${text}`);
  const root = documents[0]?.root;
  if (!root) throw new Error(`nothing in ${text}`);
  return root;
}

export function map(text: string, path?: string): Mapping {
  const node = tree(text, path);
  if (node.kind !== 'mapping') throw new Error(`no mapping: ${text}`);
  return node;
}

/** A key, or any other scalar, by its text. */
export function word(text: string): Scalar {
  const node = childOf(tree(`v: ${text}`), 'v');
  if (node?.kind !== 'scalar') throw new Error(`no scalar: ${text}`);
  return node;
}

const key = fc.constantFrom('name', 'image', 'port', 'replicas', 'app.kubernetes.io/name', 'data', 'a b', 'n');

/** A value as JSON knows it: what parses to the same plain value. */
export const plainValue = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, tie('leaf'), tie('list'), tie('map')),
  leaf: fc.oneof(fc.constantFrom('storefront', 'yes', '8080', '', '1.0', '~'), fc.integer(), fc.boolean(), fc.constant(null)),
  list: fc.array(tie('value'), { maxLength: 4 }),
  map: fc.dictionary(key, tie('value'), { maxKeys: 5, noNullPrototype: true }),
})).value;
