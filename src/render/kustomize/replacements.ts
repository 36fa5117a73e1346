import type { Node } from '../../tree/node.ts';
import type { Reader } from './files.ts';
import type { LayeredResource } from './layered-resource.ts';

export function applyReplacements(resources: readonly LayeredResource[], _items: readonly Node[], _reader: Reader): readonly LayeredResource[] {
  return resources;
}
