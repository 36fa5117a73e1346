import type { Node, Origin } from '../tree/node.ts';
import type { Variant } from './variant.ts';

/**
 * Where a new member of a mapping or list belongs for one variant: behind the last member that the variant's own folder
 * brings, else behind the last one. Undefined when it has no members.
 */
export function placeToAdd(collection: Node | undefined, { root }: Variant): Origin | undefined {
  const members = membersOf(collection);
  const prefix = root ? `${root}/` : '';
  const isOwn = ({ file }: Origin): boolean => file.path.startsWith(prefix);
  const own = members.findLast((member) => originsOf(member).some(isOwn));
  return own ? originsOf(own).find(isOwn) : members.at(-1)?.[0]?.origin;
}

/** Each member by the nodes that show it: an entry by its key, then by its value. */
function membersOf(collection: Node | undefined): readonly (readonly Node[])[] {
  if (collection?.kind === 'mapping') return collection.entries.map(({ key, value }) => [key, value]);
  return collection?.kind === 'sequence' ? collection.items.map((item) => [item]) : [];
}

/** A patch may have set a part of a member that the base brought. */
function originsOf(nodes: readonly Node[]): readonly Origin[] {
  return nodes.flatMap((node): readonly Origin[] => {
    if (node.kind === 'scalar') return [node.origin];
    const children = node.kind === 'mapping' ? node.entries.map(({ value }) => value) : node.items;
    return [node.origin, ...originsOf(children)];
  });
}
