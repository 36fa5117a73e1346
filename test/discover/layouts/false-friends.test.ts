import { describe, expect, it } from 'vitest';
import { configMap, kustomization } from '../../rules/shop.ts';
import type { Tree } from '../../support/rule-tester.ts';
import { base, layoutOf, manifest, overlays, surveyed, workload } from './layout.ts';

const SHOP = overlays('checkout', 'dev', 'prod');
const ENVIRONMENTS = ['dev: dev', 'prod: prod < dev'];
const VARIANTS = ['checkout@dev', 'checkout@prod'];

/** What lies beside the shop, without the shop. */
async function beside(tree: Tree) {
  const { environments, variants, ...others } = await layoutOf({ ...SHOP, ...tree });
  expect(environments).toEqual(ENVIRONMENTS);
  expect(variants.filter((id) => id.startsWith('checkout'))).toEqual(VARIANTS);
  return { variants: variants.filter((id) => !id.startsWith('checkout')), ...others };
}

describe('names that are no environments', () => {
  it('channels of an operator, whatever else is called so', async () => {
    const operator = (name: string, ...channels: readonly string[]): Tree => ({
      [`operators/${name}/operator/base/kustomization.yaml`]: kustomization(['subscription.yaml']),
      [`operators/${name}/operator/base/subscription.yaml`]: manifest('operators.coreos.com/v1alpha1', 'Subscription', name, 'spec:\n  channel: patched\n'),
      ...Object.fromEntries(
        channels.map((channel) => [
          `operators/${name}/operator/overlays/${channel}/kustomization.yaml`,
          kustomization(
            ['../../base'],
            `patches:\n  - target: { kind: Subscription }\n    patch: |\n      - { op: replace, path: /spec/channel, value: ${channel} }\n`,
          ),
        ]),
      ),
    });
    const { variants, ...others } = await beside({
      ...operator('gateway', 'stable', 'stable-1.4', 'fast', 'preview'),
      ...operator('logging', 'stable-5.9', 'stable-6.0'),
      ...operator('serverless', 'stable', 'candidate'),
    });
    expect(variants.filter((id) => id.includes('@'))).toEqual([]);
    expect(others).toEqual({});
  });

  it.each(['integration', 'release', 'live-data', 'test-data', 'demo', 'test-runner', 'dev-portal', 'preview'])('an app called %s', async (name) => {
    expect(await layoutOf({ ...SHOP, ...overlays(name, 'dev', 'prod') })).toEqual({
      environments: ENVIRONMENTS,
      variants: [...VARIANTS, `${name}@dev`, `${name}@prod`].sort(),
    });
    const turned: Tree = Object.fromEntries(
      ['dev', 'prod'].flatMap((env) => ['checkout', name].map((app) => [`environments/${env}/${app}/deployment.yaml`, workload(app)])),
    );
    expect(await layoutOf(turned)).toEqual({ environments: ENVIRONMENTS, variants: [...VARIANTS, `${name}@dev`, `${name}@prod`].sort() });
  });

  it('issuers of certificates', async () => {
    const issuer = (name: string) => manifest('cert-manager.io/v1', 'ClusterIssuer', name);
    const { variants, ...others } = await beside({
      'infrastructure/issuers/letsencrypt-prod.yaml': issuer('letsencrypt-prod'),
      'infrastructure/issuers/letsencrypt-staging.yaml': issuer('letsencrypt-staging'),
    });
    expect([variants, others]).toEqual([['issuers'], {}]);
  });

  it('files of roles that have one in their name', async () => {
    const role = (name: string) => manifest('rbac.authorization.k8s.io/v1', 'ClusterRole', name);
    const { variants, ...others } = await beside({
      'rbac/nonprod-role.yaml': role('nonprod'),
      'rbac/prod-role.yaml': role('prod'),
      'rbac/dev-role.yaml': role('dev'),
    });
    expect([variants, others]).toEqual([['rbac'], {}]);
  });

  it('groups of environments', async () => {
    const tree: Tree = Object.fromEntries(
      ['nonprod/dev', 'nonprod/test', 'prod'].map((folder) => [`clusters/${folder}/checkout/deployment.yaml`, workload('checkout')]),
    );
    const { environments } = await layoutOf({ ...SHOP, ...tree });
    expect(environments.map((line) => line.split(':')[0])).not.toContain('nonprod');
  });

  it('preprod is before production, and not a part of it', async () => {
    expect(await layoutOf(overlays('checkout', 'dev', 'preprod', 'prod'))).toEqual({
      environments: ['dev: dev', 'preprod: staging < dev', 'prod: prod < preprod'],
      variants: ['checkout@dev', 'checkout@preprod', 'checkout@prod'],
    });
  });

  it('names around an environment make another one, of the same tier', async () => {
    expect(await layoutOf(overlays('checkout', 'staging', 'production', 'production-downstream', 'shop-public-production'))).toEqual({
      environments: ['staging: staging', 'production: prod < staging', 'production-downstream: prod < staging', 'shop-public-production: prod < staging'],
      variants: ['checkout@production', 'checkout@production-downstream', 'checkout@shop-public-production', 'checkout@staging'],
    });
  });
});

