import rule from '../../rules/unpromoted-version/rule.ts';
import { type Tree, testRule } from '../support/rule-tester.ts';
import { promotion } from './promotion.ts';

const [OLD, NEXT, NEW] = ['9f1c2b7', '5d6e7f8', 'abcdef1'];
const SHA = (letter: string) => `sha256:${letter.repeat(64)}`;
const asked = (tree: Tree): Tree => ({ ...tree, '.gitopsrc': 'rules: { unpromoted-version: warning }\n' });

testRule(rule, {
  valid: {
    'nobody asks': promotion({ staging: OLD, prod: [OLD, NEW] }),
    'there is no history': asked(promotion({ staging: OLD, prod: NEW })),
    'the environment before has it': asked(promotion({ staging: [OLD, NEW], prod: [OLD, NEW] })),
    'the environment before had it: a normal lag': asked(promotion({ staging: [NEXT, NEW], prod: [OLD, NEXT] })),
    'one further before has it': asked(promotion({ dev: NEW, staging: OLD, prod: [OLD, NEW] })),
    'ahead of all, of which another rule speaks': asked(promotion({ staging: '1.4.0', prod: ['1.4.0', '1.5.0'] })),
    'what is made to move has been anything': asked(promotion({ staging: OLD, prod: [OLD, 'stable'] })),
    'nothing is before it': asked(promotion({ prod: [OLD, NEW] })),
    'the same digest under another tag': asked(promotion({ staging: `${OLD}@${SHA('a')}`, prod: [OLD, `${NEW}@${SHA('a')}`] })),
    'an exception names the version': {
      ...promotion({ staging: OLD, prod: [OLD, NEW] }),
      '.gitopsrc': `rules: { unpromoted-version: warning }\nexceptions: [{ rule: unpromoted-version, version: ${NEW}, reason: a hotfix }]\n`,
    },
  },
  invalid: {
    'a commit that was nowhere before': asked(promotion({ dev: OLD, staging: OLD, prod: [OLD, `${NEW} # error: never prod`] })),
    'between the versions of those before': asked(promotion({ dev: '1.6.0', staging: '1.4.0', prod: ['1.4.0', '1.5.0 # error: never prod'] })),
    'a digest that was nowhere before': asked(
      promotion({ staging: `1.4.0@${SHA('a')}`, prod: [`1.4.0@${SHA('a')}`, `1.3.9@${SHA('b')} # error: never prod`] }),
    ),
    'an exception for another version': {
      ...promotion({ staging: OLD, prod: [OLD, `${NEW} # error: never prod`] }),
      '.gitopsrc': `rules: { unpromoted-version: warning }\nexceptions: [{ rule: unpromoted-version, version: ${NEXT}, reason: a hotfix }]\n`,
    },
  },
});
