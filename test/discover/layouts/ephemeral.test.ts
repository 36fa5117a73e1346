import { describe, expect, it } from 'vitest';
import missingConfigKey from '../../../rules/missing-config-key/rule.ts';
import { configMap, kustomization } from '../../rules/shop.ts';
import { lintTree, type Tree } from '../../support/rule-tester.ts';
import { layoutOf, manifest, surveyed } from './layout.ts';

const URL = 'https://git.shop.example/platform/config.git';

/** A folder with settings of some keys. */
const settings = (folder: string, ...keys: readonly string[]): Tree => ({
  [`${folder}/kustomization.yaml`]: kustomization(['settings.yaml']),
  [`${folder}/settings.yaml`]: configMap('checkout', keys.map((key) => `${key}: "1"\n`).join('')),
});

async function missingIn(tree: Tree): Promise<string[]> {
  const { findings } = await lintTree(tree, [missingConfigKey]);
  return findings.map(({ message, variants }) => `${message} @ ${variants.join()}`);
}

const STABLE = { ...settings('checkout/overlays/staging', 'URL', 'TIMEOUT'), ...settings('checkout/overlays/prod', 'URL', 'TIMEOUT') };

describe('an environment that comes and goes', () => {
  it.each([
    ['a folder of a number', 'checkout/overlays/pr-12', 'pr-12'],
    ['a folder in one for previews', 'preview/pr-7/checkout', 'pr-7'],
    ['a folder of a branch', 'previews/feature-basket/checkout', 'feature-basket'],
    ['an environment of a review', 'checkout/overlays/review-basket', 'review-basket'],
  ])('is known, and not compared: %s', async (_, folder, name) => {
    const tree = { ...STABLE, ...settings(folder, 'URL') };
    const { environments } = await layoutOf(tree);
    expect(environments).toEqual(['staging: staging', 'prod: prod < staging', `${name}: ephemeral`]);
    expect(await missingIn(tree)).toEqual([]);
    // The same in an environment that stays.
    expect(await missingIn({ ...STABLE, ...settings('checkout/overlays/qa', 'URL') })).toEqual(['"TIMEOUT" is not set @ checkout@qa']);
  });

  it('has nothing that others lack, either', async () => {
    expect(await missingIn({ ...STABLE, ...settings('checkout/overlays/pr-12', 'URL', 'TIMEOUT', 'DEBUG') })).toEqual([]);
  });

  it('is made of a pull request, and is none of the others', async () => {
    const set = manifest(
      'argoproj.io/v1alpha1',
      'ApplicationSet',
      'previews',
      `  namespace: argocd
spec:
  goTemplate: true
  generators:
    - pullRequest:
        github: { owner: shop, repo: checkout }
        requeueAfterSeconds: 60
  template:
    metadata:
      name: 'checkout-pr-{{ .number }}'
    spec:
      source:
        repoURL: ${URL}
        targetRevision: HEAD
        path: checkout/overlays/staging
        kustomize:
          nameSuffix: '-pr-{{ .number }}'
      destination: { namespace: 'checkout-pr-{{ .number }}', server: https://kubernetes.default.svc }
`,
    );
    const tree = { ...STABLE, 'argocd/previews.yaml': set };
    expect(await layoutOf(tree)).toEqual({
      environments: ['staging: staging', 'prod: prod < staging'],
      variants: ['argocd', 'checkout@prod', 'checkout@staging'],
    });
    const { repository } = await surveyed(tree);
    expect(repository.deployments.map(({ name, variants }) => [name, variants.length])).toEqual([['checkout-pr-{{ .number }}', 0]]);
    expect(await missingIn(tree)).toEqual([]);
  });
});

describe('spellings of one environment', () => {
  it('are one, and compared as one', async () => {
    const tree = {
      ...settings('apps/checkout/overlays/staging', 'URL'),
      ...settings('apps/checkout/overlays/production', 'URL'),
      ...settings('apps/ledger/overlays/stg', 'URL', 'TIMEOUT'),
      ...settings('apps/ledger/overlays/prod', 'URL'),
      ...settings('apps/storefront/overlays/stage', 'URL'),
      ...settings('apps/storefront/overlays/production', 'URL'),
    };
    const { environments, variants } = await layoutOf(tree);
    expect(environments).toHaveLength(2);
    expect(new Set(variants.map((id) => id.split('@')[1])).size).toBe(2);
    expect(environments[1]).toMatch(/^production: prod < /);
    expect(await missingIn(tree)).toEqual(['"TIMEOUT" is not set @ ledger@production']);
  });

  it('are several where they stand side by side', async () => {
    const tree = {
      ...settings('clusters/prod/checkout', 'URL'),
      ...settings('clusters/production/checkout', 'URL'),
      ...settings('clusters/staging/checkout', 'URL'),
    };
    expect(await layoutOf(tree)).toEqual({
      environments: ['staging: staging', 'prod: prod < staging', 'production: prod < staging'],
      variants: ['checkout@prod', 'checkout@production', 'checkout@staging'],
    });
  });
});
