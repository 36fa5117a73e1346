import { describe, expect, it } from 'vitest';
import rule from '../../rules/phantom-list-item/rule.ts';
import { lintTree, type Tree, testRule, yaml } from '../support/rule-tester.ts';
import { crlf, deployment, documents, kustomization } from './shop.ts';

const CONTAINER = yaml`
  image: registry.shop.example/ledger:3.2.4
  ports:
    - containerPort: 8080
`;
const INIT = yaml`
  initContainers:
    - name: migrate
      image: registry.shop.example/migrate:3.2.4
`;
const SERVICE = yaml`
  apiVersion: v1
  kind: Service
  metadata:
    name: ledger
  spec:
    ports:
      - port: 53
`;

/** The overlay of production, with a patch that says itself what it is for. */
const patched = (patch: string, app = documents(deployment('ledger', CONTAINER, INIT), SERVICE)): Tree => ({
  'apps/ledger/base/kustomization.yaml': kustomization(['app.yaml']),
  'apps/ledger/base/app.yaml': app,
  'apps/ledger/overlays/prod/kustomization.yaml': kustomization(['../../base'], 'patches: [{ path: patch.yaml }]\n'),
  'apps/ledger/overlays/prod/patch.yaml': patch,
});
/** The same with one operation on the kind. */
const operated = (kind: string, path: string, value: string): Tree => ({
  ...patched(`- op: add\n  path: ${path}\n  value: ${value}\n`),
  'apps/ledger/overlays/prod/kustomization.yaml': kustomization(['../../base'], `patches: [{ path: patch.yaml, target: { kind: ${kind} } }]\n`),
});
const pod = (lines: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ledger\nspec:\n  template:\n    spec:\n${lines.replace(/^(?=.)/gm, '      ')}`;
const CONTAINERS = '/spec/template/spec/containers';

const cronJob = (containers: string): string => `apiVersion: batch/v1
kind: CronJob
metadata:
  name: ledger
spec:
  jobTemplate:
    spec:
      template:
        spec:
          containers:
${containers.replace(/^(?=.)/gm, ' '.repeat(12))}`;

testRule(rule, {
  valid: {
    'the name of the base': patched(deployment('ledger', 'imagePullPolicy: Always\n')),
    'a sidecar with an image': patched(pod('containers:\n  - name: proxy\n    image: registry.shop.example/proxy:0.9.1\n')),
    'a sidecar of the same image by another name': patched(pod('containers:\n  - name: worker\n    image: registry.shop.example/ledger:3.2.4\n')),
    'a second one, numbered': patched(pod('containers:\n  - name: ledger2\n    image: registry.shop.example/ledger:3.2.4\n')),
    'a sidecar of nearly the same name, and another image': patched(pod('containers:\n  - name: ledgers\n    image: registry.shop.example/report:1.0.0\n')),
    'an init container with an image': patched(pod('initContainers:\n  - name: warm-up\n    image: registry.shop.example/warm-up:1.0.0\n')),
    'an init container of the base': patched(pod('initContainers:\n  - name: migrate\n    resources: {}\n')),
    'a sidecar in two patches': {
      ...patched(pod('containers:\n  - name: proxy\n    image: registry.shop.example/proxy:0.9.1\n')),
      'apps/ledger/overlays/prod/kustomization.yaml': kustomization(['../../base'], 'patches: [{ path: patch.yaml }, { path: more.yaml }]\n'),
      'apps/ledger/overlays/prod/more.yaml': pod('containers:\n  - name: proxy\n    imagePullPolicy: Always\n'),
    },
    'a container that is taken away': patched(pod('initContainers:\n  - name: migrate\n    $patch: delete\n')),
    'a base that lacks an image itself': patched('', deployment('ledger', 'imagePullPolicy: Always\n')),
    'an image stream, which brings the image': {
      ...patched(
        'apiVersion: apps.openshift.io/v1\nkind: DeploymentConfig\nmetadata:\n  name: ledger\nspec:\n  template:\n    spec:\n      containers:\n        - name: ledger\n',
        'apiVersion: apps.openshift.io/v1\nkind: DeploymentConfig\nmetadata:\n  name: ledger\nspec:\n  template:\n    spec: {}\n',
      ),
    },
    'a list of containers that makes no pods': patched(
      'apiVersion: shop.example/v1\nkind: Limits\nmetadata:\n  name: ledger\nspec:\n  containers:\n    - name: all\n      memory: 1Gi\n',
      'apiVersion: shop.example/v1\nkind: Limits\nmetadata:\n  name: ledger\nspec: {}\n',
    ),
    'a port of the base with a name': patched(deployment('ledger', 'ports:\n  - containerPort: 8080\n    name: http\n')),
    'another port': operated('Deployment', `${CONTAINERS}/0/ports/-`, '{ containerPort: 9090 }'),
    'UDP beside TCP on one port': operated('Deployment', `${CONTAINERS}/0/ports/-`, '{ containerPort: 8080, protocol: UDP }'),
    'UDP beside TCP on one port of a Service': operated('Service', '/spec/ports/-', '{ port: 53, protocol: UDP, name: dns }'),
    'the same port of another container': operated(
      'Deployment',
      `${CONTAINERS}/-`,
      '{ name: proxy, image: "registry.shop.example/proxy:0.9.1", ports: [{ containerPort: 8080 }] }',
    ),
    'a port that stands twice in the base, where no patch put it': patched(
      deployment('ledger', 'imagePullPolicy: Always\n'),
      deployment('ledger', `${CONTAINER}  - containerPort: 8080\n`),
    ),
    'a suppression with a reason': patched(
      pod('containers:\n  - name: proxy # gitops-lint-ignore phantom-list-item -- the mesh fills the image in\n    imagePullPolicy: Always\n'),
    ),
  },

  invalid: {
    'a slip of the pen': patched(pod('containers:\n  - name: leger # error: near\n    imagePullPolicy: Always\n')),
    'another case of letters': patched(pod('containers:\n  - name: Ledger # error: near\n    imagePullPolicy: Always\n')),
    'a slip in an init container': patched(pod('initContainers:\n  - name: migrat # error: near\n    resources: {}\n')),
    'a slip beside an image of another version': patched(pod('containers:\n  - name: legder # error: twin\n    image: registry.shop.example/ledger:3.2.5\n')),
    'a name that nothing comes near': patched(pod('containers:\n  - name: app # error: container\n    resources: {}\n')),
    'the wrong list': patched(pod('containers:\n  - name: migrate # error: list\n    resources: {}\n')),
    'a CronJob': patched(cronJob('- name: legder # error: near\n  resources: {}\n'), cronJob('- name: ledger\n  image: registry.shop.example/ledger:3.2.4\n')),
    'a kind whose lists are not merged but replaced': patched(
      'apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata:\n  name: ledger\nspec:\n  template:\n    spec:\n      containers:\n        - name: ledger # error: container\n          resources: {}\n',
      deployment('ledger', CONTAINER).replace('apps/v1', 'argoproj.io/v1alpha1').replace('Deployment', 'Rollout'),
    ),
    'an operation that adds a container': operated('Deployment', `${CONTAINERS}/-`, '{ name: proxy, resources: {} } # error: container'),
    'an inline patch': {
      ...patched(''),
      'apps/ledger/overlays/prod/kustomization.yaml': kustomization(
        ['../../base'],
        yaml`
          patches:
            - patch: |-
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: ledger
                spec:
                  template:
                    spec:
                      containers:
                        # error: near
                        - name: leger
                          imagePullPolicy: Always
        `,
      ),
    },
    'the old spelling of a patch': {
      ...patched(pod('containers:\n  - name: leger # error: near\n    imagePullPolicy: Always\n')),
      'apps/ledger/overlays/prod/kustomization.yaml': kustomization(['../../base'], 'patchesStrategicMerge: [patch.yaml]\n'),
    },
    'a port, with its protocol': operated('Deployment', `${CONTAINERS}/0/ports/-`, '{ name: http, containerPort: 8080, protocol: TCP } # error: port'),
    'a port, without its protocol': operated('Deployment', `${CONTAINERS}/0/ports/-`, '{ name: http, containerPort: 8080 } # error: port'),
    'a port of a Service': operated('Service', '/spec/ports/-', '{ name: dns, port: 53 } # error: port'),
    'a component': {
      ...patched(''),
      'apps/ledger/overlays/prod/kustomization.yaml': kustomization(['../../base'], 'components: [../../../../components/sized]\n'),
      'components/sized/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches: [{ path: patch.yaml }]\n',
      'components/sized/patch.yaml': pod('containers:\n  - name: leger # error: near\n    resources: {}\n'),
    },
    'lines that end as on Windows': patched(crlf(pod('containers:\n  - name: leger # error: near\n    imagePullPolicy: Always\n'))),
    'the second of two documents': patched(
      documents(
        'apiVersion: v1\nkind: Service\nmetadata:\n  name: ledger\nspec:\n  type: NodePort\n',
        pod('containers:\n  - name: leger # error: near\n    imagePullPolicy: Always\n'),
      ),
    ),
  },
});

describe('the findings of phantom-list-item', () => {
  const messages = async (tree: Tree) => (await lintTree(tree, [rule])).findings.map(({ message }) => message);

  it('say what is there', async () => {
    expect(await messages(patched(pod('containers:\n  - name: leger\n')))).toEqual(['The patch adds a container "leger" without an image; there is "ledger"']);
    expect(await messages(patched(pod('containers:\n  - name: migrate\n')))).toEqual([
      'The patch adds a container "migrate" without an image to containers; there is one in initContainers',
    ]);
  });

  it('are one for a component, with every variant that it reaches', async () => {
    const overlay = kustomization(['../../base'], 'components: [../../../../components/sized]\n');
    const { findings } = await lintTree(
      {
        ...patched(''),
        'apps/ledger/overlays/prod/kustomization.yaml': overlay,
        'apps/ledger/overlays/dev/kustomization.yaml': overlay,
        'components/sized/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches: [{ path: patch.yaml }]\n',
        'components/sized/patch.yaml': pod('containers:\n  - name: leger\n    resources: {}\n'),
      },
      [rule],
    );
    expect(findings.map(({ severity, variants }) => [severity, ...variants])).toEqual([['error', 'ledger@dev', 'ledger@prod']]);
  });
});
