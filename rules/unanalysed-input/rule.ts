import { defineRule } from '../../src/rule/index.ts';

export default defineRule({
  id: 'unanalysed-input',
  meta: {
    summary: 'Tell which inputs could not be looked into',
    category: 'kustomize',
    severity: 'info',
    ladder: 'flat',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Nothing is wrong with the line; what it brings was not checked.',
    messages: {
      gap: 'Not checked: {{message}}',
    },
  },
  create({ report }) {
    return {
      variant({ gaps }) {
        for (const { message, origin } of gaps) report({ messageId: 'gap', data: { message }, at: origin });
      },
    };
  },
});
