import rule from '../../rules/sibling-version-drift/rule.ts';
import { type Tree, testRule } from '../support/rule-tester.ts';
import { deployment, overlaysOf } from './shop.ts';

/** The tag that each region of production runs. */
const regions = (tags: Readonly<Record<string, string>>, more: (tag: string) => string = () => ''): Tree =>
  Object.fromEntries(
    Object.entries(tags).map(([region, tag]) => [
      `environments/prod-${region}/checkout.yaml`,
      deployment('checkout', `image: shop/checkout:${tag}\n`) + more(tag.split(' ')[0] ?? ''),
    ]),
  );
const sidecar = (tag: string) => `        - name: worker\n          image: shop/worker:${tag}\n`;

testRule(rule, {
  valid: {
    'all have the same': regions({ eu: '1.2.3', us: '1.2.3', ap: '1.2.3' }),
    'one is ahead of most': regions({ eu: '1.2.4', us: '1.2.3', ap: '1.2.3' }),
    'two do not outvote each other': regions({ eu: '1.2.4', us: '1.2.3' }),
    'no version has most': regions({ eu: '1.2.3', us: '1.2.4', ap: '1.2.5' }),
    'commits have no order': regions({ eu: '9f1c2b7', us: '9f1c2b7', ap: '5d6e7f8' }),
    'an override hits nothing, of which another rule speaks': overlaysOf(deployment('checkout', 'image: shop/checkout:1.2.3\n'), {
      'prod-eu': 'images: [{ name: shop/checkout, newTag: 1.2.4 }]\n',
      'prod-us': 'images: [{ name: shop/checkout, newTag: 1.2.4 }]\n',
      'prod-ap': 'images: [{ name: shop/chekcout, newTag: 1.2.4 }]\n',
    }),
    'another tier': {
      ...regions({ eu: '1.2.4', us: '1.2.4' }),
      'environments/staging/checkout.yaml': deployment('checkout', 'image: shop/checkout:1.2.3\n'),
    },
  },
  invalid: {
    'one stays behind': regions({ eu: '1.2.4', us: '1.2.4', ap: '1.2.3 # error: behind prod-ap' }),
    'what is released together is one finding': regions({ eu: '1.2.4', us: '1.2.4', ap: '1.2.3 # error: behind prod-ap' }, sidecar),
    'two lines of two regions': regions({ eu: '1.2.4', us: '1.2.4', ca: '1.2.4', ap: '1.2.3 # error: behind prod-ap', sa: '1.2.2 # error: behind prod-sa' }),
  },
});
