import { describe, expect, it } from 'vitest';
import rule from '../../rules/redundant-override/rule.ts';
import { lintTree, type Tree, testRule, yaml } from '../support/rule-tester.ts';
import { crlf, deployment, kustomization } from './shop.ts';

const BASE = yaml`
  apiVersion: apps/v1
  kind: Deployment
  metadata:
    name: checkout
    labels:
      team: payments
  spec:
    replicas: 2
    template:
      spec:
        containers:
          - name: checkout
            image: registry.shop.example/checkout:1.14.0
            env:
              - name: LOG_LEVEL
                value: info
              - name: CURRENCY
                value: EUR
            resources:
              limits:
                memory: 512Mi
`;

/** Overlays of one base; each lists `patches`, and has the files that are given. */
const overlaid = (overlays: Readonly<Record<string, readonly [more: string, files?: Readonly<Record<string, string>>]>>): Tree => ({
  'apps/checkout/base/kustomization.yaml': kustomization(['deployment.yaml']),
  'apps/checkout/base/deployment.yaml': BASE,
  ...Object.fromEntries(
    Object.entries(overlays).flatMap(([name, [more, files = {}]]) => [
      [`apps/checkout/overlays/${name}/kustomization.yaml`, kustomization(['../../base'], more)],
      ...Object.entries(files).map(([file, text]) => [`apps/checkout/overlays/${name}/${file}`, text]),
    ]),
  ),
});
const PATCH = 'patches:\n  - path: patch.yaml\n';
const MARKED = 'patches:\n  - path: patch.yaml # error: entry\n';

/** A patch of the Deployment that goes on with the given lines. */
const patch = (lines: string): string => `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: checkout\n${lines}`;

