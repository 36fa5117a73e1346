import { describe, expect, it } from 'vitest';
import { loadSettings } from '../../../src/config/load.ts';
import { survey } from '../../../src/engine/read-repository.ts';
import { memoryWorkspace } from '../../../src/workspace/memory-workspace.ts';
import { configMap, kustomization } from '../../rules/shop.ts';
import type { Tree } from '../../support/rule-tester.ts';
import { base, indented, layoutIn, layoutOf, manifest, overlays, rootsIn, surveyed, workload } from './layout.ts';

/** Details of layouts that were once read otherwise than a person would read them. */
const URL = 'https://git.shop.example/platform/config.git';
const application = (name: string, path: string, spec = '') =>
  manifest('argoproj.io/v1alpha1', 'Application', name, `  namespace: argocd\nspec:\n  source: { repoURL: ${URL}, path: ${path} }\n${indented(spec, 2)}`);
const SHOP = overlays('checkout', 'dev', 'prod');

describe('kam', () => {
  it('does not read the folder around a deployed one as a second variant', async () => {
    const app = (env: string): Tree => ({
      [`environments/${env}/apps/app-checkout/kustomization.yaml`]: kustomization(['overlays']),
      [`environments/${env}/apps/app-checkout/overlays/kustomization.yaml`]: kustomization(['../base']),
      ...base(`environments/${env}/apps/app-checkout/base`, 'checkout'),
      [`config/argocd/${env}-app-checkout-app.yaml`]: application(
        `${env}-app-checkout`,
        `environments/${env}/apps/app-checkout/overlays`,
        `destination: { server: https://kubernetes.default.svc, namespace: ${env} }\n`,
      ),
    });
    expect(await layoutOf({ ...app('dev'), ...app('stage') })).toEqual({
      environments: ['dev: dev', 'stage: staging < dev'],
      variants: ['app-checkout@dev', 'app-checkout@stage', 'config/argocd'],
    });
  });
});

describe('names of apps', () => {
  it('no app is called after a folder that only leads there', async () => {
    const tree: Tree = {
      ...base('environments/base', 'checkout'),
      'environments/overlays/dev/kustomization.yaml': kustomization(['../../base']),
      'environments/overlays/prod/kustomization.yaml': kustomization(['../../base']),
      'config/cicd/overlays/kustomization.yaml': kustomization(['../base']),
      ...base('config/cicd/base', 'pipelines'),
    };
    expect((await layoutOf(tree)).variants).toEqual(['cicd', 'environments@dev', 'environments@prod']);
  });
});

describe('overlays called after sizes or clusters', () => {
  it('are one app, where a list deploys them to its environments', async () => {
    const set = manifest(
      'argoproj.io/v1alpha1',
      'ApplicationSet',
      'shop',
      `  namespace: argocd
spec:
  goTemplate: true
  generators:
    - list:
        elements:
          - { env: dev, folder: overlays/small }
          - { env: prod-eu, folder: overlays/large }
  template:
    metadata: { name: 'checkout-{{ .env }}' }
    spec:
      source: { repoURL: ${URL}, path: 'apps/checkout/{{ .folder }}' }
      destination: { namespace: shop, server: https://kubernetes.default.svc }
`,
    );
    expect(await layoutOf({ 'argocd/checkout.yaml': set, ...overlays('checkout', 'small', 'large') })).toEqual({
      environments: ['dev: dev', 'prod-eu: prod < dev'],
      variants: ['argocd', 'checkout@dev', 'checkout@prod-eu region=eu'],
    });
  });

  it('are in the environments that the names of their Applications say', async () => {
    const tree = {
      ...overlays('checkout', 'oslo', 'lima'),
      'argocd/staging.yaml': application('checkout-staging', 'apps/checkout/overlays/oslo', 'destination: { name: oslo, namespace: shop }\n'),
      'argocd/prod.yaml': application('checkout-prod', 'apps/checkout/overlays/lima', 'destination: { name: lima, namespace: shop }\n'),
    };
    expect((await layoutOf(tree)).environments).toEqual(['staging: staging', 'prod: prod < staging']);
  });
});

