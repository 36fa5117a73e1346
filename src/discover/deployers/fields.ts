import type { Additions } from '../../model/additions.ts';
import { childOf, type Entry, entriesOf, type Mapping, mapping, type Node, type Scalar, scalar, sequence } from '../../tree/node.ts';

/** Nothing to add. */
export function noAdditions(at: Node): Additions {
  return { fields: mapping([], at.origin), labels: [], annotations: [] };
}

/** The scalar under a key. */
export function scalarOf(node: Node | undefined, key: string): Scalar | undefined {
  const value = childOf(node, key);
  return value?.kind === 'scalar' ? value : undefined;
}

/** The entries of `node` that stand under `names`, with the names that a kustomization has for them. */
export function renamedFields(node: Node | undefined, names: Readonly<Record<string, string>>): Entry[] {
  if (node?.kind !== 'mapping') return [];
  return node.entries.flatMap((entry) => {
    const name = Object.hasOwn(names, entry.key.text) ? names[entry.key.text] : undefined;
    return name === undefined || isEmpty(entry.value) ? [] : [{ ...entry, key: { ...entry.key, text: name } }];
  });
}

function isEmpty(node: Node): boolean {
  if (node.kind === 'scalar') return node.text === '';
  return node.kind === 'mapping' ? node.entries.length === 0 : node.items.length === 0;
}

/** Labels or annotations under a key, as entries. */
export function pairsOf(node: Node | undefined, key: string): readonly Entry[] {
  return entriesOf(node, key).filter(({ value }) => value.kind === 'scalar');
}

/** One image in Argo CD's form, `name=registry/name:tag@digest`, as the entry that a kustomization has for it. */
export function imageOf(item: Scalar): Mapping | undefined {
  const { text, origin } = item;
  const equals = text.indexOf('=');
  const rest = text.slice(equals + 1);
  const at = rest.indexOf('@');
  const colon = rest.indexOf(':', rest.lastIndexOf('/', at === -1 ? undefined : at) + 1);
  const hasTag = colon !== -1 && (at === -1 || colon < at);
  const name = rest.slice(0, hasTag ? colon : at === -1 ? undefined : at);
  if (name === '') return undefined;
  const field = (key: string, value: string): Entry => ({ key: scalar(key, 'plain', origin), value: scalar(value, 'double-quoted', origin) });
  return mapping(
    [
      field('name', equals === -1 ? name : text.slice(0, equals)),
      ...(equals === -1 ? [] : [field('newName', name)]),
      ...(hasTag ? [field('newTag', rest.slice(colon + 1, at === -1 ? undefined : at))] : []),
      ...(at === -1 ? [] : [field('digest', rest.slice(at + 1))]),
    ],
    origin,
  );
}

/** A list under a name, as an entry of a kustomization. */
export function listField(name: string, items: readonly Node[], at: Node): Entry {
  return { key: scalar(name, 'plain', at.origin), value: sequence(items, at.origin) };
}
