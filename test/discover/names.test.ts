import { describe, expect, it } from 'vitest';
import { isShared } from '../../src/model/vocabulary.ts';
import { discoverIn, matrixOf, repository } from './folders.ts';

/** Environments as `name: tier (confidence)`. */
async function environmentsIn(...lines: readonly string[]): Promise<string[]> {
  const { environments } = await discoverIn(repository(...lines));
  return environments.map(({ name, tier, confidence }) => `${name}: ${tier} (${confidence})`);
}

describe('names that say nothing', () => {
  const apps = (cluster: string, ...names: readonly string[]) => names.map((name) => `kubernetes/${cluster}/apps/${name}`);

  it('are environments beside a known one that holds the same', async () => {
    const found = await environmentsIn(...apps('staging', 'checkout', 'ledger', 'storefront'), ...apps('main', 'checkout', 'ledger', 'storefront', 'fraud'));
    expect(found).toEqual(['staging: staging (high)', 'main: unknown (low)']);
  });

  it('are none where they hold other things', async () => {
    expect(await environmentsIn(...apps('staging', 'checkout', 'ledger', 'storefront'), ...apps('main', 'fraud', 'mail', 'search'))).toEqual([
      'staging: staging (low)',
    ]);
  });

  it('are environments where they stand beside known ones again and again', async () => {
    const lines = ['checkout', 'ledger'].flatMap((app) => ['ptl', 'dev', 'prod'].map((name) => `apps/${app}/${name}/00`));
    expect(await environmentsIn(...lines)).toContain('ptl: unknown (low)');
  });

  it.each(['infrastructure', 'flux-system', 'base', 'examples'])('are none when they are called "%s"', async (name) => {
    const lines = ['staging', 'production', name].flatMap((folder) => [`environments/${folder}/checkout`, `environments/${folder}/ledger`]);
    expect(await environmentsIn(...lines)).toEqual(['staging: staging (high)', 'production: prod (high)']);
  });
});

describe('one environment alone', () => {
  it('is one when it is production, though that is not sure', async () => {
    expect(await environmentsIn('kubernetes/production/checkout.yaml')).toEqual(['production: prod (low)']);
  });

  it.each(['dev', 'test', 'live', 'demo'])('is none when it is called "%s"', async (name) => {
    expect(await environmentsIn(`kubernetes/${name}/checkout.yaml`)).toEqual([]);
  });
});

describe('an overlay that is called after app and environment', () => {
  it('is that app in that environment, where the app has a folder', async () => {
    const found = await discoverIn(
      repository('manifests/checkout', 'overlays/checkout-prod < manifests/checkout', 'overlays/checkout-staging < manifests/checkout'),
    );
    expect(matrixOf(found)).toEqual({ environments: ['staging: staging', 'prod: prod'], variants: ['checkout@prod', 'checkout@staging'] });
  });

  it('keeps its whole name where it is a cluster', async () => {
    const lines = ['checkout', 'ledger'].flatMap((app) => [
      `${app}/base`,
      `${app}/overlays/ocp-prod < ${app}/base`,
      `${app}/overlays/ocp-staging < ${app}/base`,
    ]);
    expect(await environmentsIn(...lines)).toEqual(['ocp-staging: staging (high)', 'ocp-prod: prod (high)']);
  });

  it('may have another prefix than those beside it', async () => {
    expect(await environmentsIn('base', 'overlays/test < base', 'overlays/ocp4-stage < base', 'overlays/moc-prod < base')).toEqual([
      'test: test (high)',
      'ocp4-stage: staging (high)',
      'moc-prod: prod (high)',
    ]);
  });
});

describe('nonprod', () => {
  it('is an environment where it is deployed beside production', async () => {
    expect(await environmentsIn('base', 'overlays/nonprod < base', 'overlays/prod < base')).toEqual(['nonprod: test (low)', 'prod: prod (high)']);
  });

  it.each([
    ['a part that others build upon', ['variants/nonprod', 'variants/prod', 'envs/dev < variants/nonprod', 'envs/prod < variants/prod']],
    ['a Component', ['Component variants/nonprod', 'Component variants/prod', 'envs/dev', 'envs/prod']],
    ['one among others', ['overlays/nonprod', 'overlays/dev', 'overlays/prod']],
  ])('is none where it is %s', async (_, lines) => {
    expect(await environmentsIn(...lines)).toEqual(['dev: dev (high)', 'prod: prod (high)']);
  });
});

describe('spellings', () => {
  it('of one environment take the name of the folder that is made for environments', async () => {
    const lines = [
      'environments/dev/web',
      'environments/staging/web',
      'infra/a/dev',
      'infra/a/stg',
      'infra/b/dev',
      'infra/b/stg',
      'infra/c/stg',
      'infra/c/dev',
    ];
    expect(await environmentsIn(...lines)).toEqual(['dev: dev (high)', 'staging: staging (high)']);
  });

  it('with capitals are placeholders of a template', async () => {
    expect(await environmentsIn('clusters/SHOP_DEV_CLUSTER/apps', 'clusters/SHOP_PROD_CLUSTER/apps')).toEqual([]);
  });

  it.each([
    ['dr', ['qa: test (high)', 'prod: prod (high)', 'dr: prod (high)']],
    ['pre', ['qa: test (high)', 'pre: staging (high)', 'prod: prod (high)']],
    ['snd', ['snd: local (high)', 'qa: test (high)', 'prod: prod (high)']],
  ])('"%s" has its place in the order', async (name, expected) => {
    expect(await environmentsIn('base', ...['qa', 'prod', name].map((overlay) => `overlays/${overlay} < base`))).toEqual(expected);
  });
});

describe('what only shows or scaffolds', () => {
  it.each([
    ['examples', ['examples/develop', 'examples/production', 'deploy']],
    ['the folders of an operator', ['config/crd', 'config/rbac', 'config/manager', 'config/default', 'config/dev', 'config/components/x']],
  ])('has no environments: %s', async (_, lines) => {
    expect(await environmentsIn(...lines)).toEqual([]);
  });

  it('has overlays like anybody else', async () => {
    const operator = ['config/crd', 'config/rbac', 'config/base', 'config/overlays/dev < config/base', 'config/overlays/prod < config/base'];
    expect(await environmentsIn(...operator)).toEqual(['dev: dev (high)', 'prod: prod (high)']);
  });
});

describe('what something deploys', () => {
  const sync = (path: string) =>
    `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: sync }\nspec: { path: ${path}, sourceRef: { kind: GitRepository, name: flux-system } }\n`;

  it.each([
    ['testing', 'an environment by its name alone'],
    ['nonprod', 'all that there is'],
  ])('is the environment "%s": %s', async (name) => {
    const tree = { ...repository(`clusters/${name}/apps`), [`clusters/${name}/sync.yaml`]: sync(`./clusters/${name}`) };
    expect((await discoverIn(tree)).environments.map((environment) => [environment.name, environment.confidence])).toEqual([[name, 'low']]);
  });

  it('is no environment where its folder says nothing of the kind', async () => {
    const tree = { ...repository('apps/demo', 'apps/testing'), 'sync.yaml': sync('./apps/demo'), 'again.yaml': sync('./apps/testing') };
    expect((await discoverIn(tree)).environments).toEqual([]);
  });
});

describe('names of shared parts', () => {
  it.each(['base', 'Common', 'empty-base', 'base_common', 'all-components'])('%s', (name) => {
    expect(isShared(name)).toBe(true);
  });

  it.each(['', 'knowledge-base', 'base-images', 'common-services', 'prod-base', 'basement'])('but not "%s"', (name) => {
    expect(isShared(name)).toBe(false);
  });
});
