import {
  type App,
  type Change,
  defineRule,
  groupBy,
  linesOf,
  placeOfVersion,
  promotedIn,
  type Repository,
  rankOf,
  toldOf,
  usesBefore,
  type VersionChange,
} from '../../src/rule/index.ts';

export default defineRule({
  id: 'simultaneous-promotion',
  meta: {
    summary: 'Disallow changes that bring one version to several environments of the way at once',
    category: 'promotion',
    severity: 'info',
    ladder: 'laddered',
    readsChange: true,
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Make a change for each environment, so that each can be looked at, and taken back, by itself.',
    messages: {
      together: 'Version "{{version}}" of {{artifact}} comes together with that of environments before',
    },
  },
  create({ repository, report }) {
    const { since } = repository;
    if (!since) return {};
    return {
      app(app) {
        for (const { last, earlier } of togetherIn(app, repository, since)) {
          for (const line of linesOf(last, ({ now }) => placeOfVersion(now.use))) {
            const [{ artifact, now }] = line;
            report({
              messageId: 'together',
              ...toldOf(
                artifact,
                now,
                line.map((one) => one.now.variant),
              ),
              comparedWith: earlier.map((one) => one.now.variant),
              related: linesOf(earlier, (one) => placeOfVersion(one.now.use)).map(([one]) => ({
                at: placeOfVersion(one.now.use),
                message: `the same change in ${one.now.variant.environment.name}`,
              })),
            });
          }
        }
      },
    };
  },
});

/** One version that came to several environments: to the last of them, and to those before. */
interface Together {
  readonly last: readonly VersionChange[];
  readonly earlier: readonly VersionChange[];
}

/** A line that several environments share is one change to all of them: another rule speaks of it. */
function togetherIn(app: App, repository: Repository, change: Change): Together[] {
  const promoted = promotedIn(app, repository, change).filter(({ artifact }) => artifact.kind !== 'source');
  const versions = groupBy(promoted, ({ artifact, now }) => [artifact.kind, artifact.name, now.use.version ?? '', now.use.digest ?? ''].join('\0'));
  return [...versions.values()].flatMap((all): Together[] => {
    const highest = Math.max(...all.map(({ now }) => rankOf(now.variant.environment)));
    const isLast = ({ now }: VersionChange) => rankOf(now.variant.environment) === highest;
    const last = linesOf(all, ({ now }) => placeOfVersion(now.use))
      .filter((line) => line.every(isLast))
      .flat();
    const beforeOf = usesBefore(all[0].artifact.uses, app);
    const onTheWay = new Set(last.flatMap(({ now }) => beforeOf(now)));
    const earlier = all.filter(({ now }) => onTheWay.has(now));
    return last.length > 0 && earlier.length > 0 ? [{ last, earlier }] : [];
  });
}
