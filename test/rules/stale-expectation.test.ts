import rule from '../../rules/stale-expectation/rule.ts';
import { type Tree, testRule } from '../support/rule-tester.ts';
import { configMap, overlaysOf } from './shop.ts';

const shop = (lines: readonly string[], dev = 'LEVEL: a\n', prod = 'LEVEL: a\n'): Tree => ({
  '.gitopsrc': `differences:\n${lines.map((line) => `  - ${line}\n`).join('')}`,
  'environments/dev/checkout/app.yaml': configMap('checkout', dev),
  'environments/prod/checkout/app.yaml': configMap('checkout', prod),
});

testRule(rule, {
  valid: {
    'the value differs': shop(['{ key: LEVEL, may: differ }'], 'LEVEL: a\n', 'LEVEL: b\n'),
    'one environment alone has the key': shop(['{ key: DEBUG, only: [dev] }'], 'LEVEL: a\nDEBUG: a\n'),
    'a line demands sameness, which nothing breaks': shop(['{ path: "**", must: same }', '{ kind: Deployment, must: not-weaken }']),
    'a line demands a difference, which is not there': shop(['{ key: LEVEL, must: differ }']),
    'a gap may hide what it is for': {
      ...overlaysOf(configMap('checkout', 'A: a\n'), { dev: '', prod: '  - https://charts.shop.example/more?ref=v1\n' }),
      '.gitopsrc': 'differences:\n  - { key: B, may: differ }\n',
    },
  },
  invalid: {
    'the difference is gone': shop(['{ key: LEVEL, may: differ } # error: stale', '{ path: "**", must: same }']),
    'the value is the same by now': shop(['{ key: LEVEL, may: differ-in-value } # error: stale']),
    'the key is gone': shop(['key: DEBUG # error: stale\n    only: [dev]']),
    'all have the key by now': shop(['{ key: DEBUG, only: [dev, prod] } # error: stale'], 'DEBUG: a\n', 'DEBUG: a\n'),
    'a line above speaks of the difference': shop(
      ['{ kind: ConfigMap, may: differ }', '{ key: LEVEL, may: differ } # error: stale'],
      'LEVEL: a\n',
      'LEVEL: b\n',
    ),
    'there is nothing left that must differ': shop(['{ key: "*_HOST", must: differ } # error: nothing']),
  },
  fixed: {
    'the line that nothing needs': {
      unsafe: true,
      before: { ...shop(['{ key: LEVEL, may: differ }', '{ path: "**", must: same }']) },
      after: { '.gitopsrc': 'differences:\n  - { path: "**", must: same }\n' },
    },
  },
});
