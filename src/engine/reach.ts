import type { Environment } from '../model/environment.ts';
import type { Finding } from '../model/finding.ts';
import type { Variant } from '../model/variant.ts';

/** How near to production the nearest of a finding's variants is, by a measure of environments; below all others where it accuses none. */
export function reachOf(variants: readonly Variant[], measure: (environment: Environment) => number): (finding: Pick<Finding, 'variants'>) => number {
  const measures = new Map(variants.map(({ id, environment }) => [id, measure(environment)]));
  return (finding) => Math.max(Number.NEGATIVE_INFINITY, ...finding.variants.map((id) => measures.get(id) ?? Number.NEGATIVE_INFINITY));
}
