import { describe, expect, it } from 'vitest';
import { documents, kustomization } from '../../rules/shop.ts';
import type { Tree } from '../../support/rule-tester.ts';
import { indented, layoutOf, manifest, overlays, surveyed, workload } from './layout.ts';

const URL = 'https://git.shop.example/platform/config.git';

/** An Application, its `source` and what else stands in its spec as lines. */
const application = (name: string, source: string, spec = '') =>
  manifest(
    'argoproj.io/v1alpha1',
    'Application',
    name,
    `  namespace: argocd\nspec:\n  project: default\n  source:\n    repoURL: ${URL}\n    targetRevision: HEAD\n${indented(source, 4)}${indented(spec, 2)}`,
  );
const inNamespace = (namespace: string) => `destination:\n  server: https://kubernetes.default.svc\n  namespace: ${namespace}\n`;

const TWO_APPS = ['checkout@production', 'checkout@staging', 'ledger@production', 'ledger@staging'];

describe('an app of apps', () => {
  const tree: Tree = {
    'root.yaml': application('root', 'path: argocd\ndirectory: { recurse: true }\n', inNamespace('argocd')),
    'argocd/staging/checkout.yaml': application('checkout-staging', 'path: apps/checkout/overlays/staging\n', inNamespace('shop')),
    'argocd/staging/ledger.yaml': application('ledger-staging', 'path: apps/ledger/overlays/staging\n', inNamespace('shop')),
    'argocd/production/checkout.yaml': application('checkout-production', 'path: apps/checkout/overlays/production\n', inNamespace('shop')),
    'argocd/production/ledger.yaml': application('ledger-production', 'path: apps/ledger/overlays/production\n', inNamespace('shop')),
    ...overlays('checkout', 'staging', 'production'),
    ...overlays('ledger', 'staging', 'production'),
  };

  it('deploys the overlays of each environment', async () => {
    const { environments, variants } = await layoutOf(tree);
    expect(environments).toEqual(['staging: staging', 'production: prod < staging']);
    expect(variants.filter((id) => id.startsWith('checkout') || id.startsWith('ledger'))).toEqual(TWO_APPS);
    const { repository } = await surveyed(tree);
    const deployed = repository.deployments.map(({ name, variants: made }) => `${name}: ${made.map(({ id }) => id).join()}`);
    expect(deployed).toEqual(
      expect.arrayContaining(['checkout-production: checkout@production', 'ledger-staging: ledger@staging', 'checkout-staging: checkout@staging']),
    );
  });

  it('that stands in one folder tells by the overlays that it names', async () => {
    const flat = {
      'argocd/apps.yaml': documents(
        ...['checkout', 'ledger'].flatMap((app) =>
          ['staging', 'production'].map((env) => application(`${app}-${env}`, `path: apps/${app}/overlays/${env}\n`, inNamespace(`${app}-${env}`))),
        ),
      ),
      ...overlays('checkout', 'staging', 'production'),
      ...overlays('ledger', 'staging', 'production'),
    };
    expect(await layoutOf(flat)).toEqual({
      environments: ['staging: staging', 'production: prod < staging'],
      variants: ['argocd', ...TWO_APPS],
    });
  });
});

describe('Applications for several installations in one folder', () => {
  it('each go to their own cluster, though all call it by one name', async () => {
    const inCluster = inNamespace('shop');
    const tree = {
      'argocd/checkout-staging.yaml': application('checkout-staging', 'path: apps/checkout/overlays/staging\n', inCluster),
      'argocd/checkout-production.yaml': application('checkout-production', 'path: apps/checkout/overlays/production\n', inCluster),
      ...overlays('checkout', 'staging', 'production'),
    };
    expect(await layoutOf(tree)).toEqual({
      environments: ['staging: staging', 'production: prod < staging'],
      variants: ['argocd', 'checkout@production', 'checkout@staging'],
    });
  });
});

