import { describe, expect, it } from 'vitest';
import { discoverIn, matrixOf, repository } from './folders.ts';

const config = (text: string, at = '.gitopsrc') => ({ [at]: text });
const shop = repository('live/eu/checkout', 'live/us/checkout', 'live/us/ledger', 'sandbox/checkout');

describe('patterns of paths', () => {
  it('name app and environment, and what they do not match is compared with nothing', async () => {
    const tree = { ...shop, ...config('environments: { eu: { tier: prod }, us: { tier: prod } }\napps: [{ path: "live/{env}/{app}" }]\n') };
    expect(matrixOf(await discoverIn(tree))).toEqual({
      environments: ['eu: prod', 'us: prod'],
      variants: ['checkout@eu', 'checkout@us', 'ledger@us', 'sandbox/checkout'],
    });
  });

  it('make labels of other names', async () => {
    const tree = {
      ...repository('clusters/prod/tokyo/checkout', 'clusters/dev/oslo/checkout'),
      ...config('apps: [{ path: "clusters/{env}/{cluster}/{app}" }]\n'),
    };
    expect(matrixOf(await discoverIn(tree)).variants).toEqual(['checkout@dev cluster=oslo', 'checkout@prod cluster=tokyo']);
  });

  it('take parts of a segment, the same name twice, and stars', async () => {
    const tree = repository('deploy/shop-checkout-dev/checkout', 'deploy/shop-checkout-prod/checkout', 'deploy/shop-ledger-prod/other', 'deploy/a/b/c/dev');
    const patterns = 'apps: [{ path: "deploy/shop-{app}-{env}/{app}" }, { path: "./deploy/**/c/{env}/" }]\n';
    expect(matrixOf(await discoverIn({ ...tree, ...config(patterns) })).variants).toEqual(['checkout@dev', 'checkout@prod', 'deploy@dev', 'other']);
  });

  it('follow the first that matches', async () => {
    const tree = repository('live/eu/checkout', 'live/eu/gateway');
    const patterns = 'apps:\n  - path: live/{env}/gateway\n  - path: live/{env}/{app}\n';
    expect(matrixOf(await discoverIn({ ...tree, ...config(patterns) })).variants).toEqual(['checkout@eu', 'live@eu']);
  });

  it('count once what two of them hold', async () => {
    const tree = repository('live/eu/checkout/app.yaml', 'live/eu/ledger/app.yaml');
    const patterns = 'apps:\n  - path: live/{env}\n  - path: live/{env}/{app}\n';
    expect(matrixOf(await discoverIn({ ...tree, ...config(patterns) })).variants).toEqual(['live@eu']);
  });

  it('reach the kustomizations below a folder that has none', async () => {
    const tree = { ...shop, ...config('apps: [{ path: "live/{env}" }]\n') };
    expect(matrixOf(await discoverIn(tree)).variants).toEqual(['ledger@us', 'live/checkout@eu', 'live/checkout@us', 'sandbox/checkout']);
  });

  it('say when they match nothing that is deployed', async () => {
    const tree = { ...shop, 'live/notes/today/readme.md': 'nothing', ...config('apps: [{ path: "live/{env}/{app}" }, { path: "clusters/{env}" }]\n') };
    const { leftOut, environments } = await discoverIn(tree);
    expect(leftOut).toEqual([{ name: 'clusters/{env}', why: 'the pattern matches nothing that is deployed' }]);
    expect(environments.map(({ name }) => name)).toEqual(['eu', 'us']);
  });

  it('do not take a base for an environment, unless it is declared', async () => {
    const tree = repository('checkout/base', 'checkout/dev < checkout/base', 'checkout/common');
    const pattern = 'apps: [{ path: "{app}/{env}" }]\n';
    expect(matrixOf(await discoverIn({ ...tree, ...config(pattern) })).environments).toEqual(['dev: dev']);
    const declared = repository('checkout/common/app.yaml', 'checkout/dev/app.yaml');
    expect(matrixOf(await discoverIn({ ...declared, ...config(`environments: { common: { tier: prod } }\n${pattern}`) })).environments).toEqual([
      'dev: dev',
      'common: prod',
    ]);
  });

  it('are relative to where the configuration lies', async () => {
    const tree = {
      ...repository('shop/live/eu/checkout', 'live/us/checkout'),
      ...config('apps: [{ path: "live/{env}/{app}" }]\nignore: [old]\n', 'shop/.gitopsrc'),
    };
    expect(matrixOf(await discoverIn(tree, 'shop')).variants).toEqual(['checkout@eu']);
    expect(matrixOf(await discoverIn({ ...tree, ...repository('shop/old/eu/ledger') }, 'shop')).variants).toEqual(['checkout@eu']);
  });
});

