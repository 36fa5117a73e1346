import { defineRule, linesOf, placeOfVersion, type Repository, type Variant, type VersionUse, versionUsesOf } from '../../src/rule/index.ts';

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
          const digests = new Map<string, Use[]>();
          for (const use of uses) digests.set(use.digest, [...(digests.get(use.digest) ?? []), use]);
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
  const byTag = new Map<string, Use[]>();
  for (const variant of variants) {
    for (const resource of variant.resources) {
      for (const use of versionUsesOf(resource)) {
        const { kind, artifact, version, digest } = use;
        if (kind !== 'image' || version === undefined || digest === undefined) continue;
        const key = `${artifact}\0${version}`;
        byTag.set(key, [...(byTag.get(key) ?? []), { variant, use, digest }]);
      }
    }
  }
  return [...byTag.values()].filter((uses) => new Set(uses.map(({ digest }) => digest)).size > 1);
}
