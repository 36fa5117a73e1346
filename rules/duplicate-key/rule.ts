import { defineRule, type Fix, removalAt, type Variant } from '../../src/rule/index.ts';

export default defineRule({
  id: 'duplicate-key',
  meta: {
    summary: 'Disallow the same key twice in one mapping',
    category: 'yaml',
    severity: 'error',
    ladder: 'flat',
    preset: 'recommended',
    fixable: 'safe',
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
            fix: fixFor(first.origin, variants),
            related: [{ at: first.origin, message: 'the first one, which does not count' }],
          });
        }
      },
    };
  },
});

/** Charts read the last one: there, without the first one, nothing changes. Kustomize refuses both, and nobody knows which one is meant. */
function fixFor(first: Parameters<typeof removalAt>[0], variants: readonly Variant[]): Fix | undefined {
  const isForHelm = variants.length > 0 && variants.every(({ renderer }) => renderer === 'helm');
  const edit = removalAt(first);
  if (!edit) return undefined;
  return { title: 'Remove the first one', edits: [edit], ...(isForHelm ? { safety: 'safe', keepsRenders: true } : { safety: 'unsafe' }) };
}
