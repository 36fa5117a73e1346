import { expect, it } from 'vitest';
import rule from '../../rules/expired-exception/rule.ts';
import { lintTree, type Tree, testRule, yaml } from '../support/rule-tester.ts';
import { configMap } from './shop.ts';

/** The cases play on 2026-06-15. */
const withConfig = (config: string, path = '.gitopsrc'): Tree => ({
  [path]: config,
  'environments/dev/checkout/app.yaml': configMap('checkout', 'URL: a\n'),
  'environments/prod/checkout/app.yaml': configMap('checkout', 'URL: a\n'),
});

testRule(rule, {
  valid: {
    'its last day is today': withConfig('exceptions: [{ rule: unpinned-image, until: 2026-06-15, reason: a hotfix }]\n'),
    'it has no end': withConfig('exceptions: [{ rule: unpinned-image, reason: a hotfix }]\n'),
    'it is set aside by a comment': withConfig(
      'exceptions:\n  - rule: unpinned-image\n    reason: a hotfix\n    until: 2026-06-14 # gitops-lint-ignore expired-exception -- on leave\n',
    ),
    'its file is in what is ignored': {
      ...withConfig('ignore: [old]\n'),
      'old/.gitopsrc': 'exceptions: [{ rule: unpinned-image, until: 2020-01-01, reason: a }]\n',
    },
  },
  invalid: {
    'it ended yesterday': withConfig(yaml`
      exceptions:
        - rule: unpinned-image
          app: checkout
          until: 2026-06-14 # error: expired
          reason: a hotfix
    `),
    'several ended, one did not': withConfig(yaml`
      exceptions:
        - { rule: unpinned-image, reason: a hotfix, until: "2025-12-31" } # error: expired
        - { rule: mutable-image-tag, reason: a hotfix, until: "2026-12-31" }
        - { rule: unpinned-image, reason: a hotfix, until: "2026-01-01" } # error: expired
    `),
    'that of a nested file ended': withConfig(
      'exceptions:\n  - rule: unpinned-image\n    until: 2026-06-14 # error: expired\n    reason: a hotfix\n',
      'environments/prod/.gitopsrc.yaml',
    ),
  },
});

it('names the rule and the day', async () => {
  const { findings } = await lintTree(withConfig('exceptions: [{ rule: unpinned-image, until: 2026-06-14, reason: a hotfix }]\n'), [rule]);
  expect(findings.map(({ message, severity, variants }) => [message, severity, variants])).toEqual([
    ['The exception for "unpinned-image" ended on 2026-06-14 and has no effect any more', 'warning', []],
  ]);
});
