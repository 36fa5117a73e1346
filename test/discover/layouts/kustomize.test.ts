import { describe, expect, it } from 'vitest';
import { kustomization } from '../../rules/shop.ts';
import type { Tree } from '../../support/rule-tester.ts';
import { base, layoutOf, manifest, surveyed } from './layout.ts';

const component = (more: string) => `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n${more}`;

/** A kustomization in each of the folders, all of the same app. */
const folders = (paths: readonly string[], content: (path: string) => string): Tree =>
  Object.fromEntries(paths.map((path) => [`${path}/kustomization.yaml`, content(path)]));

describe('base, variants and envs', () => {
  const ENVS: Readonly<Record<string, readonly string[]>> = {
    'integration-gpu': ['non-prod'],
    'integration-non-gpu': ['non-prod'],
    'load-gpu': ['non-prod'],
    'load-non-gpu': ['non-prod'],
    'prod-asia': ['prod', 'asia'],
    'prod-eu': ['prod', 'eu'],
    'prod-us': ['prod', 'us'],
    qa: ['non-prod'],
    'staging-asia': ['non-prod', 'asia'],
    'staging-eu': ['non-prod', 'eu'],
    'staging-us': ['non-prod', 'us'],
  };
  const tree: Tree = {
    ...base('base', 'checkout'),
    ...Object.fromEntries(
      ['prod', 'non-prod', 'asia', 'eu', 'us'].flatMap((name) => [
        [`variants/${name}/kustomization.yaml`, component(`patches:\n  - path: ${name}.yaml\n`)],
        [`variants/${name}/${name}.yaml`, `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: checkout, annotations: { variant-${name}: "yes" } }\n`],
      ]),
    ),
    ...Object.fromEntries(
      Object.entries(ENVS).flatMap(([env, variants]) => [
        [
          `envs/${env}/kustomization.yaml`,
          kustomization(
            ['../../base'],
            `components:\n${variants.map((name) => `  - ../../variants/${name}\n`).join('')}patches:\n  - path: version.yml\n  - path: replicas.yml\n`,
          ),
        ],
        [`envs/${env}/version.yml`, 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: checkout, labels: { version: "1" } }\n'],
        [`envs/${env}/replicas.yml`, 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: checkout }\nspec: { replicas: 2 }\n'],
      ]),
    ),
  };

  it('has eleven environments on four steps, and no Component is one', async () => {
    expect(await layoutOf(tree)).toEqual({
      environments: [
        'integration-gpu: int',
        'integration-non-gpu: int',
        'qa: test < integration-gpu, integration-non-gpu',
        'load-gpu: test < integration-gpu',
        'load-non-gpu: test < integration-non-gpu',
        'staging-asia: staging < qa',
        'staging-eu: staging < qa',
        'staging-us: staging < qa',
        'prod-asia: prod < staging-asia',
        'prod-eu: prod < staging-eu',
        'prod-us: prod < staging-us',
      ],
      variants: [
        'envs@integration-gpu',
        'envs@integration-non-gpu',
        'envs@load-gpu',
        'envs@load-non-gpu',
        'envs@prod-asia region=asia',
        'envs@prod-eu region=eu',
        'envs@prod-us region=us',
        'envs@qa',
        'envs@staging-asia region=asia',
        'envs@staging-eu region=eu',
        'envs@staging-us region=us',
      ],
    });
  });
});

describe('components, environments and clusters', () => {
  const tree: Tree = {
    'bootstrap/base/kustomization.yaml': kustomization(['argocd.yaml']),
    'bootstrap/base/argocd.yaml': manifest('v1', 'Namespace', 'openshift-gitops'),
    ...folders(['bootstrap/overlays/default'], () => kustomization(['../../base'])),
    ...base('components/apps/checkout/base', 'checkout'),
    ...base('components/apps/ledger/base', 'ledger'),
    ...folders(['components/apps/checkout/overlays/with-cache'], () => kustomization(['../../base'], 'namePrefix: cached-\n')),
    'environments/base/kustomization.yaml': kustomization(['../../components/apps/checkout/overlays/with-cache', '../../components/apps/ledger/base']),
    ...folders(['environments/overlays/dev', 'environments/overlays/test', 'environments/overlays/prod'], (path) =>
      kustomization(['../../base'], `namespace: shop-${path.split('/')[2]}\n`),
    ),
    ...folders(['clusters/overlays/oslo'], () => kustomization(['../../../environments/overlays/dev', '../../../environments/overlays/test'])),
    ...folders(['clusters/overlays/lima'], () => kustomization(['../../../environments/overlays/prod'])),
  };

  it('has its environments in the folder of that name', async () => {
    const { environments, variants: _, ...others } = await layoutOf(tree);
    expect(environments).toEqual(['dev: dev', 'test: test < dev', 'prod: prod < test']);
    expect(others).toEqual({});
  });

  it('deploys environments and clusters, and nothing that they build upon', async () => {
    const { repository } = await surveyed(tree);
    expect(repository.variants.map(({ environment, root }) => `${root} ${environment.name}`.trim()).sort()).toEqual([
      'bootstrap/overlays/default',
      'clusters/overlays/lima',
      'clusters/overlays/oslo',
      'environments/overlays/dev dev',
      'environments/overlays/prod prod',
      'environments/overlays/test test',
    ]);
  });
});

