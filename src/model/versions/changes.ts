import { variantBefore } from '../change.ts';
import type { Change, Repository } from '../repository.ts';
import type { App } from '../variant.ts';
import { type Artifact, type ArtifactUse, artifactsOf, isSameVersion, isVersioned } from './artifacts.ts';
import { orderOf } from './version-table.ts';

/** A version that a change brought to a variant, in the place of another one. */
export interface VersionChange {
  readonly artifact: Artifact;
  readonly now: ArtifactUse;
  /** What the variant had instead; of several, one that it has no more. */
  readonly was: ArtifactUse;
}

/**
 * The versions that a change promoted: other ones than the variant had before, and none that is known to be older, as after a rollback.
 * What is new in an environment as a whole is no promotion.
 */
export function promotedIn(app: App, repository: Repository, change: Change): VersionChange[] {
  const before = change.before.apps.find(({ name }) => name === app.name);
  if (!before) return [];
  const artifactsBefore = artifactsOf(before, change.before);
  return artifactsOf(app, repository).flatMap((artifact) => {
    const old = artifactsBefore.find(({ kind, name }) => kind === artifact.kind && name === artifact.name);
    if (!old) return [];
    return artifact.uses.flatMap((now): VersionChange[] => {
      if (!isVersioned(now.use)) return [];
      const then = variantBefore(change, now.variant);
      const had = old.uses.filter(({ variant }) => variant === then);
      if (had.some((one) => isSameVersion(one, now))) return [];
      const has = artifact.uses.filter(({ variant }) => variant === now.variant);
      const [was] = [...had.filter((one) => !has.some((other) => isSameVersion(other, one))), ...had];
      return was && (orderOf(now.use, was.use) ?? 1) > 0 ? [{ artifact, now, was }] : [];
    });
  });
}
