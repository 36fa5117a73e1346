import { defineRule, withoutItem } from '../../src/rule/index.ts';

export default defineRule({
  id: 'expired-exception',
  meta: {
    summary: 'Disallow exceptions in .gitopsrc that are past their date',
    category: 'yaml',
    severity: 'warning',
    ladder: 'flat',
    preset: 'recommended',
    fixable: 'unsafe',
    since: '0.1.0',
    hint: 'Delete the exception once its findings are gone, or agree on a new date.',
    messages: {
      expired: 'The exception for "{{rule}}" ended on {{day}} and has no effect any more',
    },
  },
  create({ expired, report }) {
    return {
      repository() {
        for (const { rule, day, origin } of expired)
          report({ messageId: 'expired', data: { rule, day }, at: origin, fix: withoutItem(origin, 'exceptions', 'Delete the exception') });
      },
    };
  },
});
