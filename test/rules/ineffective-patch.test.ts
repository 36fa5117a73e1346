import { describe, expect, it } from 'vitest';
import rule from '../../rules/ineffective-patch/rule.ts';
import { lintTree, type Tree, testRule, yaml } from '../support/rule-tester.ts';
import { crlf, deployment, documents, kustomization } from './shop.ts';

const IMAGE = 'image: registry.shop.example/checkout:1.14.0\n';
const REPLICAS = yaml`
  - op: replace
    path: /spec/replicas
    value: 4
`;

/** Overlays of one base, which holds the Deployment `checkout`; each goes on with the given lines and has the file `patch.yaml`. */
const overlaid = (overlays: Readonly<Record<string, string>>, patch = REPLICAS): Tree => ({
  'apps/checkout/base/kustomization.yaml': kustomization(['deployment.yaml']),
  'apps/checkout/base/deployment.yaml': deployment('checkout', IMAGE).replace('spec:', 'spec:\n  replicas: 2'),
  ...Object.fromEntries(
    Object.entries(overlays).flatMap(([name, more]) => [
      [`apps/checkout/overlays/${name}/kustomization.yaml`, kustomization(['../../base'], more)],
      [`apps/checkout/overlays/${name}/patch.yaml`, patch],
    ]),
  ),
});
const component = (patches: string, file: string): Tree => ({
  'components/sized/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n${patches}`,
  'components/sized/patch.yaml': file,
});
const SIZED = 'components: [../../../../components/sized]\n';

