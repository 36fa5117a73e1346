import { defineRule } from '../../src/rule/index.ts';

export default defineRule({
  id: 'duplicate-key',
  meta: {
    summary: 'Disallow the same key twice in one mapping',
    category: 'yaml',
    severity: 'error',
    ladder: 'flat',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Merge the two, or remove one: readers keep the last one without a word, or refuse the file.',
    messages: {
      duplicate: '"{{key}}" stands twice in this mapping, and the first one is lost',
    },
  },
  create({ report }) {
    return {
      file({ yaml, variants }) {
        const isForHelm = variants.every(({ renderer }) => renderer === 'helm');
        for (const { key, first } of yaml.documents.flatMap((document) => document.duplicates)) {
          // Helm merges both; kustomize refuses the second.
          if (isForHelm && key.text === '<<') continue;
          report({
            messageId: 'duplicate',
            data: { key: key.text },
            at: key.origin,
            related: [{ at: first.origin, message: 'the first one, which does not count' }],
          });
        }
      },
    };
  },
});
