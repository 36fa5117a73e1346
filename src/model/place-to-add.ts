import type { Node, Origin } from '../tree/node.ts';
import type { Variant } from './variant.ts';

/**
 * Where a new member of a mapping or list belongs for one variant: behind the last member that the variant's own folder
 * brings, else behind the last one. Undefined when it has no members.
 */
export function placeToAdd(collection: Node | undefined, { root }: Variant): Origin | undefined {
  const origins = membersOf(collection).map(({ origin }) => origin);
  const prefix = root ? `${root}/` : '';
  return origins.findLast(({ file }) => file.path.startsWith(prefix)) ?? origins.at(-1);
}

function membersOf(collection: Node | undefined): readonly { readonly origin: Origin }[] {
  if (collection?.kind === 'mapping') return collection.entries.map(({ key }) => key);
  return collection?.kind === 'sequence' ? collection.items : [];
}