describe('differences between environments that are meant', () => {
  it('an overlay that is empty for the time being', async () => {
    const component = (name: string, lima: string): Tree => ({
      [`components/${name}/base/kustomization.yaml`]: kustomization(['settings.yaml']),
      [`components/${name}/base/settings.yaml`]: configMap(name, 'URL: x\n'),
      [`components/${name}/empty-base/kustomization.yaml`]: 'resources: []\n',
      [`components/${name}/staging/oslo/kustomization.yaml`]: kustomization(['../../base']),
      [`components/${name}/production/tokyo/kustomization.yaml`]: kustomization(['../../base']),
      [`components/${name}/production/lima/kustomization.yaml`]: kustomization([lima]),
    });
    const tree = { ...component('checkout', '../../empty-base'), ...component('ledger', '../../base') };
    const { environments, variants } = await layoutOf(tree);
    expect(environments).toEqual(['staging: staging', 'production: prod < staging']);
    expect(variants).toEqual(
      ['checkout', 'ledger'].flatMap((name) => [`${name}@production cluster=lima`, `${name}@production cluster=tokyo`, `${name}@staging cluster=oslo`]),
    );
  });

  it('components that only one environment has', async () => {
    const both = Array.from({ length: 41 }, (_, index) => `service-${index}`);
    const tree: Tree = Object.assign(
      {},
      ...both.map((name) => ({
        ...base(`components/${name}/base`, name),
        [`components/${name}/staging/kustomization.yaml`]: kustomization(['../base']),
        [`components/${name}/production/kustomization.yaml`]: kustomization(['../base']),
      })),
      base('components/trial/base', 'trial'),
      { 'components/trial/staging/kustomization.yaml': kustomization(['../base']) },
    );
    const { environments, variants } = await layoutOf(tree);
    expect(environments).toEqual(['staging: staging', 'production: prod < staging']);
    expect(variants).toHaveLength(83);
    expect(variants).toContain('trial@staging');
  });

  it('rings of clusters that follow one another', async () => {
    const ring = (number: number, cluster: string, tag: string): Tree => ({
      [`components/checkout/rings/ring-${number}/${cluster}/kustomization.yaml`]: kustomization(
        ['../../../base'],
        `images:\n  - { name: registry.shop.example/checkout, newTag: ${tag} }\n`,
      ),
    });
    const tree: Tree = {
      ...base('components/checkout/base', 'checkout'),
      ...ring(0, 'oslo', '1.15.0'),
      ...ring(1, 'tokyo', '1.14.2'),
      ...ring(2, 'lima', '1.14.1'),
      ...base('components/ledger/base', 'ledger'),
      ...Object.fromEntries(
        ['staging/oslo', 'production/tokyo', 'production/lima'].map((folder) => [
          `components/ledger/${folder}/kustomization.yaml`,
          kustomization(['../../base']),
        ]),
      ),
    };
    expect(await layoutOf(tree)).toEqual({
      environments: ['staging: staging', 'production: prod < staging'],
      variants: [
        'checkout@production cluster=lima',
        'checkout@production cluster=tokyo',
        'checkout@staging cluster=oslo',
        'ledger@production cluster=lima',
        'ledger@production cluster=tokyo',
        'ledger@staging cluster=oslo',
      ],
    });
  });
});

