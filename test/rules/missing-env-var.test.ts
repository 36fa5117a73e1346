import { describe, expect, it } from 'vitest';
import rule from '../../rules/missing-env-var/rule.ts';
import { lintTree, type Tree, testRule, yaml } from '../support/rule-tester.ts';
import { configMap, deployment, documents, kustomization, secret } from './shop.ts';

/** The Deployment `checkout` of each environment, whose container goes on with the given lines. */
const each = (containers: Readonly<Record<string, string>>): Tree =>
  Object.fromEntries(Object.entries(containers).map(([name, container]) => [`environments/${name}/checkout.yaml`, deployment('checkout', container)]));

const NONE = 'image: shop/checkout:1.14.2\n';
const URL = 'env:\n  - name: PAYMENT_URL\n    value: https://payments.shop.example\n';
const MISSING = 'env:\n  - name: PAYMENT_URL # error: missing\n    value: https://payments.shop.example\n';

testRule(rule, {
  valid: {
    'every environment sets it, each to its own value': each({ dev: URL, prod: URL.replace('payments', 'payments.eu') }),
    'an empty value is a value': each({ dev: URL, prod: 'env: [{ name: PAYMENT_URL, value: "" }]\n' }),
    'one has it as a text, the other from a Secret': each({
      dev: URL,
      prod: 'env: [{ name: PAYMENT_URL, valueFrom: { secretKeyRef: { name: checkout, key: payment-url } } }]\n',
    }),
    'its line says that it stays below production': each({ dev: URL.replace('PAYMENT_URL', 'PAYMENT_URL # Non-prod only'), prod: NONE }),
    'an item without a name, which is no variable': each({ dev: `${URL}  - value: a\n`, staging: `${URL}  - value: a\n`, prod: URL }),
    'only production has it': each({ dev: NONE, staging: NONE, prod: URL }),
    'only a laptop and a preview have it': each({ kind: URL, 'pr-123': URL, staging: NONE, prod: NONE }),
    'the other takes it from a ConfigMap': {
      'environments/dev/checkout.yaml': deployment('checkout', URL),
      'environments/prod/checkout.yaml': documents(
        deployment('checkout', 'envFrom: [{ configMapRef: { name: checkout } }]\n'),
        configMap('checkout', 'PAYMENT_URL: https://payments.shop.example\n'),
      ),
    },
    'the other takes it from a ConfigMap, behind a prefix': {
      'environments/dev/checkout.yaml': deployment('checkout', URL),
      'environments/prod/checkout.yaml': documents(
        deployment('checkout', 'envFrom: [{ prefix: PAYMENT_, configMapRef: { name: payment } }]\n'),
        configMap('payment', 'URL: https://payments.shop.example\n'),
      ),
    },
    'the other takes it from a generated Secret': {
      'apps/checkout/overlays/dev/kustomization.yaml': kustomization(['deployment.yaml']),
      'apps/checkout/overlays/dev/deployment.yaml': deployment('checkout', URL),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(
        ['deployment.yaml'],
        yaml`
          secretGenerator:
            - name: checkout
              literals: [PAYMENT_URL=https://payments.shop.example]
        `,
      ),
      'apps/checkout/overlays/prod/deployment.yaml': deployment('checkout', 'envFrom: [{ secretRef: { name: checkout } }]\n'),
    },
    'the other takes what only the cluster knows': each({ dev: URL, prod: 'envFrom: [{ secretRef: { name: made-by-terraform } }]\n' }),
    'the other takes what an ExternalSecret brings': {
      'environments/dev/checkout.yaml': deployment('checkout', URL),
      'environments/prod/checkout.yaml': documents(
        deployment('checkout', 'envFrom: [{ secretRef: { name: checkout } }]\n'),
        yaml`
          apiVersion: external-secrets.io/v1
          kind: ExternalSecret
          metadata:
            name: checkout
          spec:
            dataFrom:
              - extract: { key: shop/checkout }
        `,
      ),
    },
    'a key that both take from their ConfigMaps, of which another rule speaks': {
      'environments/dev/checkout.yaml': documents(
        deployment('checkout', 'envFrom: [{ configMapRef: { name: checkout } }]\n'),
        configMap('checkout', 'LOG_LEVEL: debug\nPAYMENT_URL: https://payments.dev.shop.example\n'),
      ),
      'environments/prod/checkout.yaml': documents(
        deployment('checkout', 'envFrom: [{ configMapRef: { name: checkout } }]\n'),
        configMap('checkout', 'LOG_LEVEL: info\n'),
      ),
    },
    'a container that only one environment has': {
      'environments/dev/checkout.yaml': deployment('checkout', NONE, 'initContainers:\n  - name: seed\n    env: [{ name: SEED, value: "42" }]\n'),
      'environments/prod/checkout.yaml': deployment('checkout', NONE),
    },
    'an init container and a container of one name': {
      'environments/dev/checkout.yaml': deployment('checkout', NONE, 'initContainers:\n  - name: checkout\n    env: [{ name: MIGRATE, value: "1" }]\n'),
      'environments/prod/checkout.yaml': deployment('checkout', NONE),
    },
    'a workload that only one environment has': {
      'environments/dev/checkout.yaml': documents(deployment('checkout', NONE), deployment('mail-catcher', 'env: [{ name: PORT, value: "2525" }]\n')),
      'environments/prod/checkout.yaml': deployment('checkout', NONE),
    },
    'a remote base may set it': {
      'apps/checkout/overlays/dev/kustomization.yaml': kustomization(['deployment.yaml']),
      'apps/checkout/overlays/dev/deployment.yaml': deployment('checkout', URL),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(
        ['deployment.yaml'],
        'components: ["https://github.com/shop/settings//prod?ref=v1.4.0"]\n',
      ),
      'apps/checkout/overlays/prod/deployment.yaml': deployment('checkout', NONE),
    },
    'Deployments that are named after their environment': {
      'environments/dev/checkout.yaml': deployment('checkout-dev', URL),
      'environments/prod/checkout.yaml': deployment('checkout-prod', URL),
    },
    'a patch that sets it for a container that it misspells, of which another rule speaks': {
      'apps/checkout/base/kustomization.yaml': kustomization(['deployment.yaml']),
      'apps/checkout/base/deployment.yaml': deployment('checkout', NONE),
      'apps/checkout/overlays/staging/kustomization.yaml': kustomization(['../../base'], 'patches: [{ path: env.yaml }]\n'),
      'apps/checkout/overlays/staging/env.yaml': deployment('checkout', URL),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['../../base'], 'patches: [{ path: env.yaml }]\n'),
      'apps/checkout/overlays/prod/env.yaml': deployment('checkout', URL).replace('- name: checkout', '- name: chekout'),
    },
    'a suppression with a reason': each({
      dev: URL.replace('PAYMENT_URL', 'SANDBOX_URL # gitops-lint-ignore missing-env-var -- only dev talks to the sandbox'),
      prod: NONE,
    }),
  },

  invalid: {
    'one behind an item without a name': each({ dev: MISSING.replace('env:\n', 'env:\n  - value: a\n'), prod: 'env:\n  - value: a\n' }),
    'its line says something else': each({
      dev: 'env:\n  - name: PAYMENT_URL # not only for the shop # error: missing\n    value: https://payments.shop.example\n',
      prod: NONE,
    }),
    'a slip of the pen in production': each({ dev: URL, staging: URL, prod: MISSING.replace('PAYMENT', 'PAYMNET').replace('missing', 'misspelled prod') }),
    'a slip of the pen in dev, which nobody else has to repeat': each({
      dev: MISSING.replace('PAYMENT', 'PAYMNET').replace('missing', 'misspelled dev'),
      staging: URL,
      prod: URL,
    }),
    'dev sets it, production was forgotten': each({ dev: MISSING, prod: NONE }),
    'it stops before production': each({ dev: MISSING, staging: URL, prod: NONE }),
    'dev lost what all later ones set': each({ dev: NONE, staging: MISSING, prod: URL }),
    'a patch of one overlay sets it': {
      'apps/checkout/base/kustomization.yaml': kustomization(['deployment.yaml']),
      'apps/checkout/base/deployment.yaml': deployment('checkout', 'env: [{ name: LOG_LEVEL, value: info }]\n'),
      'apps/checkout/overlays/staging/kustomization.yaml': kustomization(['../../base'], 'patches: [{ path: env.yaml }]\n'),
      'apps/checkout/overlays/staging/env.yaml': deployment('checkout', MISSING),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['../../base']),
    },
    'the overlay of production deletes it': {
      'apps/checkout/base/kustomization.yaml': kustomization(['deployment.yaml']),
      'apps/checkout/base/deployment.yaml': deployment('checkout', MISSING),
      'apps/checkout/overlays/staging/kustomization.yaml': kustomization(['../../base']),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['../../base'], 'patches: [{ path: env.yaml }]\n'),
      'apps/checkout/overlays/prod/env.yaml': deployment('checkout', 'env: [{ name: PAYMENT_URL, $patch: delete }]\n'),
    },
    'a ConfigMap beside it that does not bring it': {
      'environments/dev/checkout.yaml': deployment('checkout', MISSING),
      'environments/prod/checkout.yaml': documents(
        deployment('checkout', 'envFrom: [{ configMapRef: { name: checkout } }]\n'),
        configMap('checkout', 'LOG_LEVEL: info\n'),
      ),
    },
    'a ConfigMap beside it, whose prefix makes another name of it': {
      'environments/dev/checkout.yaml': deployment('checkout', MISSING),
      'environments/prod/checkout.yaml': documents(
        deployment('checkout', 'envFrom: [{ prefix: CATALOG_, configMapRef: { name: catalog } }]\n'),
        configMap('catalog', 'URL: https://catalog.shop.example\n'),
      ),
    },
    'a Secret beside it whose keys are known': {
      'environments/dev/checkout.yaml': deployment('checkout', MISSING),
      'environments/prod/checkout.yaml': documents(deployment('checkout', 'envFrom: [{ secretRef: { name: checkout } }]\n'), secret('checkout', 'DB_PASSWORD')),
    },
    'a Secret from elsewhere beside it, in both: it does not bring it to the one either': each({
      dev: `envFrom: [{ secretRef: { name: checkout } }]\n${MISSING}`,
      prod: 'envFrom: [{ secretRef: { name: checkout } }]\n',
    }),
    'a Secret from elsewhere beside it, in both, named after its environment': each({
      dev: `envFrom: [{ secretRef: { name: dev-checkout } }]\n${MISSING}`,
      prod: 'envFrom: [{ secretRef: { name: prod-checkout } }]\n',
    }),
    'an init container': {
      'environments/dev/checkout.yaml': deployment(
        'checkout',
        NONE,
        yaml`
          initContainers:
            - name: migrate
              env:
                - name: LOCK_TIMEOUT # error: missing
                  value: 30s
        `,
      ),
      'environments/prod/checkout.yaml': deployment('checkout', NONE, 'initContainers: [{ name: migrate }]\n'),
    },
    'a CronJob as the item of a List': {
      'environments/dev/closing.yaml': yaml`
        apiVersion: v1
        kind: List
        items:
          - apiVersion: batch/v1
            kind: CronJob
            metadata: { name: closing }
            spec:
              jobTemplate:
                spec:
                  template:
                    spec:
                      containers:
                        - name: closing
                          env:
                            - name: CLOSING_HOUR # error: missing
                              value: "23"
      `,
      'environments/prod/closing.yaml': yaml`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: closing }
        spec: { jobTemplate: { spec: { template: { spec: { containers: [{ name: closing }] } } } } }
      `,
    },
    'Deployments that are named after their environment': {
      'environments/dev/checkout.yaml': deployment('checkout-dev', MISSING).replace('- name: checkout-dev', '- name: checkout'),
      'environments/prod/checkout.yaml': deployment('checkout-prod', NONE).replace('- name: checkout-prod', '- name: checkout'),
    },
    'containers, too, that are named after their environment': {
      'environments/dev/checkout.yaml': deployment('checkout-dev', MISSING),
      'environments/prod/checkout.yaml': deployment('checkout-prod', NONE),
    },
  },
});