testRule(rule, {
  valid: {
    'a target that is there': overlaid({ prod: 'patches:\n  - path: patch.yaml\n    target: { kind: Deployment, name: checkout }\n' }),
    'a target without a name': overlaid({ prod: 'patches:\n  - path: patch.yaml\n    target: { kind: Deployment }\n' }),
    'a target by a pattern': overlaid({ prod: 'patches:\n  - path: patch.yaml\n    target: { kind: Deployment, name: check.* }\n' }),
    'a target by its label': {
      ...overlaid({ prod: 'patches:\n  - path: patch.yaml\n    target: { labelSelector: team=payments }\n' }),
      'apps/checkout/base/kustomization.yaml': kustomization(['deployment.yaml'], 'labels: [{ pairs: { team: payments } }]\n'),
    },
    'a target by the name from before its prefix': overlaid(
      { prod: 'namePrefix: prod-\npatches:\n  - path: patch.yaml\n' },
      deployment('checkout', 'image: registry.shop.example/checkout:1.14.2\n'),
    ),
    'a shared patch that hits in one of several overlays': {
      ...overlaid({ dev: SIZED, prod: SIZED }),
      'apps/ledger/overlays/prod/kustomization.yaml': kustomization(['deployment.yaml'], SIZED),
      'apps/ledger/overlays/prod/deployment.yaml': deployment('ledger', IMAGE),
      ...component('patches:\n  - path: patch.yaml\n    target: { kind: Deployment, name: ledger }\n', '- { op: add, path: /spec/replicas, value: 4 }\n'),
    },
    'a remote base may hold the target': {
      ...overlaid({ prod: '' }),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(
        ['../../base', 'https://github.com/shop/ledger//config?ref=v3.2.4'],
        'patches:\n  - path: patch.yaml\n    target: { kind: Deployment, name: ledger }\n',
      ),
    },
    'a chart may hold the target': overlaid({
      prod: yaml`
        helmCharts:
          - name: ledger
            repo: https://charts.shop.example
            version: 3.2.4
        patches:
          - path: patch.yaml
            target: { kind: Deployment, name: ledger }
      `,
    }),
    'a patch that writes what is there already, of which another rule speaks': overlaid(
      { prod: 'patches:\n  - path: patch.yaml\n' },
      deployment('checkout', IMAGE),
    ),
    'a patch that deletes': overlaid(
      { prod: 'patches:\n  - path: patch.yaml\n' },
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: checkout\n$patch: delete\n',
    ),
    'a base for which nobody but an overlay is asked': {
      ...overlaid({ prod: 'patches:\n  - path: patch.yaml\n    target: { kind: Deployment, name: checkout }\n' }),
      'components/unused/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches: [{ path: patch.yaml, target: { kind: StatefulSet } }]\n',
      'components/unused/patch.yaml': REPLICAS,
    },
    'images and counts that match nothing, of which other rules speak': overlaid({
      prod: 'images:\n  - name: registry.shop.example/ledger\n    newTag: 3.2.4\n',
    }),
    'a suppression with a reason': overlaid({
      prod: 'patches:\n  - path: patch.yaml # gitops-lint-ignore ineffective-patch -- the worker arrives next week\n    target: { kind: Deployment, name: worker-queue }\n',
    }),
  },

  invalid: {
    'a slip of the pen': overlaid({ prod: 'patches:\n  - path: patch.yaml # error: near\n    target: { kind: Deployment, name: check-out }\n' }),
    'another kind': overlaid({ prod: 'patches:\n  - path: patch.yaml # error: near\n    target: { kind: StatefulSet, name: checkout }\n' }),
    'the prefix, which comes only after the patches': overlaid({
      prod: 'namePrefix: prod-\npatches:\n  - path: patch.yaml # error: near\n    target: { kind: Deployment, name: prod-checkout }\n',
    }),
    'nothing that comes near': overlaid({ prod: 'patches:\n  - path: patch.yaml # error: unmatched\n    target: { kind: Ingress, name: storefront }\n' }),
    'a label that nothing has': overlaid({ prod: 'patches:\n  - path: patch.yaml # error: unmatched\n    target: { labelSelector: team=ledger }\n' }),
    'a namespace that is given only in the end': overlaid({
      prod: 'namespace: shop\npatches:\n  - path: patch.yaml # error: near\n    target: { kind: Deployment, name: checkout, namespace: shop }\n',
    }),
    'an inline patch': overlaid({
      prod: yaml`
        patches:
          - target: # error: near
              kind: Deployment
              name: chekout
            patch: |-
              - op: replace
                path: /spec/replicas
                value: 4
      `,
    }),
    'a patch that names its object itself': overlaid({ prod: 'patches:\n  - path: patch.yaml # error: near\n' }, deployment('chekout', IMAGE)),
    'the old spelling of a merge patch': overlaid({ prod: 'patchesStrategicMerge:\n  - patch.yaml # error: unmatched\n' }, deployment('storefront', IMAGE)),
    'the old spelling of a JSON patch': overlaid({
      prod: 'patchesJson6902:\n  - path: patch.yaml # error: near\n    target: { group: apps, version: v1, kind: Deployment, name: chekout }\n',
    }),
    'a shared patch that hits nowhere': {
      ...overlaid({ dev: SIZED, prod: SIZED }),
      ...component('patches:\n  - path: patch.yaml # error: unmatched\n    target: { kind: StatefulSet, name: ledger }\n', REPLICAS),
    },
    'lines that end as on Windows': overlaid({
      prod: crlf('patches:\n  - path: patch.yaml # error: near\n    target: { kind: Deployment, name: check-out }\n'),
    }),
    'the second of two documents of a base': {
      ...overlaid({ prod: 'patches:\n  - path: patch.yaml # error: near\n    target: { kind: Deployment, name: worker-1 }\n' }),
      'apps/checkout/base/deployment.yaml': documents(deployment('checkout', IMAGE), deployment('worker', IMAGE)),
    },
  },
});

describe('the findings of ineffective-patch', () => {
  it('say what is there instead, and whom it concerns', async () => {
    const tree = {
      ...overlaid({ dev: SIZED, prod: SIZED }),
      ...component('patches:\n  - path: patch.yaml\n    target: { kind: Deployment, name: check-out }\n', REPLICAS),
    };
    const { findings } = await lintTree(tree, [rule]);
    expect(findings).toMatchObject([
      {
        severity: 'error',
        message: 'The patch of Deployment "check-out" matches nothing; there is Deployment "checkout"',
        variants: ['checkout@dev', 'checkout@prod'],
        location: { file: { path: 'components/sized/kustomization.yaml' } },
      },
    ]);
  });

  it('are errors in dev as well, and warnings on a laptop', async () => {
    const lost = 'patches:\n  - path: patch.yaml\n    target: { kind: Deployment, name: check-out }\n';
    const { findings } = await lintTree(overlaid({ kind: lost, dev: lost, prod: '' }), [rule]);
    expect(findings.map(({ severity, variants }) => [severity, ...variants])).toEqual([
      ['error', 'checkout@dev'],
      ['warning', 'checkout@kind'],
    ]);
  });
});
