import { describe, expect, it } from 'vitest';
import rule from '../../rules/mutable-image-tag/rule.ts';
import { lintTree, type Tree, testRule, yaml } from '../support/rule-tester.ts';
import { configMap, crlf, deployment, documents, kustomization } from './shop.ts';

/** One image, alone in production. */
const inProd = (image: string): Tree => ({ 'environments/prod/checkout.yaml': deployment('checkout', `image: ${image}\n`) });
const DIGEST = 'sha256:c07bacd6c52fdad13c774da92dfb95d3a01622c25c5a62e4f0f814f9bf4166e7';

const base: Tree = {
  'apps/checkout/base/kustomization.yaml': kustomization(['deployment.yaml']),
  'apps/checkout/base/deployment.yaml': deployment('checkout', 'image: registry.shop.example/checkout:set-by-overlay\n'),
};

testRule(rule, {
  valid: {
    'a full version': inProd('registry.shop.example/checkout:1.14.2'),
    'a full version with a variant': inProd('nginx:1.27.3-alpine'),
    'a version of two parts, which many projects release': inProd('postgres:16.4'),
    'a release candidate of a full version': inProd('registry.shop.example/checkout:1.15.0-rc.1'),
    'a commit': inProd('registry.shop.example/checkout:9f1c2b7'),
    'a whole commit': inProd('registry.shop.example/checkout:3f786850e387550fdab836ed7e6dc881de23001b'),
    'a branch with its commit': inProd('registry.shop.example/checkout:main-9f1c2b7'),
    'a date': inProd('registry.shop.example/checkout:20260714'),
    'a build number': inProd('registry.shop.example/checkout:build-4711'),
    'a build number alone': inProd('registry.shop.example/checkout:4711'),
    'a release that is counted': inProd('registry.shop.example/checkout:v81'),
    'a word within another word': inProd('registry.shop.example/checkout:devonshire'),
    'a tag that moves, held by a digest': inProd(`registry.shop.example/checkout:latest@${DIGEST}`),
    'a digest alone': inProd(`registry.shop.example/checkout@${DIGEST}`),
    'a port, which is no tag': inProd('localhost:5000/checkout:1.14.2'),
    'text for a later step': inProd('"registry.shop.example/checkout:${TAG}"'),
    'the registry of the cluster, where an image stream decides': inProd('image-registry.openshift-image-registry.svc:5000/shop/checkout:latest'),
    'latest in dev': { 'environments/dev/checkout.yaml': deployment('checkout', 'image: registry.shop.example/checkout:latest\n') },
    'latest on a laptop': {
      'apps/checkout/overlays/kind/kustomization.yaml': kustomization(['deployment.yaml']),
      'apps/checkout/overlays/kind/deployment.yaml': deployment('checkout', 'image: registry.shop.example/checkout:latest\n'),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['deployment.yaml']),
      'apps/checkout/overlays/prod/deployment.yaml': deployment('checkout', 'image: registry.shop.example/checkout:1.14.2\n'),
    },
    'latest in a preview': {
      'environments/prod/checkout.yaml': deployment('checkout', 'image: registry.shop.example/checkout:1.14.2\n'),
      'environments/pr-123/checkout.yaml': deployment('checkout', 'image: registry.shop.example/checkout:latest\n'),
    },
    'a placeholder in the base that the overlay replaces': {
      ...base,
      'apps/checkout/base/deployment.yaml': deployment('checkout', 'image: registry.shop.example/checkout:latest\n'),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(
        ['../../base'],
        yaml`
          images:
            - name: registry.shop.example/checkout
              newTag: 1.14.2
        `,
      ),
    },
    'half a reference, which a controller completes': {
      'environments/prod/driver.yaml': yaml`
        apiVersion: nvidia.com/v1
        kind: ClusterPolicy
        metadata:
          name: cluster-policy
        spec:
          driver:
            repository: nvcr.io/nvidia
            image: driver
            version: 550.90.07
      `,
    },
    'values of a release, half of which comes from a later step': {
      'environments/prod/checkout.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: checkout
spec:
  values:
    image: \${REGISTRY}/checkout
    tag: 1.14.2
`,
    },
    'an ApplicationSet, whose template is filled in later': {
      'environments/prod/apps.yaml': yaml`
        apiVersion: argoproj.io/v1alpha1
        kind: ApplicationSet
        metadata:
          name: shop
        spec:
          template:
            metadata:
              name: "{{name}}"
            spec:
              source:
                helm:
                  valuesObject:
                    image: "registry.shop.example/{{name}}:latest"
      `,
    },
    'the word image in a schema or in settings': {
      'environments/prod/definition.yaml': documents(
        yaml`
          apiVersion: apiextensions.k8s.io/v1
          kind: CustomResourceDefinition
          metadata:
            name: baskets.shop.example
          spec:
            image: shop/basket:latest
        `,
        configMap('checkout', 'image: shop/basket:latest\n'),
      ),
    },
    'a picture, which is no image': {
      'environments/prod/banner.yaml': yaml`
        apiVersion: shop.example/v1
        kind: Banner
        metadata:
          name: summer
        spec:
          image: https://cdn.shop.example/summer:latest
      `,
    },
    'a repository that an image policy watches': {
      'environments/prod/images.yaml': yaml`
        apiVersion: image.toolkit.fluxcd.io/v1
        kind: ImageRepository
        metadata:
          name: checkout
        spec:
          image: registry.shop.example/checkout:latest
      `,
    },
    'the operating system of a machine': {
      'environments/prod/machine.yaml': yaml`
        apiVersion: shop.example/v1
        kind: Machine
        metadata:
          name: ledger
        spec:
          image: projects/debian-cloud/global/images/family/debian-12
      `,
    },
    'a configuration that allows it for an app': {
      '.gitopsrc': yaml`
        overrides:
          - { apps: [checkout], rules: { mutable-image-tag: "off" } }
      `,
      'environments/prod/checkout/checkout.yaml': deployment('checkout', 'image: registry.shop.example/checkout:latest\n'),
      'environments/dev/checkout/checkout.yaml': deployment('checkout', 'image: registry.shop.example/checkout:latest\n'),
    },
    'a suppression with a reason': inProd('shop/demo:latest # gitops-lint-ignore mutable-image-tag -- a demo, redeployed every night'),
    'a Component that no overlay uses': {
      'components/debug/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n${kustomization(['debug.yaml'])}`,
      'components/debug/debug.yaml': deployment('debug', 'image: busybox:latest\n'),
    },
  },

  invalid: {
    latest: inProd('registry.shop.example/checkout:latest # error: mutable'),
    'a branch': inProd('registry.shop.example/checkout:main # error: mutable'),
    'the name of an environment': inProd('registry.shop.example/checkout:production # error: mutable'),
    'a channel with something behind it': inProd('registry.shop.example/checkout:latest-alpine # error: mutable'),
    'a channel in one of its makes': inProd('nginx:stable-alpine # error: mutable'),
    'a pull request': inProd('registry.shop.example/checkout:pr-481 # error: mutable'),
    'a snapshot of a version': inProd('registry.shop.example/checkout:1.15.0-SNAPSHOT # error: mutable'),
    'in quotes': inProd('"registry.shop.example/checkout:latest" # error: mutable'),
    'a major version': inProd('postgres:16-alpine # error: floating'),
    'a major version with a letter': inProd('traefik:v3 # error: floating'),
    'no tag': inProd('registry.shop.example/checkout # error: untagged'),
    'no tag behind a port': inProd('registry.shop.example:5000/checkout # error: untagged'),
    'no tag, and nothing but a word': inProd('busybox # error: untagged'),
    'lines that end as on Windows': {
      'environments/prod/checkout.yaml': crlf(deployment('checkout', 'image: registry.shop.example/checkout:latest # error: mutable\n')),
    },
    'the second document of a file': {
      'environments/prod/shop.yaml': documents(
        deployment('storefront', 'image: registry.shop.example/storefront:2.9.0\n'),
        deployment('checkout', 'image: registry.shop.example/checkout:latest # error: mutable\n'),
      ),
    },
    'an item of a List': {
      'environments/prod/shop.yaml': yaml`
        apiVersion: v1
        kind: List
        items:
          - apiVersion: v1
            kind: Pod
            metadata:
              name: ledger
            spec:
              containers:
                - name: ledger
                  image: registry.shop.example/ledger:latest # error: mutable
      `,
    },
    'init and ephemeral containers': {
      'environments/prod/checkout.yaml': deployment(
        'checkout',
        'image: registry.shop.example/checkout:1.14.2\n',
        yaml`
          initContainers:
            - name: migrate
              image: registry.shop.example/migrate:edge # error: mutable
          ephemeralContainers:
            - name: debug
              image: busybox # error: untagged
        `,
      ),
    },
    'a CronJob': {
      'environments/prod/closing.yaml': yaml`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: closing
        spec:
          jobTemplate:
            spec:
              template:
                spec:
                  containers:
                    - name: closing
                      image: registry.shop.example/ledger:nightly # error: mutable
      `,
    },
    'a Job that the cluster names': {
      'environments/prod/closing.yaml': yaml`
        apiVersion: batch/v1
        kind: Job
        metadata:
          generateName: closing-
        spec:
          template:
            spec:
              containers:
                - name: closing
                  image: registry.shop.example/ledger:latest # error: mutable
      `,
    },
    'the steps of a Tekton task': {
      'environments/prod/report.yaml': yaml`
        apiVersion: tekton.dev/v1
        kind: Task
        metadata:
          name: report
        spec:
          steps:
            - name: write
              image: registry.shop.example/report:latest # error: mutable
      `,
    },
    'a custom resource': {
      'environments/prod/metrics.yaml': yaml`
        apiVersion: monitoring.coreos.com/v1
        kind: Prometheus
        metadata:
          name: shop
        spec:
          image: quay.io/prometheus/prometheus:main # error: mutable
      `,
    },
    'a tag that the overlay sets': {
      ...base,
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(
        ['../../base'],
        yaml`
          images:
            - name: registry.shop.example/checkout
              newTag: latest # error: mutable
        `,
      ),
    },
    'a tag in the base that one overlay forgot to replace': {
      'apps/checkout/base/kustomization.yaml': kustomization(['deployment.yaml']),
      'apps/checkout/base/deployment.yaml': deployment('checkout', 'image: registry.shop.example/checkout:latest # error: mutable\n'),
      'apps/checkout/overlays/prod-eu/kustomization.yaml': kustomization(['../../base']),
      'apps/checkout/overlays/prod-us/kustomization.yaml': kustomization(
        ['../../base'],
        yaml`
          images:
            - name: registry.shop.example/checkout
              newTag: 1.14.2
        `,
      ),
    },
    'an entry of images that names the placeholder with its tag': {
      'apps/checkout/base/kustomization.yaml': kustomization(['deployment.yaml']),
      'apps/checkout/base/deployment.yaml': deployment('checkout', 'image: checkout:latest\n'),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(
        ['../../base'],
        yaml`
          images:
            - name: checkout:latest
              newName: registry.shop.example/checkout
              newTag: stable # error: mutable
        `,
      ),
    },
    'a suppression without a reason': inProd('shop/demo:latest # error: mutable # gitops-lint-ignore mutable-image-tag'),
  },
});