describe('charts and values files', () => {
  const chart = {
    'charts/checkout/Chart.yaml': 'name: checkout\n',
    'charts/checkout/values.yaml': 'replicas: 1\n',
    'charts/checkout/values-dev.yaml': 'replicas: 1\n',
    'charts/checkout/values-prod-eu.yaml': 'replicas: 3\n',
  };
  const sourcesOf = async (text: string, tree = chart) =>
    (await discoverIn({ ...tree, ...config(text) })).variants.map(({ app, environment, renderer, root, values }) => ({
      app,
      environment,
      renderer,
      root,
      values,
    }));
  const expected = (environment: string) => ({
    app: 'checkout',
    environment,
    renderer: 'helm',
    root: 'charts/checkout',
    values: ['charts/checkout/values.yaml', `charts/checkout/values-${environment}.yaml`],
  });

  it('are one variant for each file of an environment, on top of the common ones', async () => {
    const both = [expected('dev'), expected('prod-eu')];
    expect(await sourcesOf('apps: [{ chart: "charts/{app}", values: [values.yaml, "values-{env}.yaml"] }]\n')).toEqual(both);
    expect(await sourcesOf('apps: [{ chart: "charts/{app}" }]\n')).toEqual(both);
    expect(await sourcesOf('apps: [{ path: "charts/{app}/values-{env}.yaml" }]\n')).toEqual(both);
  });

  it('may lie in folders of their own', async () => {
    const tree = { 'charts/checkout/Chart.yaml': 'name: checkout\n', 'charts/checkout/envs/dev/values.yaml': 'replicas: 1\n' };
    expect(await sourcesOf('apps: [{ chart: "charts/{app}", values: ["envs/{env}/values.yaml"] }]\n', tree as never)).toEqual([
      { ...expected('dev'), values: ['charts/checkout/envs/dev/values.yaml'] },
    ]);
  });

  it('are not left out then', async () => {
    expect((await discoverIn({ ...chart, ...config('apps: [{ chart: "charts/{app}" }]\n') })).leftOut).toEqual([]);
    const alone = { 'charts/checkout/Chart.yaml': 'name: checkout\n', 'charts/checkout/values.yaml': 'replicas: 1\n' };
    expect((await discoverIn(alone)).leftOut.map(({ name }) => name)).toEqual(['charts/checkout']);
  });
});

describe('what is to be ignored', () => {
  it.each(['sandbox', 'sandbox/', './sandbox/**', '**/sandbox/**', 'sand*'])('is out of sight: %s', async (glob) => {
    const tree = { ...shop, ...config(`ignore: ["${glob}"]\n`) };
    expect((await discoverIn(tree)).variants.map(({ root }) => root)).toEqual(['live/eu/checkout', 'live/us/ledger', 'live/us/checkout']);
  });

  it('also where a pattern matches it', async () => {
    const tree = { ...shop, ...config('apps: [{ path: "live/{env}/{app}" }]\nignore: ["**/us/**"]\n') };
    expect(matrixOf(await discoverIn(tree)).variants).toEqual(['checkout@eu', 'sandbox/checkout']);
  });
});

