import { defineRule, foreignWordsOf } from '../../src/rule/index.ts';

export default defineRule({
  id: 'environment-value-in-base',
  meta: {
    summary: 'Disallow hosts, namespaces and accounts of one environment in what several environments share',
    category: 'drift',
    severity: 'warning',
    ladder: 'laddered',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Let each environment set the value for itself, or set it where it is missing.',
    messages: {
      inherited: '"{{key}}" names one environment ("{{word}}"), which is taken over',
    },
  },
  create({ report }) {
    return {
      repository(repository) {
        for (const { word, key, at, variants, examples, isCommon } of foreignWordsOf(repository)) {
          if (!isCommon) continue;
          const [example] = examples.filter(({ variant }) => !variants.includes(variant));
          report({
            messageId: 'inherited',
            data: { key, word },
            at,
            variants,
            comparedWith: [...new Set(examples.map(({ variant }) => variant))],
            related: example ? [{ at: example.whole, message: `what ${example.variant.environment.name} has` }] : [],
          });
        }
      },
    };
  },
});