describe('the findings of mutable-image-tag', () => {
  const everywhere = (image: string): Tree => ({
    'apps/checkout/base/kustomization.yaml': kustomization(['deployment.yaml']),
    'apps/checkout/base/deployment.yaml': deployment('checkout', `image: ${image}\n`),
    'apps/checkout/overlays/dev/kustomization.yaml': kustomization(['../../base']),
    'apps/checkout/overlays/staging/kustomization.yaml': kustomization(['../../base']),
    'apps/checkout/overlays/prod-eu/kustomization.yaml': kustomization(['../../base']),
    'apps/checkout/overlays/prod-us/kustomization.yaml': kustomization(['../../base']),
  });

  it('are one for a mistake in a base, with every variant for which it counts', async () => {
    const { findings } = await lintTree(everywhere('shop/checkout:latest'), [rule]);
    expect(findings).toMatchObject([
      {
        severity: 'error',
        app: 'checkout',
        variants: ['checkout@staging', 'checkout@prod-eu', 'checkout@prod-us'],
        resource: 'Deployment/checkout',
        path: 'spec.template.spec.containers[name=checkout].image',
      },
    ]);
  });

  it('point at the tag, not at the image', async () => {
    const { findings } = await lintTree(everywhere('"registry.shop.example:5000/checkout:latest"'), [rule]);
    const { file, span } = findings[0]?.location ?? expect.fail();
    expect(file.text.slice(span.start, span.end)).toBe('latest');
  });

  it('keep their fingerprint when the tag changes', async () => {
    const [first, second] = await Promise.all(['latest', 'main'].map(async (tag) => (await lintTree(everywhere(`shop/checkout:${tag}`), [rule])).findings));
    expect(first?.[0]?.fingerprint).toBe(second?.[0]?.fingerprint);
  });

  it.each([
    ['prod', 'latest', 'error'],
    ['staging', 'latest', 'warning'],
    ['uat', 'latest', 'warning'],
    ['qa', 'latest', 'info'],
    ['prod', '16-alpine', 'warning'],
    ['staging', '16-alpine', 'info'],
  ])('weigh less the further from production: %s, %s', async (environment, tag, severity) => {
    const { findings } = await lintTree({ [`environments/${environment}/checkout.yaml`]: deployment('checkout', `image: shop/checkout:${tag}\n`) }, [rule]);
    expect(findings.map((finding) => finding.severity)).toEqual([severity]);
  });

  it.each(['qa', 'dev'])('a major version alone is nothing in %s', async (environment) => {
    const { findings } = await lintTree({ [`environments/${environment}/checkout.yaml`]: deployment('checkout', 'image: postgres:16\n') }, [rule]);
    expect(findings).toEqual([]);
  });

  it('are warnings where nothing tells the environment', async () => {
    const { findings } = await lintTree({ 'checkout/deployment.yaml': deployment('checkout', 'image: shop/checkout:latest\n') }, [rule]);
    expect(findings).toMatchObject([{ severity: 'warning', message: 'Tag "latest" of image "shop/checkout" can point to another image tomorrow' }]);
  });
});
