import { isOfTool } from '../render/not-deployed.ts';
import type { SourceFile } from '../text/source-file.ts';
import { childOf, entriesOf, type Mapping, type Node, type Origin, textOf } from '../tree/node.ts';
import { parseYaml } from '../yaml/parse.ts';

/** The first line of the first object that a file holds for a cluster; undefined for values, patches without a name, stubs and the settings of tools. */
export function manifestIn(file: SourceFile): Origin | undefined {
  const roots = parseYaml(file).documents.flatMap(({ root }) => (root?.kind === 'mapping' ? [root] : []));
  const objects = roots.filter(isObject);
  const [first] = objects;
  const entry = first?.entries[0];
  if (!entry || objects.every(isStub) || roots.some((root) => isOfTool(textOf(root, 'apiVersion') ?? ''))) return undefined;
  const { key, value } = entry;
  return { ...key.origin, end: value.kind === 'scalar' ? value.origin.end : key.origin.end };
}

function isObject(root: Mapping): boolean {
  return Boolean(textOf(root, 'apiVersion') && textOf(root, 'kind') && textOf(childOf(root, 'metadata'), 'name'));
}

/** A Secret that is there to be filled in by hand: none of its values is one. */
function isStub(root: Mapping): boolean {
  if (textOf(root, 'kind') !== 'Secret' || textOf(root, 'apiVersion') !== 'v1') return false;
  return [...entriesOf(root, 'stringData'), ...entriesOf(root, 'data')].every(({ value }) => isPlaceholder(value));
}

function isPlaceholder(value: Node): boolean {
  if (value.kind !== 'scalar') return false;
  return PLACEHOLDER.test(value.text) || PLACEHOLDER.test(decoded(value.text));
}

const PLACEHOLDER = /^\s*$|^<.*>$|^\$?\{.*\}$|change[-_ ]?me|replace|update[-_]|your[-_ ]|placeholder|todo|tba|^x+$|^\*+$|^(?:example|dummy|fake|null|~)$/i;

/** What stands behind base64, or the empty text, as which nothing would pass that is none. */
function decoded(text: string): string {
  try {
    return atob(text).replace(/^$/, '-');
  } catch {
    return '-';
  }
}
