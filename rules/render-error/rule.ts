import { defineRule } from '../../src/rule/index.ts';

export default defineRule({
  id: 'render-error',
  meta: {
    summary: 'Disallow roots that cannot be rendered',
    category: 'kustomize',
    severity: 'error',
    ladder: 'flat',
    preset: 'recommended',
    locked: true,
    since: '0.1.0',
    hint: 'Correct it: as it stands, nothing of this root reaches a cluster.',
    messages: {
      problem: '{{message}}',
    },
  },
  create({ report }) {
    return {
      // All problems: where a rule of its own speaks of one, this one is dropped (see docs/architecture.md).
      variant(variant) {
        for (const { message, origin } of variant.problems) report({ messageId: 'problem', data: { message }, at: origin });
      },
    };
  },
});
