import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import rule from '../../rules/render-error/rule.ts';
import { lintTree, type Tree, testRule, yaml } from '../support/rule-tester.ts';
import { application } from './deployers.ts';
import { configMap, deployment, documents, kustomization } from './shop.ts';

const app = deployment('checkout', 'image: registry.shop.example/checkout:1.14.0\n');
/** The overlay of production, with the Deployment `checkout` in its folder. */
const prod = (text: string, files: Tree = {}): Tree => ({
  'apps/checkout/overlays/prod/kustomization.yaml': text,
  'apps/checkout/overlays/prod/deployment.yaml': app,
  ...Object.fromEntries(Object.entries(files).map(([name, content]) => [name.includes('/') ? name : `apps/checkout/overlays/prod/${name}`, content])),
});

testRule(rule, {
  valid: {
    'a root that renders': prod(kustomization(['deployment.yaml'], 'namespace: shop\n')),
    'a chart without its values file, of which another rule speaks': {
      'charts/checkout/Chart.yaml': 'apiVersion: v2\nname: checkout\nversion: 1.0.0\n',
      'charts/checkout/templates/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: checkout }\ndata:\n  url: {{ .Values.payments.url }}\n',
      'argocd/checkout.yaml': application('checkout', 'charts/checkout', { source: 'helm: { valueFiles: [values-prod.yaml] }\n' }),
    },
    'a chart that asks for values that are elsewhere': {
      'charts/checkout/Chart.yaml': 'apiVersion: v2\nname: checkout\nversion: 1.0.0\n',
      'charts/checkout/values.schema.json': '{ "required": ["payments"] }',
      'charts/checkout/templates/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: checkout }\ndata:\n  url: {{ .Values.payments.url }}\n',
      'argocd/checkout.yaml': application('checkout', 'charts/checkout', { source: 'helm: { valueFiles: ["https://values.shop.example/a.yaml"] }\n' }),
    },
    'a remote base, which is not fetched': prod(kustomization(['deployment.yaml', 'https://github.com/shop/config//prod?ref=v1.4.0'])),
    'a chart, which is not inflated': prod(kustomization(['deployment.yaml'], 'helmCharts:\n  - name: ledger\n    repo: https://charts.shop.example\n')),
    'a Component that builds only inside of an overlay': {
      ...prod(kustomization(['deployment.yaml'])),
      'components/sized/kustomization.yaml': yaml`
        apiVersion: kustomize.config.k8s.io/v1alpha1
        kind: Component
        patches:
          - patch: |-
              apiVersion: apps/v1
              kind: Deployment
              metadata:
                name: ledger
      `,
    },
    'a base that builds only inside of an overlay': {
      'apps/checkout/base/kustomization.yaml': yaml`
        configMapGenerator:
          - name: checkout
            behavior: merge
            literals: [LOG_LEVEL=info]
      `,
      ...prod(kustomization(['deployment.yaml'])),
    },
    'an overlay that is empty on purpose': prod('resources: []\n'),
    'a file outside of the folder, for those who build without the restrictor': prod(
      kustomization(['deployment.yaml'], 'configMapGenerator:\n  - name: checkout\n    envs: [../../shared.env]\n'),
      { 'apps/checkout/shared.env': 'LOG_LEVEL=info\n' },
    ),
    'an old spelling': prod('bases: [../../base]\ncommonLabels: { team: payments }\n', {
      'apps/checkout/base/kustomization.yaml': kustomization(['deployment.yaml']),
      'apps/checkout/base/deployment.yaml': app,
    }),
    'the same name in two namespaces': {
      'environments/prod/shop.yaml': documents(
        configMap('settings', 'A: a\n').replace('name: settings', 'name: settings\n  namespace: shop'),
        configMap('settings', 'A: a\n').replace('name: settings', 'name: settings\n  namespace: ledger'),
      ),
    },
    'a Job that the cluster names': {
      'environments/prod/closing.yaml': 'apiVersion: batch/v1\nkind: Job\nmetadata:\n  generateName: closing-\n',
    },
    'settings beside manifests': { 'environments/prod/checkout.yaml': app, 'environments/prod/values.yaml': 'replicas: 2\n' },
  },

  invalid: {
    'a field that kustomize does not know': prod('resources:\n  - deployment.yaml\nnamespaces: shop # error: problem\n'),
    'an object without a name': prod(kustomization(['deployment.yaml', 'config.yaml']), {
      'config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: # error: problem\n  labels: { team: payments }\n',
    }),
    'something that is no object': prod(kustomization(['deployment.yaml', 'values.yaml']), { 'values.yaml': 'replicas: 2 # error: problem\n' }),
    'an object twice': prod('resources:\n  - deployment.yaml\n  - again.yaml # error: problem\n', { 'again.yaml': app }),
    'a generator that merges into nothing': prod(
      yaml`
        resources:
          - deployment.yaml
        configMapGenerator:
          - name: checkout # error: problem
            behavior: merge
            literals: [LOG_LEVEL=info]
      `,
    ),
    'a key twice in one generator': prod(
      yaml`
        resources:
          - deployment.yaml
        configMapGenerator:
          - name: checkout
            literals:
              - LOG_LEVEL=info
              - LOG_LEVEL=debug # error: problem
      `,
    ),
    'overlays that go in a circle': {
      'apps/checkout/overlays/prod/kustomization.yaml': 'resources:\n  - ../staging # error: problem\n',
      'apps/checkout/overlays/staging/kustomization.yaml': 'resources:\n  - ../prod # error: problem\n',
    },
    'a Component under resources': prod('resources:\n  - deployment.yaml\n  - ../../../../components/sized # error: problem\n', {
      'components/sized/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnameSuffix: -l\n',
    }),
    'a JSON patch that does not apply': prod(
      yaml`
        resources:
          - deployment.yaml
        patches:
          - path: patch.yaml
            target: { kind: Deployment }
      `,
      { 'patch.yaml': '- op: add # error: problem\n  path: /spec/strategy/type\n  value: Recreate\n' },
    ),
    'a count for something that is not there': prod(
      yaml`
        resources:
          - deployment.yaml
        replicas:
          - name: chekout # error: problem
            count: 3
      `,
    ),
    'a mistake in a base': {
      'apps/checkout/base/kustomization.yaml': 'resources:\n  - deployment.yaml\nnamespaces: shop # error: problem\n',
      'apps/checkout/base/deployment.yaml': app,
      'apps/checkout/overlays/dev/kustomization.yaml': kustomization(['../../base']),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['../../base']),
    },
  },
});