describe('the findings of missing-env-var', () => {
  it('are one for a variable, with all that lack it and the places where it belongs', async () => {
    const tree: Tree = {
      'apps/checkout/base/kustomization.yaml': kustomization(['deployment.yaml']),
      'apps/checkout/base/deployment.yaml': deployment('checkout', 'env: [{ name: LOG_LEVEL, value: info }]\n'),
      'apps/checkout/overlays/dev/kustomization.yaml': kustomization(['../../base'], 'patches: [{ path: env.yaml }]\n'),
      'apps/checkout/overlays/dev/env.yaml': deployment('checkout', URL),
      'apps/checkout/overlays/prod-eu/kustomization.yaml': kustomization(['../../base']),
      'apps/checkout/overlays/prod-us/kustomization.yaml': kustomization(['../../base']),
    };
    const { findings } = await lintTree(tree, [rule]);
    expect(findings).toMatchObject([
      {
        severity: 'error',
        message: 'Variable "PAYMENT_URL" of container "checkout" is not set',
        variants: ['checkout@prod-eu', 'checkout@prod-us'],
        comparedWith: ['checkout@dev'],
        resource: 'Deployment/checkout',
        path: 'spec.template.spec.containers[name=checkout].env[name=PAYMENT_URL].name',
        location: { file: { path: 'apps/checkout/overlays/dev/env.yaml' } },
        related: [{ message: 'the variable belongs here for prod-eu' }, { message: 'the variable belongs here for prod-us' }],
      },
    ]);
  });

  it.each([
    ['prod', 'error'],
    ['staging', 'warning'],
    ['qa', 'info'],
  ])('weigh less the further from production: %s', async (environment, severity) => {
    const { findings } = await lintTree(each({ dev: URL, [environment]: NONE }), [rule]);
    expect(findings.map((finding) => finding.severity)).toEqual([severity]);
  });
});
