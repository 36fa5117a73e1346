import { describe, expect, it } from 'vitest';
import { files, settingsIn, shown, stackOf } from './reading-files.ts';

const MANIFEST = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n';

describe('settings of an environment', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['overrides/<env>.env', ['helmfile/overrides/{dev,staging,production}.env'], ['helmfile@dev', 'helmfile@production', 'helmfile@staging']],
    ['config/<env>.env', ['checkout/config/{dev,prod}.env'], ['checkout@dev', 'checkout@prod']],
    ['config/<env>.env in the root', ['config/{dev,prod}.env'], ['config@dev', 'config@prod']],
    ['config/<env>.yaml', ['checkout/config/{common,dev,prod}.yaml'], ['checkout@dev', 'checkout@prod']],
    ['.env.<env>', ['deploy/checkout/.env.{dev,prod}'], ['deploy/checkout@dev', 'deploy/checkout@prod']],
    ['config.<env>.json', ['deploy/checkout/config.{dev,prod}.json'], ['deploy/checkout@dev', 'deploy/checkout@prod']],
    ['<env>.properties', ['deploy/checkout/{dev,prod}.properties'], ['deploy/checkout@dev', 'deploy/checkout@prod']],
    [
      '<app>.<env>.env',
      ['deploy/{checkout,ledger}.{dev,prod}.env'],
      ['deploy/checkout@dev?', 'deploy/checkout@prod?', 'deploy/ledger@dev?', 'deploy/ledger@prod?'],
    ],
    ['versions-<env>.json', ['deploy/checkout/versions-{dev,prod}.json'], ['deploy/checkout@dev', 'deploy/checkout@prod']],
    ['helm-versions/<env>', ['charts/checkout/helm-versions/{staging,prod}'], ['charts/checkout/helm-versions@prod', 'charts/checkout/helm-versions@staging']],
    [
      'image-tags/<env>/<app>',
      ['shop/image-tags/{test,staging,prod}/{checkout,ledger}'],
      ['checkout', 'ledger'].flatMap((app) => ['prod', 'staging', 'test'].map((env) => `shop/image-tags/${app}@${env}`)),
    ],
    ['environments/<env>/*', ['environments/{dev,prod}/{cluster.yaml,network.json}'], ['environments@dev', 'environments@prod']],
    ['releases/<env>/*', ['releases/{dev,prod}/release.yaml'], ['releases@dev', 'releases@prod']],
  ])('%s', (_, paths, expected) => {
    const found = settingsIn(files(...paths));
    expect(shown(found)).toEqual(expected);
    expect(new Set(found.readings.map(({ source }) => source.renderer))).toEqual(new Set(['files']));
  });

  it('names the files, the common one first', () => {
    expect(stackOf(settingsIn(files('checkout/config/{common,dev,prod}.yaml')), 'prod')).toEqual(['checkout/config/common.yaml', 'checkout/config/prod.yaml']);
    expect(stackOf(settingsIn(files('checkout/{config,vars}.{dev,prod}.json')), 'prod')).toEqual(['checkout/config.prod.json', 'checkout/vars.prod.json']);
  });

  it('says the root of each reading', () => {
    const { readings } = settingsIn(files('image-tags/{staging,prod}/{checkout,ledger}'));
    expect(readings[0]?.source).toMatchObject({ root: 'image-tags/prod', values: ['image-tags/prod/checkout'] });
    expect(readings[0]?.folder).toBe('image-tags/prod');
  });

  it('leaves them to the values files of the same environments, and says so', () => {
    const found = settingsIn(files('charts/checkout/{values-alpha,values-prod}.yaml', 'charts/checkout/versions-{dev,prod}.json'));
    expect(shown(found)).toEqual(['charts/checkout@dev', 'charts/checkout@prod']);
    const aside = settingsIn(files('charts/checkout/values-{dev,prod}.yaml', 'charts/checkout/versions-{dev,prod}.json'));
    expect(shown(aside)).toEqual([]);
    expect(aside.leftOut).toEqual([{ name: 'charts/checkout/versions-*.json', why: expect.stringContaining('not read') }]);
  });

  it('takes one more name beside known ones, and is not sure', () => {
    expect(shown(settingsIn(files('deploy/config.{dev,prod,aurora}.json')))).toEqual(['deploy@aurora?', 'deploy@dev', 'deploy@prod']);
  });
});

describe('files that are no settings of an environment', () => {
  it.each<[string, readonly string[]]>([
    ['one alone', ['deploy/prod.env']],
    ['examples', ['.env.{example,sample,local,test}']],
    ['of an application', ['package.json', '.env.{development,production}']],
    ['of an application below', ['web/package.json', 'web/config/{dev,prod}.json']],
    ['of an application with other sources', ['api/pom.xml', 'api/config/{dev,prod}.properties']],
    ['of a project by its own name', ['api/Shop.csproj', 'api/config.{Development,Production}.json']],
    ['resources', ['api/src/main/resources/application-{dev,prod}.yml']],
    ['what frameworks read', ['deploy/appsettings.{Development,Production}.json']],
    ['what frameworks read as properties', ['deploy/application-{dev,prod}.properties']],
    ['compilers', ['tsconfig.{dev,prod}.json']],
    ['compose', ['docker-compose.{dev,prod}.yaml']],
    ['languages', ['config/locales/{en,de}.yaml']],
    ['languages that look like more', ['config/locales/{dev,prod}.yaml']],
    ['hidden folders', ['.github/config/{dev,prod}.yaml']],
    ['dependencies', ['node_modules/shop/config/{dev,prod}.json']],
    ['infrastructure', ['terraform/config/{dev,prod}.json']],
    ['infrastructure by its files', ['environments/{dev,prod}/{main.tf,config.json}']],
    ['kustomizations', ['environments/{dev,prod}/{kustomization.yaml,config.env}']],
    ['a file beside a kustomization', ['checkout/{kustomization.yaml,dev.env,prod.env}']],
    ['values', ['environments/{dev,prod}/{values.yaml,cluster.json}']],
    ['secrets', ['secrets/config/{dev,prod}.yaml']],
    ['tests', ['tests/config/{dev,prod}.env']],
    ['values where there are charts', ['charts/checkout/Chart.yaml', 'config/{dev,prod}.yaml']],
  ])('%s', (_, paths) => {
    expect(shown(settingsIn(files(...paths)))).toEqual([]);
  });

  it('counts those of a deployment within an application', () => {
    expect(shown(settingsIn(files('package.json', 'deploy/config/{dev,prod}.env')))).toEqual(['deploy@dev', 'deploy@prod']);
  });

  it('does not read a package list for settings', () => {
    const list = 'channels: [main]\ndependencies: [shop]\n';
    expect(shown(settingsIn({ 'environments/dev.yaml': list, 'environments/prod.yaml': list }))).toEqual([]);
  });

  it('leaves manifests to those who read them', () => {
    const tree = { 'config/dev.yaml': MANIFEST, 'config/prod.yaml': MANIFEST };
    expect(shown(settingsIn(tree))).toEqual([]);
    const json = '{ "apiVersion": "v1", "kind": "ConfigMap" }';
    expect(shown(settingsIn({ 'config/dev.json': json, 'config/prod.json': json }))).toEqual([]);
    // An object further in is a setting.
    const inner = 'objects:\n  - apiVersion: v1\n    kind: ConfigMap\n';
    expect(shown(settingsIn({ 'config/dev.yaml': inner, 'config/prod.yaml': inner }))).toEqual(['config@dev', 'config@prod']);
  });
});
