import type { Resource } from '../../model/resource.ts';
import type { Substitution } from '../../model/substitution.ts';
import { isUnfilled } from '../../text/unfilled.ts';
import { childOf, entriesOf, entryOf, itemsOf, type Mapping, type Node, type Scalar, textOf } from '../../tree/node.ts';
import type { Lookup, Remark } from './said.ts';

/** What fills in the variables of a Flux Kustomization's objects, and what is not known of that. */
export interface PostBuild {
  readonly substitution: Substitution;
  readonly remarks: readonly Remark[];
}

/**
 * Reads `postBuild`: `substitute` counts more than `substituteFrom`, of which later ones count more. Of Secrets only the
 * names are read. Undefined where there is no variable at all: Flux then looks at no text.
 */
export function readPostBuild({ node, id }: Resource, lookup: Lookup): PostBuild | undefined {
  const spec = childOf(node, 'spec');
  const entry = spec?.kind === 'mapping' ? entryOf(spec, 'postBuild') : undefined;
  if (entry?.value.kind !== 'mapping') return undefined;
  const postBuild: Mapping = entry.value;
  const variables = new Map<string, Scalar | undefined>();
  const elsewhere: string[] = [];
  const remarks: Remark[] = [];
  for (const item of itemsOf(postBuild, 'substituteFrom')) {
    const given = givenBy(item, id.namespace, lookup);
    for (const [name, value] of given ?? []) variables.set(name, value);
    if (given) continue;
    const source = `${textOf(item, 'kind') ?? 'source'} "${textOf(item, 'name') ?? ''}"`;
    elsewhere.push(source);
    remarks.push({ message: `${source}, which gives variables, is not here: those that nothing else gives stay as they are written`, origin: item.origin });
  }
  const own = entriesOf(postBuild, 'substitute');
  for (const { key, value } of own) if (value.kind === 'scalar') variables.set(key.text, value);
  if (variables.size === 0 && elsewhere.length === 0) return undefined;
  return { substitution: { variables, elsewhere, at: (own.at(-1) ?? entry).key.origin }, remarks };
}

/** What an object of the repository gives; undefined where it is not here. */
function givenBy(item: Node, namespace: string, lookup: Lookup): readonly (readonly [string, Scalar | undefined])[] | undefined {
  const name = textOf(item, 'name') ?? '';
  if (isUnfilled(name)) return undefined;
  if (textOf(item, 'kind') === 'ConfigMap') {
    const found = lookup('ConfigMap', name, namespace);
    return found && entriesOf(found.node, 'data').flatMap(({ key, value }) => (value.kind === 'scalar' ? [[key.text, value] as const] : []));
  }
  const secret = lookup('Secret', name, namespace)?.node;
  const sealed = lookup('SealedSecret', name, namespace)?.node;
  if (!secret && !sealed) return undefined;
  const fields = [childOf(secret, 'data'), childOf(secret, 'stringData'), childOf(childOf(sealed, 'spec'), 'encryptedData')];
  return fields.flatMap((field) => (field?.kind === 'mapping' ? field.entries.map(({ key }) => [key.text, undefined] as const) : []));
}
