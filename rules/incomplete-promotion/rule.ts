import {
  type App,
  type ArtifactUse,
  type Change,
  defineRule,
  linesOf,
  nearestBefore,
  placeOfVersion,
  promotedIn,
  type Repository,
  type VersionChange,
} from '../../src/rule/index.ts';

export default defineRule({
  id: 'incomplete-promotion',
  meta: {
    summary: 'Disallow changes that promote a version without the keys that stand beside it in the environment before',
    category: 'promotion',
    severity: 'error',
    ladder: 'laddered',
    gathers: ['missing-config-key', 'missing-env-var', 'missing-value'],
    readsChange: true,
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Promote the keys together with the version that reads them.',
    messages: {
      incomplete: 'Version "{{version}}" of {{artifact}} comes without what stands beside it in the environment before',
    },
  },
  create({ repository, report }) {
    const { since } = repository;
    if (!since) return {};
    return {
      app(app) {
        for (const line of linesOf(takenOver(app, repository, since), ({ now }) => placeOfVersion(now.use))) {
          const [{ artifact, now, from }] = line;
          report({
            messageId: 'incomplete',
            data: { version: now.use.version ?? now.use.digest ?? '', artifact: `${artifact.kind} "${artifact.name}"` },
            at: placeOfVersion(now.use),
            version: now.use.version,
            about: now.use.field,
            variants: line.map((one) => one.now.variant),
            comparedWith: from.map(({ variant }) => variant),
          });
        }
      },
    };
  },
});

interface TakenOver extends VersionChange {
  /** Who has that version in the environment just before. */
  readonly from: readonly ArtifactUse[];
}

/** What a change promoted from the environment just before. */
function takenOver(app: App, repository: Repository, change: Change): TakenOver[] {
  return promotedIn(app, repository, change).flatMap((promoted): TakenOver[] => {
    const { artifact, now } = promoted;
    const names = nearestBefore(now.variant.environment, app);
    const from = artifact.uses.filter(
      ({ variant, use }) => names?.has(variant.environment.name) && use.version === now.use.version && use.digest === now.use.digest,
    );
    return from.length > 0 ? [{ ...promoted, from }] : [];
  });
}
