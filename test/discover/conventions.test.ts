import { describe, expect, it } from 'vitest';
import { discoverIn, type Matrix, matrixOf, repository } from './folders.ts';

const overlays = (app: string, ...names: readonly string[]) => names.map((name) => `apps/${app}/overlays/${name} < apps/${app}/base`);

describe('layouts that people use', () => {
  it.each<[string, readonly string[], Matrix]>([
    [
      'overlays of each app',
      ['apps/checkout/base', ...overlays('checkout', 'dev', 'prod-eu'), 'apps/ledger/base', ...overlays('ledger', 'dev', 'prod-eu')],
      { environments: ['dev: dev', 'prod-eu: prod'], variants: ['checkout@dev', 'checkout@prod-eu region=eu', 'ledger@dev', 'ledger@prod-eu region=eu'] },
    ],
    [
      'overlays in the root',
      ['base', 'overlays/dev < base', 'overlays/staging < base', 'overlays/prod < base'],
      { environments: ['dev: dev', 'staging: staging', 'prod: prod'], variants: ['overlays@dev', 'overlays@prod', 'overlays@staging'] },
    ],
    [
      'environments beside a base',
      ['checkout/base', 'checkout/dev < checkout/base', 'checkout/prod < checkout/base'],
      { environments: ['dev: dev', 'prod: prod'], variants: ['checkout@dev', 'checkout@prod'] },
    ],
    [
      'an environment of folders, with kustomizations',
      ['environments/dev/storefront', 'environments/dev/checkout', 'environments/prod/storefront', 'environments/prod/checkout', 'environments/prod/fraud'],
      { environments: ['dev: dev', 'prod: prod'], variants: ['checkout@dev', 'checkout@prod', 'fraud@prod', 'storefront@dev', 'storefront@prod'] },
    ],
    [
      'an environment of folders, with plain manifests',
      ['environments/dev/storefront/app.yaml', 'environments/prod/storefront/app.yaml', 'environments/prod/storefront/extra/more.yaml'],
      { environments: ['dev: dev', 'prod: prod'], variants: ['storefront@dev', 'storefront@prod'] },
    ],
    [
      'apps grouped below the environment',
      ['environments/dev/apps/checkout', 'environments/prod/apps/checkout', 'environments/prod/apps/ledger'],
      { environments: ['dev: dev', 'prod: prod'], variants: ['checkout@dev', 'checkout@prod', 'ledger@prod'] },
    ],
    [
      'clusters of an environment, each with its apps',
      ['clusters/staging/oslo/checkout', 'clusters/prod/tokyo/checkout', 'clusters/prod/tokyo/ledger', 'clusters/prod/lima/checkout'],
      {
        environments: ['staging: staging', 'prod: prod'],
        variants: ['checkout@prod cluster=lima', 'checkout@prod cluster=tokyo', 'checkout@staging cluster=oslo', 'ledger@prod cluster=tokyo'],
      },
    ],
    [
      'clusters below the environments of an app, on a base each',
      [
        'components/checkout/base',
        'components/checkout/staging/base < components/checkout/base',
        'components/checkout/staging/oslo < components/checkout/staging/base',
        'components/checkout/production/base < components/checkout/base',
        'components/checkout/production/tokyo < components/checkout/production/base',
        'components/checkout/production/lima < components/checkout/production/base',
      ],
      {
        environments: ['staging: staging', 'production: prod'],
        variants: ['checkout@production cluster=lima', 'checkout@production cluster=tokyo', 'checkout@staging cluster=oslo'],
      },
    ],
    [
      'regions and numbers below an environment',
      ['checkout/dev/01', 'checkout/prod/eu-west-1', 'checkout/prod/us-east-1', 'checkout/prod/us-east-1/02'],
      {
        environments: ['dev: dev', 'prod: prod'],
        variants: ['checkout@dev cluster=01', 'checkout@prod region=eu-west-1', 'checkout@prod region=us-east-1', 'checkout@prod region=us-east-1 cluster=02'],
      },
    ],
    [
      'environments with their region',
      ['base', 'envs/staging-eu < base', 'envs/staging-us < base', 'envs/prod-eu < base', 'envs/prod-us < base'],
      {
        environments: ['staging-eu: staging', 'staging-us: staging', 'prod-eu: prod', 'prod-us: prod'],
        variants: ['envs@prod-eu region=eu', 'envs@prod-us region=us', 'envs@staging-eu region=eu', 'envs@staging-us region=us'],
      },
    ],
    [
      'a monorepo for Flux',
      [
        'apps/base/storefront',
        'apps/staging < apps/base/storefront',
        'apps/production < apps/base/storefront',
        'infrastructure/controllers',
        'clusters/staging/apps.yaml',
        'clusters/staging/flux-system',
        'clusters/production/apps.yaml',
        'clusters/production/flux-system',
      ],
      {
        environments: ['staging: staging', 'production: prod'],
        variants: [
          'apps@production',
          'apps@staging',
          'clusters@production',
          'clusters@staging',
          'controllers',
          'flux-system@production',
          'flux-system@staging',
        ],
      },
    ],
    [
      'rings, whose clusters are known elsewhere',
      [
        'components/checkout/staging/oslo-stg',
        'components/checkout/production/tokyo-prod-1',
        'components/ledger/rings/ring-1/oslo-stg',
        'components/ledger/rings/ring-2/tokyo-prod-1',
      ],
      {
        environments: ['staging: staging', 'production: prod'],
        variants: [
          'checkout@production cluster=tokyo-prod-1',
          'checkout@staging cluster=oslo-stg',
          'ledger@staging cluster=oslo-stg',
          'ledger@production cluster=tokyo-prod-1',
        ],
      },
    ],
    [
      'folders that differ in a word',
      ['storefront-dev', 'storefront-prod'],
      { environments: ['storefront-dev: dev', 'storefront-prod: prod'], variants: ['storefront-dev@storefront-dev', 'storefront-prod@storefront-prod'] },
    ],
    ['one environment only', ['base', 'overlays/dev < base'], { environments: ['dev: dev'], variants: ['overlays@dev'] }],
    ['none at all', ['storefront', 'checkout/manifests'], { environments: [], variants: ['checkout/manifests', 'storefront'] }],
    [
      'environments that come and go',
      ['base', 'overlays/staging < base', 'overlays/pr-12 < base', 'preview/feature-login', 'preview/pr-7'],
      {
        environments: ['staging: staging', 'feature-login: ephemeral', 'pr-12: ephemeral', 'pr-7: ephemeral'],
        variants: ['overlays@pr-12', 'overlays@staging', 'preview@feature-login', 'preview@pr-7'],
      },
    ],
    [
      'a name that says nothing, in a folder for environments',
      ['environments/dev', 'environments/prod', 'environments/aurora'],
      { environments: ['dev: dev', 'prod: prod', 'aurora: unknown'], variants: ['environments@aurora', 'environments@dev', 'environments@prod'] },
    ],
  ])('%s', async (_, lines, expected) => {
    expect(matrixOf(await discoverIn(repository(...lines)))).toEqual(expected);
  });
});

