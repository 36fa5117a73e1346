import { describe, expect, it } from 'vitest';
import { SourceFile } from '../../../src/text/source-file.ts';
import { files, shown, stackOf, valuesIn } from './reading-files.ts';

const MANIFEST = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n';
const chart = (folder: string) => `${folder}/{Chart,values}.yaml`;

describe('the name of a file tells the environment', () => {
  it.each<[string, readonly string[]]>([
    ['values-<env>', ['charts/checkout/values-{dev,prod}.yaml']],
    ['values.<env>', ['charts/checkout/values.{dev,prod}.yaml']],
    ['values_<env>', ['charts/checkout/values_{dev,prod}.yml']],
    ['<env>-values', ['charts/checkout/{dev,prod}-values.yaml']],
    ['<env>.values', ['charts/checkout/{dev,prod}.values.yaml']],
    ['values/<env>', ['charts/checkout/values/{dev,prod}.yaml']],
    ['templates of values', ['charts/checkout/values-{dev,prod}.yaml.gotmpl']],
    ['values/values-<env>', ['charts/checkout/values/values-{dev,prod}.yaml']],
    ['values/<env>/values', ['charts/checkout/values/{dev,prod}/values.yaml']],
    ['envs/<env>/values', ['charts/checkout/envs/{dev,prod}/values.yaml']],
    ['one word around the environment in all of them', ['charts/checkout/values-a1b2c3-{dev,prod}.yaml']],
  ])('%s', (name, paths) => {
    const found = valuesIn(files(chart('charts/checkout'), ...paths));
    const isSure = !name.startsWith('one word');
    expect(shown(found)).toEqual(['charts/checkout@dev', 'charts/checkout@prod'].map((line) => (isSure ? line : `${line}?`)));
    expect(found.charts).toEqual(['charts/checkout']);
    expect(found.readings.map(({ source }) => source.root)).toEqual(['charts/checkout', 'charts/checkout']);
    expect(found.readings.map(({ tier }) => tier)).toEqual(['dev', 'prod']);
    const [own = ''] = Object.keys(files(...paths)).filter((path) => path.includes('prod'));
    expect(stackOf(found, 'prod')).toEqual(['charts/checkout/values.yaml', own]);
  });

  it('takes what is common to all first, and what is encrypted last', () => {
    const tree = files('clusters/oslo/{common,staging,prod,nonprod}.values.yaml', 'clusters/oslo/enc-{staging,prod}.secret.values.yaml');
    const found = valuesIn(tree);
    expect(shown(found)).toEqual(['clusters/oslo@prod', 'clusters/oslo@staging']);
    expect(stackOf(found, 'prod')).toEqual(['clusters/oslo/common.values.yaml', 'clusters/oslo/prod.values.yaml', 'clusters/oslo/enc-prod.secret.values.yaml']);
    expect(stackOf(found, 'staging')).toContain('clusters/oslo/nonprod.values.yaml');
  });

  it('takes secrets beside values, but no manifests of that name', () => {
    const tree = { ...files(chart('charts/checkout'), 'charts/checkout/values-{dev,prod}.yaml', 'charts/checkout/secrets-prod.yaml') };
    expect(stackOf(valuesIn(tree), 'prod').at(-1)).toBe('charts/checkout/secrets-prod.yaml');
    expect(stackOf(valuesIn({ ...tree, 'charts/checkout/secrets-prod.yaml': MANIFEST }), 'prod').at(-1)).toBe('charts/checkout/values-prod.yaml');
  });

  it('finds the only chart below its values', () => {
    const found = valuesIn(files('helm_deploy/checkout/{Chart,values}.yaml', 'helm_deploy/values-{dev,preprod,prod}.yaml'));
    expect(shown(found)).toEqual(['helm_deploy/checkout@dev', 'helm_deploy/checkout@preprod', 'helm_deploy/checkout@prod']);
    expect(stackOf(found, 'preprod')).toEqual(['helm_deploy/checkout/values.yaml', 'helm_deploy/values-preprod.yaml']);
  });

  it('guesses no chart among several', () => {
    const found = valuesIn(files('deploy/{checkout,ledger}/Chart.yaml', 'deploy/values-{dev,prod}.yaml'));
    expect(shown(found)).toEqual(['deploy@dev', 'deploy@prod']);
    expect(found.charts).toEqual([]);
  });

  it('tells the values of other charts by what stands before the word', () => {
    const tree = files(
      chart('charts/monitoring'),
      'charts/monitoring/tempo-values{,-staging,-prod}.yaml',
      'charts/monitoring/monitoring-values-{staging,prod}.yaml',
    );
    const found = valuesIn(tree);
    expect(shown(found)).toEqual(['charts/monitoring@prod', 'charts/monitoring@staging', 'charts/monitoring/tempo@prod', 'charts/monitoring/tempo@staging']);
    const tempo = found.readings.find(({ source }) => source.app === 'charts/monitoring/tempo');
    expect(tempo?.source.values).toEqual(['charts/monitoring/tempo-values.yaml', 'charts/monitoring/tempo-values-prod.yaml']);
  });

  it('reads settings without the word where the repository has charts', () => {
    const tree = files('charts/hub/Chart.yaml', 'charts/daemon/Chart.yaml', 'deployments/storefront/{config,secrets}/{common,staging,prod}.yaml');
    const found = valuesIn(tree);
    expect(shown(found)).toEqual(['deployments/storefront@prod', 'deployments/storefront@staging']);
    const of = (folder: string) => `deployments/storefront/${folder}`;
    expect(stackOf(found, 'prod')).toEqual([of('config/common.yaml'), of('config/prod.yaml'), of('secrets/common.yaml'), of('secrets/prod.yaml')]);
    expect(shown(valuesIn(files('deployments/storefront/config/{common,staging,prod}.yaml')))).toEqual([]);
    const manifests = Object.fromEntries(Object.keys(tree).map((path) => [path, path.includes('/config/') ? MANIFEST : '']));
    expect(shown(valuesIn(manifests))).toEqual([]);
  });

  it('reads the services of a helmfile without a chart', () => {
    const found = valuesIn(files('helmfile.d/shop/checkout/{helmfile,values,values-staging,values-prod}.yaml'));
    expect(shown(found)).toEqual(['helmfile.d/shop/checkout@prod', 'helmfile.d/shop/checkout@staging']);
  });

  it('keeps regions in the name, and says them', () => {
    const found = valuesIn(files(chart('charts/checkout'), 'charts/checkout/values-{dev,prod-eu,prod-us}.yaml'));
    expect(shown(found)).toEqual(['charts/checkout@dev', 'charts/checkout@prod-eu region=eu', 'charts/checkout@prod-us region=us']);
  });

  it('tells apps that share a chart by what stands around the environment', () => {
    const found = valuesIn(files(chart('charts/service'), 'charts/service/values-{checkout,ledger}-{dev,prod}.yaml'));
    expect(shown(found)).toEqual([
      'charts/service/checkout@dev?',
      'charts/service/checkout@prod?',
      'charts/service/ledger@dev?',
      'charts/service/ledger@prod?',
    ]);
  });

  it('takes a number behind the environment for a cluster', () => {
    const found = valuesIn(files(chart('charts/service'), 'charts/service/values-{checkout,ledger}-{dev,test-1,test-2}.yaml'));
    expect(shown(found)).toContain('charts/service/ledger@test? cluster=2');
    expect(new Set(found.readings.map(({ source }) => source.environment))).toEqual(new Set(['dev', 'test']));
  });

  it('puts together what several files say of one place', () => {
    const found = valuesIn(files(chart('charts/checkout'), 'charts/checkout/values-{dev,prod}.yaml', 'charts/checkout/envs/{dev,prod}/values.yaml'));
    expect(shown(found)).toEqual(['charts/checkout@dev', 'charts/checkout@prod']);
    expect(stackOf(found, 'prod')).toEqual(['charts/checkout/values.yaml', 'charts/checkout/values-prod.yaml', 'charts/checkout/envs/prod/values.yaml']);
  });

  it('believes what is declared', () => {
    const tree = files(chart('charts/checkout'), 'charts/checkout/values-{aurora,istio}.yaml');
    expect(shown(valuesIn(tree))).toEqual([]);
    const origin = { file: new SourceFile('.gitopsrc', ''), start: 0, end: 0, how: 'written', precision: 'exact' } as const;
    const declared = valuesIn(tree, [{ name: 'aurora', tier: 'staging', labels: {}, below: [''], origin }]);
    expect(declared.readings.map(({ source, tier }) => `${source.environment}: ${tier}`)).toEqual(['aurora: staging']);
  });
});

