import { defineRule } from '../../src/rule/index.ts';

export default defineRule({
  id: 'syntax-error',
  meta: {
    summary: 'Disallow files that cannot be read as YAML',
    category: 'yaml',
    severity: 'error',
    ladder: 'flat',
    preset: 'recommended',
    locked: true,
    since: '0.1.0',
    hint: 'Correct the file; nothing in it reaches a cluster as it is.',
    messages: {
      problem: '{{message}}',
    },
  },
  create({ report }) {
    return {
      variant({ problems }) {
        for (const { rule, message, origin } of problems) {
          if (rule === 'syntax-error') report({ messageId: 'problem', data: { message }, at: origin });
        }
      },
    };
  },
});
