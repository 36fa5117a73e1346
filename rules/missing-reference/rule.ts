import { defineRule } from '../../src/rule/index.ts';

export default defineRule({
  id: 'missing-reference',
  meta: {
    summary: 'Disallow references to files and folders that do not exist',
    category: 'kustomize',
    severity: 'error',
    ladder: 'flat',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Correct the path, add the file, or remove the line.',
    messages: {
      problem: '{{message}}',
    },
  },
  create({ report }) {
    return {
      variant({ problems }) {
        for (const { rule, message, origin } of problems) {
          if (rule === 'missing-reference') report({ messageId: 'problem', data: { message }, at: origin });
        }
      },
    };
  },
});
