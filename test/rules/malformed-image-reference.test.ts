import { describe, expect, it } from 'vitest';
import rule from '../../rules/malformed-image-reference/rule.ts';
import { lintTree, type Tree, testRule, yaml } from '../support/rule-tester.ts';
import { crlf, deployment, documents, kustomization, overlaysOf } from './shop.ts';

const HEX = 'c07bacd6c52fdad13c774da92dfb95d3a01622c25c5a62e4f0f814f9bf4166e7';
const inProd = (image: string): Tree => ({ 'environments/prod/checkout.yaml': deployment('checkout', `image: ${image}\n`) });

testRule(rule, {
  valid: {
    'a reference': inProd(`registry.shop.example:5000/checkout:1.14.2@sha256:${HEX}`),
    'a registry in capitals': inProd('Registry/checkout:1.14.2'),
    'a template': inProd('"{{ .Values.image }}"'),
    'a variable': inProd('registry.shop.example/checkout:${TAG}'),
    'a stand-in': inProd('IMAGE_OF_CHECKOUT'),
    'a tag that comes with the deployment': inProd('"registry.shop.example/checkout:"'),
    'an image that another tool builds': inProd('ko://shop.example/cmd/Checkout'),
    'nothing, which an image stream replaces': inProd('" "'),
    'a stand-in in a base that the overlay replaces': overlaysOf(deployment('checkout', 'image: Checkout\n'), {
      prod: yaml`
        images:
          - name: Checkout
            newName: registry.shop.example/checkout
            newTag: 1.14.2
      `,
    }),
    'the image of a custom resource, which may be a name of another kind': {
      'environments/prod/machine.yaml': yaml`
        apiVersion: shop.example/v1
        kind: Machine
        metadata:
          name: ledger
        spec:
          image: Canonical:UbuntuServer
      `,
    },
  },
  invalid: {
    'capital letters': inProd('registry.shop.example/Checkout:1.14.2 # error: malformed prod'),
    'the name of a branch as a tag': inProd('registry.shop.example/checkout:feature+login # error: malformed'),
    'a digest without its last letter': inProd(`registry.shop.example/checkout@sha256:${HEX.slice(0, -1)} # error: malformed`),
    'a tag where a digest belongs': inProd('registry.shop.example/checkout@1.14.2 # error: malformed'),
    'in dev as well': { 'environments/dev/checkout.yaml': deployment('checkout', 'image: registry.shop.example/Checkout:1 # error: malformed\n') },
    'lines that end as on Windows': { 'environments/prod/checkout.yaml': crlf(deployment('checkout', 'image: Checkout:1 # error: malformed\n')) },
    'init containers, in the second document': {
      'environments/prod/shop.yaml': documents(
        deployment('storefront', 'image: registry.shop.example/storefront:2.9.0\n'),
        deployment('checkout', 'image: shop/checkout:1\n', 'initContainers:\n  - name: migrate\n    image: shop/Migrate:1 # error: malformed\n'),
      ),
    },
    'the step of a Tekton task': {
      'environments/prod/report.yaml': yaml`
        apiVersion: tekton.dev/v1
        kind: Task
        metadata:
          name: report
        spec:
          steps:
            - name: write
              image: shop/Report:1 # error: malformed
      `,
    },
    'the digest of a custom resource': {
      'environments/prod/metrics.yaml': yaml`
        apiVersion: monitoring.coreos.com/v1
        kind: Prometheus
        metadata:
          name: shop
        spec:
          image: quay.io/prometheus/prometheus@sha256:c07bacd6 # error: malformed
      `,
    },
    'a digest that an overlay sets': overlaysOf(deployment('checkout', 'image: registry.shop.example/checkout\n'), {
      staging: `images:\n  - name: registry.shop.example/checkout\n    digest: sha256:${HEX}\n`,
      prod: `images:\n  - name: registry.shop.example/checkout\n    digest: sha256:${HEX}0 # error: malformed prod\n`,
    }),
    'a base, once for all overlays': {
      'apps/checkout/base/kustomization.yaml': kustomization(['app.yaml']),
      'apps/checkout/base/app.yaml': deployment('checkout', 'image: shop/Checkout:1 # error: malformed dev,prod\n'),
      'apps/checkout/overlays/dev/kustomization.yaml': kustomization(['../../base']),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['../../base']),
    },
  },
});

describe('malformed-image-reference', () => {
  it('points at the part that is wrong, and counts digits', async () => {
    const { findings } = await lintTree(inProd(`registry.shop.example/checkout:1.14.2@sha256:${HEX.slice(0, -1)}`), [rule]);
    const [{ message, location } = { message: '', location: undefined }] = findings;
    expect(message).toBe('Image "registry.shop.example/checkout:1.14.2" cannot be pulled: its digest has 63 digits, and sha256 makes 64');
    expect(location?.file.text.slice(location.span.start, location.span.end)).toBe(`sha256:${HEX.slice(0, -1)}`);
  });
});
