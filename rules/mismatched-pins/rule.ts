import { defineRule, kustomizationOf, mismatchedPinsOf } from '../../src/rule/index.ts';

export default defineRule({
  id: 'mismatched-pins',
  meta: {
    summary: 'Disallow an image and a remote base of one repository at two commits',
    category: 'images',
    severity: 'warning',
    ladder: 'laddered',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Raise both together, so that the manifests are those of the image.',
    messages: {
      mismatched: 'Image "{{image}}" is of commit "{{tag}}", and the manifests of its repository are of "{{revision}}"',
    },
  },
  create({ report }) {
    return {
      file(file) {
        const kustomization = kustomizationOf(file);
        for (const { image, tag, base, revision } of kustomization ? mismatchedPinsOf(kustomization) : []) {
          const data = { image, tag: tag.text.slice(0, SHORT), revision: revision.slice(0, SHORT) };
          report({ messageId: 'mismatched', data, at: tag.origin, related: [{ at: base.origin, message: 'the manifests of the same repository' }] });
        }
      },
    };
  },
});

/** As many letters of a commit as people compare. */
const SHORT = 12;
