import { groupBy } from '../../text/group-by.ts';
import { withoutEnvironment } from '../counterparts.ts';
import type { Repository } from '../repository.ts';
import type { App, Variant } from '../variant.ts';
import { versionUsesInFiles } from './file-uses.ts';
import { parseVersion } from './version.ts';
import { type ArtifactKind, placeOfVersion, type VersionUse, versionUsesOf } from './version-uses.ts';

/** A use of an artifact in one variant. */
export interface ArtifactUse {
  readonly variant: Variant;
  readonly use: VersionUse;
}

/** Something with versions that an app uses: an image, whatever registry it is taken from, a chart or a source. */
export interface Artifact {
  readonly kind: ArtifactKind;
  /** `library/nginx`, `shop/checkout`: without the registry, and without the names of environments. */
  readonly name: string;
  /** In the order of the variants; each version once at each place of a variant. */
  readonly uses: readonly ArtifactUse[];
}

const known = new WeakMap<App, readonly Artifact[]>();

/** The artifacts of an app, sorted by kind and name. */
export function artifactsOf(app: App, repository: Repository): readonly Artifact[] {
  let artifacts = known.get(app);
  if (!artifacts) {
    artifacts = gather(app, repository);
    known.set(app, artifacts);
  }
  return artifacts;
}

/** What one environment alone has may be another's under its own name: `checkout-prod`. */
function gather({ variants }: App, repository: Repository): Artifact[] {
  const byName = groupBy(usesIn(variants, repository), ({ use }) => keyOf(use.kind, nameOf(use)));
  const loners = [...byName.values()].filter((uses) => !areShared(uses)).flat();
  const byCommonName = groupBy(loners, ({ variant, use }) => keyOf(use.kind, withoutEnvironment(nameOf(use), variant)));
  const common = [...byCommonName].filter(([, uses]) => areShared(uses));
  const taken = new Set(common.flatMap(([, uses]) => uses));
  const own = [...byName].flatMap(([key, uses]) => (uses.some((use) => taken.has(use)) ? [] : [[key, uses] as const]));
  return [...own, ...common]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, uses]): Artifact => ({ kind: uses[0].use.kind, name: key.slice(key.indexOf('\0') + 1), uses }));
}

/** Of the uses of an artifact, each version once in a variant, at its first place. */
export function eachVersionOnce(uses: readonly ArtifactUse[]): ArtifactUse[] {
  const groups = groupBy(uses, ({ variant, use }) => [variant.key, use.version ?? '', use.digest ?? ''].join('\0'));
  return [...groups.values()].map(([first]) => first);
}

/** Whether two uses are of one build, by what they are called. */
export function isSameVersion({ use: a }: ArtifactUse, { use: b }: ArtifactUse): boolean {
  return a.version === b.version && a.digest === b.digest;
}

/** What a report says of a version that variants take from one line: what it is, where it stands, and for whom. A digest is one where there is no other. */
export function toldOf({ kind, name }: Artifact, { use }: ArtifactUse, variants: readonly Variant[]) {
  const version = use.version ?? use.digest ?? '';
  return {
    data: { version, artifact: `${kind} "${name}"` },
    at: placeOfVersion(use),
    version,
    about: use.field,
    variants,
  };
}

/** Whether a use tells a version at all: a source that is followed by branch has none, the repository itself mostly is one. */
export function isVersioned({ kind, version, digest }: VersionUse): boolean {
  return digest !== undefined || (version !== undefined && (kind !== 'source' || parseVersion(version).scheme !== 'opaque'));
}

/** Each version once at each place of a variant: what several resources take from one line is one use. */
function usesIn(variants: readonly Variant[], repository: Repository): ArtifactUse[] {
  return variants.flatMap((variant) => {
    const all = [...[...variant.resources].flatMap(versionUsesOf), ...versionUsesInFiles(repository, variant)];
    const uses = all.map((use) => ({ variant, use }));
    const places = groupBy(uses, ({ use }) => {
      const { file, start } = placeOfVersion(use);
      return [use.kind, nameOf(use), use.version ?? '', use.digest ?? '', file.name, start].join('\0');
    });
    return [...places.values()].map(([first]) => first);
  });
}

function areShared(uses: readonly ArtifactUse[]): boolean {
  return new Set(uses.map(({ variant }) => variant.environment)).size > 1;
}

function keyOf(kind: ArtifactKind, name: string): string {
  return `${kind}\0${name}`;
}

function nameOf({ kind, artifact }: VersionUse): string {
  return kind === 'image' ? withoutRegistry(artifact) : artifact;
}

/** Mirrors of one image differ in nothing else. */
function withoutRegistry(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}