describe('names that say nothing', () => {
  const sites = 'oslodev,osloint,osloprod,limadev,limaprod,summit,cavern-prod,cavern-dev,minikube,prague-teststand';

  it('are environments where a folder lists them', () => {
    const list = files('environments/Chart.yaml', `environments/values{,-base,-${sites.replaceAll(',', ',-')}}.yaml`);
    const tree = {
      ...list,
      'environments/values-base.yaml': 'name: base\n',
      ...files('applications/checkout/{Chart,values,values-base,values-osloprod,values-cavern-prod}.yaml'),
    };
    const found = valuesIn(tree);
    const tiers = new Map(found.readings.map(({ source, tier }) => [source.environment, tier]));
    expect(Object.fromEntries(tiers)).toEqual({
      base: 'unknown',
      'cavern-dev': 'dev',
      'cavern-prod': 'prod',
      limadev: 'dev',
      limaprod: 'prod',
      minikube: 'local',
      oslodev: 'dev',
      osloint: 'int',
      osloprod: 'prod',
      'prague-teststand': 'unknown',
      summit: 'unknown',
    });
    const checkout = found.readings.filter(({ source }) => source.app === 'applications/checkout');
    expect(checkout.map(({ source }) => source.environment)).toEqual(['base', 'cavern-prod', 'osloprod']);
    // The environment `base` is no base.
    expect(checkout.at(-1)?.source.values).toEqual(['applications/checkout/values.yaml', 'applications/checkout/values-osloprod.yaml']);
    expect(found.readings.every(({ confidence }) => confidence === 'low')).toBe(true);
    expect(shown(valuesIn({ ...tree, 'environments/values-base.yaml': '' }))).not.toContain('applications/checkout@base?');
  });

  it('are environments where several charts have them beside known ones', () => {
    const found = valuesIn(files('charts/{checkout,ledger}/{Chart,values,values-aurora,values-prod}.yaml'));
    expect(shown(found)).toEqual(['charts/checkout@aurora?', 'charts/checkout@prod?', 'charts/ledger@aurora?', 'charts/ledger@prod?']);
    expect(found.readings[0]?.why).toContain('in 2 folders');
  });

  it.each([
    ['one beside a known one', 'charts/checkout/values-{alpha,prod}.yaml', ['charts/checkout@alpha?', 'charts/checkout@prod?']],
    ['two of them once', 'charts/checkout/values-{aurora,borealis,prod}.yaml', ['charts/checkout@prod?']],
    ['none that is known', 'charts/checkout/values-{hub,group-one}.yaml', []],
  ])('%s', (_, path, expected) => {
    expect(shown(valuesIn(files(chart('charts/checkout'), path)))).toEqual(expected);
  });

  it('does not take apps for environments', () => {
    expect(shown(valuesIn(files(chart('charts/shop'), 'charts/shop/{storefront,dev,prod}-values.yaml')))).toEqual(['charts/shop@dev', 'charts/shop@prod']);
  });
});

