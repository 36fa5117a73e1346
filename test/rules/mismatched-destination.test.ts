import { describe, expect, it } from 'vitest';
import rule from '../../rules/mismatched-destination/rule.ts';
import { lintTree, type Tree, testRule, yaml } from '../support/rule-tester.ts';
import { application, applicationSet, applications, chart, destination, FILLED_FOR_PROD, fluxKustomization, overlays, sharedSet } from './deployers.ts';
import { kustomization } from './shop.ts';

const CLUSTER = 'https://eu.shop.example:6443';
const OTHER = 'https://us.shop.example:6443';

/** A cluster of Flux for each environment, with the Kustomizations that it is given by name. */
const clusters = (all: Readonly<Record<string, Readonly<Record<string, string>>>>): Tree =>
  Object.fromEntries(
    Object.entries(all).flatMap(([environment, paths]) =>
      Object.entries(paths).map(([name, path]) => [`clusters/${environment}/${name}.yaml`, fluxKustomization(name, path)]),
    ),
  );
const storefront = overlays('storefront', ['dev', 'staging', 'prod']);
const path = (environment: string, app = 'storefront') => `./apps/${app}/overlays/${environment}`;
const right = { dev: { storefront: path('dev') }, staging: { storefront: path('staging') }, prod: { storefront: path('prod') } };

const MERGED = (environment: string) =>
  yaml`
  - merge:
      mergeKeys: [nameNormalized]
      generators:
        - clusters:
            values:
              environment: ENVIRONMENT
        - list:
            elements: []
`.replace('ENVIRONMENT', environment);
const ofClusters = (environment: string, setPath = "'apps/storefront/overlays/{{values.environment}}'") =>
  applicationSet('storefront', MERGED(environment), setPath, { appName: 'storefront-{{nameNormalized}}', spec: "destination: { server: '{{server}}' }\n" });