describe('an app of apps with an overlay for each cluster', () => {
  /** Applications are written once, and each cluster turns their paths to its own overlays. */
  const cluster = (name: string, env: string): Tree => ({
    [`argocd/overlays/${name}/kustomization.yaml`]: kustomization(
      ['../../base'],
      `patches:
  - target: { kind: Application, name: checkout }
    patch: |
      - op: replace
        path: /spec/source/path
        value: apps/checkout/overlays/${env}
  - target: { kind: Application, name: ledger }
    patch: |
      - op: replace
        path: /spec/source/path
        value: apps/ledger/overlays/${env}
`,
    ),
  });
  const tree: Tree = {
    'argocd/base/kustomization.yaml': kustomization(['checkout.yaml', 'ledger.yaml']),
    'argocd/base/checkout.yaml': application('checkout', 'path: to-be-patched\n', inNamespace('shop')),
    'argocd/base/ledger.yaml': application('ledger', 'path: to-be-patched\n', inNamespace('shop')),
    ...cluster('staging', 'staging'),
    ...cluster('prod-oslo', 'production'),
    ...cluster('prod-lima', 'production'),
    ...overlays('checkout', 'staging', 'production'),
    ...overlays('ledger', 'staging', 'production'),
  };

  it('is followed as each overlay makes it', async () => {
    const { repository } = await surveyed(tree);
    expect(repository.deployments.map(({ name, holder, variants }) => `${holder.root} ${name}: ${variants.map(({ id }) => id).join()}`).sort()).toEqual([
      'argocd/overlays/prod-lima checkout: checkout@production',
      'argocd/overlays/prod-lima ledger: ledger@production',
      'argocd/overlays/prod-oslo checkout: checkout@production',
      'argocd/overlays/prod-oslo ledger: ledger@production',
      'argocd/overlays/staging checkout: checkout@staging',
      'argocd/overlays/staging ledger: ledger@staging',
    ]);
  });

  it('has clusters of production for what they are', async () => {
    expect(await layoutOf(tree)).toEqual({
      environments: ['staging: staging', 'prod-lima: prod < staging', 'prod-oslo: prod < staging', 'production: prod < staging'],
      variants: ['argocd@prod-lima', 'argocd@prod-oslo', 'argocd@staging', ...TWO_APPS],
    });
  });
});

describe('one base that the Applications of each cluster make their own', () => {
  const inCluster = (name: string, replicas: number): Tree => ({
    [`clusters/${name}/checkout.yaml`]: application(
      'checkout',
      `path: apps/checkout\nkustomize:\n  namePrefix: ${name}-\n  replicas: [{ name: checkout, count: ${replicas} }]\n`,
      inNamespace('shop'),
    ),
  });
  const tree = {
    ...inCluster('staging', 1),
    ...inCluster('production', 3),
    'apps/checkout/kustomization.yaml': kustomization(['checkout.yaml']),
    'apps/checkout/checkout.yaml': workload('checkout'),
  };

  it('is a variant in each of them', async () => {
    expect(await layoutOf(tree)).toEqual({
      environments: ['staging: staging', 'production: prod < staging'],
      variants: ['checkout@production', 'checkout@staging', 'clusters@production', 'clusters@staging'],
    });
    const { repository } = await surveyed(tree);
    const made = repository.variants.filter(({ app }) => app.name === 'checkout').map(({ resources }) => [...resources].map(({ manifest: made }) => made));
    expect(made).toMatchObject([
      [{ metadata: { name: 'staging-checkout' }, spec: { replicas: 1 } }],
      [{ metadata: { name: 'production-checkout' }, spec: { replicas: 3 } }],
    ]);
  });
});

describe('the source hydrator', () => {
  const hydrated = (env: string) =>
    manifest(
      'argoproj.io/v1alpha1',
      'Application',
      `checkout-${env}`,
      `  namespace: argocd
spec:
  project: default
  ${inNamespace('shop').replaceAll('\n', '\n  ').trimEnd()}
  sourceHydrator:
    drySource:
      repoURL: ${URL}
      path: apps/checkout/overlays/${env}
      targetRevision: HEAD
    syncSource:
      targetBranch: environments/${env}
      path: checkout
    hydrateTo:
      targetBranch: environments/${env}-next
`,
    );
  const tree = {
    'argocd/development.yaml': hydrated('development'),
    'argocd/staging.yaml': hydrated('staging'),
    'argocd/production.yaml': hydrated('production'),
    ...overlays('checkout', 'development', 'staging', 'production'),
  };

  it('deploys what its dry source becomes', async () => {
    expect(await layoutOf(tree)).toEqual({
      environments: ['development: dev', 'staging: staging < development', 'production: prod < staging'],
      variants: ['argocd', 'checkout@development', 'checkout@production', 'checkout@staging'],
    });
    const { repository } = await surveyed(tree);
    expect(repository.deployments.map(({ source, variants }) => `${source.whereabouts} ${variants.map(({ id }) => id).join()}`)).toEqual([
      'here checkout@development',
      'here checkout@production',
      'here checkout@staging',
    ]);
  });
});
