import rule from '../../rules/skipped-environment/rule.ts';
import { type Tree, testRule } from '../support/rule-tester.ts';
import { promotion } from './promotion.ts';

const [OLD, NEW] = ['9f1c2b7', '5d6e7f8'];

testRule(rule, {
  valid: {
    'nobody asks what is new': withoutBefore(promotion({ dev: '1.5.0', staging: '1.4.0', prod: ['1.4.0', '1.5.0'] })),
    'the one just before has it': promotion({ dev: '1.5.0', staging: '1.5.0', prod: ['1.4.0', '1.5.0'] }),
    'the one just before has a newer one': promotion({ dev: '1.6.0', staging: '1.6.0', prod: ['1.4.0', '1.5.0'] }),
    'ahead of all, of which another rule speaks': promotion({ dev: '1.4.0', staging: '1.4.0', prod: ['1.4.0', '1.5.0'] }),
    'it was so before': promotion({ dev: '1.5.0', staging: ['1.3.0', '1.4.0'], prod: '1.5.0' }),
    'a rollback': promotion({ dev: '1.4.0', staging: '1.3.0', prod: ['1.5.0', '1.4.0'] }),
    'no environment is between': promotion({ dev: '1.5.0', staging: ['1.4.0', '1.5.0'], prod: '1.4.0' }),
    'commits that no environment before has': promotion({ dev: 'abcdef1', staging: OLD, prod: [OLD, NEW] }),
    'the environment is new': promotion({ dev: '1.5.0', staging: '1.4.0', prod: ['', '1.5.0'] }),
  },
  invalid: {
    'production gets what only dev has': promotion({ dev: '1.5.0', staging: '1.4.0', prod: ['1.4.0', '1.5.0 # error: skipped prod'] }),
    'and what is older than that of dev': promotion({ dev: '1.6.0', staging: '1.4.0', prod: ['1.4.0', '1.5.0 # error: skipped prod'] }),
    'a commit that dev has': promotion({ dev: NEW, staging: OLD, prod: [OLD, `${NEW} # error: skipped prod`] }),
    'each region at its line': promotion({
      dev: '1.5.0',
      staging: '1.4.0',
      'prod-eu': ['1.4.0', '1.5.0 # error: skipped prod-eu'],
      'prod-us': ['1.4.0', '1.5.0 # error: skipped prod-us'],
    }),
  },
});

function withoutBefore(tree: Tree): Tree {
  return Object.fromEntries(Object.entries(tree).filter(([path]) => !path.endsWith('(before)')));
}
