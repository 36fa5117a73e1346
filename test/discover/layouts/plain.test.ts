import { describe, expect, it } from 'vitest';
import { configMap, kustomization } from '../../rules/shop.ts';
import type { Tree } from '../../support/rule-tester.ts';
import { layoutOf, manifest, rootsIn, surveyed, workload } from './layout.ts';

const ENVS = ['dev', 'staging', 'production'];
const ORDER = ['dev: dev', 'staging: staging < dev', 'production: prod < staging'];
const plain = (path: (env: string) => string, content: (env: string) => string): Tree => Object.fromEntries(ENVS.map((env) => [path(env), content(env)]));

describe('plain manifests', () => {
  it('in a folder for each environment and app', async () => {
    const tree: Tree = {
      'README.md': 'The shop\n',
      ...plain(
        (env) => `environments/${env}/checkout/deployment.yaml`,
        () => workload('checkout'),
      ),
      ...plain(
        (env) => `environments/${env}/checkout/config/settings.yaml`,
        (env) => configMap('checkout', `STAGE: ${env}\n`),
      ),
      ...plain(
        (env) => `environments/${env}/ledger/deployment.yaml`,
        () => workload('ledger'),
      ),
    };
    expect(await layoutOf(tree)).toEqual({
      environments: ORDER,
      variants: ['checkout@dev', 'checkout@production', 'checkout@staging', 'ledger@dev', 'ledger@production', 'ledger@staging'],
    });
    const { repository } = await surveyed(tree);
    const [checkout] = repository.variants;
    expect([...(checkout?.resources ?? [])].map(({ id }) => id.kind)).toEqual(['ConfigMap', 'Deployment']);
  });

  it('in a folder of each app for each environment', async () => {
    const tree = {
      ...plain(
        (env) => `checkout/${env}/deployment.yaml`,
        () => workload('checkout'),
      ),
      ...plain(
        (env) => `ledger/${env}/deployment.yaml`,
        () => workload('ledger'),
      ),
    };
    expect(await layoutOf(tree)).toEqual({
      environments: ORDER,
      variants: ['checkout@dev', 'checkout@production', 'checkout@staging', 'ledger@dev', 'ledger@production', 'ledger@staging'],
    });
  });

  it('directly in the folder of each environment', async () => {
    const tree = plain(
      (env) => `manifests/${env}/checkout.yaml`,
      () => workload('checkout'),
    );
    expect(await layoutOf(tree)).toEqual({ environments: ORDER, variants: ['manifests@dev', 'manifests@production', 'manifests@staging'] });
  });
});

describe('two ways in one repository', () => {
  it('overlays for one app, and values files for another', async () => {
    const tree: Tree = {
      'apps/checkout/base/kustomization.yaml': kustomization(['deployment.yaml']),
      'apps/checkout/base/deployment.yaml': workload('checkout'),
      ...plain(
        (env) => `apps/checkout/overlays/${env}/kustomization.yaml`,
        () => kustomization(['../../base']),
      ),
      'apps/ledger/Chart.yaml': 'apiVersion: v2\nname: ledger\nversion: 1.0.0\n',
      'apps/ledger/values.yaml': 'replicas: 1\n',
      'apps/ledger/values-dev.yaml': 'replicas: 1\n',
      'apps/ledger/values-prod.yaml': 'replicas: 3\n',
    };
    const { environments, variants, leftOut, assumptions } = await layoutOf(tree);
    expect(environments).toEqual(ORDER);
    expect(variants).toEqual(['checkout@dev', 'checkout@production', 'checkout@staging', 'ledger@dev', 'ledger@production']);
    expect([leftOut, assumptions]).toEqual([undefined, undefined]);
  });

  it('folders, and Applications that name values in them', async () => {
    const application = (env: string) =>
      manifest(
        'argoproj.io/v1alpha1',
        'Application',
        `ledger-${env}`,
        `  namespace: argocd
spec:
  sources:
    - { repoURL: https://charts.shop.example, chart: ledger, targetRevision: 1.4.0, helm: { valueFiles: [$config/ledger/${env}/overrides.yaml] } }
    - { repoURL: https://git.shop.example/platform/config.git, targetRevision: HEAD, ref: config }
  destination: { namespace: shop, server: https://kubernetes.default.svc }
`,
      );
    const tree: Tree = {
      ...plain(
        (env) => `checkout/${env}/checkout.yaml`,
        () => workload('checkout'),
      ),
      ...plain(
        (env) => `argocd/${env}/ledger.yaml`,
        (env) => application(env),
      ),
      ...plain(
        (env) => `ledger/${env}/overrides.yaml`,
        () => 'replicas: 2\n',
      ),
    };
    const { environments, variants } = await layoutOf(tree);
    expect(environments).toEqual(ORDER);
    expect(variants).toEqual([
      'argocd@dev',
      'argocd@production',
      'argocd@staging',
      'checkout@dev',
      'checkout@production',
      'checkout@staging',
      'ledger@dev',
      'ledger@production',
      'ledger@staging',
    ]);
    const { repository } = await surveyed(tree);
    expect(rootsIn(repository)).toContain('ledger@production = ledger/production (ledger/production/overrides.yaml)');
  });
});

describe('a repository with one environment, or none', () => {
  it('has no order', async () => {
    const tree = { 'clusters/production/checkout/deployment.yaml': workload('checkout'), 'clusters/production/ledger/deployment.yaml': workload('ledger') };
    expect(await layoutOf(tree)).toEqual({ environments: ['production: prod'], variants: ['checkout@production', 'ledger@production'] });
  });

  it('is checked all the same', async () => {
    const tree = { 'deploy/checkout.yaml': workload('checkout'), 'deploy/ledger.yaml': workload('ledger') };
    expect(await layoutOf(tree)).toEqual({ environments: [], variants: ['deploy'] });
  });
});
