import { defineRule, type Fork, type ForkedCopy, forksOf, mentionsFor, rankOf } from '../../src/rule/index.ts';

/** So many of the lines that differ are shown. */
const SHOWN = 5;

export default defineRule({
  id: 'forked-base',
  meta: {
    summary: 'Disallow manifests of which several environments keep copies of their own',
    category: 'drift',
    severity: 'info',
    strictSeverity: 'warning',
    ladder: 'laddered',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Make a base of what they share, and patches of what differs.',
    messages: {
      one: 'This file is a copy of that of another environment: {{differing}} of {{size}} lines differ',
      several: '{{count}} files are copies of those of another environment: {{differing}} of {{size}} lines differ',
    },
  },
  create({ repository, report }) {
    const find = mentionsFor(repository.environments);
    return {
      app(app) {
        const forks = forksOf(app, find);
        const latest = forks.flatMap((fork) => latestOf(fork));
        const [shown] = latest.toSorted((a, b) => b.copy.count - a.copy.count);
        if (!shown) return;
        const sum = (numbers: readonly number[]) => String(numbers.reduce((all, number) => all + number, 0));
        const data = { differing: sum(latest.map(({ copy }) => copy.count)), size: sum(latest.map(({ fork }) => fork.size)) };
        const lines = latest.flatMap(({ copy, fork }) => copy.differing.map((at) => ({ at, message: `differs from ${fork.first.environment.name}` })));
        const places = {
          at: shown.copy.at,
          variants: [...new Set(forks.flatMap(({ others }) => others.map(({ variant }) => variant)))],
          comparedWith: [...new Set(forks.map(({ first }) => first))],
          related: [{ at: shown.fork.at, message: `the copy of ${shown.fork.first.environment.name}` }, ...lines.slice(0, SHOWN)],
        };
        if (forks.length === 1) report({ messageId: 'one', data, ...places });
        else report({ messageId: 'several', data: { ...data, count: String(forks.length) }, ...places });
      },
    };
  },
});

/** The copy of the environment that is nearest to users. */
function latestOf(fork: Fork): { readonly fork: Fork; readonly copy: ForkedCopy }[] {
  const copy = fork.others.toSorted((a, b) => rankOf(a.variant.environment) - rankOf(b.variant.environment)).at(-1);
  return copy ? [{ fork, copy }] : [];
}
