import { describe, expect, it } from 'vitest';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';
import { type SnapshotEntry, SnapshotWorkspace } from '../../src/workspace/snapshot-workspace.ts';
import { discoverIn, matrixOf, repository } from './folders.ts';

describe('two readings that are equally good', () => {
  it('are both named, and neither is used', async () => {
    const tree = repository('clusters/prod/checkout/overlays/dev', 'clusters/prod/ledger', 'clusters/dev/ledger');
    const { leftOut, ...found } = await discoverIn(tree);
    expect(leftOut).toEqual([
      { name: 'clusters/prod/checkout/overlays/dev', why: 'its environment could be "prod" or "dev": declare it in .gitopsrc under "apps"' },
    ]);
    expect(matrixOf(found).variants).toEqual(['dev', 'ledger@dev', 'ledger@prod']);
  });

  it('are one where both say the same', async () => {
    const tree = repository('clusters/prod/checkout/overlays/prod-eu', 'clusters/dev/checkout/overlays/dev');
    expect((await discoverIn(tree)).leftOut).toEqual([]);
  });
});

describe('what stands beside what is looked at', () => {
  const tree = repository(
    'apps/checkout/base',
    'apps/checkout/staging < apps/checkout/base',
    'apps/checkout/production < apps/checkout/base',
    'apps/ledger/production',
    'clusters/production < apps/checkout/production',
  );

  it('is evidence, also where only a part is looked at', async () => {
    expect(matrixOf(await discoverIn(tree, 'apps/checkout/production'))).toEqual({ environments: ['production: prod'], variants: ['checkout@production'] });
    expect(matrixOf(await discoverIn(tree, 'apps/ledger'))).toEqual({ environments: ['production: prod'], variants: ['ledger@production'] });
  });

  it('is not reported', async () => {
    const { variants } = await discoverIn(tree, 'apps/checkout');
    expect(variants.map(({ root }) => root)).toEqual(['apps/checkout/production', 'apps/checkout/staging']);
  });

  it('does not take a folder for another whose name begins alike', async () => {
    expect((await discoverIn(repository('shop', 'shop-extra'), 'shop')).variants.map(({ root }) => root)).toEqual(['shop']);
  });
});

describe('what nobody deploys', () => {
  it.each([
    ['hidden folders', '.github/overlays/dev'],
    ['dependencies', 'node_modules/gateway/overlays/dev'],
    ['vendored folders', 'vendor/gateway/overlays/dev'],
    ['data of tests', 'internal/testdata/overlays/dev'],
    ['manifests in tests', 'tests/dev/app.yaml'],
    ['examples', 'docs/examples/prod/app.yaml'],
  ])('is left alone: %s', async (_, folder) => {
    expect((await discoverIn(repository('storefront', folder))).variants.map(({ root }) => root)).toEqual(['storefront']);
  });

  it('is looked at where it is named', async () => {
    const tree = repository('tests/shop/base', 'tests/shop/overlays/dev < tests/shop/base', 'vendor/gateway/overlays/prod');
    expect(matrixOf(await discoverIn(tree, 'tests/shop')).variants).toEqual(['shop@dev']);
    expect(matrixOf(await discoverIn(tree, 'vendor/gateway')).variants).toEqual(['gateway@prod']);
  });

  it.each([
    ['of a catalog', 'catalog-info.yaml', 'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: shop\n'],
    ['of a cluster on a laptop', 'tools/kind.yaml', 'kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\n'],
    ['of a builder', 'skaffold.yaml', 'apiVersion: skaffold/v4beta11\nkind: Config\n'],
    ['of the tests of a policy', 'policies/kyverno-test.yaml', 'apiVersion: cli.kyverno.io/v1alpha1\nkind: Test\nmetadata:\n  name: shop\n'],
    ['of the tests of an operator', 'kuttl-test.yaml', 'apiVersion: kuttl.dev/v1beta1\nkind: TestSuite\n'],
    ['of a scheduler', 'nodes/scheduler.yaml', 'apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\n'],
    ['of a package', 'web/package.json', '{ "name": "shop" }\n'],
  ])('is no manifest: settings %s', async (_, path, text) => {
    expect((await discoverIn({ [path]: text })).variants).toEqual([]);
  });

  it('is said of manifests that lie loose in the root, and of charts', async () => {
    const tree = {
      ...repository('job.yaml', 'overlays/dev'),
      'charts/gateway/Chart.yaml': 'name: gateway\n',
      'charts/gateway/charts/sub/Chart.yaml': 'name: sub\n',
      'charts/gateway/templates/job.yaml': 'apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: gateway\n',
    };
    expect((await discoverIn(tree)).leftOut).toEqual([
      { name: '.', why: 'manifests that lie loose in the root, beside folders that are deployed; declare them under "apps" if they are' },
      { name: 'charts/gateway', why: 'Helm chart, not rendered; declare "chart" under "apps" to have the values of each environment read' },
    ]);
    expect((await discoverIn({ ...repository('overlays/dev'), 'overlays/dev/charts/gateway/Chart.yaml': 'name: gateway\n' })).leftOut).toEqual([]);
    expect((await discoverIn(repository('job.yaml'))).variants.map(({ app }) => app)).toEqual(['.']);
  });
});

