import type { Change, Repository } from './repository.ts';
import type { Variant } from './variant.ts';

const known = new WeakMap<Repository, ReadonlyMap<string, Variant>>();

/** The same app in the same environment before the change; undefined where it is new. */
export function variantBefore({ before }: Change, { id }: Variant): Variant | undefined {
  let byId = known.get(before);
  if (!byId) {
    byId = new Map(before.variants.map((variant) => [variant.id, variant]));
    known.set(before, byId);
  }
  return byId.get(id);
}
