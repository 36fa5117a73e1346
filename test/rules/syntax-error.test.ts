import { describe, expect, it } from 'vitest';
import renderError from '../../rules/render-error/rule.ts';
import rule from '../../rules/syntax-error/rule.ts';
import { lintTree, type Tree, testRule, yaml } from '../support/rule-tester.ts';
import { configMap, crlf, deployment, documents, kustomization } from './shop.ts';

const inProd = (text: string): Tree => ({ 'environments/prod/checkout.yaml': text });
/** A list that never ends; the mistake shows where the mapping goes on. */
const OPEN = yaml`
  apiVersion: v1
  kind: Service
  metadata:
    name: checkout
  spec:
    ports: [8080 # error: problem
`;

testRule(rule, {
  valid: {
    'anchors, tags, documents and all that YAML allows': inProd(
      documents(
        yaml`
          # The settings of the shop.
          apiVersion: v1
          kind: ConfigMap
          metadata: { name: checkout, labels: &labels { team: payments } }
          data:
            folded: >-
              one
              line
            literal: |+
              two

              lines

            tagged: !!str 17
        `,
        '# Nothing but a comment.\n',
        'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ledger }\n...\n',
      ),
    ),
    'a byte order mark': inProd(`\uFEFF${configMap('checkout', 'LOG_LEVEL: info\n')}`),
    'a text for another engine, within a value': inProd(configMap('checkout', 'greeting: "Hello {{ .Name }}"\nlevel: ${LOG_LEVEL}\n')),
    'a template that nothing reaches': {
      ...inProd(configMap('checkout', 'LOG_LEVEL: info\n')),
      'charts/checkout/Chart.yaml': 'apiVersion: v2\nname: checkout\nversion: 1.0.0\n',
      'charts/checkout/templates/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\n  {{- with .Values.labels }}\n',
    },
    'a template among manifests, which is not filled in here': {
      ...inProd(configMap('checkout', 'LOG_LEVEL: info\n')),
      'environments/prod/ledger.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ name }}\n  {% if labels %}\n',
    },
    'something else among manifests': { ...inProd(configMap('checkout', 'LOG_LEVEL: info\n')), 'environments/prod/notes.yaml': 'a: b: c\n' },
    'an empty file': {
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['config.yaml', 'empty.yaml']),
      'apps/checkout/overlays/prod/config.yaml': configMap('checkout', 'LOG_LEVEL: info\n'),
      'apps/checkout/overlays/prod/empty.yaml': '',
    },
    'a settings file of another kind': {
      'apps/checkout/overlays/prod/kustomization.yaml': 'configMapGenerator:\n  - name: theme\n    files: [theme.yaml.tpl, rules.txt]\n',
      'apps/checkout/overlays/prod/theme.yaml.tpl': 'a: [\n',
      'apps/checkout/overlays/prod/rules.txt': 'a: b: c\n',
    },
    'a payload that is no YAML, though its name says so': {
      'apps/checkout/overlays/prod/kustomization.yaml': 'configMapGenerator:\n  - name: theme\n    files: [theme.yaml]\n',
      'apps/checkout/overlays/prod/theme.yaml': 'color: {{ color }}\n  - broken\n',
    },
    'a file that git ignores, or that people do': {
      ...inProd(configMap('checkout', 'LOG_LEVEL: info\n')),
      'docs/example.yaml': 'apiVersion: v1\nkind: ConfigMap\ndata: [\n',
      '.gitopsrc': 'ignore: ["docs/**"]\n',
    },
    'a suppression for the whole file': inProd(
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: checkout }\n# gitops-lint-ignore-file syntax-error -- the pipeline fills it in first\ndata: [\n',
    ),
  },

  invalid: {
    'a list that never ends': inProd(OPEN),
    'a tab for an indent': inProd('apiVersion: v1\nkind: ConfigMap\nmetadata:\n\tname: checkout # error: problem\n'),
    'a colon too many': inProd(configMap('checkout', 'PAYMENT_URL: https: //payments.shop.example # error: problem\n')),
    'a quote that is never closed': inProd(configMap('checkout', 'GREETING: "Hello # error: problem\n')),
    'a key that slipped to the left': inProd('apiVersion: v1\nkind: ConfigMap\nmetadata:\n    name: checkout\n  labels: {} # error: problem\n'),
    'a mark of a conflict': inProd(
      `${configMap('checkout', 'LOG_LEVEL: info\n')}# error: problem\n<<<<<<< HEAD\n  CURRENCY: EUR\n=======\n  CURRENCY: USD\n>>>>>>> main\n`,
    ),
    'an alias without its anchor': inProd(configMap('checkout', 'LOG_LEVEL: *level # error: problem\n')),
    'the second document': inProd(documents(configMap('ledger', 'CLOSING_HOUR: "23"\n'), configMap('checkout', 'A: b: c # error: problem\n'))),
    'a kustomization': {
      'apps/checkout/overlays/prod/kustomization.yaml': 'resources:\n  - deployment.yaml\npatches: - path: patch.yaml # error: problem\n',
      'apps/checkout/overlays/prod/deployment.yaml': deployment('checkout', 'image: shop/checkout:1.14.2\n'),
    },
    'a resource of a base': {
      'apps/checkout/base/kustomization.yaml': kustomization(['config.yaml']),
      'apps/checkout/base/config.yaml': configMap('checkout', 'A: b: c # error: problem\n'),
      'apps/checkout/overlays/dev/kustomization.yaml': kustomization(['../../base']),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['../../base']),
    },
    'a patch': {
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['deployment.yaml'], 'patches:\n  - path: patch.yaml\n'),
      'apps/checkout/overlays/prod/deployment.yaml': deployment('checkout', 'image: shop/checkout:1.14.2\n'),
      'apps/checkout/overlays/prod/patch.yaml': deployment('checkout', 'args: [serve # error: problem\n'),
    },
    'lines that end as on Windows': inProd(crlf(configMap('checkout', 'A: b: c # error: problem\n'))),
  },
});

describe('the findings of syntax-error', () => {
  const base: Tree = {
    'apps/checkout/base/kustomization.yaml': kustomization(['config.yaml']),
    'apps/checkout/base/config.yaml': configMap('checkout', 'PAYMENT_URL: https: //payments.shop.example\n'),
    'apps/checkout/overlays/dev/kustomization.yaml': kustomization(['../../base']),
    'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['../../base']),
  };

  it('are one for a file, with every variant that reads it', async () => {
    const { findings } = await lintTree(base, [rule]);
    expect(findings).toMatchObject([
      { severity: 'error', variants: ['checkout@dev', 'checkout@prod'], location: { file: { path: 'apps/checkout/base/config.yaml' } } },
    ]);
  });

  it('stand for the failure that they cause', async () => {
    const { findings } = await lintTree(base, [rule, renderError]);
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['syntax-error']);
  });

  it('cannot be turned off', async () => {
    await expect(lintTree({ ...base, '.gitopsrc': 'rules: { syntax-error: "off" }\n' }, [rule])).rejects.toThrow(/syntax-error/);
  });
});
