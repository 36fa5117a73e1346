import { withoutEnvironment } from '../counterparts.ts';
import type { App, Variant } from '../variant.ts';
import { type ArtifactKind, type VersionUse, versionUsesOf } from './version-uses.ts';

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
  /** In the order of the variants; each version once in a variant. */
  readonly uses: readonly ArtifactUse[];
}

const known = new WeakMap<App, readonly Artifact[]>();

/** The artifacts of an app, sorted by kind and name. */
export function artifactsOf(app: App): readonly Artifact[] {
  let artifacts = known.get(app);
  if (!artifacts) {
    artifacts = gather(app);
    known.set(app, artifacts);
  }
  return artifacts;
}

function gather({ variants }: App): Artifact[] {
  const found = new Map<string, { readonly kind: ArtifactKind; readonly name: string; readonly uses: ArtifactUse[] }>();
  for (const variant of variants) {
    const seen = new Set<string>();
    for (const resource of variant.resources) {
      for (const use of versionUsesOf(resource)) {
        const name = withoutEnvironment(use.kind === 'image' ? withoutRegistry(use.artifact) : use.artifact, variant);
        const key = `${use.kind}\0${name}`;
        const version = `${key}\0${use.version ?? ''}\0${use.digest ?? ''}`;
        if (seen.has(version)) continue;
        seen.add(version);
        const artifact = found.get(key) ?? { kind: use.kind, name, uses: [] };
        artifact.uses.push({ variant, use });
        found.set(key, artifact);
      }
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, artifact]) => artifact);
}

/** Mirrors of one image differ in nothing else. */
function withoutRegistry(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}