describe('names', () => {
  it('takes the spelling that is used most, and keeps those that stand side by side', async () => {
    const across = repository('checkout/base', 'checkout/prod', 'ledger/base', 'ledger/production', 'fraud/base', 'fraud/production');
    expect(matrixOf(await discoverIn(across))).toEqual({
      environments: ['production: prod'],
      variants: ['checkout@production', 'fraud@production', 'ledger@production'],
    });
    const beside = repository('clusters/prod/checkout', 'clusters/production/checkout', 'clusters/dev/checkout');
    expect(matrixOf(await discoverIn(beside)).environments).toEqual(['dev: dev', 'prod: prod', 'production: prod']);
  });

  it.each([
    ['development', 'development-operator', 'dev'],
    ['production', 'production-downstream', 'prod'],
    ['staging', 'shop-public-staging', 'staging'],
  ])('reads a compound beside %s: %s', async (word, name, tier) => {
    const tree = repository('argo/base', ...['development', 'staging', 'production'].map((env) => `argo/overlays/${env}`), `argo/overlays/${name}`);
    const { environments } = await discoverIn(tree);
    expect(environments.find((environment) => environment.name === name)?.tier).toBe(tier);
    expect(environments.some((environment) => environment.name === word)).toBe(true);
  });

  it('keeps clusters of a compound environment with its app', async () => {
    const tree = repository(
      'checkout/base',
      'checkout/production/tokyo',
      'checkout/staging/oslo',
      'checkout/production-downstream/tokyo < checkout/production/tokyo',
    );
    expect(matrixOf(await discoverIn(tree)).variants).toEqual([
      'checkout@production-downstream cluster=tokyo',
      'checkout@production cluster=tokyo',
      'checkout@staging cluster=oslo',
    ]);
  });

  it('tells apps apart that share their last folder', async () => {
    const tree = repository('payments/api/base', 'payments/api/dev', 'payments/api/prod', 'orders/api/base', 'orders/api/dev', 'orders/api/prod');
    expect(matrixOf(await discoverIn(tree)).variants).toEqual(['orders/api@dev', 'orders/api@prod', 'payments/api@dev', 'payments/api@prod']);
  });

  it.each([
    'product',
    'reproduce',
    'latest',
    'contest',
    'release',
    'nonprod',
    'non-prod',
    'nonprod-eu',
    'base',
    'common',
    'prod-base',
    'dev-common',
    'producer',
    'developer-portal',
    'devices',
    'intern',
    'stable-4.x',
  ])('never reads %s as an environment', async (name) => {
    const { environments } = await discoverIn(repository('base', 'overlays/dev < base', 'overlays/prod < base', `overlays/${name} < base`));
    expect(environments.map((environment) => environment.name)).toEqual(['dev', 'prod']);
  });

  it.each([
    ['preprod', 'staging'],
    ['pre-prod', 'staging'],
    ['pre-prod-eu', 'staging'],
    ['PROD', 'prod'],
    ['prd', 'prod'],
    ['prod2', 'prod'],
    ['prod-1', 'prod'],
    ['eu-prod', 'prod'],
    ['stg', 'staging'],
    ['qa', 'test'],
    ['uat', 'uat'],
    ['demo', 'uat'],
    ['live', 'prod'],
    ['test', 'test'],
    ['integration', 'int'],
    ['kind', 'local'],
    ['preview', 'ephemeral'],
  ])('reads %s as %s beside others', async (name, tier) => {
    const { environments } = await discoverIn(repository('base', 'overlays/dev < base', 'overlays/staging-us < base', `overlays/${name} < base`));
    expect(environments.find((environment) => environment.name === name)?.tier).toBe(tier);
  });

  it.each(['demo', 'live', 'integration', 'release', 'test', 'test-runner', 'live-data', 'kind', 'load', 'training', 'preview', 'feature-flags', 'dev-portal'])(
    'takes %s for an app where nothing says otherwise',
    async (name) => {
      const tree = repository(`services/${name}/base`, ...['dev', 'prod'].map((env) => `services/${name}/overlays/${env} < services/${name}/base`));
      expect(matrixOf(await discoverIn(tree))).toEqual({ environments: ['dev: dev', 'prod: prod'], variants: [`${name}@dev`, `${name}@prod`] });
      expect((await discoverIn(repository('services/base', `services/${name}`, 'services/ledger'))).environments).toEqual([]);
    },
  );
});