describe('the findings of render-error', () => {
  it('are one for a base, with every variant that it reaches', async () => {
    const { findings } = await lintTree(
      {
        'apps/checkout/base/kustomization.yaml': 'resources:\n  - deployment.yaml\nnamespaces: shop\n',
        'apps/checkout/base/deployment.yaml': app,
        'apps/checkout/overlays/dev/kustomization.yaml': kustomization(['../../base']),
        'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['../../base']),
      },
      [rule],
    );
    expect(findings).toMatchObject([{ severity: 'error', message: expect.stringContaining('namespaces'), variants: ['checkout@dev', 'checkout@prod'] }]);
  });

  it.each([
    ['missing-reference', prod(kustomization(['deployment.yaml', 'service.yaml']))],
    ['syntax-error', prod(kustomization(['deployment.yaml', 'config.yaml']), { 'config.yaml': 'a: b: c\n' })],
    ['duplicate-key', prod(kustomization(['config.yaml', 'deployment.yaml']), { 'config.yaml': configMap('checkout', 'A: a\nA: b\n') })],
    ['ineffective-patch', prod(kustomization(['deployment.yaml'], 'patches:\n  - path: patch.yaml\n'), { 'patch.yaml': app.replaceAll('checkout', 'ledger') })],
  ])('give way to %s', async (id, tree) => {
    const { findings } = await lintTree(tree, rules);
    expect(findings.map(({ ruleId }) => ruleId).filter((ruleId) => ruleId !== 'unpinned-image')).toEqual([id]);
  });

  it('cannot be turned off', async () => {
    await expect(lintTree({ ...prod('namespaces: shop\n'), '.gitopsrc': 'rules: { render-error: "off" }\n' }, [rule])).rejects.toThrow(/render-error/);
  });
});

describe('what follows from a file that is not there', () => {
  it('is no second mistake: a replacement from an object in it', async () => {
    const replacement = '{ source: { kind: Service, name: checkout }, targets: [{ select: { kind: Deployment }, fieldPaths: [metadata.name] }] }';
    const { findings } = await lintTree(prod(kustomization(['deployment.yaml', 'service.yaml'], `replacements: [${replacement}]\n`)), rules);
    expect(findings.map(({ ruleId }) => ruleId).filter((id) => id !== 'unpinned-image')).toEqual(['missing-reference']);
  });
});
