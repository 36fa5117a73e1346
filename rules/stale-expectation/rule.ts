import { defineRule, isWithin, judge, withoutItem } from '../../src/rule/index.ts';

export default defineRule({
  id: 'stale-expectation',
  meta: {
    summary: 'Disallow lines of the contract in .gitopsrc that match no difference any more',
    category: 'drift',
    severity: 'warning',
    ladder: 'flat',
    preset: 'none',
    needs: 'differences',
    fixable: 'unsafe',
    since: '0.1.0',
    hint: 'Delete the line: a difference that comes back should be decided on again.',
    messages: {
      stale: 'No difference needs this line any more',
      nothing: 'There is nothing that this line could speak of',
    },
  },
  create({ contract, report, repository: { apps, variants } }) {
    return {
      repository() {
        const used = new Set(apps.flatMap((app) => [...judge(app, contract).used]));
        for (const { expected, origin, below } of contract.lines.filter((line) => !used.has(line))) {
          // What a gap hides may be what the line is for.
          const isOpen = variants.some(({ complete, root }) => !complete && isWithin(root, below));
          if (isOpen || expected.type === 'same' || expected.type === 'not-weaken') continue;
          report({
            messageId: expected.type === 'differ' ? 'nothing' : 'stale',
            data: {},
            at: origin,
            fix: withoutItem(origin, 'differences', 'Delete the line'),
          });
        }
      },
    };
  },
});
