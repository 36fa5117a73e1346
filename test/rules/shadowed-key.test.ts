import { describe, expect, it } from 'vitest';
import rule from '../../rules/shadowed-key/rule.ts';
import { lintTree, type Tree, testRule, yaml } from '../support/rule-tester.ts';
import { configMap, deployment, documents, kustomization, secret } from './shop.ts';

const prod = (...parts: readonly string[]): Tree => ({ 'environments/prod/checkout.yaml': documents(...parts) });

const FROM = 'envFrom: [{ configMapRef: { name: checkout } }]\n';
const LEVEL = 'env: [{ name: LOG_LEVEL, value: warn }]\n';

testRule(rule, {
  valid: {
    'each source has keys of its own': prod(deployment('checkout', `${FROM}${LEVEL}`), configMap('checkout', 'CURRENCY: EUR\n')),
    'a prefix makes another variable of it': prod(
      deployment('checkout', `envFrom: [{ prefix: SHOP_, configMapRef: { name: checkout } }]\n${LEVEL}`),
      configMap('checkout', 'LOG_LEVEL: info\n'),
    ),
    'another container takes it as it is': prod(
      deployment('checkout', `${FROM}${LEVEL}`),
      deployment('worker', FROM),
      configMap('checkout', 'LOG_LEVEL: info\n'),
    ),
    'a volume shows it': prod(
      deployment('checkout', `${FROM}${LEVEL}`, 'volumes: [{ name: config, configMap: { name: checkout } }]\n'),
      configMap('checkout', 'LOG_LEVEL: info\n'),
    ),
    'a variable names that key': prod(
      deployment('checkout', `${FROM}env: [{ name: LOG_LEVEL, valueFrom: { configMapKeyRef: { name: checkout, key: LOG_LEVEL } } }]\n`),
      configMap('checkout', 'LOG_LEVEL: info\n'),
    ),
    'another variable is made of it': prod(
      deployment('checkout', `${FROM}env: [{ name: OPTIONS, value: "--level=$(LOG_LEVEL)" }, { name: LOG_LEVEL, value: warn }]\n`),
      configMap('checkout', 'LOG_LEVEL: info\n'),
    ),
    'one environment alone overrides it': {
      'apps/checkout/base/kustomization.yaml': kustomization(['app.yaml']),
      'apps/checkout/base/app.yaml': documents(deployment('checkout', FROM), configMap('checkout', 'LOG_LEVEL: info\n')),
      'apps/checkout/overlays/dev/kustomization.yaml': kustomization(['../../base'], 'patches: [{ path: env.yaml }]\n'),
      'apps/checkout/overlays/dev/env.yaml': deployment('checkout', LEVEL),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['../../base']),
    },
    'defaults for several workloads': prod(
      deployment('checkout', 'envFrom: [{ configMapRef: { name: common } }, { configMapRef: { name: checkout } }]\n'),
      deployment('ledger', 'envFrom: [{ configMapRef: { name: common } }]\n'),
      configMap('common', 'LOG_LEVEL: info\n'),
      configMap('checkout', 'LOG_LEVEL: warn\n'),
    ),
    'a source that is made elsewhere': prod(deployment('checkout', `envFrom: [{ secretRef: { name: checkout } }]\n${LEVEL}`)),
    'a remote base may have others that take it': {
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['app.yaml', 'https://github.com/shop/bases//checkout?ref=v1']),
      'apps/checkout/overlays/prod/app.yaml': documents(deployment('checkout', `${FROM}${LEVEL}`), configMap('checkout', 'LOG_LEVEL: info\n')),
    },
    'the same variable twice, and it is the same': prod(deployment('checkout', 'env: [{ name: LOG_LEVEL, value: info }, { name: LOG_LEVEL, value: info }]\n')),
  },

  invalid: {
    'a variable hides a key of the ConfigMap': prod(
      deployment('checkout', `${FROM}${LEVEL}`),
      configMap('checkout', 'CURRENCY: EUR\nLOG_LEVEL: info # error: variable\n'),
    ),
    'a variable hides a key of a Secret': prod(
      deployment('checkout', 'envFrom: [{ secretRef: { name: checkout } }]\nenv: [{ name: DB_PASSWORD, value: none }]\n'),
      secret('checkout', 'DB_PASSWORD').replace('c2hvcA==', 'c2hvcA== # error: variable'),
    ),
    'a variable hides a key behind its prefix': prod(
      deployment('checkout', `envFrom: [{ prefix: LOG_, configMapRef: { name: checkout } }]\n${LEVEL}`),
      configMap('checkout', 'LEVEL: info # error: variable\n'),
    ),
    'a later source hides it': prod(
      deployment('checkout', 'envFrom: [{ configMapRef: { name: checkout } }, { configMapRef: { name: checkout-region } }]\n'),
      configMap('checkout', 'LOG_LEVEL: info # error: source\n'),
      configMap('checkout-region', 'LOG_LEVEL: warn\n'),
    ),
    'a generated ConfigMap of an overlay, which the base hides from its container': {
      'apps/checkout/base/kustomization.yaml': kustomization(['app.yaml']),
      'apps/checkout/base/app.yaml': deployment('checkout', `${FROM}${LEVEL}`),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(
        ['../../base'],
        yaml`
          configMapGenerator:
            - name: checkout
              literals:
                - LOG_LEVEL=error # error: variable
        `,
      ),
    },
    'the same variable twice': prod(
      deployment('checkout', 'env:\n  - name: LOG_LEVEL # error: twice\n    value: info\n  - name: LOG_LEVEL\n    value: warn\n'),
    ),
  },
});

describe('the findings of shadowed-key', () => {
  it('weigh less where both say the same, and show no value', async () => {
    const tree = prod(deployment('checkout', `${FROM}${LEVEL}`), configMap('checkout', 'LOG_LEVEL: warn\n'));
    const { findings } = await lintTree(tree, [rule]);
    expect(findings).toMatchObject([
      { severity: 'info', message: '"LOG_LEVEL" has no effect: "env" of container "checkout" sets it', related: [{ message: 'this one counts' }] },
    ]);
  });
});
