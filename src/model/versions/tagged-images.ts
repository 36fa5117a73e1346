import { groupBy } from '../../text/group-by.ts';
import type { Origin } from '../../tree/node.ts';
import { linesOf } from '../lines.ts';
import type { Variant } from '../variant.ts';
import type { ArtifactUse } from './artifacts.ts';
import { placeOfVersion, versionUsesOf } from './version-uses.ts';

/** A tag without a digest, at the one place that writes it, and all that takes it from there. */
export interface TaggedPlace {
  readonly place: Origin;
  /** Never none; of every variant, whichever resource it is of. */
  readonly uses: readonly [ArtifactUse, ...ArtifactUse[]];
}

/** The tags of images that no digest stands beside, place by place, in the order of the variants. */
export function taggedPlaces(variants: readonly Variant[]): TaggedPlace[] {
  const tagged = imageUses(variants).filter(({ use }) => use.version && !use.digest);
  return linesOf(tagged, ({ use }) => placeOfVersion(use)).map((uses) => ({ place: placeOfVersion(uses[0].use), uses }));
}

/** A digest that an environment names, and the first place that does. */
export interface KnownDigest {
  readonly digest: string;
  readonly from: ArtifactUse;
}

/** Looks up which digests some variants name for an image and its tag, its registry included; those of earlier environments first. */
export function digestsIn(variants: readonly Variant[]): (image: Pick<ArtifactUse['use'], 'artifact' | 'version'>) => readonly KnownDigest[] {
  const keyOf = ({ artifact, version }: Pick<ArtifactUse['use'], 'artifact' | 'version'>): string => `${artifact}\0${version ?? ''}`;
  const pinned = imageUses(variants).filter(({ use }) => use.version && isDigest(use.digest));
  const known = groupBy(pinned, ({ use }) => keyOf(use));
  return (image) => [...groupBy(known.get(keyOf(image)) ?? [], ({ use }) => use.digest ?? '')].map(([digest, [from]]) => ({ digest, from }));
}

function imageUses(variants: readonly Variant[]): ArtifactUse[] {
  return variants.flatMap((variant) =>
    [...variant.resources].flatMap((resource) => versionUsesOf(resource).flatMap((use) => (use.kind === 'image' ? [{ variant, use }] : []))),
  );
}

/** Whether a text is a digest that registries and clusters take. */
export function isDigest(text: string | undefined): text is string {
  return text !== undefined && /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/.test(text);
}

/** An image as people write it: `nginx` for `docker.io/library/nginx`. */
export function shownImage(artifact: string): string {
  return artifact.replace(/^docker\.io\/(?:library\/)?/, '');
}
