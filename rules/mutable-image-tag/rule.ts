import { classifyTag, defineRule, imagesOf, parseImageReference } from '../../src/rule/index.ts';

export default defineRule({
  id: 'mutable-image-tag',
  meta: {
    summary: 'Disallow image tags that are made to move',
    category: 'images',
    severity: 'error',
    ladder: 'laddered',
    offIn: ['local', 'dev'],
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Name the full version that was tested, best with its digest.',
    messages: {
      mutable: 'Tag "{{tag}}" of image "{{name}}" can point to another image tomorrow',
      floating: 'Tag "{{tag}}" of image "{{name}}" moves with every minor version',
      untagged: 'Image "{{name}}" has no tag, which means "latest"',
    },
  },
  create({ report }) {
    return {
      resource(resource) {
        for (const { text, path } of imagesOf(resource)) {
          const image = parseImageReference(text);
          // Inside a cluster's own registry an image stream decides what a tag means.
          if (!image || image.digest || image.name.startsWith('image-registry.openshift-image-registry.svc')) continue;
          const field = resource.field(...path);
          if (image.tag === undefined) {
            report({ messageId: 'untagged', data: { name: image.name }, at: field });
            continue;
          }
          const kind = classifyTag(image.tag);
          const start = image.tagStart ?? 0;
          const at = field.slice(start, start + image.tag.length);
          const data = { tag: image.tag, name: image.name };
          if (kind === 'mutable') report({ messageId: 'mutable', data, at, about: field });
          if (kind === 'floating') report({ messageId: 'floating', data, at, about: field, atMost: 'warning' });
        }
      },
    };
  },
});
