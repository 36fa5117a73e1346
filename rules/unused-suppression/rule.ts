import { defineRule, type NeedlessMark } from '../../src/rule/index.ts';

export default defineRule({
  id: 'unused-suppression',
  meta: {
    summary: 'Disallow comments, annotations and exceptions that keep no finding quiet',
    category: 'yaml',
    severity: 'warning',
    ladder: 'flat',
    preset: 'recommended',
    since: '0.1.0',
    speaksLast: true,
    hint: 'Delete it, or mend what keeps it from having an effect.',
    messages: {
      unused: 'There is no finding of {{rules}} that this keeps quiet',
      reasonless: 'This keeps nothing quiet: it gives no reason ("{{rules}} -- why")',
      ownerless: 'This keeps nothing quiet: it does not say who brings the value, and why it is to come ("# gitops-lint-pending: owner, reason")',
      unreadable: 'This keeps nothing quiet: it does not name a rule and give a reason ("rule-id -- why")',
      unknown: 'This keeps nothing of {{rules}} quiet: there is no such rule',
    },
  },
  create({ needless, report }) {
    return {
      repository() {
        for (const mark of needless) report({ messageId: mark.why, data: { rules: namesOf(mark) }, at: mark.origin });
      },
    };
  },
});

function namesOf({ why, rules }: NeedlessMark): string {
  return why === 'reasonless' ? rules.join(', ') : rules.map((rule) => `"${rule}"`).join(' or ');
}