testRule(rule, {
  valid: {
    'a patch that changes what it sets': overlaid({ prod: [PATCH, { 'patch.yaml': patch('spec:\n  replicas: 4\n') }] }),
    'a patch that adds': overlaid({
      prod: [PATCH, { 'patch.yaml': deployment('checkout', 'env:\n  - name: PAYMENT_URL\n    value: https://payments.shop.example\n') }],
    }),
    'names that only say what is meant': overlaid({
      prod: [PATCH, { 'patch.yaml': deployment('checkout', 'env:\n  - name: CURRENCY\n    value: USD\n') }],
    }),
    'a number that is written as a text': overlaid({
      prod: [PATCH, { 'patch.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: checkout\n  annotations:\n    revision: "2"\n' }],
    }),
    'an image that equals its base today': overlaid({
      prod: [
        yaml`
          images:
            - name: registry.shop.example/checkout
              newTag: 1.14.0
        `,
      ],
    }),
    'a count that equals its base today': overlaid({
      prod: [
        yaml`
          replicas:
            - name: checkout
              count: 2
        `,
      ],
    }),
    'a patch that deletes': overlaid({
      prod: [PATCH, { 'patch.yaml': deployment('checkout', 'env:\n  - name: CURRENCY\n    $patch: delete\n') }],
    }),
    'a patch that matches nothing, of which another rule speaks': overlaid({
      prod: [PATCH, { 'patch.yaml': patch('spec:\n  replicas: 2\n').replace('name: checkout', 'name: ledger') }],
    }),
    'a shared patch that changes something for one app alone': {
      ...overlaid({ prod: ['components: [../../../../components/sized]\n'] }),
      'apps/ledger/base/kustomization.yaml': kustomization(['deployment.yaml']),
      'apps/ledger/base/deployment.yaml': BASE.replaceAll('checkout', 'ledger').replace('replicas: 2', 'replicas: 1'),
      'apps/ledger/overlays/prod/kustomization.yaml': kustomization(['../../base'], 'components: [../../../../components/sized]\n'),
      'components/sized/kustomization.yaml': yaml`
        apiVersion: kustomize.config.k8s.io/v1alpha1
        kind: Component
        patches:
          - path: replicas.yaml
            target: { kind: Deployment }
      `,
      'components/sized/replicas.yaml': patch('spec:\n  replicas: 2\n').replace('name: checkout', 'name: any'),
    },
    'one file that several entries read, and that changes something for one of them': {
      ...overlaid({ prod: [''], dev: [''] }),
      'apps/checkout/base/kustomization.yaml': kustomization(['deployment.yaml', 'worker.yaml']),
      'apps/checkout/base/worker.yaml': BASE.replaceAll('checkout', 'worker').replace('replicas: 2', 'replicas: 3').replace('team: payments', 'team: jobs'),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(
        ['../../base'],
        yaml`
          patches:
            - path: patch.yaml
              target: { kind: Deployment, name: checkout }
            - path: patch.yaml
              target: { kind: Deployment, name: worker }
        `,
      ),
      'apps/checkout/overlays/prod/patch.yaml': patch('  labels:\n    team: payments\nspec:\n  replicas: 3\n'),
    },
    'the base sets it, a component exchanges it, and the overlay sets it back': {
      ...overlaid({
        prod: [`components: [../../../../components/small]\n${PATCH}`, { 'patch.yaml': patch('spec:\n  replicas: 2\n') }],
      }),
      'components/small/kustomization.yaml': yaml`
        apiVersion: kustomize.config.k8s.io/v1alpha1
        kind: Component
        replicas:
          - name: checkout
            count: 1
      `,
    },
    'a remote component may exchange it': overlaid({
      prod: [`components: ["https://github.com/shop/components//small?ref=v2.0.0"]\n${PATCH}`, { 'patch.yaml': patch('spec:\n  replicas: 2\n') }],
    }),
    'an item that is added to a list with the same items': overlaid({
      prod: [
        yaml`
          patches:
            - path: patch.yaml
              target: { kind: Deployment, name: checkout }
        `,
        {
          'patch.yaml': yaml`
            - op: add
              path: /spec/template/spec/containers/0/env/-
              value: { name: CURRENCY, value: EUR }
          `,
        },
      ],
    }),
    'a suppression with a reason': overlaid({
      prod: [
        'patches:\n  - path: patch.yaml # gitops-lint-ignore redundant-override -- the base goes to three next week\n',
        { 'patch.yaml': patch('spec:\n  replicas: 2\n') },
      ],
    }),
  },

  invalid: {
    'a patch that sets what the base has': overlaid({ prod: [MARKED, { 'patch.yaml': patch('spec:\n  replicas: 2\n') }] }),
    'an entry of several lines': overlaid({
      prod: [
        yaml`
          patches:
            - path: patch.yaml # error: entry
              target:
                kind: Deployment
        `,
        { 'patch.yaml': patch('spec:\n  replicas: 2\n') },
      ],
    }),
    'one of the values that a patch sets': overlaid({
      prod: [
        PATCH,
        {
          'patch.yaml': deployment(
            'checkout',
            yaml`
              env:
                - name: LOG_LEVEL
                  value: info
                - name: CURRENCY
                  value: USD
              resources: # error: value
                limits:
                  memory: 512Mi
            `,
          ),
        },
      ],
    }),
    'one of the operations of a JSON patch': overlaid({
      prod: [
        yaml`
          patches:
            - path: patch.yaml
              target: { kind: Deployment, name: checkout }
        `,
        {
          'patch.yaml': yaml`
            - op: replace
              path: /spec/replicas
              value: 4
            - op: replace
              path: /metadata/labels/team
              value: payments # error: value
          `,
        },
      ],
    }),
    'an inline patch': overlaid({
      prod: [
        yaml`
          patches:
            - target: { kind: Deployment, name: checkout } # error: entry
              patch: |-
                - op: replace
                  path: /spec/replicas
                  value: 2
        `,
      ],
    }),
    'a value in an inline patch': overlaid({
      prod: [
        yaml`
          patches:
            - patch: |-
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: checkout
                spec:
                  replicas: 2 # error: value
                  paused: true
        `,
      ],
    }),
    'the old spelling': overlaid({
      prod: ['patchesStrategicMerge:\n  - patch.yaml # error: entry\n', { 'patch.yaml': patch('spec:\n  replicas: 2\n') }],
    }),
    'the same value in other quotes': overlaid({
      prod: [MARKED, { 'patch.yaml': deployment('checkout', 'env:\n  - name: CURRENCY\n    value: "EUR"\n') }],
    }),
    'lines that end as on Windows': overlaid({ prod: [crlf(MARKED), { 'patch.yaml': crlf(patch('spec:\n  replicas: 2\n')) }] }),
    'a shared patch that changes nothing for anyone': {
      ...overlaid({ staging: ['components: [../../../../components/sized]\n'], prod: ['components: [../../../../components/sized]\n'] }),
      'components/sized/kustomization.yaml': yaml`
        apiVersion: kustomize.config.k8s.io/v1alpha1
        kind: Component
        patches:
          - path: replicas.yaml # error: entry
            target: { kind: Deployment }
      `,
      'components/sized/replicas.yaml': patch('spec:\n  replicas: 2\n').replace('name: checkout', 'name: any'),
    },
    'the second of two patches that set the same': overlaid({
      prod: [
        yaml`
          patches:
            - path: patch.yaml
            - path: again.yaml # error: entry
        `,
        { 'patch.yaml': patch('spec:\n  replicas: 4\n'), 'again.yaml': patch('spec:\n  replicas: 4\n') },
      ],
    }),
  },
});

describe('the findings of redundant-override', () => {
  const component: Tree = {
    ...overlaid({ dev: ['components: [../../../../components/sized]\n'], prod: ['components: [../../../../components/sized]\n'] }),
    'components/sized/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches: [{ path: replicas.yaml }]\n',
    'components/sized/replicas.yaml': patch('spec:\n  replicas: 2\n'),
  };

  it('are one for a patch that several variants share', async () => {
    const { findings } = await lintTree(component, [rule]);
    expect(findings).toMatchObject([
      {
        severity: 'warning',
        message: 'Nothing in this override of Deployment "checkout" changes anything',
        variants: ['checkout@dev', 'checkout@prod'],
      },
    ]);
  });

  it.each([
    ['dev', 'warning'],
    ['prod', 'warning'],
    ['kind', 'info'],
  ])('are as grave in %s: %s', async (environment, severity) => {
    const tree = overlaid({ [environment]: [PATCH, { 'patch.yaml': patch('spec:\n  replicas: 2\n') }], staging: [''] });
    const { findings } = await lintTree(tree, [rule]);
    expect(findings.map((finding) => finding.severity)).toEqual([severity]);
  });
});
