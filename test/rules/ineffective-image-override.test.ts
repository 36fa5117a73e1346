import { describe, expect, it } from 'vitest';
import rule from '../../rules/ineffective-image-override/rule.ts';
import { lintTree, type Tree, testRule, yaml } from '../support/rule-tester.ts';
import { crlf, deployment, documents, kustomization, overlaysOf } from './shop.ts';

const IMAGE = 'registry.shop.example/checkout';
const APP = deployment('checkout', `image: ${IMAGE}:1.14.0\n`);

/** Overlays of one base, which holds the Deployment `checkout`; each goes on with the given lines. */
const overlaid = (overlays: Readonly<Record<string, string>>, app = APP, base = ''): Tree => overlaysOf(app, overlays, base);
const prod = (more: string, app = APP): Tree => overlaid({ prod: more }, app);
const override = (name: string, mark = ''): string => `images:\n  - name: ${name}${mark && ` # error: ${mark}`}\n    newTag: 1.14.2\n`;

/** A patch that adds a container beside the one of the base. */
const PROXY = `patches:\n  - path: proxy.yaml\n`;
const proxy = (folder: string): Tree => ({
  [`${folder}/proxy.yaml`]: deployment('checkout', '').replace('- name: checkout', '- name: proxy\n          image: registry.shop.example/proxy:0.9.1'),
});
const component = (text: string): Tree => ({
  'components/proxied/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n${text}`,
});
const PROXIED = 'components: [../../../../components/proxied]\n';

const TEMPLATE = yaml`
  apiVersion: v1
  kind: ConfigMap
  metadata:
    name: sidecar-injector
  data:
    template: |
      initContainers:
        - name: wait
          image: registry.shop.example/wait:1.28
`;
const STORAGE = yaml`
  apiVersion: shop.example/v1
  kind: StorageClass
  metadata:
    name: receipts
  spec:
    container:
      image: registry.shop.example/receipts:3.1.0
`;

