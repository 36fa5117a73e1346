import {
  APART,
  type App,
  type Artifact,
  type ArtifactUse,
  artifactsOf,
  defineRule,
  isAheadOf,
  linesOf,
  meantUses,
  orderOf,
  placeOfVersion,
  type Repository,
  toldOf,
  usesBefore,
} from '../../src/rule/index.ts';

export default defineRule({
  id: 'version-ahead',
  meta: {
    summary: 'Disallow versions that are newer than in every environment before',
    category: 'promotion',
    severity: 'warning',
    ladder: 'laddered',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Let the version pass through the environments before; of a hotfix, say so by an exception with an end.',
    messages: {
      ahead: 'Version "{{version}}" of {{artifact}} is ahead of "{{newest}}"',
    },
  },
  create({ repository, report }) {
    return {
      app(app) {
        for (const artifact of artifactsOf(app, repository)) {
          for (const ahead of linesOf(aheadIn(artifact, app, repository), ({ use }) => placeOfVersion(use.use))) {
            const [{ use, newest, before }] = ahead;
            const told = toldOf(
              artifact,
              use,
              ahead.map((one) => one.use.variant),
            );
            report({
              messageId: 'ahead',
              ...told,
              data: { ...told.data, newest: newest.use.version ?? '' },
              comparedWith: before.map(({ variant }) => variant),
              related: [{ at: placeOfVersion(newest.use), message: `the newest before it, in ${newest.variant.environment.name}` }],
            });
          }
        }
      },
    };
  },
});

interface Ahead {
  readonly use: ArtifactUse;
  readonly newest: ArtifactUse;
  readonly before: readonly ArtifactUse[];
}

/** Sources are followed by branch, and what two of them have is no promotion. */
function aheadIn(artifact: Artifact, app: App, repository: Repository): Ahead[] {
  if (artifact.kind === 'source') return [];
  const judged = meantUses(artifact, repository).filter(({ variant }) => !APART.has(variant.environment.tier));
  const beforeOf = usesBefore(judged, app);
  return judged.flatMap((use): Ahead[] => {
    const before = beforeOf(use);
    if (!isAheadOf(use, before)) return [];
    const newest = before.reduce((found, other) => ((orderOf(other.use, found.use) ?? 0) > 0 ? other : found));
    return [{ use, newest, before }];
  });
}
