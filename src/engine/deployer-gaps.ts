import type { Gap } from '../model/render-result.ts';
import type { Repository } from '../model/repository.ts';
import type { Variant } from '../model/variant.ts';

/** What the deployers of some variants leave to be known by the cluster alone: what they deploy is not looked at. */
export function gapsOfDeployers({ deployments, deployerGaps }: Repository, variants: ReadonlySet<Variant>): Gap[] {
  const told = deployerGaps.filter(({ holder }) => variants.has(holder)).map(({ message, origin }): Gap => ({ cause: 'template', message, origin }));
  const open = deployments.flatMap(({ kind, name, holder, source }): Gap[] => {
    // The elements of a set that are not known are told once, by the set.
    if (source.whereabouts !== 'unknown' || kind === 'ApplicationSet' || !variants.has(holder)) return [];
    return [{ cause: 'template', message: `what ${kind} "${name}" deploys is not known here: "${source.text}"`, origin: source.node.origin }];
  });
  return [...told, ...open];
}
