import { hasLostOverride } from '../lost-overrides.ts';
import type { Repository } from '../repository.ts';
import { type Artifact, type ArtifactUse, eachVersionOnce } from './artifacts.ts';

/**
 * The uses of an artifact by which it may be judged, each version once in a variant. An override that missed one leaves an older version there, or a
 * newer one: that is the mistake, and other rules tell of it.
 */
export function meantUses({ uses }: Artifact, repository: Repository): ArtifactUse[] {
  return eachVersionOnce(uses.filter(({ variant, use: { field, artifact } }) => !hasLostOverride(repository, variant, field.resource, artifact)));
}
