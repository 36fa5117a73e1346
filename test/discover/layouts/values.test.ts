import { describe, expect, it } from 'vitest';
import { kustomization } from '../../rules/shop.ts';
import type { Tree } from '../../support/rule-tester.ts';
import { base, layoutOf, overlays, rootsIn, surveyed } from './layout.ts';

const ENVS = ['dev', 'staging', 'prod'];
const ORDER = ['dev: dev', 'staging: staging < dev', 'prod: prod < staging'];

const chart = (folder: string): Tree => ({
  [`${folder}/Chart.yaml`]: `apiVersion: v2\nname: ${folder.split('/').at(-1)}\nversion: 1.0.0\n`,
  [`${folder}/values.yaml`]: 'replicas: 1\n',
  [`${folder}/templates/deployment.yaml`]:
    'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Release.Name }}\nspec:\n  replicas: {{ .Values.replicas }}\n',
});
const values = (...paths: readonly string[]): Tree => Object.fromEntries(paths.map((path, index) => [path, `replicas: ${index + 2}\n`]));
/** One file for each environment. */
const each = (path: (env: string) => string): Tree => values(...ENVS.map(path));

describe('a chart with values for each environment', () => {
  it.each<[string, (env: string) => string]>([
    ['values-<env>.yaml', (env) => `charts/checkout/values-${env}.yaml`],
    ['values.<env>.yaml', (env) => `charts/checkout/values.${env}.yaml`],
    ['values/<env>.yaml', (env) => `charts/checkout/values/${env}.yaml`],
    ['envs/<env>/values.yaml', (env) => `charts/checkout/envs/${env}/values.yaml`],
    ['<env>-values.yaml', (env) => `charts/checkout/${env}-values.yaml`],
  ])('%s', async (_, path) => {
    const tree = { ...chart('charts/checkout'), ...each(path) };
    expect(await layoutOf(tree)).toEqual({ environments: ORDER, variants: ['checkout@dev', 'checkout@prod', 'checkout@staging'] });
    const { repository } = await surveyed(tree);
    expect(rootsIn(repository)).toEqual(ENVS.map((env) => `checkout@${env} = charts/checkout (charts/checkout/values.yaml, ${path(env)})`));
  });

  it('environments/<env>/<app>/values.yaml beside charts', async () => {
    const tree = {
      ...chart('charts/checkout'),
      ...chart('charts/ledger'),
      ...each((env) => `environments/${env}/checkout/values.yaml`),
      ...each((env) => `environments/${env}/ledger/values.yaml`),
    };
    const { environments, variants, leftOut } = await layoutOf(tree);
    expect(environments).toEqual(ORDER);
    expect(variants).toEqual(['checkout@dev', 'checkout@prod', 'checkout@staging', 'ledger@dev', 'ledger@prod', 'ledger@staging']);
    expect(leftOut).toBeUndefined();
  });

  it('regions that an environment stands in', async () => {
    const tree = { ...chart('charts/checkout'), ...values(...['dev', 'prod-eu', 'prod-us'].map((env) => `charts/checkout/values-${env}.yaml`)) };
    const { environments, variants } = await layoutOf(tree);
    expect(environments).toEqual(['dev: dev', 'prod-eu: prod < dev', 'prod-us: prod < dev']);
    expect(variants).toEqual(['checkout@dev', 'checkout@prod-eu region=eu', 'checkout@prod-us region=us']);
  });

  it('without values for any environment is left out, and said so', async () => {
    const tree = { ...chart('charts/checkout'), ...overlays('ledger', 'dev', 'prod') };
    const { variants, leftOut } = await layoutOf(tree);
    expect(variants).toEqual(['ledger@dev', 'ledger@prod']);
    expect(leftOut).toEqual([expect.stringMatching(/^charts\/checkout: Helm chart/)]);
  });
});

