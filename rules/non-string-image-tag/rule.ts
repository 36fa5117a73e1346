import { defineRule, inQuotes, numericTagsOf } from '../../src/rule/index.ts';

export default defineRule({
  id: 'non-string-image-tag',
  meta: {
    summary: 'Disallow image tags without quotes that YAML changes',
    category: 'images',
    severity: 'warning',
    ladder: 'flat',
    preset: 'recommended',
    fixable: 'safe',
    since: '0.1.0',
    hint: 'Put the tag in quotes.',
    messages: {
      changed: 'Tag {{tag}} is {{kind}} to YAML, and comes out as "{{printed}}"',
    },
  },
  create({ report }) {
    return {
      file(file) {
        for (const { node, kind, printed } of numericTagsOf(file)) {
          const edit = inQuotes(node);
          const fix = edit && ({ title: 'Put the tag in quotes', safety: 'safe', edits: [edit] } as const);
          report({ messageId: 'changed', data: { tag: node.text, kind, printed }, at: node.origin, fix });
        }
      },
    };
  },
});