describe('what only looks like something that is deployed', () => {
  it('files of Docker Compose', async () => {
    const compose = 'services:\n  checkout:\n    image: registry.shop.example/checkout\n';
    expect(
      await beside({ 'docker-compose.yml': compose, 'docker-compose.dev.yml': compose, 'docker-compose.prod.yml': compose, 'compose.staging.yaml': compose }),
    ).toEqual({ variants: [] });
  });

  it('the sources of an application', async () => {
    expect(
      await beside({
        'src/main/resources/application-dev.yaml': 'server: { port: 8080 }\n',
        'src/main/resources/application-staging.yaml': 'server: { port: 8080 }\n',
        'src/main/resources/application-prod.yaml': 'server: { port: 80 }\n',
        'src/main/resources/application-prod.properties': 'server.port=80\n',
        'web/src/environments/environment.prod.ts': 'export const environment = {};\n',
        'api/appsettings.Development.json': '{}',
        'api/appsettings.Production.json': '{}',
        'web/.env.development': 'PORT=8080\n',
        'web/.env.production': 'PORT=80\n',
        'web/package.json': '{}',
        'mail/package.json': '{}',
        'mail/config/default.json': '{}',
        'mail/config/development.json': '{}',
        'mail/config/production.json': '{}',
        'rails/config/environments/development.rb': '',
        'rails/config/environments/production.rb': '',
        'rails/config/database.yml': 'development: {}\nproduction: {}\n',
      }),
    ).toEqual({ variants: [] });
  });

  it('folders of code and of tests', async () => {
    const { variants, ...others } = await beside({
      'test/e2e/dev/deployment.yaml': workload('probe'),
      'test/integration/prod/probe.yaml': workload('probe'),
      'pkg/dev/main.go': 'package dev\n',
      'cmd/prod/main.go': 'package main\n',
      'internal/staging/testdata/prod/app.yaml': workload('probe'),
    });
    expect(variants).toEqual([]);
    expect(others).toEqual({ leftOut: ['test: manifests of tests, examples or scaffolding, by the name of their folder'] });
  });

  it('the scaffold of an operator', async () => {
    const tree: Tree = {
      'config/default/kustomization.yaml': kustomization(['../crd', '../rbac', '../manager'], 'namespace: shop-system\nnamePrefix: shop-\n'),
      'config/crd/kustomization.yaml': kustomization(['bases/crd.yaml']),
      'config/crd/bases/crd.yaml': manifest('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'baskets.shop.example'),
      'config/rbac/kustomization.yaml': kustomization(['role.yaml']),
      'config/rbac/role.yaml': manifest('rbac.authorization.k8s.io/v1', 'ClusterRole', 'manager-role'),
      'config/manager/kustomization.yaml': kustomization(['manager.yaml']),
      'config/manager/manager.yaml': workload('controller-manager'),
      'config/prometheus/kustomization.yaml': kustomization(['monitor.yaml']),
      'config/prometheus/monitor.yaml': manifest('monitoring.coreos.com/v1', 'ServiceMonitor', 'metrics-monitor'),
      'config/samples/kustomization.yaml': kustomization(['basket.yaml']),
      'config/samples/basket.yaml': manifest('shop.example/v1', 'Basket', 'sample'),
    };
    const { environments, assumptions, problems } = await layoutOf(tree);
    expect({ environments, assumptions, problems }).toEqual({ environments: [], assumptions: undefined, problems: undefined });
    const { repository } = await surveyed(tree);
    expect(repository.variants.map(({ root }) => root)).not.toEqual(expect.arrayContaining(['config/manager']));
  });

  it('presets of a chart that others install', async () => {
    const tree: Tree = {
      'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
      'charts/shop/values.yaml': 'replicas: 1\n',
      'charts/shop/values-production.yaml': 'replicas: 3\n',
      'charts/shop/values-ha.yaml': 'replicas: 3\n',
      'charts/shop/values-minimal.yaml': 'replicas: 1\n',
      'charts/shop/ci/dev-values.yaml': 'replicas: 1\n',
      'charts/shop/ci/prod-values.yaml': 'replicas: 1\n',
      'charts/shop/templates/deployment.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: {{ .Release.Name }} }\n',
    };
    const { environments, variants, leftOut } = await layoutOf(tree);
    expect([environments, variants]).toEqual([[], []]);
    expect(leftOut).toEqual([expect.stringContaining('"values-production.yaml"'), expect.stringMatching(/^charts\/shop: Helm chart/)]);
  });

  it('templates that somebody has yet to fill in', async () => {
    const namespace = manifest('v1', 'Namespace', '{{ team }}');
    const { variants, ...others } = await beside({
      'hack/new-cluster/templates/production/namespace.yaml': namespace,
      'hack/new-cluster/templates/staging/namespace.yaml': namespace,
      'clusters/SHOP_PROD_CLUSTER/apps.yaml': manifest('v1', 'Namespace', 'shop'),
      'clusters/SHOP_DEV_CLUSTER/apps.yaml': manifest('v1', 'Namespace', 'shop'),
    });
    expect(variants.filter((id) => id.includes('@'))).toEqual([]);
    expect(others).toEqual({ leftOut: ['hack: manifests of tests, examples or scaffolding, by the name of their folder'] });
  });
});
