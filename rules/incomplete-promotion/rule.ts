import {
  type App,
  type ArtifactUse,
  type Change,
  configReferencesOf,
  defineRule,
  formatResourceId,
  isSameVersion,
  linesOf,
  nearestBefore,
  placeOfVersion,
  podTemplateOf,
  promotedIn,
  type Repository,
  toldOf,
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
            ...toldOf(
              artifact,
              now,
              line.map((one) => one.now.variant),
            ),
            speaksFor: objectsOf([now, ...from]),
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

/**
 * What a change promoted from the environment just before. Where that one had the old version, too, until now, both were raised together, and what
 * stands beside it there is no news.
 */
function takenOver(app: App, repository: Repository, change: Change): TakenOver[] {
  const promoted = promotedIn(app, repository, change);
  return promoted.flatMap((one): TakenOver[] => {
    const { artifact, now, was } = one;
    const names = nearestBefore(now.variant.environment, app);
    const hadOld = (use: ArtifactUse) => promoted.some((other) => other.now === use && isSameVersion(other.was, was));
    const from = artifact.uses.filter((use) => names?.has(use.variant.environment.name) && isSameVersion(use, now) && !hadOld(use));
    return from.length > 0 ? [{ ...one, from }] : [];
  });
}

/** The workload that runs a version, and the settings that it reads; of a chart or a source, all that comes of it: undefined. */
function objectsOf(uses: readonly ArtifactUse[]): ReadonlySet<string> | undefined {
  const workloads = uses.filter(({ use }) => use.kind === 'image' && podTemplateOf(use.field.resource) !== undefined);
  if (workloads.length < uses.length) return undefined;
  return new Set(
    workloads.flatMap(({ variant, use: { field } }) => {
      const read = configReferencesOf(field.resource).flatMap(({ kind, name }) => {
        const object = [...variant.resources].find(({ id }) => id.kind === kind && id.name === name);
        return [`${kind}/${name}`, ...(object ? [formatResourceId(object.originalId)] : [])];
      });
      return [formatResourceId(field.resource.originalId), ...read];
    }),
  );
}
