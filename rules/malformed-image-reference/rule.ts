import { defineRule, imageFaultOf, imagesOf } from '../../src/rule/index.ts';

export default defineRule({
  id: 'malformed-image-reference',
  meta: {
    summary: 'Disallow images whose name, tag or digest no cluster can read',
    category: 'images',
    severity: 'error',
    ladder: 'flat',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Write it as "registry/name:tag@sha256:digest": the name in small letters, the digest with all of its digits.',
    messages: {
      malformed: 'Image "{{image}}" cannot be pulled: {{why}}',
    },
  },
  create({ report }) {
    return {
      resource(resource) {
        for (const { text, path, isOfContainer } of imagesOf(resource)) {
          const fault = imageFaultOf(text);
          // What only looks like an image may be a name of another kind; a digest leaves no doubt.
          if (!fault || (!isOfContainer && fault.part !== 'digest')) continue;
          const field = resource.field(...path);
          const [image = ''] = text.split('@');
          report({ messageId: 'malformed', data: { image, why: fault.why }, at: field.slice(fault.start, fault.end), about: field });
        }
      },
    };
  },
});
