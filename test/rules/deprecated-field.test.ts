import { describe, expect, it } from 'vitest';
import rule from '../../rules/deprecated-field/rule.ts';
import { lintTree, type Tree, testRule, yaml } from '../support/rule-tester.ts';
import { crlf, deployment, documents, kustomization } from './shop.ts';

/** The overlay of production beside the base of `ledger`, with the files that the old fields name. */
const prod = (text: string, base = kustomization(['deployment.yaml'])): Tree => ({
  'apps/ledger/base/kustomization.yaml': base,
  'apps/ledger/base/deployment.yaml': deployment('ledger', 'image: registry.shop.example/ledger:3.2.4\n'),
  'apps/ledger/overlays/prod/kustomization.yaml': text,
  'apps/ledger/overlays/prod/patch.yaml': deployment('ledger', 'imagePullPolicy: Always\n'),
  'apps/ledger/overlays/prod/operations.yaml': '- { op: add, path: /spec/replicas, value: 4 }\n',
});

testRule(rule, {
  valid: {
    'the fields of today': prod(yaml`
      resources: [../../base]
      labels:
        - pairs: { team: payments }
          includeSelectors: true
      commonAnnotations: { team: payments }
      images:
        - name: registry.shop.example/ledger
          newTag: 3.2.5
      patches:
        - path: patch.yaml
        - path: operations.yaml
          target: { kind: Deployment, name: ledger }
    `),
    'a comment': prod(kustomization(['../../base'], '# bases: [../../base]\n')),
    'the same words below another field': prod(kustomization(['../../base'], 'commonAnnotations:\n  bases: two\n  vars: none\n')),
    'the same words in a manifest': {
      ...prod(kustomization(['../../base', 'release.yaml'])),
      'apps/ledger/overlays/prod/release.yaml': 'apiVersion: shop.example/v1\nkind: Release\nmetadata:\n  name: ledger\nvars: []\nbases: []\n',
    },
    'a second document, which kustomize does not read': prod(documents(kustomization(['../../base']), 'bases: [../../base]\n')),
    'a Component that nothing uses': {
      ...prod(kustomization(['../../base'])),
      'components/unused/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncommonLabels: { team: payments }\n',
    },
    'a suppression with a reason': prod(
      'bases: [../../base] # gitops-lint-ignore deprecated-field -- the cluster tooling of the bank still reads it with kustomize 2\n',
    ),
  },

  invalid: {
    bases: prod('bases: [../../base] # error: deprecated\n'),
    'an empty list': prod(kustomization(['../../base'], 'bases: [] # error: deprecated\n')),
    'labels that select': prod(kustomization(['../../base'], 'commonLabels: { team: payments } # error: deprecated\n')),
    'two in one file': prod(
      yaml`
        bases: # error: deprecated
          - ../../base
        patchesStrategicMerge: # error: deprecated
          - patch.yaml
      `,
    ),
    'JSON patches': prod(
      kustomization(
        ['../../base'],
        yaml`
          patchesJson6902: # error: deprecated
            - path: operations.yaml
              target: { group: apps, version: v1, kind: Deployment, name: ledger }
        `,
      ),
    ),
    variables: prod(
      kustomization(
        ['../../base'],
        yaml`
          vars: # error: deprecated
            - name: LEDGER
              objref: { apiVersion: apps/v1, kind: Deployment, name: ledger }
        `,
      ),
    ),
    'the oldest name of images': prod(
      kustomization(['../../base'], 'imageTags: # error: deprecated\n  - { name: registry.shop.example/ledger, newTag: 3.2.5 }\n'),
    ),
    'in a base': prod(kustomization(['../../base']), kustomization(['deployment.yaml'], 'commonLabels: { app: ledger } # error: deprecated\n')),
    'in a component': {
      ...prod(kustomization(['../../base'], 'components: [../../../../components/paid]\n')),
      'components/paid/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncommonLabels: { team: payments } # error: deprecated\n',
    },
    'lines that end as on Windows': prod(crlf('bases: # error: deprecated\n  - ../../base\n')),
  },
});

describe('the findings of deprecated-field', () => {
  it('name the successor, and are for information only', async () => {
    const { findings } = await lintTree(prod('bases: [../../base]\ncommonLabels: { team: payments }\n'), [rule]);
    expect(findings.map(({ severity, message }) => [severity, message])).toEqual([
      ['info', '"bases" is deprecated; "resources" takes its place'],
      ['info', '"commonLabels" is deprecated; "labels" takes its place'],
    ]);
  });

  it('are one for a base, with every variant that it reaches', async () => {
    const tree = {
      ...prod(kustomization(['../../base']), kustomization(['deployment.yaml'], 'commonLabels: { app: ledger }\n')),
      'apps/ledger/overlays/dev/kustomization.yaml': kustomization(['../../base']),
    };
    const { findings } = await lintTree(tree, [rule]);
    expect(findings.map(({ variants }) => variants)).toEqual([['ledger@dev', 'ledger@prod']]);
  });
});