describe('folders behind symlinks', () => {
  const linked = (links: Readonly<Record<string, string>>, ...lines: readonly string[]) => {
    const entries = new Map<string, SnapshotEntry>();
    for (const [path, text] of Object.entries(repository(...lines))) entries.set(path, { type: 'file', bytes: () => new TextEncoder().encode(text) });
    for (const [path, target] of Object.entries(links)) entries.set(path, { type: 'symlink', target: () => target });
    return new SnapshotWorkspace('links', entries);
  };

  it('are environments under their own names', async () => {
    const workspace = linked({ 'overlays/prod-us': 'prod-eu' }, 'base', 'overlays/dev < base', 'overlays/prod-eu < base');
    expect(matrixOf(await discoverIn(workspace)).variants).toEqual(['overlays@dev', 'overlays@prod-eu region=eu', 'overlays@prod-us region=us']);
  });

  it('hold what their targets hold', async () => {
    const workspace = linked({ 'environments/prod': '../live' }, 'environments/dev/checkout', 'live/checkout');
    expect(matrixOf(await discoverIn(workspace)).variants).toEqual(['checkout@dev', 'checkout@prod', 'live/checkout']);
  });

  it.each([
    ['in a circle', { 'overlays/prod': '../overlays' }],
    ['to themselves', { 'overlays/prod': 'prod' }],
    ['to the outside', { 'overlays/prod': '../../prod' }],
    ['to nothing', { 'overlays/prod': 'gone' }],
  ])('are left alone where they lead %s', async (_, links) => {
    expect(matrixOf(await discoverIn(linked(links, 'overlays/dev'))).variants).toEqual(['overlays@dev']);
  });
});

describe('the order', () => {
  it('is that of the tiers, and each environment follows those of the tier below', async () => {
    const names = ['prod-us', 'prod-eu', 'staging', 'uat', 'dev', 'local'];
    const { environments } = await discoverIn(repository('base', ...names.map((name) => `overlays/${name} < base`)));
    expect(environments.map(({ name, promotesFrom }) => [name, ...promotesFrom].join(' < '))).toEqual([
      'local',
      'dev < local',
      'uat < dev',
      'staging < uat',
      'prod-eu < staging',
      'prod-us < staging',
    ]);
  });

  it('leaves out what comes and goes, and what is unknown', async () => {
    const { environments } = await discoverIn(repository('environments/dev', 'environments/aurora', 'environments/pr-3', 'environments/prod'));
    expect(environments.map(({ name, promotesFrom }) => [name, ...promotesFrom].join(' < '))).toEqual(['dev', 'prod < dev', 'aurora', 'pr-3']);
  });
});

describe('how sure it is', () => {
  it('says what it saw, and what it took for granted', async () => {
    const tree = repository(
      'checkout/base',
      'checkout/dev',
      'checkout/prod',
      'ledger/qa',
      'ledger/uat',
      'environments/aurora',
      'environments/dev',
      'environments/prod',
    );
    const { environments, assumptions } = await discoverIn(tree);
    expect(environments.find(({ name }) => name === 'dev')?.evidence.map(({ why }) => why)).toEqual([
      'folder beside "base" in "checkout"',
      'folder in "environments"',
    ]);
    expect(environments.map(({ name, confidence }) => `${name}: ${confidence}`)).toEqual(['dev: high', 'qa: high', 'uat: high', 'prod: high', 'aurora: low']);
    expect(assumptions).toEqual(['"aurora" is taken for an environment: folder in "environments", beside known environments']);
  });

  it('finds the same whatever the order of the files', async () => {
    const tree = repository('checkout/base', 'checkout/prod', 'checkout/production', 'ledger/prod', 'environments/dev/ledger', 'rings/ring-1/tokyo');
    const backwards = Object.fromEntries(Object.entries(tree).reverse());
    expect(await discoverIn(memoryWorkspace(backwards))).toEqual(await discoverIn(tree));
  });
});