describe('what is no environment', () => {
  it.each([
    ['channels of an operator', ['gateway/base', 'gateway/overlays/stable', 'gateway/overlays/development', 'gateway/overlays/preview']],
    ['channels with a version', ['gateway/base', 'gateway/overlays/gateway-1.4', 'gateway/overlays/staging']],
    ['apps that are called alike', ['apps/common', 'apps/dev-portal', 'apps/test-runner']],
    ['folders of tests', ['test/e2e', 'test/kind', 'ci']],
    ['Components, and bases', ['Component overlays/dev', 'Component overlays/prod', 'base']],
  ])('%s', async (_, lines) => {
    expect((await discoverIn(repository(...lines))).environments).toEqual([]);
  });

  it('does not deploy bases, Components, and what only its own environment builds upon', async () => {
    const tree = repository(
      'base',
      'Component parts/canary',
      'overlays/prod < base',
      'overlays/prod-eu < overlays/prod',
      'overlays/prod-us < overlays/prod',
      'overlays/dev < base',
    );
    expect(matrixOf(await discoverIn(tree)).variants).toEqual(['overlays@dev', 'overlays@prod-eu region=eu', 'overlays@prod-us region=us']);
  });

  it('deploys staging although production is built upon it', async () => {
    const tree = repository('checkout/base', 'checkout/staging < checkout/base', 'checkout/production < checkout/staging');
    expect(matrixOf(await discoverIn(tree)).variants).toEqual(['checkout@production', 'checkout@staging']);
  });

  it('deploys overlays that a list of all names, too', async () => {
    const tree = repository('base', 'overlays/dev < base', 'overlays/prod < base', 'bundle < overlays/dev, overlays/prod');
    expect(matrixOf(await discoverIn(tree)).variants).toEqual(['bundle', 'overlays@dev', 'overlays@prod']);
  });
});
