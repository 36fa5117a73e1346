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
      file({ yaml: { file, documents } }) {
        const root = documents.find((document) => document.root)?.root;
        const message = 'The file is UTF-16: git shows no difference in it, and what reads UTF-8 cannot read it';
        if (file.encoding === 'utf-16' && root) report({ messageId: 'problem', data: { message }, at: root.origin });
      },
      variant({ problems }) {
        for (const { rule, message, origin } of problems) {
          if (rule === 'syntax-error') report({ messageId: 'problem', data: { message }, at: origin });
        }
      },
    };
  },
});
