import { isSlip } from '../text/slip.ts';
import { childOf, type Node, textOf } from '../tree/node.ts';
import type { EffectSum } from './effect-sum.ts';
import { entryAt } from './kubernetes/kustomization.ts';
import { phantomContainersOf } from './kubernetes/phantom-containers.ts';
import type { RenderProblem } from './render-result.ts';
import type { Repository } from './repository.ts';
import type { Resource } from './resource.ts';
import type { Variant } from './variant.ts';

const PATCHES = new Set(['patches', 'patchesStrategicMerge', 'patchesJson6902']);

const known = new WeakMap<Repository, ReadonlyMap<Variant, readonly EffectSum[]>>();

/**
 * Whether an override that was probably meant for a resource, or for an image of it, missed it: it matches nothing, it
 * hits a container that is none, or its file is not there. Another rule says so, and what the resource is like follows from that.
 */
export function hasLostOverride(repository: Repository, variant: Variant, resource: Resource, image = ''): boolean {
  if (variant.problems.some(lacksManifest) || phantomContainersOf(resource).length > 0) return true;
  const { kind, name } = resource.originalId;
  return (idleOverridesOf(repository).get(variant) ?? []).some(({ field, entry, patch = [], nearMatch }) => {
    if (field === 'images') return isNear(lastStep(textOf(entryAt(repository.files, entry), 'name') ?? ''), lastStep(image));
    const isAlike = (object: Node) => textOf(object, 'kind') === kind && isNear(textOf(childOf(object, 'metadata'), 'name') ?? '', name);
    return nearMatch === `${kind} "${name}"` || patch.some(isAlike);
  });
}

/** Whether a file is not there that may be a patch; scripts and settings are none. */
function lacksManifest({ rule, origin: { file, start, end } }: RenderProblem): boolean {
  return rule === 'missing-reference' && /\.(?:ya?ml|json)["']?$/.test(file.text.slice(start, end));
}

function idleOverridesOf(repository: Repository): ReadonlyMap<Variant, readonly EffectSum[]> {
  let found = known.get(repository);
  if (!found) {
    const byVariant = new Map<Variant, EffectSum[]>();
    for (const effect of repository.effects) {
      if (effect.targets > 0 || (effect.field !== 'images' && !PATCHES.has(effect.field))) continue;
      for (const variant of effect.variants) byVariant.set(variant, [...(byVariant.get(variant) ?? []), effect]);
    }
    found = byVariant;
    known.set(repository, found);
  }
  return found;
}

function isNear(a: string, b: string): boolean {
  return a !== '' && (a === b || isSlip(a, b));
}

/** The name of an image without its registry and path. */
function lastStep(image: string): string {
  return image.split('/').at(-1) ?? image;
}
