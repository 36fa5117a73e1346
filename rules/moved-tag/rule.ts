import { defineRule, groupBy, linesOf, placeOfVersion, type Repository, type Variant, type VersionUse, versionUsesOf } from '../../src/rule/index.ts';

export default defineRule({
  id: 'moved-tag',
  meta: {
    summary: 'Disallow one tag of an image with several digests',
    category: 'images',
    severity: 'error',
    ladder: 'laddered',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Find out which image was tested, and name that digest everywhere; better, give each build a tag of its own.',
    messages: {
      moved: 'Tag "{{tag}}" of image "{{image}}" has another digest than elsewhere',
    },
  },
  create({ report }) {
    return {
      repository(repository) {
        for (const uses of movedIn(repository)) {
          // The rarest digest is the odd one; of equals, that of the last environment.
          const digests = groupBy(uses, ({ digest }) => digest);
          const [odd = [], ...others] = [...digests.values()].reverse().sort((a, b) => a.length - b.length);
          const [example] = others.at(-1) ?? [];
          for (const [first, ...more] of linesOf(odd, ({ use }) => placeOfVersion(use))) {
            if (!example) continue;
            report({
              messageId: 'moved',
              data: { tag: first.use.version ?? '', image: first.use.artifact },
              at: placeOfVersion(first.use),
              about: first.use.field,
              variants: [first, ...more].map(({ variant }) => variant),
              comparedWith: others.flat().map(({ variant }) => variant),
              related: [{ at: placeOfVersion(example.use), message: `with ${example.digest.slice(0, 19)}…` }],
            });
          }
        }
      },
    };
  },
});

interface Use {
  readonly variant: Variant;
  readonly use: VersionUse;
  readonly digest: string;
}

/** Of each image and tag that is named with several digests, the uses with a digest. A mirror has the digests of its own builds. */
function movedIn({ variants }: Repository): Use[][] {
  const pinned = variants.flatMap((variant) =>
    [...variant.resources].flatMap(versionUsesOf).flatMap((use): Use[] => {
      const { kind, version, digest } = use;
      return kind === 'image' && version !== undefined && digest !== undefined ? [{ variant, use, digest }] : [];
    }),
  );
  const byTag = groupBy(pinned, ({ use }) => `${use.artifact}\0${use.version}`);
  return [...byTag.values()].filter((uses) => new Set(uses.map(({ digest }) => digest)).size > 1);
}
