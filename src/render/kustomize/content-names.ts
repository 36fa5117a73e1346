import { over, withEntry } from '../../tree/edit.ts';
import { childOf, entryOf, type Scalar, scalar } from '../../tree/node.ts';
import { contentHash } from './hash.ts';
import { type LayeredResource, remember } from './layered-resource.ts';
import { join, originAs, pieceOf } from './writing.ts';

/** The object with the hash of its content behind its name. */
export function withHash(resource: LayeredResource): LayeredResource {
  const metadata = childOf(resource.node, 'metadata');
  const name = metadata?.kind === 'mapping' ? entryOf(metadata, 'name') : undefined;
  if (metadata?.kind !== 'mapping' || name?.value.kind !== 'scalar') return resource;
  const origin = originAs(resource.node.origin, 'generator');
  const suffix = { text: `-${contentHash(resource.node)}`, parts: undefined, origin };
  const value: Scalar = over(join([pieceOf(name.value), suffix], name.value.style, name.value.origin), name.value);
  const node = withEntry(resource.node, scalar('metadata', 'plain', metadata.origin), withEntry(metadata, name.key, value));
  return { ...remember(resource), node };
}
