import {
  type App,
  type ArtifactUse,
  type Change,
  defineRule,
  isAheadOf,
  isSameVersion,
  linesOf,
  nearestBefore,
  orderOf,
  placeOfVersion,
  promotedIn,
  type Repository,
  toldOf,
  usesBefore,
  type VersionChange,
} from '../../src/rule/index.ts';

export default defineRule({
  id: 'skipped-environment',
  meta: {
    summary: 'Disallow changes that promote a version past the environment just before',
    category: 'promotion',
    severity: 'info',
    ladder: 'laddered',
    readsChange: true,
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Promote it to the environment before first, and look at it there.',
    messages: {
      skipped: 'Version "{{version}}" of {{artifact}} has not been in the environment just before',
    },
  },
  create({ repository, report }) {
    const { since } = repository;
    if (!since) return {};
    return {
      app(app) {
        for (const line of linesOf(skippedIn(app, repository, since), ({ now }) => placeOfVersion(now.use))) {
          const [{ artifact, now, nearest }] = line;
          report({
            messageId: 'skipped',
            ...toldOf(
              artifact,
              now,
              line.map((one) => one.now.variant),
            ),
            comparedWith: nearest.map(({ variant }) => variant),
            related: [{ at: placeOfVersion(nearest[0].use), message: `the version before it, in ${nearest[0].variant.environment.name}` }],
          });
        }
      },
    };
  },
});

interface Skipped extends VersionChange {
  /** The uses in the environment just before. */
  readonly nearest: readonly [ArtifactUse, ...ArtifactUse[]];
}

/** What is ahead of all environments before is said of another rule: here, an earlier one has it. */
function skippedIn(app: App, repository: Repository, change: Change): Skipped[] {
  return promotedIn(app, repository, change).flatMap((promoted): Skipped[] => {
    const { artifact, now } = promoted;
    const names = artifact.kind === 'source' ? undefined : nearestBefore(now.variant.environment, app);
    const before = usesBefore(artifact.uses, app)(now);
    const [first, ...others] = before.filter(({ variant }) => names?.has(variant.environment.name));
    if (!first || isAheadOf(now, before)) return [];
    const orders = [first, ...others].map(({ use }) => orderOf(now.use, use));
    // Versions without an order are told apart by an earlier environment that has the very same one.
    const isKnown =
      orders.every((order) => order !== undefined) || (orders.every((order) => order === undefined) && before.some((one) => isSameVersion(one, now)));
    const isBehind = orders.every((order) => order === undefined || order > 0) && ![first, ...others].some((one) => isSameVersion(one, now));
    return isKnown && isBehind ? [{ ...promoted, nearest: [first, ...others] }] : [];
  });
}
