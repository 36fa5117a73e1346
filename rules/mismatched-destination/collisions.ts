import { clusterOf, isUnfilled, type Origin, rankOf, type Variant } from '../../src/rule/index.ts';
import type { Owned } from './whose.ts';

/** One app on its way to one place. */
interface Visit {
  readonly owned: Owned;
  readonly variant: Variant;
  readonly at: Origin;
}

/** Two deployers of one app that go to one place for different environments, the one nearer to production first. */
export interface Collision {
  readonly owned: Owned;
  readonly other: Owned;
  /** Where each names the place. */
  readonly at: Origin;
  readonly otherAt: Origin;
  readonly variants: readonly Variant[];
  /** It was seen that both bring the same objects; of a chart that is not rendered it may be so. */
  readonly isSeen: boolean;
}

/** Apps of which two environments have one namespace of one cluster. Where the cluster is the deployer's own, it depends on where that runs. */
export function collisions(all: readonly Owned[]): Collision[] {
  const places = new Map<string, Visit[]>();
  for (const owned of all) {
    const { deployment } = owned;
    const cluster = clusterOf(deployment);
    const namespace = deployment.namespace?.node;
    if (!cluster || !namespace?.text || isUnfilled(namespace.text)) continue;
    for (const variant of deployment.variants) {
      const place = [cluster, namespace.text, variant.app.name].join('\0');
      places.set(place, [...(places.get(place) ?? []), { owned, variant, at: namespace.origin }]);
    }
  }
  return [...places.values()].flatMap((group) => {
    const [first, ...rest] = [...group].sort((a, b) => rank(b.owned) - rank(a.owned));
    if (!first) return [];
    return rest.flatMap((second): Collision[] => {
      if (second.owned.environment.name === first.owned.environment.name) return [];
      const seen = sharesObjects(first.variant, second.variant);
      if (seen === false) return [];
      const variants = [first.variant, second.variant];
      return [{ owned: first.owned, other: second.owned, at: first.at, otherAt: second.at, variants, isSeen: seen === true }];
    });
  });
}

function rank({ environment }: Owned): number {
  return rankOf(environment);
}

/** Undefined where one of them was not rendered. */
function sharesObjects(a: Variant, b: Variant): boolean | undefined {
  if (a === b) return true;
  if (a.renderer === 'helm' || b.renderer === 'helm') return undefined;
  return [...a.resources].some((resource) => resource.id.kind !== 'Namespace' && b.resources.get(resource.id) !== undefined);
}
