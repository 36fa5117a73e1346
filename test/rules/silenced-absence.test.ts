import rule from '../../rules/silenced-absence/rule.ts';
import { type Tree, testRule, yaml } from '../support/rule-tester.ts';
import { configMap, deployment, documents, kustomization, secret } from './shop.ts';

const each = (parts: Readonly<Record<string, readonly string[]>>): Tree =>
  Object.fromEntries(Object.entries(parts).map(([name, all]) => [`environments/${name}/checkout.yaml`, documents(...all)]));

const FROM = (mark = '', name = 'checkout') => deployment('checkout', `envFrom:\n  - configMapRef:\n      name: ${name}${mark}\n      optional: true\n`);

const KEYED = (mark = '') =>
  deployment(
    'checkout',
    `env:\n  - name: LIMIT\n    valueFrom:\n      configMapKeyRef:\n        name: checkout\n        key: LIMIT${mark}\n        optional: true\n`,
  );

const CONFIG = configMap('checkout', 'LIMIT: "100"\n');

testRule(rule, {
  valid: {
    'every environment defines it': each({ dev: [FROM(), CONFIG], prod: [FROM(), CONFIG] }),
    'none defines it: it is made elsewhere, or left to people': each({ dev: [FROM()], prod: [FROM()] }),
    'only production has it': each({ dev: [FROM()], staging: [FROM()], prod: [FROM(), CONFIG] }),
    'it is not optional: another rule speaks of it': each({
      dev: [deployment('checkout', 'envFrom: [{ configMapRef: { name: checkout } }]\n'), CONFIG],
      prod: [deployment('checkout', 'envFrom: [{ configMapRef: { name: checkout } }]\n')],
    }),
    'each by the name of its environment': each({
      dev: [FROM('', 'checkout-dev'), configMap('checkout-dev', 'A: b\n')],
      prod: [FROM('', 'checkout-prod'), configMap('checkout-prod', 'A: b\n')],
    }),
    'it is declared to be made elsewhere': {
      '.gitopsrc': 'externals: [{ kind: ConfigMap, name: checkout, environments: [prod] }]\n',
      ...each({ dev: [FROM(), CONFIG], prod: [FROM()] }),
    },
    'the keys are only known to the cluster': each({
      dev: [KEYED(), CONFIG],
      prod: [KEYED(), 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: checkout, labels: { inject-trusted-cabundle: "true" } }\n'],
    }),
    'another app of the environment defines it': {
      'apps/checkout/overlays/staging/kustomization.yaml': kustomization(['app.yaml']),
      'apps/checkout/overlays/staging/app.yaml': documents(FROM(), CONFIG),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['app.yaml']),
      'apps/checkout/overlays/prod/app.yaml': FROM(),
      'apps/shared/overlays/prod/kustomization.yaml': kustomization(['config.yaml']),
      'apps/shared/overlays/prod/config.yaml': CONFIG,
    },
    'a remote base may define it': {
      'apps/checkout/overlays/staging/kustomization.yaml': kustomization(['app.yaml']),
      'apps/checkout/overlays/staging/app.yaml': documents(FROM(), CONFIG),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['app.yaml', 'https://github.com/shop/bases//checkout?ref=v1']),
      'apps/checkout/overlays/prod/app.yaml': FROM(),
    },
  },

  invalid: {
    'a ConfigMap that only staging has': each({ staging: [FROM(), CONFIG], prod: [FROM(' # error: object')] }),
    'a key that only staging has': each({ staging: [KEYED(), CONFIG], prod: [KEYED(' # error: key'), configMap('checkout', 'CURRENCY: EUR\n')] }),
    'a Secret in a volume': {
      'environments/staging/checkout.yaml': documents(
        deployment('checkout', '', 'volumes: [{ name: tls, secret: { secretName: checkout, optional: true } }]\n'),
        secret('checkout', 'tls.crt'),
      ),
      'environments/prod/checkout.yaml': deployment(
        'checkout',
        '',
        'volumes:\n  - name: tls\n    secret:\n      secretName: checkout # error: object\n      optional: true\n',
      ),
    },
    'a generated ConfigMap that one overlay does not generate': {
      'apps/checkout/base/kustomization.yaml': kustomization(['app.yaml']),
      'apps/checkout/base/app.yaml': FROM(' # error: object prod-eu'),
      'apps/checkout/overlays/staging/kustomization.yaml': kustomization(
        ['../../base'],
        yaml`
          configMapGenerator: [{ name: checkout, literals: [LIMIT=100] }]
        `,
      ),
      'apps/checkout/overlays/prod-eu/kustomization.yaml': kustomization(['../../base']),
    },
  },
});
