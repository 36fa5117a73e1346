import { defineRule, foreignWordsOf } from '../../src/rule/index.ts';

export default defineRule({
  id: 'foreign-environment-value',
  meta: {
    summary: 'Disallow hosts, paths, namespaces and accounts of another environment where others name their own',
    category: 'separation',
    severity: 'error',
    ladder: 'laddered',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Name what belongs to this environment; where the difference is meant, ignore the finding with a reason.',
    messages: {
      foreign: '"{{key}}" names another environment ("{{word}}")',
    },
  },
  create({ report }) {
    return {
      repository(repository) {
        for (const { word, key, at, variants, examples, isCommon, isOfSibling } of foreignWordsOf(repository)) {
          // A line that several stages share is the mistake of who wrote it for all.
          if (isCommon) continue;
          const [example] = examples;
          report({
            messageId: 'foreign',
            data: { key, word },
            at,
            variants,
            comparedWith: [...new Set(examples.map(({ variant }) => variant))],
            related: example ? [{ at: example.whole, message: `what ${example.variant.environment.name} has` }] : [],
            ...(isOfSibling && { atMost: 'warning' as const }),
          });
        }
      },
    };
  },
});
