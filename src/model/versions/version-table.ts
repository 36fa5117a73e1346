import { APART } from '../counterparts.ts';
import type { Environment } from '../environment.ts';
import { classifyTag } from '../kubernetes/image-reference.ts';
import type { App } from '../variant.ts';
import { waysOf } from '../ways.ts';
import { type Artifact, type ArtifactUse, artifactsOf } from './artifacts.ts';
import { compareVersions, parseVersion } from './version.ts';

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
export function versionRowsOf(apps: readonly App[]): VersionRow[] {
  return apps.flatMap((app) =>
    artifactsOf(app).flatMap((artifact) => (isVersioned(artifact) ? [{ app: app.name, artifact, cells: cellsOf(artifact, app) }] : [])),
  );
}

/** A source that is followed by branch has no version; the repository itself mostly is one. */
function isVersioned({ kind, uses }: Artifact): boolean {
  return kind !== 'source' || uses.some(({ use }) => use.digest !== undefined || (use.version !== undefined && parseVersion(use.version).scheme !== 'opaque'));
}

function cellsOf({ kind, uses }: Artifact, { variants }: App): VersionCell[] {
  const isBefore = waysOf(variants.map(({ environment }) => environment));
  const groups = new Map<string, [ArtifactUse, ...ArtifactUse[]]>();
  for (const use of uses) {
    const key = [use.variant.environment.name, use.use.version ?? '', use.use.digest ?? ''].join('\0');
    const group = groups.get(key);
    if (group) group.push(use);
    else groups.set(key, [use]);
  }
  return [...groups.values()].map((group): VersionCell => {
    const [{ variant, use }] = group;
    const { environment } = variant;
    const before = uses.filter((other) => !APART.has(other.variant.environment.tier) && isBefore(other.variant.environment, environment));
    const marks = kind === 'source' ? [] : marksOf(group[0], before);
    const isMoving = kind === 'image' && use.digest === undefined && (use.version === undefined || classifyTag(use.version) === 'mutable');
    return { environment, version: use.version, digest: use.digest, marks: isMoving ? [...marks, 'mutable'] : marks, uses: group };
  });
}

function marksOf({ use }: ArtifactUse, before: readonly ArtifactUse[]): VersionMark[] {
  const orders = before.map((other) => orderOf(use, other.use));
  const marks: VersionMark[] = [];
  if (orders.length > 0 && orders.every((order) => order !== undefined && order > 0)) marks.push('ahead');
  if (orders.some((order) => order !== undefined && order < 0)) marks.push('behind');
  const isSame = ({ use: { version, digest } }: ArtifactUse): boolean => version !== undefined && version === use.version && digest !== undefined;
  if (use.digest !== undefined && before.some((other) => isSame(other) && other.use.digest !== use.digest)) marks.push('other-digest');
  return marks;
}

/** How one use stands to another: below zero where it is older. Undefined where nothing tells. */
export function orderOf(a: ArtifactUse['use'], b: ArtifactUse['use']): number | undefined {
  if (a.digest !== undefined && a.digest === b.digest) return 0;
  return a.version === undefined || b.version === undefined ? undefined : compareVersions(a.version, b.version);
}
