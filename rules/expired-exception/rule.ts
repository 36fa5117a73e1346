import { defineRule, type Fix, type Origin, removalOf, wayTo } from '../../src/rule/index.ts';

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
        for (const { rule, day, origin } of expired) report({ messageId: 'expired', data: { rule, day }, at: origin, fix: removal(origin) });
      },
    };
  },
});

/** Takes the exception out; the list goes with its last one. */
function removal(origin: Origin): Fix | undefined {
  const way = wayTo(origin);
  const at = way?.findIndex((member) => 'entry' in member && member.entry.key.text === 'exceptions') ?? -1;
  const edit = way && at !== -1 && way[at + 1] ? removalOf(way.slice(0, at + 2)) : undefined;
  return edit && { title: 'Delete the exception', safety: 'unsafe', keepsRenders: true, edits: [edit] };
}
