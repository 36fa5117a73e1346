import { describe, expect, it } from 'vitest';
import rule from '../../rules/unanalysed-input/rule.ts';
import { lintTree, type Tree, testRule, yaml } from '../support/rule-tester.ts';
import { deployment, kustomization } from './shop.ts';

const app = deployment('checkout', 'image: registry.shop.example/checkout:1.14.0\n');
const prod = (more: string): Tree => ({
  'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['deployment.yaml'], more),
  'apps/checkout/overlays/prod/deployment.yaml': app,
});
const REMOTE = '  - https://github.com/shop/config//prod?ref=v1.4.0 # error: gap\n';

testRule(rule, {
  valid: {
    'all that is named is there': prod('namespace: shop\n'),
    'a URL in a value': prod('commonAnnotations:\n  docs: https://github.com/shop/config//prod?ref=v1.4.0\n'),
    'a line that is switched off': prod('#  - https://github.com/shop/config//prod?ref=v1.4.0\n'),
    'a built-in generator': {
      ...prod('generators: [settings.yaml]\n'),
      'apps/checkout/overlays/prod/settings.yaml': yaml`
        apiVersion: builtin
        kind: ConfigMapGenerator
        metadata:
          name: checkout
        literals: [LOG_LEVEL=info]
      `,
    },
    'a remote base in a folder that is deployed nowhere': {
      ...prod(''),
      'components/unused/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n${kustomization(['https://github.com/shop/config?ref=v1.4.0'])}`,
    },
  },

  invalid: {
    'a remote base': prod(REMOTE),
    'a remote base by its other names': prod(
      [
        '  - github.com/shop/config?ref=main # error: gap\n',
        '  - git@github.com:shop/config.git # error: gap\n',
        '  - https://raw.githubusercontent.com/shop/config/v1.4.0/ledger.yaml # error: gap\n',
      ].join(''),
    ),
    'a remote component': prod('components:\n  - https://github.com/shop/components//sized?ref=v2.0.0 # error: gap\n'),
    'a chart': prod('helmCharts:\n  - name: ledger # error: gap\n    repo: https://charts.shop.example\n    version: 3.2.4\n'),
    'a plugin': {
      ...prod('generators:\n  - secrets.yaml\n'),
      'apps/checkout/overlays/prod/secrets.yaml': yaml`
        apiVersion: viaduct.ai/v1 # error: gap
        kind: ksops
        metadata:
          name: secrets
          annotations:
            config.kubernetes.io/function: |
              exec:
                path: ksops
        files: [secrets.enc.yaml]
      `,
    },
    'a template among manifests': {
      'environments/prod/checkout.yaml': app,
      'environments/prod/ledger.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ledger\n  {% if labels %} # error: gap\n',
    },
    'a remote base of a base': {
      'apps/checkout/base/kustomization.yaml': `resources:\n${REMOTE}`,
      'apps/checkout/overlays/dev/kustomization.yaml': kustomization(['../../base']),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['../../base']),
    },
  },
});

describe('the findings of unanalysed-input', () => {
  const tree: Tree = {
    'apps/checkout/base/kustomization.yaml': kustomization(['https://github.com/shop/config//prod?ref=v1.4.0']),
    'apps/checkout/overlays/dev/kustomization.yaml': kustomization(['../../base']),
    'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['../../base']),
  };

  it('are information, one for a base, with every variant that it reaches', async () => {
    const { findings } = await lintTree(tree, [rule]);
    expect(findings).toMatchObject([
      {
        severity: 'info',
        message: 'Not checked: remote base "https://github.com/shop/config//prod?ref=v1.4.0" is not fetched',
        variants: ['checkout@dev', 'checkout@prod'],
      },
    ]);
  });

  it('are counted, also where the rule is off', async () => {
    const { findings, coverage } = await lintTree({ ...tree, '.gitopsrc': 'rules: { unanalysed-input: "off" }\n' }, [rule]);
    expect(findings).toEqual([]);
    expect(coverage.gaps).toMatchObject([{ cause: 'remote' }]);
  });
});
