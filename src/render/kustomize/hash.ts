import { createHash } from 'node:crypto';
import { compareText } from '../../text/location.ts';
import { childOf, type Mapping, type Node, textOf } from '../../tree/node.ts';
import { jsonOf, quoteJson } from '../go-json.ts';

/** The letters that stand in for those that could make a word. */
const CODE: Readonly<Record<string, string>> = { '0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't' };

/** The suffix that kustomize gives the name of a generated object: ten letters that follow from its content. */
export function contentHash(node: Mapping): string {
  const digest = createHash('sha256').update(contentOf(node)).digest('hex');
  return [...digest.slice(0, 10)].map((letter) => CODE[letter] ?? letter).join('');
}

/** What is hashed. The name is always empty there: kustomize looks for a field "metadata/name". */
function contentOf(node: Mapping): string {
  const kind = textOf(node, 'kind');
  if (kind === 'ConfigMap') return objectOf({ binaryData: mapOf(node, 'binaryData'), data: mapOf(node, 'data') ?? '""', kind: quoteJson(kind), name: '""' });
  if (kind === 'Secret') {
    const type = quoteJson(textOf(node, 'type') ?? '');
    return objectOf({ data: mapOf(node, 'data') ?? '""', kind: quoteJson(kind), name: '""', stringData: mapOf(node, 'stringData'), type });
  }
  return jsonOf(node);
}

function objectOf(fields: Readonly<Record<string, string | undefined>>): string {
  const entries = Object.entries(fields).flatMap(([key, json]) => (json === undefined ? [] : `${quoteJson(key)}:${json}`));
  return `{${entries.sort(compareText).join(',')}}`;
}

function mapOf(node: Mapping, field: string): string | undefined {
  const value: Node | undefined = childOf(node, field);
  return value?.kind === 'mapping' ? jsonOf(value) : undefined;
}
