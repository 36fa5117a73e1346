import rule from '../../rules/mismatched-image-repository/rule.ts';
import { type Tree, testRule, yaml } from '../support/rule-tester.ts';
import { deployment, overlaysOf } from './shop.ts';

const newName = (name: string) => `images:\n  - name: shop/checkout\n    newName: ${name}\n`;
/** An app whose environments set the given names of its image. */
const named = (names: Readonly<Record<string, string>>): Tree =>
  overlaysOf(
    deployment('checkout', 'image: shop/checkout:1.0\n'),
    Object.fromEntries(Object.entries(names).map(([environment, name]) => [environment, name && newName(name)])),
  );

testRule(rule, {
  valid: {
    'one image': named({ dev: '', staging: '', prod: '' }),
    'a mirror': named({ dev: '', staging: '', prod: 'mirror.shop.example/shop/checkout' }),
    'a mirror with a path of its own': named({ dev: '', staging: '', prod: 'mirror.shop.example/docker-hub/shop/checkout' }),
    'a repository of each environment': named({ dev: 'shop-dev/checkout', staging: 'shop-staging/checkout', prod: 'shop-prod/checkout' }),
    'the name of the environment as a part of the path': named({ dev: '', staging: '', 'prod-eu': 'shop/prod-eu/checkout' }),
    'another spelling of the environment': named({ dev: '', staging: '', prod: 'shop-production/checkout' }),
    'a repository of what is released': named({ dev: 'shop-snapshots/checkout', staging: 'shop-snapshots/checkout', prod: 'shop-releases/checkout' }),
    'an image that is called after its environment everywhere': named({ dev: 'shop/prod-tools', staging: 'shop/prod-tools', prod: 'shop/prod-tools' }),
    'two environments, of which nobody knows which is right': named({ staging: '', prod: 'shop/checkout-next' }),
    'others that do not agree': named({ dev: 'shop/a', staging: 'shop/b', prod: 'shop/c' }),
    'a laptop': named({ local: 'shop/checkout-local', dev: '', staging: '', prod: '' }),
    'text for a later step': named({ dev: '', staging: '', prod: '${REGISTRY}/other' }),
  },
  invalid: {
    'another repository': {
      ...named({ dev: '', staging: '', prod: '' }),
      'apps/checkout/overlays/prod/kustomization.yaml': yaml`
        resources:
          - ../../base
        images:
          - name: shop/checkout
            newName: shop/checkout-next # error: other prod
      `,
    },
    'the image of another app': {
      ...named({ dev: '', staging: '', prod: '' }),
      'apps/checkout/overlays/staging/kustomization.yaml': yaml`
        resources:
          - ../../base
        images:
          - name: shop/checkout
            newName: mirror.shop.example/shop/ledger # error: other staging
      `,
    },
    'an init container': {
      ...overlaysOf(deployment('checkout', 'image: shop/checkout:1.0\n', 'initContainers:\n  - name: migrate\n    image: shop/migrate:1.0\n'), {
        dev: '',
        staging: '',
        prod: '',
      }),
      'apps/checkout/overlays/prod/kustomization.yaml': yaml`
        resources:
          - ../../base
        images:
          - name: shop/migrate
            newName: fork/migrations # error: other prod
      `,
    },
  },
});
