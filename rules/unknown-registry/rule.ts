import { defineRule, entryFor, imagesOf, isFromRegistry, parseImageReference } from '../../src/rule/index.ts';

interface Options {
  readonly allowed: Readonly<Record<string, readonly string[]>>;
}

export default defineRule({
  id: 'unknown-registry',
  meta: {
    summary: 'Disallow images from registries that .gitopsrc does not allow in the environment',
    category: 'images',
    severity: 'error',
    ladder: 'laddered',
    // Without registries that are allowed it says nothing.
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Take the image from a registry that is allowed, or allow this one in .gitopsrc.',
    messages: {
      unknown: 'Image "{{name}}" is from none of the registries that are allowed here',
    },
    options: {
      schema: {
        type: 'object',
        properties: {
          allowed: {
            type: 'object',
            additionalProperties: { type: 'array', items: { type: 'string' } },
            required: [],
            description: 'The registries, or paths within them, that an environment may use: by its name, else by its tier, else "*"',
          },
        },
        required: [],
        additionalProperties: false,
      },
      defaults: { allowed: {} } as Options,
    },
  },
  create({ options, report }) {
    return {
      resource(resource, { environment }) {
        const allowed = entryFor(options.allowed, environment);
        if (!allowed) return;
        for (const { text, path } of imagesOf(resource)) {
          const image = parseImageReference(text);
          if (!image || isFromRegistry(image.name, allowed)) continue;
          const field = resource.field(...path);
          report({ messageId: 'unknown', data: { name: image.name }, at: field.slice(0, image.name.length), about: field });
        }
      },
    };
  },
});