describe('overlays on a base', () => {
  const ORDER = ['dev: dev', 'staging: staging < dev', 'prod-eu: prod < staging', 'prod-us: prod < staging'];
  const NAMES = ['dev', 'prod-eu', 'prod-us', 'staging'];
  const MATRIX = (app: string) => [`${app}@dev`, `${app}@prod-eu region=eu`, `${app}@prod-us region=us`, `${app}@staging`];

  it.each<[string, Tree]>([
    [
      'in a folder "overlays" of each app',
      Object.assign(
        {},
        ...['checkout', 'ledger'].map((app) => ({
          ...base(`apps/${app}/base`, app),
          ...folders(
            NAMES.map((name) => `apps/${app}/overlays/${name}`),
            () => kustomization(['../../base']),
          ),
        })),
      ),
    ],
    [
      'beside the base of each app',
      Object.assign(
        {},
        ...['checkout', 'ledger'].map((app) => ({
          ...base(`${app}/base`, app),
          ...folders(
            NAMES.map((name) => `${app}/${name}`),
            () => kustomization(['../base']),
          ),
        })),
      ),
    ],
    [
      'in folders of the environments, which hold all apps',
      Object.assign(
        { ...base('apps/checkout', 'checkout'), ...base('apps/ledger', 'ledger') },
        ...NAMES.map((name) =>
          folders([`environments/${name}/checkout`, `environments/${name}/ledger`], (path) => kustomization([`../../../apps/${path.split('/')[2]}`])),
        ),
      ),
    ],
  ])('%s', async (_, tree) => {
    expect(await layoutOf(tree)).toEqual({ environments: ORDER, variants: [...MATRIX('checkout'), ...MATRIX('ledger')] });
  });

  it('that list all their apps are one app', async () => {
    const tree = {
      ...base('apps/checkout', 'checkout'),
      ...base('apps/ledger', 'ledger'),
      ...folders(
        NAMES.map((name) => `environments/${name}`),
        () => kustomization(['../../apps/checkout', '../../apps/ledger']),
      ),
    };
    expect(await layoutOf(tree)).toEqual({ environments: ORDER, variants: MATRIX('environments') });
  });

  it('of each environment that one kustomization lists are a part of that', async () => {
    const tree = Object.assign(
      { ...base('apps/checkout', 'checkout'), ...base('apps/ledger', 'ledger') },
      ...NAMES.map((name) => ({
        [`environments/${name}/kustomization.yaml`]: kustomization(['checkout', 'ledger']),
        ...folders([`environments/${name}/checkout`, `environments/${name}/ledger`], (path) => kustomization([`../../../apps/${path.split('/')[2]}`])),
      })),
    );
    expect(await layoutOf(tree)).toEqual({ environments: ORDER, variants: MATRIX('environments') });
  });

  it('in the root of the repository of one app have no other name', async () => {
    const tree = {
      ...base('k8s/base', 'checkout'),
      ...folders(
        NAMES.map((name) => `k8s/overlays/${name}`),
        () => kustomization(['../../base']),
      ),
    };
    expect(await layoutOf(tree)).toEqual({ environments: ORDER, variants: MATRIX('k8s') });
  });
});

describe('environment, region and cluster', () => {
  const tree: Tree = {
    ...base('base/checkout', 'checkout'),
    ...base('base/ledger', 'ledger'),
    ...folders(
      [
        'clusters/dev/eu-west-1/c1/checkout',
        'clusters/dev/eu-west-1/c1/ledger',
        'clusters/prod/eu-west-1/c1/checkout',
        'clusters/prod/eu-west-1/c2/checkout',
        'clusters/prod/us-east-1/c1/checkout',
        'clusters/prod/us-east-1/c1/ledger',
      ],
      (path) => kustomization([`../../../../../base/${path.split('/').at(-1)}`]),
    ),
  };

  it('are labels of a variant, and apps are found below them', async () => {
    expect(await layoutOf(tree)).toEqual({
      environments: ['dev: dev', 'prod: prod < dev'],
      variants: [
        'checkout@dev region=eu-west-1 cluster=c1',
        'checkout@prod region=eu-west-1 cluster=c1',
        'checkout@prod region=eu-west-1 cluster=c2',
        'checkout@prod region=us-east-1 cluster=c1',
        'ledger@dev region=eu-west-1 cluster=c1',
        'ledger@prod region=us-east-1 cluster=c1',
      ],
    });
    const { repository } = await surveyed(tree);
    expect(repository.variants.map(({ id }) => id)).toEqual([
      'checkout@dev',
      'checkout@prod/eu-west-1/c1',
      'checkout@prod/eu-west-1/c2',
      'checkout@prod/us-east-1/c1',
      'ledger@dev',
      'ledger@prod',
    ]);
  });

  it('may stand the other way round', async () => {
    const turned: Tree = {
      ...base('checkout/base', 'checkout'),
      ...folders(['checkout/envs/staging/eu-west-1', 'checkout/envs/prod/eu-west-1', 'checkout/envs/prod/us-east-1'], () => kustomization(['../../../base'])),
    };
    expect(await layoutOf(turned)).toEqual({
      environments: ['staging: staging', 'prod: prod < staging'],
      variants: ['checkout@prod region=eu-west-1', 'checkout@prod region=us-east-1', 'checkout@staging region=eu-west-1'],
    });
  });
});