describe('assumptions', () => {
  it('an environment that an order names is none', async () => {
    const set = manifest(
      'argoproj.io/v1alpha1',
      'ApplicationSet',
      'shop',
      `  namespace: argocd
spec:
  goTemplate: true
  generators: [{ list: { elements: [{ env: canary }, { env: prod }] } }]
  strategy:
    type: RollingSync
    rollingSync:
      steps:
        - matchExpressions: [{ key: env, operator: In, values: [canary] }]
        - matchExpressions: [{ key: env, operator: In, values: [prod] }]
  template:
    metadata: { name: 'checkout-{{ .env }}' }
    spec:
      source: { repoURL: ${URL}, path: 'apps/checkout/overlays/{{ .env }}' }
      destination: { namespace: shop, server: https://kubernetes.default.svc }
`,
    );
    const { environments, assumptions } = await layoutOf({ 'argocd/checkout.yaml': set, ...overlays('checkout', 'canary', 'prod') });
    expect(environments).toEqual(['canary: unknown', 'prod: prod < canary']);
    expect(assumptions).toBeUndefined();
  });
});

describe('loose settings of tools', () => {
  it('jx-requirements.yml is no manifest that lies loose', async () => {
    const tree = {
      ...SHOP,
      'jx-requirements.yml':
        'apiVersion: core.jenkins-x.io/v4beta1\nkind: Requirements\nspec: { environments: [{ key: dev, promotionStrategy: Auto }, { key: prod }] }\n',
    };
    expect((await layoutOf(tree)).leftOut).toBeUndefined();
  });
});

describe('values of a helmfile', () => {
  it('go to the chart that their folder is called after; those of its environments go to no chart', async () => {
    const tree: Tree = {
      'helmfile.yaml': `environments:
  staging: { values: [environments/staging.yaml] }
  production: { values: [environments/production.yaml] }
---
releases:
  - { name: ledger, chart: ./charts/ledger, values: ['values/ledger/{{ .Environment.Name }}.yaml'] }
`,
      'charts/ledger/Chart.yaml': 'apiVersion: v2\nname: ledger\nversion: 1.0.0\n',
      'charts/ledger/values.yaml': 'replicas: 1\n',
      'environments/staging.yaml': 'domain: a\n',
      'environments/production.yaml': 'domain: b\n',
      'values/ledger/staging.yaml': 'replicas: 1\n',
      'values/ledger/production.yaml': 'replicas: 3\n',
    };
    expect(rootsIn((await surveyed(tree)).repository)).toEqual(
      expect.arrayContaining(['ledger@production = charts/ledger (charts/ledger/values.yaml, values/ledger/production.yaml)']),
    );
  });
});

describe('previews', () => {
  it('whatever stands in a folder for them comes and goes', async () => {
    const settings = (path: string, keys: string): Tree => ({ [`${path}/settings.yaml`]: configMap('checkout', keys) });
    const tree = {
      ...settings('environments/staging/checkout', 'URL: a\n'),
      ...settings('environments/prod/checkout', 'URL: a\n'),
      ...settings('previews/basket/checkout', 'URL: a\n'),
    };
    const { environments, variants } = await layoutOf(tree);
    expect(environments).toEqual(['staging: staging', 'prod: prod < staging', 'basket: ephemeral']);
    expect(variants).toEqual(['checkout@basket', 'checkout@prod', 'checkout@staging']);
  });
});

