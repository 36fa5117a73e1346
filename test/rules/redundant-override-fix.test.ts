import { describe } from 'vitest';
import rule from '../../rules/redundant-override/rule.ts';
import { type Tree, testFixes, yaml } from '../support/rule-tester.ts';
import { deployment, kustomization } from './shop.ts';

const OVERLAY = 'apps/checkout/overlays/prod/kustomization.yaml';
const FILE = 'apps/checkout/overlays/prod/patch.yaml';

/** A base of two containers, and an overlay with the given lines and files. */
const shop = (overlay: string, patch?: string): Tree => ({
  'apps/checkout/base/kustomization.yaml': kustomization(['deployment.yaml']),
  'apps/checkout/base/deployment.yaml': yaml`
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: checkout
    spec:
      replicas: 2
      paused: false
      template:
        spec:
          containers:
            - name: checkout
              image: shop/checkout:1
            - name: proxy
              image: shop/proxy:1
  `,
  'apps/checkout/overlays/dev/kustomization.yaml': kustomization(['../../base']),
  [OVERLAY]: `resources: [../../base]\n${overlay}`,
  ...(patch !== undefined && { [FILE]: patch }),
});
const head = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: checkout\n';

describe('redundant-override', () => {
  testFixes(rule, {
    'an entry goes with its comment and its file, and the field with its last entry': {
      before: shop('\n# for the rush hour\npatches:\n  # two are enough\n  - path: patch.yaml # so far\nnamePrefix: eu-\n', `${head}spec:\n  replicas: 2\n`),
      after: { [OVERLAY]: 'resources: [../../base]\n\nnamePrefix: eu-\n', [FILE]: null },
    },
    'an entry among others, in brackets': {
      before: shop(
        'patches: [{ path: patch.yaml }, { target: { kind: Deployment }, patch: "[{op: replace, path: /spec/replicas, value: 4}]" }]\n',
        `${head}spec:\n  paused: false\n`,
      ),
      after: {
        [OVERLAY]: 'resources: [../../base]\npatches: [{ target: { kind: Deployment }, patch: "[{op: replace, path: /spec/replicas, value: 4}]" }]\n',
        [FILE]: null,
      },
    },
    'the last entry in brackets': {
      before: shop('patches: [{ path: patch.yaml }]\nnamePrefix: eu-\n', `${head}spec:\n  paused: false\n`),
      after: { [OVERLAY]: 'resources: [../../base]\nnamePrefix: eu-\n', [FILE]: null },
    },
    'the file stays where another entry reads it': {
      before: {
        ...shop('patches:\n  - path: ../../patch.yaml\n  - path: more.yaml\n'),
        'apps/checkout/overlays/prod/more.yaml': `${head}spec:\n  replicas: 4\n`,
        'apps/checkout/patch.yaml': `${head}spec:\n  paused: false\n`,
        'apps/checkout/overlays/staging/kustomization.yaml': 'resources: [base]\npatches: [{ path: ../../patch.yaml }]\n',
        'apps/checkout/overlays/staging/base/kustomization.yaml': 'resources: [app.yaml]\n',
        'apps/checkout/overlays/staging/base/app.yaml': `${head}spec:\n  paused: true\n`,
      },
      after: { [OVERLAY]: 'resources: [../../base]\npatches:\n  - path: more.yaml\n' },
    },
    'an entry that stands in the kustomization itself': {
      before: shop(
        `patches:\n- target:\n    kind: Deployment\n  patch: |-\n    - op: replace\n      path: /spec/replicas\n      value: 2\n- path: patch.yaml\n`,
        `${head}spec:\n  replicas: 4\n`,
      ),
      after: { [OVERLAY]: 'resources: [../../base]\npatches:\n- path: patch.yaml\n' },
    },
    'an operation of a JSON patch': {
      before: shop(
        'patches:\n- target: { kind: Deployment }\n  path: patch.yaml\n',
        '- op: replace\n  path: /spec/replicas\n  value: 2\n\n- op: replace # resumed\n  path: /spec/paused\n  value: true\n',
      ),
      after: { [FILE]: '- op: replace # resumed\n  path: /spec/paused\n  value: true\n' },
    },
    'a value within a block of the kustomization': {
      before: shop(
        `patches:\n  - patch: |-\n      apiVersion: apps/v1\n      kind: Deployment\n      metadata:\n        name: checkout\n      spec:\n        # resumed\n        paused: false\n        replicas: 4\n`,
      ),
      after: {
        [OVERLAY]:
          'resources: [../../base]\npatches:\n  - patch: |-\n      apiVersion: apps/v1\n      kind: Deployment\n      metadata:\n        name: checkout\n      spec:\n        replicas: 4\n',
      },
    },
    'a container that would only be named goes as a whole': {
      before: shop('patches: [{ path: patch.yaml }]\n', `${deployment('checkout', 'image: shop/checkout:1\n')}`.replace('spec:\n', 'spec:\n  replicas: 4\n')),
      after: { [FILE]: `${head}spec:\n  replicas: 4\n` },
    },
    'nothing where a container would change its place': {
      before: shop(
        'patches: [{ path: patch.yaml }]\n',
        `${deployment('proxy', 'image: shop/proxy:1\n').replace('name: proxy', 'name: checkout')}`.replace('spec:\n', 'spec:\n  replicas: 4\n'),
      ),
      after: {},
    },
    'comments with an entry that is switched off stay': {
      before: shop('patches:\n  # - path: old.yaml\n  - path: patch.yaml\n  # - path: older.yaml\n  - path: more.yaml\n', `${head}spec:\n  paused: false\n`),
      after: { [OVERLAY]: 'resources: [../../base]\npatches:\n  # - path: old.yaml\n  # - path: older.yaml\n  - path: more.yaml\n', [FILE]: null },
    },
    'nothing within a text in quotes': {
      before: shop(
        `patches:\n  - target: { kind: Deployment }\n    patch: '[{ op: replace, path: /spec/replicas, value: 2 }, { op: replace, path: /spec/paused, value: true }]'\n`,
      ),
      after: {},
    },
    'ends of lines stay as they are': {
      before: shop(
        'patches: [{ path: patch.yaml }]\n',
        `${head}spec:\n  replicas: 4\n  paused: false # so far\n  revisionHistoryLimit: 2\n`.replaceAll('\n', '\r\n'),
      ),
      after: { [FILE]: `${head}spec:\n  replicas: 4\n  revisionHistoryLimit: 2\n`.replaceAll('\n', '\r\n') },
    },
  });
});