describe('environments', () => {
  it('are found by their declared names, whatever these say', async () => {
    const tree = {
      ...repository('base', 'overlays/blue < base', 'overlays/green < base', 'checkout/blue'),
      ...config('environments: { blue: { tier: staging }, green: { tier: prod } }\n'),
    };
    expect(matrixOf(await discoverIn(tree))).toEqual({
      environments: ['blue: staging', 'green: prod'],
      variants: ['checkout@blue', 'overlays@blue', 'overlays@green'],
    });
  });

  it('have the tier, the order and the labels that are declared', async () => {
    const text = `
environments:
  dev: { tier: dev }
  live: { tier: prod, promotesFrom: [dev], labels: { region: eu } }
  dr: { promotesFrom: live }
`;
    const { environments } = await discoverIn({ ...repository('envs/dev', 'envs/live', 'envs/dr'), ...config(text) });
    expect(environments.map(({ name, tier, promotesFrom, labels, confidence }) => ({ name, tier, promotesFrom, labels, confidence }))).toEqual([
      { name: 'dev', tier: 'dev', promotesFrom: [], labels: {}, confidence: 'declared' },
      { name: 'live', tier: 'prod', promotesFrom: ['dev'], labels: { region: 'eu' }, confidence: 'declared' },
      { name: 'dr', tier: 'prod', promotesFrom: ['live'], labels: {}, confidence: 'declared' },
    ]);
    expect(environments[0]?.evidence[0]).toMatchObject({ why: 'declared in .gitopsrc', location: { file: { path: '.gitopsrc' } } });
  });

  it('stand in the order of promotion that is declared, whatever their tiers', async () => {
    const text = 'environments:\n  north: {}\n  alpha: { promotesFrom: north }\n';
    const { environments } = await discoverIn({ ...repository('envs/alpha', 'envs/north'), ...config(text) });
    expect(environments.map(({ name }) => name)).toEqual(['north', 'alpha']);
  });

  it('are named when nothing is deployed to them', async () => {
    const { environments, leftOut } = await discoverIn({ ...repository('envs/dev', 'envs/prod'), ...config('environments: { qa: {}, dev: {} }\n') });
    expect(leftOut).toEqual([{ name: 'qa', why: 'declared, but nothing is deployed to it' }]);
    expect(environments.map(({ name, tier }) => `${name}: ${tier}`)).toEqual(['dev: dev', 'qa: test', 'prod: prod']);
  });

  it('keep their own spelling', async () => {
    const tree = {
      ...repository('checkout/base', 'checkout/production', 'ledger/base', 'ledger/production', 'fraud/base', 'fraud/prod'),
      ...config('environments: { prod: { tier: prod } }\n'),
    };
    expect(matrixOf(await discoverIn(tree)).environments).toEqual(['prod: prod', 'production: prod']);
  });
});

describe('settings files', () => {
  it('are the settings of an environment each', async () => {
    const tree = { 'config/dev.env': 'A=1\n', 'config/prod.env': 'A=2\n', 'config/common.txt': '', '.gitopsrc': 'apps: [{ files: "config/{env}.env" }]\n' };
    const { variants } = await discoverIn(tree);
    expect(variants.map(({ app, environment, renderer, values }) => [app, environment, renderer, values])).toEqual([
      ['config', 'dev', 'files', ['config/dev.env']],
      ['config', 'prod', 'files', ['config/prod.env']],
    ]);
  });
});

describe('a nested .gitopsrc', () => {
  it('speaks for its folder alone', async () => {
    const tree = {
      ...repository('shop/live/eu/checkout', 'shop/test/eu/checkout', 'other/base', 'other/overlays/dev < other/base', 'other/overlays/prod < other/base'),
      'shop/.gitopsrc': 'environments: { live: { tier: prod }, test: {} }\napps: [{ path: "{env}/eu/{app}" }]\n',
    };
    expect(matrixOf(await discoverIn(tree))).toEqual({
      environments: ['dev: dev', 'test: test', 'live: prod', 'prod: prod'],
      variants: ['checkout@live', 'checkout@test', 'other@dev', 'other@prod'],
    });
  });
});
