import {
  APART,
  containersOf,
  counterpartsOf,
  defineRule,
  type Field,
  groupBy,
  type ImagePath,
  imagePathOf,
  isSameImagePath,
  linesOf,
  parseImageReference,
  type Twin,
  textOf,
  type Variant,
} from '../../src/rule/index.ts';

export default defineRule({
  id: 'mismatched-image-repository',
  meta: {
    summary: 'Disallow images that one environment takes from a repository which no other uses',
    category: 'images',
    severity: 'warning',
    ladder: 'laddered',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Take the image from where the others have it, so that what was tested is what runs.',
    messages: {
      other: 'Image "{{name}}", which is "{{others}}" elsewhere, is taken',
    },
  },
  create({ report }) {
    return {
      app(app) {
        const odds = counterpartsOf(app).flatMap((twins) => [...usesIn(twins).values()].flatMap(oddIn));
        for (const [first, ...more] of linesOf(odds, ({ use }) => use.field.slice(0, use.name.length))) {
          const [example] = first.others;
          report({
            messageId: 'other',
            data: { name: first.use.name, others: example.name },
            at: first.use.field.slice(0, first.use.name.length),
            about: first.use.field,
            variants: [first, ...more].map(({ use }) => use.variant),
            comparedWith: first.others.map(({ variant }) => variant),
            related: [{ at: example.field.slice(0, example.name.length), message: `the image in ${example.variant.environment.name}` }],
          });
        }
      },
    };
  },
});

interface Use {
  readonly variant: Variant;
  /** The list that it stands in, and its name there. */
  readonly container: string;
  readonly name: string;
  readonly path: ImagePath;
  readonly field: Field;
}

/** The images of an object's twins, by their container. */
function usesIn(twins: readonly Twin[]): Map<string, [Use, ...Use[]]> {
  const uses = twins.flatMap(({ variant, resource }): Use[] => {
    if (APART.has(variant.environment.tier)) return [];
    return containersOf(resource).flatMap(({ name: container, list, node, path }) => {
      const image = parseImageReference(textOf(node, 'image') ?? '');
      if (!image) return [];
      const field = resource.field(...path, 'image');
      return { variant, container: `${list}\0${container}`, name: image.name, path: imagePathOf(image.name, variant), field };
    });
  });
  return groupBy(uses, ({ container }) => container);
}

interface Odd {
  readonly use: Use;
  readonly others: readonly [Use, ...Use[]];
}

/** The uses of the one environment that differs from all others, of which two at least agree. */
function oddIn(uses: readonly Use[]): Odd[] {
  const environments = [...new Set(uses.map(({ variant }) => variant.environment))];
  for (const environment of environments) {
    const own = uses.filter(({ variant }) => variant.environment === environment);
    const [first, ...others] = uses.filter(({ variant }) => variant.environment !== environment);
    if (!first || environments.length < 3 || !others.every(({ path }) => isSameImagePath(path, first.path))) continue;
    // An overlay of a cluster may mirror the image; what all of the environment has is the environment's.
    if (own.every(({ path }) => !isSameImagePath(path, first.path))) return own.map((use) => ({ use, others: [first, ...others] }));
  }
  return [];
}
