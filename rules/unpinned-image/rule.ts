import {
  classifyTag,
  defineRule,
  digestsIn,
  type Fix,
  hasLostOverride,
  type ImageReference,
  imagesOf,
  type Origin,
  parseImageReference,
  pinEditAt,
  type Resource,
  type Variant,
  versionUsesOf,
} from '../../src/rule/index.ts';

export default defineRule({
  id: 'unpinned-image',
  meta: {
    summary: 'Require production images to be named by digest',
    category: 'images',
    severity: 'warning',
    strictSeverity: 'error',
    ladder: 'laddered',
    preset: 'recommended',
    fixable: 'safe',
    since: '0.1.0',
    hint: 'Add the digest that was tested, as "gitops-lint pin" does: "name:tag@sha256:…", or "digest:" in the images of a kustomization.',
    messages: {
      unpinned: 'Image "{{image}}" has no digest',
    },
  },
  create({ repository, report }) {
    let known: ReturnType<typeof digestsIn> | undefined;
    const fixFor = (resource: Resource, path: Use['path'], at: Origin, tag: string): Fix | undefined => {
      const use = versionUsesOf(resource).find(({ kind, field }) => kind === 'image' && field.path.join('\0') === path.join('\0'));
      known ??= digestsIn(repository.variants);
      const [only, another] = use ? known(use) : [];
      const pin = only && !another ? pinEditAt(at, tag) : undefined;
      // A tag alone may be more than a part of an image: "gitops-lint pin" looks at all that takes it up.
      if (!only || !pin || typeof pin === 'string' || pin.form === 'tag') return undefined;
      return { title: 'Add the digest that another environment has', safety: 'safe', edits: [pin.editFor(only.digest)] };
    };
    return {
      app({ variants }) {
        // Who pins nothing has chosen not to; who pins some has forgotten the others.
        const isHabit = variants.some((variant) => usesOf(variant).some(({ image }) => image.digest !== undefined));
        for (const variant of variants) {
          if (variant.environment.tier !== 'prod') continue;
          for (const { resource, image, text, path } of usesOf(variant)) {
            // A tag that moves is the greater mistake: mutable-image-tag speaks of it.
            if (image.digest !== undefined || image.tag === undefined || classifyTag(image.tag) === 'mutable') continue;
            // An override that missed it may have had the digest: that is the mistake.
            if (hasLostOverride(repository, variant, resource, image.name)) continue;
            const field = resource.field(...path);
            const start = image.tagStart ?? 0;
            const at = field.slice(start, start + image.tag.length);
            const fix = fixFor(resource, path, at, image.tag);
            report({ messageId: 'unpinned', data: { image: text }, at, about: field, variants: [variant], fix, ...(isHabit ? {} : { atMost: 'info' }) });
          }
        }
      },
    };
  },
});

interface Use {
  readonly resource: Resource;
  readonly image: ImageReference;
  readonly text: string;
  readonly path: readonly (string | number)[];
}

function usesOf(variant: Variant): Use[] {
  return [...variant.resources].flatMap((resource) =>
    [...imagesOf(resource)].flatMap(({ text, path }) => {
      const image = parseImageReference(text);
      return image ? [{ resource, image, text, path }] : [];
    }),
  );
}