describe('the name of a folder tells the environment', () => {
  it('for each app, with the chart of its name', () => {
    const found = valuesIn(files('helm/apps/{checkout,ledger}/{Chart,values}.yaml', 'configs/{checkout,ledger,fraud}/{dev,prod}/values.yaml'));
    expect(shown(found)).toEqual([
      'fraud@dev',
      'fraud@prod',
      'helm/apps/checkout@dev',
      'helm/apps/checkout@prod',
      'helm/apps/ledger@dev',
      'helm/apps/ledger@prod',
    ]);
    expect(found.readings.at(-1)?.source.values).toEqual(['helm/apps/ledger/values.yaml', 'configs/ledger/prod/values.yaml']);
  });

  it('for what the files are called for', () => {
    const found = valuesIn(files('environments/{common,dev,prod}/{values,web-values}.yaml'));
    expect(shown(found)).toEqual(['environments@dev', 'environments@prod', 'web@dev', 'web@prod']);
    expect(stackOf(found, 'dev')).toEqual(['environments/common/values.yaml', 'environments/dev/values.yaml']);
  });

  it('for charts that each environment has a copy of, and the values of their clusters', () => {
    const tree = files('charts/{staging,prod}/{checkout,ledger}/{Chart,values}.yaml', 'clusters/{staging,prod}/{tokyo,lima}/checkout-values.yaml');
    const found = valuesIn(tree);
    expect(shown(found)).toEqual([
      'charts/checkout@prod cluster=lima',
      'charts/checkout@prod cluster=tokyo',
      'charts/checkout@staging cluster=lima',
      'charts/checkout@staging cluster=tokyo',
      'charts/ledger@prod',
      'charts/ledger@staging',
    ]);
    expect(found.readings[0]?.source).toMatchObject({
      root: 'charts/prod/checkout',
      values: ['charts/prod/checkout/values.yaml', 'clusters/prod/lima/checkout-values.yaml'],
    });
    expect(found.charts).toHaveLength(4);
  });

  it('for charts without values of their own', () => {
    const found = valuesIn(files('charts/{staging,prod}/checkout/Chart.yaml'));
    expect(shown(found)).toEqual(['charts/checkout@prod', 'charts/checkout@staging']);
  });

  it('with regions and clusters below', () => {
    const found = valuesIn(files('clusters/{dev,prod}/europe-west4/c2/checkout/{Chart,values}.yaml'));
    expect(shown(found)).toEqual(['checkout@dev region=europe-west4 cluster=c2', 'checkout@prod region=europe-west4 cluster=c2']);
  });

  it('with the environment in the name of the cluster', () => {
    const tree = files('apps/checkout/{Chart,values}.yaml', 'apps/checkout/values/{dev,prod}.yaml', 'clusters/{dev,prod}-cluster01/values/checkout.yaml');
    expect(shown(valuesIn(tree))).toEqual([
      'apps/checkout@dev',
      'apps/checkout@dev cluster=dev-cluster01',
      'apps/checkout@prod',
      'apps/checkout@prod cluster=prod-cluster01',
    ]);
  });

  it('where what an environment has in common lies above what it deploys', () => {
    const found = valuesIn(files('environments/{dev,prod}/values.yaml', 'environments/{dev,prod}/{checkout,ledger}/values.yaml'));
    expect(shown(found)).toEqual(['checkout@dev', 'checkout@prod', 'ledger@dev', 'ledger@prod']);
    expect(stackOf(found, 'prod')).toEqual(['environments/prod/values.yaml', 'environments/prod/checkout/values.yaml']);
  });

  it('leaves what a kustomization reads to it', () => {
    expect(shown(valuesIn(files('apps/checkout/{staging,prod}/{kustomization,checkout-values}.yaml')))).toEqual([]);
    expect(shown(valuesIn(files('apps/checkout/{staging,prod}/kustomization.yaml', 'apps/checkout/{staging,prod}/chart/{Chart,values}.yaml')))).toEqual([]);
  });

  it('is not repeated by the names of the files', () => {
    const found = valuesIn(
      files('environments/{dev,prod}/checkout/{Chart,values}.yaml', 'environments/dev/checkout/values-dev.yaml', 'environments/prod/checkout/values-prod.yaml'),
    );
    expect(shown(found)).toEqual(['checkout@dev', 'checkout@prod']);
    expect(stackOf(found, 'prod')).toEqual(['environments/prod/checkout/values.yaml', 'environments/prod/checkout/values-prod.yaml']);
  });
});
