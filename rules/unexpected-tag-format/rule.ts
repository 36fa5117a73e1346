import { defineRule, entryFor, hasTagForm, imagesOf, isFromRegistry, parseImageReference } from '../../src/rule/index.ts';

interface Options {
  readonly formats: Readonly<Record<string, readonly string[]>>;
  readonly images: readonly string[];
}

export default defineRule({
  id: 'unexpected-tag-format',
  meta: {
    summary: 'Disallow image tags of another form than .gitopsrc says for the environment',
    category: 'images',
    severity: 'warning',
    ladder: 'laddered',
    // Without forms it says nothing.
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Name a build that was made for this environment.',
    messages: {
      unexpected: 'Tag "{{tag}}" of image "{{name}}" has none of the forms that are expected here: {{forms}}',
    },
    options: {
      schema: {
        type: 'object',
        properties: {
          formats: {
            type: 'object',
            additionalProperties: { type: 'array', items: { type: 'string' } },
            required: [],
            description: 'The forms of tags in an environment, by its name, else by its tier, else "*"; "#" is a number, "*" any text',
          },
          images: {
            type: 'array',
            items: { type: 'string' },
            description: 'The registries, or paths within them, whose images are meant; all when it is empty',
          },
        },
        required: [],
        additionalProperties: false,
      },
      defaults: { formats: {}, images: [] } as Options,
    },
  },
  create({ options: { formats, images }, report }) {
    return {
      resource(resource, { environment }) {
        const forms = entryFor(formats, environment);
        if (!forms) return;
        for (const { text, path } of imagesOf(resource)) {
          const image = parseImageReference(text);
          if (image?.tag === undefined || (images.length > 0 && !isFromRegistry(image.name, images)) || hasTagForm(image.tag, forms)) continue;
          const field = resource.field(...path);
          const start = image.tagStart ?? 0;
          const data = { tag: image.tag, name: image.name, forms: forms.map((form) => `"${form}"`).join(', ') };
          report({ messageId: 'unexpected', data, at: field.slice(start, start + image.tag.length), about: field });
        }
      },
    };
  },
});