testRule(rule, {
  valid: {
    'an image that is there': prod(override(IMAGE)),
    'an image with a tag in the name': prod(override(`${IMAGE}:1.14.0`)),
    'an image of an init container': prod(
      override('registry.shop.example/migrate'),
      deployment(
        'checkout',
        `image: ${IMAGE}:1.14.0\n`,
        yaml`
          initContainers:
            - name: migrate
              image: registry.shop.example/migrate:1.14.0
        `,
      ),
    ),
    'an image of a custom resource with containers': prod(
      override('registry.shop.example/receipts'),
      STORAGE.replace('container:', 'containers:').replace('  image', '  - image'),
    ),
    'an image by a pattern': prod(override('registry.shop.example/.*')),
    'an image with a digest': prod(override(IMAGE), APP.replace(':1.14.0', `@sha256:${'0'.repeat(64)}`)),
    'a new name, and an entry for that name': prod(
      yaml`
        images:
          - name: registry.shop.example/checkout
            newName: mirror.shop.example/checkout
          - name: mirror.shop.example/checkout
            newTag: 1.14.2
      `,
    ),
    'an entry that only repeats what is there': prod(`images:\n  - name: ${IMAGE}\n    newTag: 1.14.0\n`),
    'an image that a patch of the same folder adds': { ...prod(PROXY + override('registry.shop.example/proxy')), ...proxy('apps/checkout/overlays/prod') },
    'an image that a component adds': {
      ...prod(PROXIED + override('registry.shop.example/proxy')),
      ...component(PROXY),
      ...proxy('components/proxied'),
    },
    'a shared entry that matches in one of several overlays': {
      ...overlaid({ dev: PROXIED, prod: PROXY + PROXIED }),
      ...proxy('apps/checkout/overlays/prod'),
      'apps/ledger/overlays/prod/kustomization.yaml': kustomization(['app.yaml'], PROXIED),
      'apps/ledger/overlays/prod/app.yaml': deployment('ledger', 'image: registry.shop.example/proxy:0.9.1\n'),
      ...component(override('registry.shop.example/proxy')),
    },
    'a remote base may run the image': {
      ...prod(''),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(
        ['../../base', 'https://github.com/shop/ledger//config?ref=v3.2.4'],
        override('registry.shop.example/ledger'),
      ),
    },
    'a chart may run the image': prod(
      `helmCharts:\n  - { name: ledger, repo: https://charts.shop.example, version: 3.2.4 }\n${override('registry.shop.example/ledger')}`,
    ),
    'a file that is not there may run the image': {
      ...prod(''),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['../../base', 'ledger.yaml'], override('registry.shop.example/ledger')),
    },
    'a component that nothing uses': { ...prod(''), ...component(override('registry.shop.example/proxy')) },
    'patches that match nothing, of which another rule speaks': prod('patches: [{ target: { kind: Job }, patch: "[{ op: remove, path: /spec }]" }]\n'),
    'a suppression with a reason': prod(
      'images:\n  - name: registry.shop.example/proxy # gitops-lint-ignore ineffective-image-override -- the sidecar arrives next week\n    newTag: 0.9.1\n',
    ),
  },

  invalid: {
    'nothing that comes near': prod(override('registry.shop.example/ledger', 'unmatched')),
    'a slip of the pen': prod(override('registry.shop.example/chekout', 'near')),
    'another registry': prod(override('checkout', 'near')),
    'another tag in the name': prod(override(`${IMAGE}:1.13.0`, 'near')),
    'the name of the container, not of its image': prod(override('checkout', 'near'), APP.replace('- name: checkout', '- name: app')),
    'an image that an entry before it renamed': prod(
      yaml`
        images:
          - name: registry.shop.example/checkout
            newName: mirror.shop.example/checkout
          - name: registry.shop.example/checkout # error: near
            newTag: 1.14.2
      `,
    ),
    'an image that an entry after it names so': prod(
      yaml`
        images:
          - name: mirror.shop.example/checkout # error: later
            newTag: 1.14.2
          - name: registry.shop.example/checkout
            newName: mirror.shop.example/checkout
      `,
    ),
    'an entry of a base, for a container that its overlay adds': {
      ...overlaid({ prod: PROXY }, APP, override('registry.shop.example/proxy', 'later')),
      ...proxy('apps/checkout/overlays/prod'),
    },
    'an entry of a base, for a container that one of its overlays adds': {
      ...overlaid({ dev: '', prod: PROXY }, APP, override('registry.shop.example/proxy', 'later')),
      ...proxy('apps/checkout/overlays/prod'),
    },
    'an image within the data of a ConfigMap': prod(override('registry.shop.example/wait', 'unreachable'), documents(APP, TEMPLATE)),
    'a short image within the data of a ConfigMap': prod(
      override('busybox', 'unreachable'),
      documents(APP, TEMPLATE.replace('registry.shop.example/wait', 'busybox')),
    ),
    'a short image without a tag within the data of a ConfigMap': prod(
      override('busybox', 'unreachable'),
      documents(APP, TEMPLATE.replace('registry.shop.example/wait:1.28', '"busybox"')),
    ),
    'a word of a ConfigMap that is no image': prod(
      override('wait', 'unmatched'),
      documents(APP, TEMPLATE.replace('registry.shop.example/wait:1.28', 'mirror.shop.example/pause:3.9')),
    ),
    'an image of a field that overrides do not know': prod(override('registry.shop.example/receipts', 'unreachable'), documents(APP, STORAGE)),
    'an image in the values of a chart': prod(
      override('registry.shop.example/ledger', 'unreachable'),
      documents(
        APP,
        yaml`
          apiVersion: helm.toolkit.fluxcd.io/v2
          kind: HelmRelease
          metadata:
            name: ledger
          spec:
            values:
              args: [--image=registry.shop.example/ledger:3.2.4]
        `,
      ),
    ),
    'an image of a debug container': prod(
      override('registry.shop.example/debug', 'unreachable'),
      documents(
        APP,
        'apiVersion: v1\nkind: Pod\nmetadata: { name: debug }\nspec:\n  ephemeralContainers: [{ name: debug, image: registry.shop.example/debug:1.0.0 }]\n',
      ),
    ),
    'one of several entries': prod(
      yaml`
        images:
          - name: registry.shop.example/checkout
            newTag: 1.14.2
          - name: registry.shop.example/ledger # error: unmatched
            newTag: 3.2.5
      `,
    ),
    'the oldest name of the field': prod(override('registry.shop.example/chekout', 'near').replace('images', 'imageTags')),
    'a shared entry that matches nowhere': {
      ...overlaid({ dev: PROXIED, prod: PROXIED }),
      ...component(override('registry.shop.example/proxy', 'unmatched')),
    },
    'a name that is no pattern': prod(override('"registry.shop.example/checkout("', 'near')),
    'an entry without a name': prod('images:\n  - newTag: 1.14.2 # error: unmatched\n'),
    'lines that end as on Windows': prod(crlf(override('registry.shop.example/chekout', 'near'))),
  },
});

describe('the findings of ineffective-image-override', () => {
  const messages = async (tree: Tree) => (await lintTree(tree, [rule])).findings.map(({ message }) => message);

  it('say what is there instead', async () => {
    expect(await messages(prod(override('checkout')))).toEqual([
      'The override of image "checkout" matches no image; there is "registry.shop.example/checkout"',
    ]);
  });

  it('say where the image stands, when overrides do not reach it there', async () => {
    expect(await messages(prod(override('registry.shop.example/wait'), documents(APP, TEMPLATE)))).toEqual([
      'The override of image "registry.shop.example/wait" matches no image; ConfigMap/sidecar-injector has it where overrides do not reach',
    ]);
  });

  it('say what has the image too late', async () => {
    const tree = { ...overlaid({ prod: PROXY }, APP, override('registry.shop.example/proxy')), ...proxy('apps/checkout/overlays/prod') };
    expect(await messages(tree)).toEqual([
      'The override of image "registry.shop.example/proxy" matches no image; Deployment/checkout gets it only in a later step of the build',
    ]);
  });

  it('are one for a base, in every variant that it reaches', async () => {
    const { findings } = await lintTree(overlaid({ dev: '', prod: '' }, APP, override('registry.shop.example/ledger')), [rule]);
    expect(findings.map(({ severity, variants }) => [severity, ...variants])).toEqual([['error', 'checkout@dev', 'checkout@prod']]);
  });
});