describe('a helmfile', () => {
  const helmfile = `environments:
  default: {}
  production:
    values: [environments/production.yaml]
  staging:
    values: [environments/staging.yaml]
    secrets: [secrets/staging.yaml]
---
repositories:
  - { name: shop, url: https://charts.shop.example }
releases:
  - name: checkout
    namespace: shop
    chart: shop/checkout
    version: 1.14.2
    values:
      - values/checkout/common.yaml
      - values/checkout/{{ .Environment.Name }}.yaml
  - name: ledger
    namespace: shop
    chart: shop/ledger
    version: 1.4.0
    values:
      - values/ledger/{{ .Environment.Name }}.yaml
`;
  const tree: Tree = {
    'helmfile.yaml': helmfile,
    ...values('environments/staging.yaml', 'environments/production.yaml', 'secrets/staging.yaml'),
    ...values('values/checkout/common.yaml', 'values/checkout/staging.yaml', 'values/checkout/production.yaml'),
    ...values('values/ledger/staging.yaml', 'values/ledger/production.yaml'),
  };

  it('lists its environments, whose order the names tell', async () => {
    const { environments, variants } = await layoutOf(tree);
    expect(environments).toEqual(['staging: staging', 'production: prod < staging']);
    expect(variants).toEqual([
      'checkout@production',
      'checkout@staging',
      'environments@production',
      'environments@staging',
      'ledger@production',
      'ledger@staging',
    ]);
    const { discovery } = await surveyed(tree);
    expect(discovery.environments[0]?.evidence[0]).toMatchObject({ why: 'named by helmfile environments', location: { file: { path: 'helmfile.yaml' } } });
  });

  it('has the values of each release in each environment', async () => {
    const { repository } = await surveyed(tree);
    expect(rootsIn(repository)).toEqual(
      expect.arrayContaining([
        'checkout@staging = values/checkout (values/checkout/common.yaml, values/checkout/staging.yaml)',
        'ledger@production = values/ledger (values/ledger/production.yaml)',
      ]),
    );
  });
});

describe('a bundle of Fleet', () => {
  const targets = (how: (env: string) => string) => `targetCustomizations:
${['dev', 'test', 'prod'].map((env) => `  - name: ${env}\n    clusterSelector: { matchLabels: { env: ${env} } }\n    ${how(env)}\n`).join('')}`;

  it('with kustomize has an overlay for each target', async () => {
    const tree: Tree = {
      'checkout/fleet.yaml': `defaultNamespace: shop\n${targets((env) => `kustomize: { dir: overlays/${env} }`)}`,
      ...base('checkout/base', 'checkout'),
      ...Object.fromEntries(['dev', 'test', 'prod'].map((env) => [`checkout/overlays/${env}/kustomization.yaml`, kustomization(['../../base'])])),
    };
    expect(await layoutOf(tree)).toEqual({
      environments: ['dev: dev', 'test: test < dev', 'prod: prod < test'],
      variants: ['checkout@dev', 'checkout@prod', 'checkout@test'],
    });
  });

  it('with a chart has values for each target', async () => {
    const tree: Tree = {
      'ledger/fleet.yaml': `defaultNamespace: shop\nhelm: { releaseName: ledger }\n${targets((env) => `helm: { valuesFiles: [values-${env}.yaml] }`)}`,
      ...chart('ledger'),
      ...values('ledger/values-dev.yaml', 'ledger/values-test.yaml', 'ledger/values-prod.yaml'),
    };
    const { environments, variants } = await layoutOf(tree);
    expect(environments).toEqual(['dev: dev', 'test: test < dev', 'prod: prod < test']);
    expect(variants).toEqual(['ledger@dev', 'ledger@prod', 'ledger@test']);
  });

  it('that is rolled out in partitions has their order', async () => {
    const partitions = ['canary', 'staging', 'prod'].map((name) => `    - { name: ${name}, clusterGroup: ${name} }\n`).join('');
    const tree: Tree = {
      'checkout/fleet.yaml': `rolloutStrategy:\n  partitions:\n${partitions}`,
      ...base('checkout/base', 'checkout'),
      ...Object.fromEntries(['canary', 'staging', 'prod'].map((env) => [`checkout/overlays/${env}/kustomization.yaml`, kustomization(['../../base'])])),
    };
    expect((await layoutOf(tree)).environments).toEqual(['canary: unknown', 'staging: staging < canary', 'prod: prod < staging']);
  });
});
