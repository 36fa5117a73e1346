import { describe, expect, it } from 'vitest';
import rule from '../../rules/unpinned-image/rule.ts';
import { lintTree, type Tree, testRule, yaml } from '../support/rule-tester.ts';
import { deployment, documents, kustomization } from './shop.ts';

const DIGEST = 'sha256:c07bacd6c52fdad13c774da92dfb95d3a01622c25c5a62e4f0f814f9bf4166e7';
const inProd = (image: string): Tree => ({ 'environments/prod/checkout.yaml': deployment('checkout', `image: ${image}\n`) });

/** An overlay of a base whose image has the tag `1.14.0`. */
const overlaid = (overlays: Readonly<Record<string, string>>): Tree => ({
  'apps/checkout/base/kustomization.yaml': kustomization(['deployment.yaml']),
  'apps/checkout/base/deployment.yaml': deployment('checkout', 'image: registry.shop.example/checkout:1.14.0\n'),
  ...Object.fromEntries(
    Object.entries(overlays).map(([name, images]) => [`apps/checkout/overlays/${name}/kustomization.yaml`, kustomization(['../../base'], images)]),
  ),
});
const PINNED = yaml`
  images:
    - name: registry.shop.example/checkout
      newTag: 1.14.2
      digest: sha256:c07bacd6c52fdad13c774da92dfb95d3a01622c25c5a62e4f0f814f9bf4166e7
`;

testRule(rule, {
  valid: {
    'a tag with its digest': inProd(`registry.shop.example/checkout:1.14.2@${DIGEST}`),
    'a digest alone': inProd(`registry.shop.example/checkout@${DIGEST}`),
    'a digest that the overlay sets': overlaid({ prod: PINNED }),
    'a digest that a component sets': {
      ...overlaid({ prod: 'components:\n  - ../../../../components/pins\n' }),
      'components/pins/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n${PINNED}`,
    },
    'a tag that moves, of which another rule speaks': inProd('registry.shop.example/checkout:latest'),
    'no tag, of which another rule speaks': inProd('registry.shop.example/checkout'),
    'text for a later step': inProd('"registry.shop.example/checkout:${TAG}"'),
    'environments before production': {
      'environments/dev/checkout.yaml': deployment('checkout', 'image: registry.shop.example/checkout:1.14.3\n'),
      'environments/staging/checkout.yaml': deployment('checkout', 'image: registry.shop.example/checkout:1.14.3\n'),
    },
    'an environment whose name only holds the word': {
      'environments/preprod/checkout.yaml': deployment('checkout', 'image: registry.shop.example/checkout:1.14.3\n'),
    },
    'nothing that tells the environment': { 'checkout/deployment.yaml': deployment('checkout', 'image: registry.shop.example/checkout:1.14.2\n') },
    'half a reference, which a controller completes': {
      'environments/prod/ledger.yaml': yaml`
        apiVersion: shop.example/v1
        kind: Ledger
        metadata:
          name: ledger
        spec:
          image: registry.shop.example/ledger
          tag: 3.2.4
      `,
    },
    'an override that matches nothing, of which another rule speaks': overlaid({
      'prod-eu': PINNED,
      'prod-us': PINNED.replace('/checkout', '/chekcout'),
    }),
    'a patch that is not there, of which another rule speaks': overlaid({ 'prod-eu': PINNED, 'prod-us': 'patches: [{ path: pin.yaml }]\n' }),
    'a base that production does not use': overlaid({ dev: '' }),
    'a suppression with a reason': inProd('shop/demo:1.2.3 # gitops-lint-ignore unpinned-image -- the mirror rewrites digests'),
  },

  invalid: {
    'a version without a digest': inProd('registry.shop.example/checkout:1.14.2 # error: unpinned'),
    'a major version without a digest': inProd('postgres:16-alpine # error: unpinned'),
    'a commit without a digest': inProd('registry.shop.example/checkout:9f1c2b7 # error: unpinned'),
    'a tag that the overlay sets': overlaid({
      prod: yaml`
        images:
          - name: registry.shop.example/checkout
            newTag: 1.14.2 # error: unpinned
      `,
    }),
    'a tag of the base that production inherits': {
      ...overlaid({ 'prod-eu': '', 'prod-us': '' }),
      'apps/checkout/base/deployment.yaml': deployment('checkout', 'image: registry.shop.example/checkout:1.14.0 # error: unpinned\n'),
    },
    'one region pins, the other forgot': overlaid({
      'prod-eu': PINNED,
      'prod-us': yaml`
        images:
          - name: registry.shop.example/checkout
            newTag: 1.14.2 # error: unpinned
      `,
    }),
    'init containers': {
      'environments/prod/checkout.yaml': deployment(
        'checkout',
        `image: registry.shop.example/checkout@${DIGEST}\n`,
        yaml`
          initContainers:
            - name: migrate
              image: registry.shop.example/migrate:4.0.1 # error: unpinned
        `,
      ),
    },
    'a custom resource': {
      'environments/prod/shop.yaml': documents(
        deployment('checkout', `image: registry.shop.example/checkout@${DIGEST}\n`),
        yaml`
          apiVersion: tekton.dev/v1
          kind: Task
          metadata:
            name: report
          spec:
            steps:
              - name: write
                image: registry.shop.example/report:1.0.4 # error: unpinned
        `,
      ),
    },
  },
});

