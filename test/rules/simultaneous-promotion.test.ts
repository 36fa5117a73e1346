import rule from '../../rules/simultaneous-promotion/rule.ts';
import { type Tree, testRule } from '../support/rule-tester.ts';
import { promotion } from './promotion.ts';
import { deployment } from './shop.ts';

const shared = (tag: string): Tree => ({
  'apps/checkout/base/kustomization.yaml': 'resources: [deployment.yaml]\n',
  'apps/checkout/base/deployment.yaml': deployment('checkout', `image: registry.shop.example/checkout:${tag}\n`),
  'apps/checkout/base/deployment.yaml (before)': deployment('checkout', 'image: registry.shop.example/checkout:1.4.0\n'),
  'apps/checkout/overlays/staging/kustomization.yaml': 'resources: [../../base]\n',
  'apps/checkout/overlays/prod/kustomization.yaml': 'resources: [../../base]\n',
});

testRule(rule, {
  valid: {
    'one environment gets what the one before has': promotion({ dev: '1.5.0', staging: '1.5.0', prod: ['1.4.0', '1.5.0'] }),
    'each gets another version': promotion({ dev: ['1.5.0', '1.6.0'], staging: '1.5.0', prod: ['1.4.0', '1.5.0'] }),
    'a rollback of both': promotion({ dev: '1.6.0', staging: ['1.5.0', '1.4.0'], prod: ['1.5.0', '1.4.0'] }),
    'two regions of one tier': promotion({ staging: '1.5.0', 'prod-eu': ['1.4.0', '1.5.0'], 'prod-us': ['1.4.0', '1.5.0'] }),
    'no production': promotion({ dev: ['1.4.0', '1.5.0'], staging: ['1.4.0', '1.5.0'], prod: '1.4.0' }),
    'a line that both share, of which another rule speaks': shared('1.5.0'),
    'an app that is new everywhere': promotion({ staging: ['', '1.5.0'], prod: ['', '1.5.0'] }),
  },
  invalid: {
    'staging and production at once': promotion({ dev: '1.5.0', staging: ['1.4.0', '1.5.0'], prod: ['1.4.0', '1.5.0 # error: together prod'] }),
    'all at once': promotion({ dev: ['1.4.0', '1.5.0'], staging: ['1.4.0', '1.5.0'], prod: ['1.4.0', '1.5.0 # error: together prod'] }),
    commits: promotion({ staging: ['9f1c2b7', '5d6e7f8'], prod: ['1a2b3c4', '5d6e7f8 # error: together prod'] }),
  },
});