describe('settings that a kustomization reads', () => {
  it('are a part of it', async () => {
    const overlay = (env: string): Tree => ({
      [`app/overlays/${env}/kustomization.yaml`]: kustomization(
        ['../../base'],
        `configMapGenerator:\n  - name: checkout\n    envs: [../../config/${env}.env]\n`,
      ),
      [`app/config/${env}.env`]: `STAGE=${env}\n`,
    });
    const { variants, gaps } = await layoutOf({ ...base('app/base', 'checkout'), ...overlay('dev'), ...overlay('prod') });
    expect([variants, gaps]).toEqual([['app@dev', 'app@prod'], undefined]);
  });
});

describe('orders of other tools, where environments live in branches or repositories', () => {
  it('count', async () => {
    const stage = (name: string, from: string) =>
      manifest(
        'kargo.akuity.io/v1alpha1',
        'Stage',
        name,
        `  namespace: shop\nspec:\n  requestedFreight:\n    - origin: { kind: Warehouse, name: checkout }\n      sources: { ${from} }\n  promotionTemplate: { spec: { steps: [] } }\n`,
      );
    const own = memoryWorkspace({
      '.gitopsrc': 'branches: stage/{env}\n',
      'kargo/stages.yaml': [stage('staging', 'direct: true'), stage('qa', 'stages: [staging]'), stage('prod', 'stages: [qa]')].join('---\n'),
    });
    const { settings } = await loadSettings(own, '', []);
    const trees = ['staging', 'qa', 'prod'].map((environment) => {
      const name = `stage/${environment}`;
      return { name, branch: name, environment, workspace: memoryWorkspace({ 'checkout/settings.yaml': configMap('checkout', 'URL: a\n') }) };
    });
    const { environments, leftOut } = layoutIn(await survey({ trees: [{ name: '', workspace: own }, ...trees], leftOut: [] }, '', settings));
    expect(environments.map((line) => line.replace(' (declared)', ''))).toEqual(['staging: staging', 'qa: test < staging', 'prod: prod < qa']);
    expect(leftOut).toBeUndefined();
  });
});

describe('nonprod', () => {
  it('is a group where environments stand below it, beside production', async () => {
    const tree: Tree = Object.fromEntries(
      ['nonprod/dev', 'nonprod/test', 'prod'].map((folder) => [`clusters/${folder}/checkout/deployment.yaml`, workload('checkout')]),
    );
    expect(await layoutOf(tree)).toEqual({
      environments: ['dev: dev', 'test: test < dev', 'prod: prod < test'],
      variants: ['checkout@dev', 'checkout@prod', 'checkout@test'],
    });
  });
});

describe('what is passed over', () => {
  it('is told also where another folder beside it is not', async () => {
    const tree = { ...SHOP, ...base('test/integration', 'probe'), 'test/e2e/deployment.yaml': workload('probe') };
    expect((await layoutOf(tree)).leftOut).toEqual(['test: manifests of tests, examples or scaffolding, by the name of their folder']);
  });
});

describe('the scaffold of an operator', () => {
  it('deploys config/default', async () => {
    const tree: Tree = { 'config/default/kustomization.yaml': kustomization(['../manager'], 'namespace: shop-system\n'), ...base('config/manager', 'manager') };
    const { repository } = await surveyed(tree);
    expect(repository.variants.map(({ root }) => root)).toEqual(['config/default']);
  });
});

describe('templates for another engine', () => {
  it('are not built', async () => {
    const tree = { ...SHOP, 'hack/new-cluster/templates/production/{{ cluster }}/kustomization.yaml': 'resources:\n  - ../../../{{ base }}\n' };
    const { problems, findings } = await layoutOf(tree);
    expect([problems, findings]).toEqual([undefined, undefined]);
  });
});

describe('issuers of certificates', () => {
  it('are no environments, also in folders', async () => {
    const tree = { ...SHOP, ...base('infrastructure/issuers/letsencrypt-prod', 'issuer'), ...base('infrastructure/issuers/letsencrypt-staging', 'issuer') };
    expect((await layoutOf(tree)).environments).toEqual(['dev: dev', 'prod: prod < dev']);
  });
});