describe('the findings of unpinned-image', () => {
  const severities = async (tree: Tree) => (await lintTree(tree, [rule])).findings.map(({ severity, variants }) => [severity, ...variants]);
  const tagged = 'images:\n  - name: registry.shop.example/checkout\n    newTag: 1.14.2\n';
  const strict = { '.gitopsrc': 'preset: strict\n' };

  it('are information for an app that pins nothing: it has chosen not to', async () => {
    expect(await severities(overlaid({ 'prod-eu': tagged, 'prod-us': tagged }))).toEqual([
      ['info', 'checkout@prod-eu'],
      ['info', 'checkout@prod-us'],
    ]);
  });

  it('are one for an image of the base, with the variants of production alone', async () => {
    expect(await severities(overlaid({ dev: '', 'prod-eu': '', 'prod-us': '' }))).toEqual([['info', 'checkout@prod-eu', 'checkout@prod-us']]);
  });

  it('are warnings where the app pins the image somewhere', async () => {
    expect(await severities(overlaid({ staging: PINNED, 'prod-eu': tagged }))).toEqual([['warning', 'checkout@prod-eu']]);
  });

  it('are warnings where the app pins another image', async () => {
    const sidecar = `initContainers:\n  - name: migrate\n    image: registry.shop.example/migrate@${DIGEST}\n`;
    const tree = { 'apps/checkout/overlays/prod/checkout.yaml': deployment('checkout', 'image: registry.shop.example/checkout:1.14.2\n', sidecar) };
    expect(await severities(tree)).toEqual([['warning', 'checkout@prod']]);
  });

  it('are errors under the preset strict, whatever the habit', async () => {
    expect(await severities({ ...overlaid({ prod: tagged }), ...strict })).toEqual([['error', 'checkout@prod']]);
  });

  it('are what the configuration says', async () => {
    const tree = { ...overlaid({ prod: tagged }), '.gitopsrc': 'rules: { unpinned-image: error }\n' };
    expect(await severities(tree)).toEqual([['error', 'checkout@prod']]);
  });

  it('do not depend on the habits of another app', async () => {
    const tree = {
      'apps/checkout/overlays/prod/checkout.yaml': deployment('checkout', 'image: registry.shop.example/checkout:1.14.2\n'),
      'apps/ledger/overlays/prod/ledger.yaml': deployment('ledger', `image: registry.shop.example/ledger@${DIGEST}\n`),
    };
    expect(await severities(tree)).toEqual([['info', 'checkout@prod']]);
  });
});
