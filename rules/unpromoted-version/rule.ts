import {
  type App,
  type Artifact,
  type ArtifactUse,
  artifactsOf,
  classifyTag,
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
  id: 'unpromoted-version',
  meta: {
    summary: 'Disallow versions that no environment before has, or ever had',
    category: 'promotion',
    severity: 'warning',
    ladder: 'laddered',
    preset: 'none',
    readsHistory: true,
    since: '0.1.0',
    hint: 'Let the version pass through the environments before; of a hotfix, say so by an exception with an end.',
    messages: {
      never: 'Version "{{version}}" of {{artifact}} has never been in an environment before',
    },
  },
  create({ repository, report }) {
    return {
      app(app) {
        for (const artifact of artifactsOf(app, repository)) {
          for (const line of linesOf(strangersIn(artifact, app, repository), ({ use }) => placeOfVersion(use.use))) {
            const [{ use, before }] = line;
            report({
              messageId: 'never',
              ...toldOf(
                artifact,
                use,
                line.map((one) => one.use.variant),
              ),
              comparedWith: before.map(({ variant }) => variant),
            });
          }
        }
      },
    };
  },
});

interface Stranger {
  readonly use: ArtifactUse;
  readonly before: readonly ArtifactUse[];
}

/** What is ahead of all environments before is said of another rule; what is made to move has been anything. */
function strangersIn(artifact: Artifact, app: App, repository: Repository): Stranger[] {
  const { everHeld } = repository;
  if (artifact.kind === 'source' || !everHeld) return [];
  const judged = meantUses(artifact, repository);
  const beforeOf = usesBefore(judged, app);
  return judged.flatMap((use): Stranger[] => {
    const { version, digest } = use.use;
    const text = digest ?? (version !== undefined && classifyTag(version) !== 'mutable' ? version : undefined);
    const before = beforeOf(use);
    // Another tree has a history of its own.
    if (text === undefined || before.length === 0 || before.some(({ variant }) => variant.tree !== undefined)) return [];
    if (isAheadOf(use, before) || before.some((other) => orderOf(use.use, other.use) === 0 || other.use.version === version)) return [];
    return everHeld(text, placesOf(before)) ? [] : [{ use, before }];
  });
}

/** Where environments have their versions: their folders, and the files that name a version for them. */
function placesOf(uses: readonly ArtifactUse[]): string[] {
  return [...new Set(uses.flatMap(({ variant: { root }, use }) => [root || '.', placeOfVersion(use).file.path]))].sort();
}
