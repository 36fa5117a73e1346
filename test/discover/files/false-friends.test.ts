import { describe, expect, it } from 'vitest';
import { files, shown, valuesIn } from './reading-files.ts';

const CHART = 'charts/checkout/{Chart,values}.yaml';

describe('values files that are for no environment', () => {
  it.each([
    'charts/checkout/values-ci.yaml',
    'charts/checkout/ci/{dev,prod}-values.yaml',
    'charts/checkout/ci/values-{staging,production}.yaml',
    'charts/checkout/values-example.yaml',
    'charts/checkout/values.schema.json',
    'charts/checkout/values-{arm64,amd64}.yaml',
    'charts/checkout/values-istio.yaml',
    'charts/checkout/values-{minimal,ha,large}.yaml',
    'charts/checkout/values-{small,medium}.yaml',
    'charts/checkout/values-{production,ha,minimal}.yaml',
    'charts/checkout/values-{eks,gke,aks,openshift}.yaml',
    'charts/checkout/{test,demo}-values.yaml',
    'charts/checkout/values-test.yaml',
    'charts/checkout/values-local.yaml',
    'charts/checkout/values-v2.yaml',
    'charts/checkout/values-{en,de}.yaml',
    'charts/checkout/values-{dark,light}.yaml',
    'charts/checkout/values-{product,contest,latest}.yaml',
    'charts/checkout/values-{test-runner,dev-portal}.yaml',
    'charts/checkout/values-{nonprod,common}.yaml',
    'charts/checkout/charts/redis/{Chart,values,values-dev,values-prod}.yaml',
    'charts/checkout/templates/values-{dev,prod}.yaml',
    'charts/checkout/tests/values-{dev,prod}.yaml',
    'docs/values-{dev,prod}.yaml',
    'examples/{dev,prod}/values.yaml',
    'node_modules/chart/values-{dev,prod}.yaml',
    '.github/values/{dev,prod}.yaml',
    'apps/test/values.yaml',
    'charts/{dev-tools,prod-metrics}/{Chart,values}.yaml',
  ])('%s', (path) => {
    expect(shown(valuesIn(files(CHART, path)))).toEqual([]);
  });

  it('says which names it did not believe', () => {
    const { leftOut } = valuesIn(files(CHART, 'charts/checkout/values-{production,ha,minimal}.yaml'));
    expect(leftOut).toEqual([{ name: 'charts/checkout', why: expect.stringContaining('"values-production.yaml"') }]);
    expect(valuesIn(files(CHART, 'charts/checkout/values-{ha,minimal}.yaml')).leftOut).toEqual([]);
  });

  it('takes presets beside two environments for what they are', () => {
    expect(shown(valuesIn(files(CHART, 'charts/checkout/values-{dev,prod,prod-ha,istio,example}.yaml')))).toEqual([
      'charts/checkout@dev',
      'charts/checkout@prod',
    ]);
  });

  it('does not read a package list for values', () => {
    const list = 'channels: [main]\ndependencies: [shop]\n';
    const tree = { ...files('charts/checkout/Chart.yaml', 'charts/ledger/Chart.yaml'), 'environments/dev.yaml': list, 'environments/prod.yaml': list };
    expect(shown(valuesIn(tree))).toEqual([]);
    expect(shown(valuesIn({ ...tree, 'environments/dev.yaml': '', 'environments/prod.yaml': '' }))).toEqual(['environments@dev', 'environments@prod']);
  });
});

describe('one name alone', () => {
  it('counts beside what it overrides, and is not sure', () => {
    const found = valuesIn(files(CHART, 'charts/checkout/values-prod.yaml'));
    expect(shown(found)).toEqual(['charts/checkout@prod?']);
    expect(found.readings[0]?.why).toBe('values file "values-prod.yaml" in "charts/checkout", beside what it overrides');
  });

  it('does not count where nothing stands beside it', () => {
    const found = valuesIn(files('checkout/values-prod.yaml'));
    expect(shown(found)).toEqual([]);
    expect(found.leftOut).toHaveLength(1);
  });

  it('does not count where most charts do without', () => {
    const others = 'charts/{ledger,fraud}/{Chart,values}.yaml';
    expect(shown(valuesIn(files(CHART, others, 'charts/checkout/values-prod.yaml')))).toEqual([]);
    expect(shown(valuesIn(files(CHART, others, 'charts/{checkout,ledger}/values-prod.yaml')))).toEqual(['charts/checkout@prod?', 'charts/ledger@prod?']);
  });

  it('counts where other files show the environment, whatever the word', () => {
    const tree = files('charts/checkout/values-{dev,test,prod}.yaml', 'charts/ledger/{Chart,values,values-test}.yaml');
    expect(shown(valuesIn(tree))).toContain('charts/ledger@test?');
  });

  it('is doubted where the word may be anything', () => {
    expect(shown(valuesIn(files(CHART, 'charts/checkout/values-{test,demo}.yaml')))).toEqual([]);
    expect(shown(valuesIn(files(CHART, 'charts/checkout/values-{test,prod}.yaml')))).toEqual(['charts/checkout@prod?', 'charts/checkout@test?']);
  });
});

describe('environments that come and go', () => {
  it('count beside others, and not alone', () => {
    const found = valuesIn(files(CHART, 'charts/checkout/values-{preview,staging,prod}.yaml'));
    expect(found.readings.map(({ source, tier }) => `${source.environment}: ${tier}`)).toEqual(['preview: ephemeral', 'prod: prod', 'staging: staging']);
    expect(shown(valuesIn(files(CHART, 'charts/checkout/values-preview.yaml')))).toEqual([]);
  });
});
