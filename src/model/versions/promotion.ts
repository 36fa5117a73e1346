import { APART } from '../counterparts.ts';
import { type Environment, rankOf } from '../environment.ts';
import { linesOf } from '../lines.ts';
import type { Repository } from '../repository.ts';
import type { App, Variant } from '../variant.ts';
import { waysOf } from '../ways.ts';
import { type Artifact, type ArtifactUse, artifactsOf, isSameVersion, isVersioned } from './artifacts.ts';
import { orderOf } from './version-table.ts';
import { placeOfVersion } from './version-uses.ts';

/** What a promotion would do to one version: it takes the place of another at one place, for some variants. */
export interface VersionStep {
  readonly app: App;
  readonly artifact: Artifact;
  /** The uses in the environment that things are promoted to: of one line, never none. */
  readonly now: readonly [ArtifactUse, ...ArtifactUse[]];
  /** What the environment before has. */
  readonly next: ArtifactUse;
  /** Only this environment reads the file that names the version: to change it there changes nothing else. */
  readonly isOwn: boolean;
}

/**
 * What promoting to an environment would change: the artifacts of which the nearest environment before has one other version that is
 * not older. Where its clusters have several, nobody knows which one is meant.
 */
export function versionStepsTo(target: Environment, repository: Repository): VersionStep[] {
  const { apps, variants } = repository;
  return apps.flatMap((app) => {
    const before = nearestBefore(target, app);
    if (!before) return [];
    return artifactsOf(app, repository).flatMap((artifact): VersionStep[] => {
      const [next, ...others] = artifact.uses.filter(({ variant }) => before.has(variant.environment.name));
      if (!next || !isVersioned(next.use)) return [];
      if (others.some((other) => !isSameVersion(other, next))) return [];
      const behind = artifact.uses.filter(({ variant, use }) => variant.environment === target && isOther(use, next.use));
      return linesOf(behind, ({ use }) => placeOfVersion(use)).map((now) => ({ app, artifact, now, next, isOwn: isOwn(now[0], target, variants) }));
    });
  });
}

/** The environments of the highest rank before, on the way to the target, in which the app is: their names. Undefined where there are none. */
export function nearestBefore(target: Environment, { variants }: App): ReadonlySet<string> | undefined {
  const isBefore = waysOf(variants.map(({ environment }) => environment));
  const before = variants.map(({ environment }) => environment).filter((environment) => !APART.has(environment.tier) && isBefore(environment, target));
  const highest = Math.max(...before.map(rankOf));
  return before.length === 0 ? undefined : new Set(before.flatMap((environment) => (rankOf(environment) === highest ? environment.name : [])));
}

/** Another version that is not known to be older. */
function isOther(now: ArtifactUse['use'], next: ArtifactUse['use']): boolean {
  const order = orderOf(now, next);
  return (order === undefined || order < 0) && (now.version !== next.version || now.digest !== next.digest);
}

function isOwn({ use }: ArtifactUse, target: Environment, variants: readonly Variant[]): boolean {
  const { file } = placeOfVersion(use);
  return variants.every(({ environment, inputs, tree }) => environment === target || tree !== file.tree || !inputs.has(file.path));
}
