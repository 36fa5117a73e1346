import { describe, expect, it } from 'vitest';
import rule from '../../rules/missing-reference/rule.ts';
import renderError from '../../rules/render-error/rule.ts';
import { lintTree, type Tree, testRule, yaml } from '../support/rule-tester.ts';
import { configMap, crlf, deployment, kustomization } from './shop.ts';

const app = deployment('checkout', 'image: registry.shop.example/checkout:1.14.0\n');
const base: Tree = {
  'apps/checkout/base/kustomization.yaml': kustomization(['deployment.yaml']),
  'apps/checkout/base/deployment.yaml': app,
};
/** The overlay of production beside its base, and files: in its folder, or by their path. */
const prod = (text: string, files: Tree = {}): Tree => ({
  ...base,
  'apps/checkout/overlays/prod/kustomization.yaml': text,
  ...Object.fromEntries(Object.entries(files).map(([name, content]) => [name.includes('/') ? name : `apps/checkout/overlays/prod/${name}`, content])),
});

testRule(rule, {
  valid: {
    'all that is named is there': prod(
      yaml`
        resources:
          - ../../base
          - ./config.yaml
        components:
          - ../../../../components/sized
        patches:
          - path: patch.yaml
        configMapGenerator:
          - name: theme
            files: [style=theme.css]
            envs: [theme.env]
      `,
      {
        'config.yaml': configMap('checkout', 'LOG_LEVEL: info\n'),
        'patch.yaml': deployment('checkout', 'image: registry.shop.example/checkout:1.14.2\n'),
        'theme.css': '',
        'theme.env': 'COLOR=red\n',
        'components/sized/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnameSuffix: -l\n',
      },
    ),
    'a remote base': prod(kustomization(['../../base', 'https://github.com/shop/config//prod?ref=v1.4.0', 'git@github.com:shop/ledger.git?ref=v3.2.4'])),
    'a line that is switched off': prod(kustomization(['../../base'], '# - ingress.yaml\n')),
    'a patch that stands in the kustomization': prod(
      kustomization(
        ['../../base'],
        yaml`
          patchesStrategicMerge:
            - |-
              apiVersion: apps/v1
              kind: Deployment
              metadata:
                name: checkout
        `,
      ),
    ),
    'a Component that nobody uses': {
      ...prod(kustomization(['../../base'])),
      'components/unused/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n${kustomization(['service.yaml'])}`,
    },
    'a folder that is ignored': {
      'docs/examples/kustomization.yaml': kustomization(['deployment.yaml']),
      'environments/prod/checkout.yaml': app,
      '.gitopsrc': 'ignore: ["docs/**"]\n',
    },
    'test data': { 'testdata/kustomization.yaml': kustomization(['deployment.yaml']), 'environments/prod/checkout.yaml': app },
    'a kustomization under its other names': {
      'apps/checkout/base/kustomization.yml': kustomization(['deployment.yaml']),
      'apps/checkout/base/deployment.yaml': app,
      'apps/checkout/overlays/prod/Kustomization': kustomization(['../../base/']),
    },
    'a suppression with a reason': prod(
      'resources:\n  - ../../base\n  - release.yaml # gitops-lint-ignore missing-reference -- the pipeline downloads it before the build\n',
    ),
  },

  invalid: {
    'a resource': prod('resources:\n  - ../../base\n  - ingress.yaml # error: problem\n'),
    'another case of letters': prod('resources:\n  - ../../base\n  - Config.yaml # error: problem\n', {
      'config.yaml': configMap('checkout', 'LOG_LEVEL: info\n'),
    }),
    'a base': { ...prod('resources:\n  - ../../bases # error: problem\n') },
    'a base in the old spelling': prod('bases:\n  - ../../../base # error: problem\n'),
    'a folder without a kustomization': prod('resources:\n  - ../../base\n  - ../../extras # error: problem\n', {
      'apps/checkout/extras/config.yaml': configMap('checkout', 'LOG_LEVEL: info\n'),
    }),
    'a component': prod(kustomization(['../../base'], 'components:\n  - ../../../../components/sizes # error: problem\n')),
    'a patch': prod(
      kustomization(
        ['../../base'],
        yaml`
          patches:
            - target: { kind: Deployment }
              path: replicas.yaml # error: problem
        `,
      ),
    ),
    'a patch in the old spelling': prod(kustomization(['../../base'], 'patchesStrategicMerge:\n  - replicas.yaml # error: problem\n')),
    'the files of a generator': prod(
      kustomization(
        ['../../base'],
        yaml`
          configMapGenerator:
            - name: checkout
              envs:
                - settings.env # error: problem
            - name: theme
              files:
                - style=theme.css # error: problem
        `,
      ),
    ),
    'a resource of a base': {
      'apps/checkout/base/kustomization.yaml': 'resources:\n  - deployment.yaml\n  - service.yaml # error: problem\n',
      'apps/checkout/base/deployment.yaml': app,
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['../../base']),
    },
    'lines that end as on Windows': prod(crlf('resources:\n  - ../../base\n  - ingress.yaml # error: problem\n')),
    'a folder that nothing places': { 'checkout/kustomization.yaml': 'resources:\n  - deployment.yaml # error: problem\n' },
  },
});

describe('the findings of missing-reference', () => {
  const broken: Tree = {
    'apps/checkout/base/kustomization.yaml': kustomization(['deployment.yaml', 'service.yaml']),
    'apps/checkout/base/deployment.yaml': app,
    'apps/checkout/overlays/dev/kustomization.yaml': kustomization(['../../base']),
    'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['../../base']),
  };

  it('are one for a base, with every variant that it reaches', async () => {
    const { findings } = await lintTree(broken, [rule]);
    expect(findings).toMatchObject([{ severity: 'error', message: expect.stringContaining('"service.yaml"'), variants: ['checkout@dev', 'checkout@prod'] }]);
  });

  it('stand for the failure that they cause', async () => {
    const { findings } = await lintTree(broken, [rule, renderError]);
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['missing-reference']);
  });

  it('leave the failure to be told when the rule is off', async () => {
    const { findings } = await lintTree({ ...broken, '.gitopsrc': 'rules: { missing-reference: "off" }\n' }, [rule, renderError]);
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['render-error']);
  });
});