testRule(rule, {
  valid: {
    'each cluster deploys its own': { ...storefront, ...clusters(right) },
    'a folder that names no environment': {
      ...storefront,
      'infrastructure/ingress/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ingress }\n',
      ...clusters({
        staging: { storefront: path('staging'), ingress: './infrastructure/ingress' },
        prod: { storefront: path('prod'), ingress: './infrastructure/ingress' },
      }),
    },
    'environments of one tier are siblings': {
      ...overlays('storefront', ['staging', 'prod-eu', 'prod-us']),
      ...clusters({ staging: { storefront: path('staging') }, 'prod-eu': { storefront: path('prod-eu') }, 'prod-us': { storefront: path('prod-eu') } }),
    },
    'one name of an environment for another': {
      ...overlays('storefront', ['staging', 'production']),
      ...clusters({ stage: { storefront: path('staging') }, prod: { storefront: path('production') } }),
    },
    'a root that deploys many environments': {
      ...storefront,
      ...applications(Object.fromEntries(['dev', 'staging', 'prod'].map((name) => [name, application(`storefront-${name}`, path(name))]))),
      'bootstrap/root.yaml': application('root', 'argocd/applications'),
    },
    'a cluster of production that manages them all': {
      ...storefront,
      ...clusters({ prod: { one: path('dev'), two: path('staging'), three: path('prod') } }),
    },
    'a deployer that is by its name the other environment’s': {
      ...storefront,
      ...clusters({ dev: { storefront: path('dev') }, prod: { 'storefront-staging': path('staging') } }),
    },
    'an environment before production that has nothing of its own': {
      ...overlays('storefront', ['staging', 'prod']),
      ...clusters({ dev: { storefront: path('staging') }, staging: { storefront: path('staging') }, prod: { storefront: path('prod') } }),
    },
    'a preview that deploys what dev does': { ...storefront, ...clusters({ ...right, 'pr-12': { storefront: path('dev') } }) },
    'a parameter that the path does not use': {
      ...storefront,
      ...sharedSet(ofClusters('staging', 'apps/ledger'), { staging: '', prod: '' }),
      'apps/ledger/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ledger }\n',
    },
    'a parameter that an overlay puts right': { ...storefront, ...sharedSet(ofClusters('staging'), { staging: '', prod: FILLED_FOR_PROD }) },
    'elements of clusters that another installation has': {
      ...overlays('storefront', ['staging', 'prod']),
      ...sharedSet(
        applicationSet(
          'storefront',
          yaml`
            - merge:
                mergeKeys: [nameNormalized]
                generators:
                  - clusters: {}
                  - list:
                      elements:
                        - { nameNormalized: berlin, values.environment: staging }
          `,
          "'apps/storefront/overlays/{{values.environment}}'",
          { appName: 'storefront-{{nameNormalized}}' },
        ),
        { prod: '' },
      ),
    },
    'a path that is missing, of which another rule speaks': { ...storefront, ...clusters({ ...right, prod: { storefront: path('stagin') } }) },
    'a suppression with a reason': {
      ...storefront,
      ...clusters({ ...right, prod: { storefront: `${path('staging')} # gitops-lint-ignore mismatched-destination -- until the new overlay is tested` } }),
    },
  },

  invalid: {
    'production deploys the folder of staging': { ...storefront, ...clusters({ ...right, prod: { storefront: `${path('staging')} # error: folder prod` } }) },
    'production has nothing of its own': {
      ...overlays('storefront', ['dev', 'staging']),
      ...clusters({
        dev: { storefront: path('dev') },
        staging: { storefront: path('staging') },
        prod: { storefront: `${path('staging')} # error: folder prod` },
      }),
    },
    'an environment before production deploys the folder of production': {
      ...storefront,
      ...clusters({ ...right, staging: { storefront: `${path('prod')} # error: folder staging` } }),
    },
    'a folder above that of the app': {
      'apps/staging/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: one }\n',
      'apps/production/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: two }\n',
      ...clusters({ staging: { apps: './apps/staging' }, production: { apps: './apps/staging # error: folder production' } }),
    },
    'a folder that is called after the environment and more': {
      ...overlays('storefront', ['staging-inner', 'prod-inner', 'staging', 'prod']),
      ...overlays('ledger', ['staging-inner', 'prod-inner']),
      ...clusters({ 'staging-inner': { storefront: path('staging-inner') }, 'prod-inner': { storefront: `${path('staging-inner')} # error: folder` } }),
    },
    'both render to the same today': {
      ...overlays('storefront', ['staging', 'prod'], 3),
      ...clusters({ staging: { storefront: path('staging') }, prod: { storefront: `${path('staging')} # error: latent prod` } }),
    },
    'both render to the same but for what one has more': {
      ...overlays('storefront', ['staging', 'prod'], 3),
      'apps/storefront/overlays/staging/kustomization.yaml': kustomization(['deployment.yaml', 'mock.yaml']),
      'apps/storefront/overlays/staging/mock.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: mock }\n',
      ...clusters({ staging: { storefront: path('staging') }, prod: { storefront: `${path('staging')} # error: folder prod` } }),
    },
    'both render to the same as far as is known': {
      ...overlays('storefront', ['staging', 'prod'], 3),
      'apps/storefront/overlays/staging/kustomization.yaml': kustomization(['deployment.yaml', 'https://github.com/shop/config//mock?ref=v1.0.0']),
      ...clusters({ staging: { storefront: path('staging') }, prod: { storefront: `${path('staging')} # error: folder prod` } }),
    },
    'a default that an overlay forgot, at the parameter': {
      ...storefront,
      ...sharedSet(ofClusters('staging # error: folder prod-eu,prod-us'), { staging: '', 'prod-eu': '', 'prod-us': '' }),
    },
    'an Application that is called after its environment': {
      ...storefront,
      ...applications({
        staging: application('storefront-staging', path('staging')),
        prod: application('storefront-prod', `${path('staging')} # error: folder prod`),
      }),
    },
    'one Application of several that are right': {
      ...overlays('storefront', ['staging', 'prod-eu', 'prod-us']),
      ...applications({
        staging: application('storefront-staging', path('staging')),
        'prod-eu': application('storefront-prod-eu', path('prod-eu')),
        'prod-us': application('storefront-prod-us', `${path('staging')} # error: folder prod-us`),
      }),
    },
    'an element of a list': {
      ...storefront,
      'argocd/set.yaml': applicationSet(
        'storefront',
        yaml`
          - list:
              elements:
                - { env: dev, folder: dev }
                - { env: staging, folder: staging }
                - env: prod
                  folder: staging # error: folder prod
        `,
        "'apps/storefront/overlays/{{folder}}'",
      ),
    },
    'values of another environment': {
      ...chart(['staging', 'prod']),
      ...applications({
        staging: application('storefront-staging', 'charts/storefront', { source: 'helm:\n  valueFiles:\n    - values-staging.yaml\n' }),
        prod: application('storefront-prod', 'charts/storefront', { source: 'helm:\n  valueFiles:\n    - values-staging.yaml # error: values\n' }),
      }),
    },
    'a namespace of another environment': {
      ...storefront,
      ...applications({
        staging: application('storefront-staging', path('staging'), { spec: destination(OTHER, 'storefront-staging') }),
        prod: application('storefront-prod', path('prod'), { spec: destination(CLUSTER, 'storefront-staging # error: destination prod') }),
      }),
    },
    'a namespace of another environment, in one cluster with it': {
      ...storefront,
      ...applications({
        staging: application('storefront-staging', path('staging'), { spec: destination(CLUSTER, 'storefront-staging') }),
        prod: application('storefront-prod', path('prod'), { spec: destination(CLUSTER, 'storefront-staging # error: destination prod') }),
      }),
    },
    'a cluster of another environment': {
      ...storefront,
      ...overlays('ledger', ['prod']),
      ...applications({
        staging: application('storefront-staging', path('staging'), { spec: 'destination:\n  name: shop-staging\n  namespace: web\n' }),
        prod: application('storefront-prod', path('prod'), { spec: 'destination:\n  name: shop-staging # error: destination prod\n  namespace: storefront\n' }),
        ledger: application('ledger-prod', path('prod', 'ledger'), { spec: 'destination:\n  name: shop-prod\n  namespace: ledger\n' }),
      }),
    },
    'two environments in one place': {
      ...storefront,
      ...applications({
        staging: application('storefront-staging', path('staging'), { spec: destination(CLUSTER, 'storefront') }),
        prod: application('storefront-prod', path('prod'), { spec: destination(CLUSTER, 'storefront # error: shared staging,prod') }),
      }),
    },
    'siblings in one place': {
      ...overlays('storefront', ['staging', 'prod-eu', 'prod-us']),
      ...applications({
        'prod-eu': application('storefront-prod-eu', path('prod-eu'), { spec: destination(CLUSTER, 'storefront # error: shared prod-eu,prod-us') }),
        'prod-us': application('storefront-prod-us', path('prod-us'), { spec: destination(CLUSTER, 'storefront') }),
      }),
    },
  },
});

