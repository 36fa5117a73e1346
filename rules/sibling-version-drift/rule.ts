import {
  APART,
  type Artifact,
  type ArtifactUse,
  artifactsOf,
  compareVersions,
  defineRule,
  eachVersionOnce,
  firstOf,
  groupBy,
  hasLostOverride,
  linesOf,
  placeOfVersion,
  rankOf,
} from '../../src/rule/index.ts';

export default defineRule({
  id: 'sibling-version-drift',
  meta: {
    summary: 'Disallow regions and clusters of one tier that stay behind the version of most others',
    category: 'promotion',
    severity: 'info',
    ladder: 'laddered',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Finish the rollout, or say by an exception why this one stays behind.',
    messages: {
      behind: 'Version "{{version}}" of {{artifact}} is behind the "{{others}}" of most siblings',
    },
  },
  create({ repository, report }) {
    // An override that missed it was meant to keep step: that is the mistake.
    const isMeant = ({ straggler: { variant, use } }: Drift) => !hasLostOverride(repository, variant, use.field.resource, use.artifact);
    return {
      app(app) {
        const drifts = artifactsOf(app, repository).flatMap(driftsIn).filter(isMeant);
        for (const [first, ...others] of releasesIn(drifts)) {
          const { artifact, straggler, most } = first;
          const { use } = straggler;
          report({
            messageId: 'behind',
            data: { version: use.version ?? '', artifact: nameOf([first, ...others]), others: most[0].use.version ?? '' },
            at: placeOfVersion(use),
            version: use.version,
            about: use.field,
            variants: [...new Set([first, ...others].map((drift) => drift.straggler.variant))],
            comparedWith: most.map(({ variant }) => variant),
            related: [
              { at: placeOfVersion(most[0].use), message: `${artifact.name} in ${most[0].variant.environment.name}` },
              ...others.map((drift) => ({ at: placeOfVersion(drift.straggler.use), message: drift.artifact.name })),
            ],
          });
        }
      },
    };
  },
});

interface Drift {
  readonly artifact: Artifact;
  readonly straggler: ArtifactUse;
  readonly most: readonly [ArtifactUse, ...ArtifactUse[]];
}

/** Of each tier, those that are behind the version of more than half. One that uses several versions is not judged. */
function driftsIn(artifact: Artifact): Drift[] {
  if (artifact.kind === 'source') return [];
  const byVariant = groupBy(eachVersionOnce(artifact.uses), ({ variant }) => variant.key);
  const alone = [...byVariant.values()].flatMap(([use, ...others]) => (others.length === 0 ? use : []));
  const judged = alone.filter(({ variant: { environment } }) => !APART.has(environment.tier) && rankOf(environment) >= 0);
  const tiers = groupBy(judged, ({ variant }) => String(rankOf(variant.environment)));
  return [...tiers.values()].flatMap((siblings): Drift[] => {
    const most = siblings.map(({ use }) => siblings.filter((other) => other.use.version === use.version)).find((same) => same.length * 2 > siblings.length);
    const [first, ...others] = siblings.length < 3 ? [] : (most ?? []);
    if (!first) return [];
    return siblings.flatMap((straggler) => (isOlder(straggler.use.version, first.use.version) ? [{ artifact, straggler, most: [first, ...others] }] : []));
  });
}

/** What is released together is behind together: several images of one version, and all that share a line. */
function releasesIn(drifts: readonly Drift[]): (readonly [Drift, ...Drift[]])[] {
  const lines = linesOf(drifts, ({ straggler }) => placeOfVersion(straggler.use));
  const releases = groupBy(lines, (line) =>
    [line[0].straggler.use.version, line[0].most[0].use.version, ...line.map(({ straggler }) => straggler.variant.id)].join('\0'),
  );
  return [...releases.values()].map(([[first, ...same], ...others]) => [first, ...same, ...others.flat()] as const);
}

function nameOf(drifts: readonly Drift[]): string {
  const names = [...new Set(drifts.map(({ artifact }) => `${artifact.kind} "${artifact.name}"`))];
  return firstOf(names, 1);
}

function isOlder(version: string | undefined, other: string | undefined): boolean {
  return version !== undefined && other !== undefined && (compareVersions(version, other) ?? 0) < 0;
}
