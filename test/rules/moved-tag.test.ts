import rule from '../../rules/moved-tag/rule.ts';
import { type Tree, testRule } from '../support/rule-tester.ts';
import { deployment } from './shop.ts';

const of = (letter: string) => `@sha256:${letter.repeat(64)}`;
const images = (images: Readonly<Record<string, string>>): Tree =>
  Object.fromEntries(
    Object.entries(images).map(([environment, image]) => [`environments/${environment}/checkout.yaml`, deployment('checkout', `image: shop/${image}\n`)]),
  );

testRule(rule, {
  valid: {
    'one digest': images({ staging: `checkout:1.2.3${of('a')}`, prod: `checkout:1.2.3${of('a')}` }),
    'another tag has another digest': images({ staging: `checkout:1.2.4${of('a')}`, prod: `checkout:1.2.3${of('b')}` }),
    'another image of the same tag': images({ staging: `checkout:1.2.3${of('a')}`, prod: `ledger:1.2.3${of('b')}` }),
    'no tag': images({ staging: `checkout${of('a')}`, prod: `checkout${of('b')}` }),
    'no digest': images({ staging: 'checkout:1.2.3', prod: `checkout:1.2.3${of('b')}` }),
  },
  invalid: {
    'production has another': images({ staging: `checkout:1.2.3${of('a')}`, prod: `checkout:1.2.3${of('b')} # error: moved prod` }),
    'the rarest is the odd one': images({
      dev: `checkout:1.2.3${of('b')} # error: moved dev`,
      staging: `checkout:1.2.3${of('a')}`,
      prod: `checkout:1.2.3${of('a')}`,
    }),
  },
});