describe('the findings of mismatched-destination', () => {
  const severities = async (tree: Tree) => (await lintTree(tree, [rule])).findings.map(({ severity }) => severity);
  const wrong = (environment: string, to: string) => ({ ...storefront, ...clusters({ ...right, [environment]: { storefront: path(to) } }) });

  it('fall with the tier of who is wrong', async () => {
    expect(await severities(wrong('prod', 'dev'))).toEqual(['error']);
    expect(await severities(wrong('staging', 'prod'))).toEqual(['warning']);
    expect(await severities(wrong('dev', 'prod'))).toEqual(['info']);
  });

  it('fall with the tier where no variant can be accused', async () => {
    const named = (name: string, own: string, to: string) => ({
      ...chart([own, to]),
      ...applications({
        other: application(`ledger-${own}`, 'charts/storefront', { source: `helm: { valueFiles: [values-${own}.yaml] }\n` }),
        right: application(`storefront-${to}`, 'charts/storefront', { source: `helm: { valueFiles: [values-${to}.yaml] }\n` }),
        wrong: application(name, 'charts/storefront', { source: `helm: { valueFiles: [values-${to}.yaml] }\n` }),
      }),
    });
    expect(await severities(named('storefront-prod', 'prod', 'staging'))).toEqual(['error']);
    expect(await severities(named('storefront-staging', 'staging', 'prod'))).toEqual(['warning']);
  });

  it('are at most a warning while both render to the same', async () => {
    const tree = {
      ...overlays('storefront', ['staging', 'prod'], 3),
      ...clusters({ staging: { storefront: path('staging') }, prod: { storefront: path('staging') } }),
    };
    expect(await severities(tree)).toEqual(['warning']);
  });

  it('point at the parameter, and relate where it is used', async () => {
    const { findings } = await lintTree({ ...storefront, ...sharedSet(ofClusters('staging'), { staging: '', 'prod-eu': '', 'prod-us': '' }) }, [rule]);
    expect(findings).toMatchObject([
      {
        message: 'ApplicationSet "storefront" deploys "apps/storefront/overlays/staging", which is the folder of another environment',
        variants: ['argocd@prod-eu', 'argocd@prod-us'],
        related: [{ message: 'used here', location: { file: { path: 'argocd/base/set.yaml' } } }],
      },
    ]);
    const [{ location }] = findings as [(typeof findings)[number]];
    expect(location.file.text.slice(location.span.start, location.span.end)).toBe('staging');
  });
});
