import { describe, expect, it } from 'vitest';
import rule from '../../rules/missing-resource/rule.ts';
import { lintTree, type Tree, testRule, yaml } from '../support/rule-tester.ts';
import { configMap, deployment, documents, kustomization, secret } from './shop.ts';

const APP = deployment('checkout', 'image: shop/checkout:1.14.2\n');

const object = (kind: string, name: string, mark = '') => `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}${mark}\nspec: {}\n`;

/** The Deployment `checkout` in each environment, and beside it what is given. */
const each = (more: Readonly<Record<string, readonly string[]>>): Tree =>
  Object.fromEntries(Object.entries(more).map(([name, parts]) => [`environments/${name}/checkout.yaml`, documents(APP, ...parts)]));

const MARK = ' # error: one';

testRule(rule, {
  valid: {
    'every environment has it': each({ dev: [object('Service', 'checkout')], prod: [object('Service', 'checkout')] }),
    'each under its own name': each({ dev: [object('Service', 'checkout-dev')], prod: [object('Service', 'checkout-prod')] }),
    'only production has it': each({ dev: [], staging: [], prod: [object('Service', 'checkout')] }),
    'earlier environments go without what hardens production': each({
      dev: [],
      staging: [object('PodDisruptionBudget', 'checkout'), object('NetworkPolicy', 'checkout')],
      prod: [object('PodDisruptionBudget', 'checkout'), object('NetworkPolicy', 'checkout')],
    }),
    'only a laptop has it': each({ kind: [object('Service', 'checkout')], staging: [], prod: [] }),
    'another kind does the same': each({
      dev: [object('Ingress', 'checkout'), secret('checkout-tls', 'tls.crt')],
      prod: [object('HTTPRoute', 'checkout'), object('ExternalSecret', 'checkout-tls')],
    }),
    'a Certificate makes the Secret': each({
      dev: [secret('checkout-tls', 'tls.crt')],
      prod: [object('Certificate', 'checkout').replace('spec: {}', 'spec: { secretName: checkout-tls }')],
    }),
    'a ConfigMap that dangles, of which another rule speaks': {
      'environments/dev/checkout.yaml': documents(
        deployment('checkout', 'envFrom: [{ configMapRef: { name: checkout } }]\n'),
        configMap('checkout', 'LOG_LEVEL: debug\n'),
      ),
      'environments/prod/checkout.yaml': deployment('checkout', 'envFrom: [{ configMapRef: { name: checkout } }]\n'),
    },
    'an environment that does not run the app yet': {
      'apps/checkout/base/kustomization.yaml': kustomization(['app.yaml']),
      'apps/checkout/base/app.yaml': APP,
      'apps/checkout/overlays/staging/kustomization.yaml': kustomization(['../../base']),
      'apps/checkout/overlays/prod/kustomization.yaml': 'resources: []\n',
    },
    'a patch deletes it': {
      'apps/checkout/base/kustomization.yaml': kustomization(['app.yaml', 'service.yaml']),
      'apps/checkout/base/app.yaml': APP,
      'apps/checkout/base/service.yaml': object('Service', 'checkout'),
      'apps/checkout/overlays/staging/kustomization.yaml': kustomization(['../../base']),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['../../base'], 'patches: [{ path: no-service.yaml }]\n'),
      'apps/checkout/overlays/prod/no-service.yaml': '$patch: delete\napiVersion: v1\nkind: Service\nmetadata:\n  name: checkout\n',
    },
    'a remote base may bring it': {
      'apps/checkout/overlays/staging/kustomization.yaml': kustomization(['app.yaml', 'service.yaml']),
      'apps/checkout/overlays/staging/app.yaml': APP,
      'apps/checkout/overlays/staging/service.yaml': object('Service', 'checkout'),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['app.yaml', 'https://github.com/shop/bases//checkout?ref=v1']),
      'apps/checkout/overlays/prod/app.yaml': APP,
    },
    'a kind that was not asked for': {
      '.gitopsrc': 'rules: { missing-resource: { options: { kinds: [Ingress] } } }\n',
      ...each({ dev: [object('Service', 'checkout')], prod: [] }),
    },
    'an installation that is another one altogether': each({
      dev: Array.from({ length: 9 }, (_, index) => object('Service', `part-${index}`)),
      prod: [],
    }),
  },

  invalid: {
    'staging has it, production was forgotten': each({ staging: [object('Service', 'checkout', MARK)], prod: [] }),
    'it is reported in the lowest environment that has it': each({
      dev: [object('Service', 'checkout', ' # error: one prod')],
      staging: [object('Service', 'checkout')],
      prod: [],
    }),
    'one of several clusters lacks it': each({
      'prod-eu': [object('Service', 'checkout', MARK)],
      'prod-us': [object('Service', 'checkout')],
      'prod-ap': [],
    }),
    'a folder that was not taken over is one mistake': {
      'apps/checkout/base/kustomization.yaml': kustomization(['app.yaml']),
      'apps/checkout/base/app.yaml': APP,
      'apps/checkout/components/cache/kustomization.yaml': yaml`
        apiVersion: kustomize.config.k8s.io/v1alpha1
        kind: Component
        resources: [cache.yaml, service.yaml]
      `,
      'apps/checkout/components/cache/cache.yaml': deployment('cache', 'image: shop/cache:1.0.0\n'),
      'apps/checkout/components/cache/service.yaml': object('Service', 'cache', ' # error: several prod'),
      'apps/checkout/overlays/staging/kustomization.yaml': kustomization(['../../base'], 'components: [../../components/cache]\n'),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['../../base']),
    },
    'what hardens staging is gone in production': each({ staging: [object('PodDisruptionBudget', 'checkout', MARK)], prod: [] }),
    'a kind that was asked for': {
      '.gitopsrc': 'rules: { missing-resource: { options: { kinds: [Ingress] } } }\n',
      ...each({ dev: [object('Ingress', 'checkout', MARK)], prod: [] }),
    },
  },
});

describe('the findings of missing-resource', () => {
  const strict = { '.gitopsrc': 'preset: strict\n' };
  const severities = async (tree: Tree) => (await lintTree(tree, [rule])).findings.map(({ severity }) => severity);

  it('are warnings under the preset strict', async () => {
    const tree = each({ staging: [object('Service', 'checkout')], prod: [] });
    expect(await severities(tree)).toEqual(['info']);
    expect(await severities({ ...tree, ...strict })).toEqual(['warning']);
  });

  it('stay an info for a helper of those who develop', async () => {
    const tree = each({ staging: [object('Service', 'mailhog')], prod: [] });
    expect(await severities({ ...tree, ...strict })).toEqual(['info']);
  });

  it('tell where it belongs', async () => {
    const { findings } = await lintTree(each({ staging: [object('Service', 'checkout')], prod: [] }), [rule]);
    expect(findings).toMatchObject([
      {
        message: 'Service "checkout" is missing',
        resource: 'Service/checkout',
        related: [{ message: 'it belongs here for prod' }],
      },
    ]);
  });
});
