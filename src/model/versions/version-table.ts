import { groupBy } from '../../text/group-by.ts';
import { APART } from '../counterparts.ts';
import type { Environment } from '../environment.ts';
import { classifyTag } from '../kubernetes/image-reference.ts';
import type { Repository } from '../repository.ts';
import type { App } from '../variant.ts';
import { waysOf } from '../ways.ts';
import { type Artifact, type ArtifactUse, artifactsOf, isVersioned } from './artifacts.ts';
import { compareVersions } from './version.ts';

/**
 * What there is to say of a version: newer than in all environments before, older than in one of them, made to move, or with
 * another digest than the same version before.
 */
export type VersionMark = 'ahead' | 'behind' | 'mutable' | 'other-digest';

/** One version in one environment; where its clusters differ, there are several. */
export interface VersionCell {
  readonly environment: Environment;
  readonly version: string | undefined;
  readonly digest: string | undefined;
  readonly marks: readonly VersionMark[];
  /** All uses that agree on it, never none. */
  readonly uses: readonly [ArtifactUse, ...ArtifactUse[]];
}

/** An artifact of an app, in the environments that use it, in the order of promotion. */
export interface VersionRow {
  readonly app: string;
  readonly artifact: Artifact;
  readonly cells: readonly VersionCell[];
}

/** Which version is where, by app and artifact. */
export function versionRowsOf(repository: Repository): VersionRow[] {
  return repository.apps.flatMap((app) =>
    artifactsOf(app, repository).flatMap((artifact) =>
      artifact.kind !== 'source' || artifact.uses.some(({ use }) => isVersioned(use)) ? [{ app: app.name, artifact, cells: cellsOf(artifact, app) }] : [],
    ),
  );
}

function cellsOf({ kind, uses }: Artifact, app: App): VersionCell[] {
  const beforeOf = usesBefore(uses, app);
  const groups = groupBy(uses, ({ variant, use }) => [variant.environment.name, use.version ?? '', use.digest ?? ''].join('\0'));
  return [...groups.values()].map((group): VersionCell => {
    const [{ variant, use }] = group;
    const marks = kind === 'source' ? [] : marksOf(group[0], beforeOf(group[0]));
    const isMoving = kind === 'image' && use.digest === undefined && (use.version === undefined || classifyTag(use.version) === 'mutable');
    return { environment: variant.environment, version: use.version, digest: use.digest, marks: isMoving ? [...marks, 'mutable'] : marks, uses: group };
  });
}

/** Of some uses, those of environments on the way to that of one of them; those that stand apart promote nothing. */
export function usesBefore(uses: readonly ArtifactUse[], { variants }: App): (use: ArtifactUse) => ArtifactUse[] {
  const isBefore = waysOf(variants.map(({ environment }) => environment));
  const onTheWay = uses.filter(({ variant }) => !APART.has(variant.environment.tier));
  return ({ variant }) => onTheWay.filter((other) => isBefore(other.variant.environment, variant.environment));
}

/** Whether a use is known to be newer than all of some others, of which there is one. */
export function isAheadOf({ use }: ArtifactUse, before: readonly ArtifactUse[]): boolean {
  return before.length > 0 && before.every((other) => (orderOf(use, other.use) ?? 0) > 0);
}

function marksOf(one: ArtifactUse, before: readonly ArtifactUse[]): VersionMark[] {
  const { use } = one;
  const marks: VersionMark[] = [];
  if (isAheadOf(one, before)) marks.push('ahead');
  // An environment with several versions that has this one, too, is not ahead by its others.
  const byEnvironment = groupBy(before, ({ variant }) => variant.environment.name);
  const orders = [...byEnvironment.values()].map((others) => others.map((other) => orderOf(use, other.use)));
  if (orders.some((all) => !all.includes(0) && all.some((order) => order !== undefined && order < 0))) marks.push('behind');
  const isSame = ({ use: { version, digest } }: ArtifactUse): boolean => version !== undefined && version === use.version && digest !== undefined;
  if (use.digest !== undefined && before.some((other) => isSame(other) && other.use.digest !== use.digest)) marks.push('other-digest');
  return marks;
}

/** How one use stands to another: below zero where it is older. Undefined where nothing tells. */
export function orderOf(a: ArtifactUse['use'], b: ArtifactUse['use']): number | undefined {
  if (a.digest !== undefined && a.digest === b.digest) return 0;
  return a.version === undefined || b.version === undefined ? undefined : compareVersions(a.version, b.version);
}
