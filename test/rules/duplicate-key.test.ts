import { describe, expect, it } from 'vitest';
import rule from '../../rules/duplicate-key/rule.ts';
import renderError from '../../rules/render-error/rule.ts';
import { lintTree, type Tree, testRule, yaml } from '../support/rule-tester.ts';
import { configMap, crlf, deployment, documents, kustomization } from './shop.ts';

const inProd = (text: string): Tree => ({ 'environments/prod/checkout.yaml': text });

testRule(rule, {
  valid: {
    'the same key in two mappings': inProd(documents(configMap('checkout', 'LOG_LEVEL: info\n'), configMap('ledger', 'LOG_LEVEL: info\n'))),
    'the same key in two items of a list': inProd(deployment('checkout', 'env:\n  - name: LOG_LEVEL\n    value: info\n  - name: CURRENCY\n    value: EUR\n')),
    'the same item twice in a list': inProd(deployment('checkout', 'args: [serve, serve]\n')),
    'keys that differ in their letters': inProd(configMap('checkout', 'log_level: info\nLOG_LEVEL: info\n')),
    'a text that looks like YAML': inProd(configMap('checkout', 'settings.yaml: |\n  level: info\n  level: debug\n')),
    'a merge key that is written over': inProd(yaml`
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: checkout
        annotations: &shared
          LOG_LEVEL: debug
      data:
        <<: *shared
        LOG_LEVEL: info
    `),
    'an anchor that is declared anew': inProd(yaml`
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: checkout
      data:
        LOG_LEVEL: &level info
        AUDIT_LEVEL: &level warn
        TRACE_LEVEL: *level
    `),
    'a file that no render reads': {
      ...inProd(configMap('checkout', 'LOG_LEVEL: info\n')),
      '.github/workflows/check.yaml': 'on: push\non: push\n',
    },
    'two merge keys in values, which Helm merges both': {
      'charts/checkout/Chart.yaml': 'apiVersion: v2\nname: checkout\nversion: 1.0.0\n',
      'charts/checkout/templates/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: checkout\ndata: {{ toJson .Values.all }}\n',
      'charts/checkout/values-prod.yaml': 'a: &a { LEVEL: info }\nb: &b { CURRENCY: EUR }\nall:\n  <<: *a\n  <<: *b\n',
    },
    'a key and its value of one name': inProd(configMap('checkout', 'level: level\n')),
  },

  invalid: {
    'the same key twice in values': {
      'charts/checkout/Chart.yaml': 'apiVersion: v2\nname: checkout\nversion: 1.0.0\n',
      'charts/checkout/values-prod.yaml': 'replicas: 1\nreplicas: 2 # error: duplicate\n',
    },
    'a second list of environment variables': inProd(yaml`
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: checkout
      spec:
        template:
          spec:
            containers:
              - name: checkout
                env:
                  - name: PAYMENT_URL
                    value: https://payments.shop.example
                image: registry.shop.example/checkout:1.14.2
                env: # error: duplicate
                  - name: LOG_LEVEL
                    value: info
    `),
    'a second list of patches': {
      'apps/checkout/overlays/prod/kustomization.yaml': yaml`
        resources:
          - deployment.yaml
        patches:
          - path: replicas.yaml
        patches: # error: duplicate
          - path: resources.yaml
      `,
      'apps/checkout/overlays/prod/deployment.yaml': deployment('checkout', 'image: shop/checkout:1.14.2\n'),
      'apps/checkout/overlays/prod/replicas.yaml': deployment('checkout', 'tty: true\n'),
      'apps/checkout/overlays/prod/resources.yaml': deployment('checkout', 'stdin: true\n'),
    },
    'a key in quotes': inProd(configMap('checkout', 'LOG_LEVEL: info\n"LOG_LEVEL": debug # error: duplicate\n')),
    'three times': inProd(configMap('checkout', 'LOG_LEVEL: info\nLOG_LEVEL: warn # error: duplicate\nLOG_LEVEL: debug # error: duplicate\n')),
    'a mapping in one line': inProd(
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: checkout }\ndata: { LOG_LEVEL: info, LOG_LEVEL: debug } # error: duplicate\n',
    ),
    'the second document': inProd(
      documents(configMap('ledger', 'CLOSING_HOUR: "23"\n'), configMap('checkout', 'LOG_LEVEL: info\nLOG_LEVEL: debug # error: duplicate\n')),
    ),
    'a patch': {
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['deployment.yaml'], 'patches:\n  - path: patch.yaml\n'),
      'apps/checkout/overlays/prod/deployment.yaml': deployment('checkout', 'image: shop/checkout:1.14.2\n'),
      'apps/checkout/overlays/prod/patch.yaml': deployment('checkout', 'tty: true\nstdin: true\ntty: false # error: duplicate\n'),
    },
    'a base': {
      'apps/checkout/base/kustomization.yaml': kustomization(['config.yaml']),
      'apps/checkout/base/config.yaml': configMap('checkout', 'LOG_LEVEL: info\nLOG_LEVEL: debug # error: duplicate\n'),
      'apps/checkout/overlays/staging/kustomization.yaml': kustomization(['../../base']),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['../../base']),
    },
    'lines that end as on Windows': inProd(crlf(configMap('checkout', 'LOG_LEVEL: info\nLOG_LEVEL: debug # error: duplicate\n'))),
    JSON: {
      'environments/prod/checkout.json': yaml`
        {
          "apiVersion": "v1",
          "kind": "ConfigMap",
          "metadata": { "name": "checkout" },
          "data": {
            "LOG_LEVEL": "info",
            "LOG_LEVEL": "debug" # error: duplicate
          }
        }
      `,
    },
  },
});

describe('the findings of duplicate-key', () => {
  const base: Tree = {
    'apps/checkout/base/kustomization.yaml': kustomization(['config.yaml']),
    'apps/checkout/base/config.yaml': configMap('checkout', 'LOG_LEVEL: info\nLOG_LEVEL: debug\n'),
    'apps/checkout/overlays/dev/kustomization.yaml': kustomization(['../../base']),
    'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['../../base']),
  };

  it('are one for a file, with every variant that reads it, and show the first key', async () => {
    const { findings } = await lintTree(base, [rule]);
    expect(findings).toMatchObject([
      {
        severity: 'error',
        message: '"LOG_LEVEL" stands twice in this mapping, and the first one is lost',
        variants: ['checkout@dev', 'checkout@prod'],
        related: [{ message: 'the first one, which does not count' }],
      },
    ]);
    const [{ location, related }] = findings as unknown as [(typeof findings)[number]];
    expect(location.file.positionAt(location.span.start)).toEqual({ line: 7, column: 3 });
    expect(location.file.positionAt(related[0]?.location.span.start ?? 0)).toEqual({ line: 6, column: 3 });
  });

  it('stand for the failure that they cause', async () => {
    const { findings } = await lintTree(base, [rule, renderError]);
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['duplicate-key']);
  });

  it('are warnings on a laptop', async () => {
    const { findings } = await lintTree(
      {
        'environments/kind/checkout.yaml': configMap('checkout', 'LOG_LEVEL: info\nLOG_LEVEL: debug\n'),
        'environments/prod/checkout.yaml': configMap('checkout', 'LOG_LEVEL: info\n'),
      },
      [rule],
    );
    expect(findings).toMatchObject([{ severity: 'warning' }]);
  });
});
