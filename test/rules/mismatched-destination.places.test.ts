import rule from '../../rules/mismatched-destination/rule.ts';
import { type Tree, testRule } from '../support/rule-tester.ts';
import { application, applications, chart, destination, fluxKustomization, overlays } from './deployers.ts';
import { kustomization } from './shop.ts';

const CLUSTER = 'https://eu.shop.example:6443';
const OTHER = 'https://us.shop.example:6443';
const storefront: Tree = overlays('storefront', ['dev', 'staging', 'prod']);
const path = (environment: string, app = 'storefront') => `./apps/${app}/overlays/${environment}`;

// Values, namespaces and clusters that are right, however they are called.
testRule(rule, {
  valid: {
    'a thing that has the name of an environment in its own': {
      ...storefront,
      ...Object.fromEntries(
        ['staging', 'prod'].map((name) => [
          `infrastructure/issuers/letsencrypt-${name}/issuer.yaml`,
          `apiVersion: cert-manager.io/v1\nkind: ClusterIssuer\nmetadata: { name: letsencrypt-${name} }\n`,
        ]),
      ),
      'clusters/staging/issuers.yaml': fluxKustomization('issuers', './infrastructure/issuers/letsencrypt-prod'),
      'clusters/staging/storefront.yaml': fluxKustomization('storefront', path('staging')),
      'clusters/prod/issuers.yaml': fluxKustomization('issuers', './infrastructure/issuers/letsencrypt-prod'),
      'clusters/prod/storefront.yaml': fluxKustomization('storefront', path('prod')),
    },
    'values of its own behind those of another': {
      ...chart(['staging', 'prod']),
      ...applications({
        staging: application('storefront-staging', 'charts/storefront', { source: 'helm: { valueFiles: [values-staging.yaml] }\n' }),
        prod: application('storefront-prod', 'charts/storefront', { source: 'helm: { valueFiles: [values-staging.yaml, values-prod.yaml] }\n' }),
      }),
    },
    'values that are only called like those of an environment': {
      ...chart(['dev-mode']),
      ...overlays('ledger', ['dev', 'prod']),
      ...applications({
        dev: application('storefront-dev', 'charts/storefront', { source: 'helm: { valueFiles: [] }\n' }),
        prod: application('storefront-prod', 'charts/storefront', { source: 'helm: { valueFiles: [values-dev-mode.yaml] }\n' }),
      }),
    },
    'an environment before production that has no values of its own': {
      ...chart(['prod']),
      ...overlays('ledger', ['staging', 'prod']),
      ...applications(
        Object.fromEntries(
          ['staging', 'prod'].map((name) => [
            name,
            application(`storefront-${name}`, 'charts/storefront', { source: 'helm: { valueFiles: [values-prod.yaml] }\n' }),
          ]),
        ),
      ),
    },
    'a cluster or a namespace that is yet to be filled in': {
      ...storefront,
      ...applications(
        Object.fromEntries(
          ['staging', 'prod'].flatMap((name) => [
            [`cluster-${name}`, application(`storefront-${name}`, path(name), { spec: destination('https://${CLUSTER}:6443', 'storefront') })],
            [`namespace-${name}`, application(`storefront-${name}`, path(name), { spec: destination(CLUSTER, 'shop-<TENANT>') })],
          ]),
        ),
      ),
    },
    'a namespace of a sibling': {
      ...overlays('storefront', ['prod-eu', 'prod-us']),
      'clusters/prod-eu/storefront.yaml': application('storefront', path('prod-eu'), { spec: destination(CLUSTER, 'storefront-prod-eu') }),
      'clusters/prod-us/storefront.yaml': application('storefront', path('prod-us'), { spec: destination(OTHER, 'storefront-prod-eu') }),
    },
    'a namespace that the other environment does not go to': {
      ...storefront,
      ...applications({
        staging: application('storefront-staging', path('staging'), { spec: destination(OTHER, 'storefront') }),
        prod: application('storefront-prod', path('prod'), { spec: destination(CLUSTER, 'storefront-staging') }),
      }),
    },
    'the other environment’s Application, in the cluster that manages them all': {
      ...storefront,
      'clusters/staging/storefront.yaml': application('storefront-staging', path('staging'), { spec: destination(OTHER, 'storefront-staging') }),
      'clusters/prod/staging.yaml': application('storefront-staging', path('staging'), { spec: destination(CLUSTER, 'storefront-staging') }),
      'clusters/prod/prod.yaml': application('storefront-prod', path('prod'), { spec: destination(CLUSTER, 'storefront-prod') }),
    },
    'objects that have the environment in their names': {
      ...Object.fromEntries(
        ['staging', 'prod'].flatMap((name) => [
          [`apps/storefront/overlays/${name}/kustomization.yaml`, kustomization(['../../base'], `namePrefix: ${name}-\n`)],
          ['apps/storefront/base/kustomization.yaml', kustomization(['config.yaml'])],
          ['apps/storefront/base/config.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: storefront }\n'],
        ]),
      ),
      ...applications({
        staging: application('storefront-staging', path('staging'), { spec: destination(CLUSTER, 'storefront') }),
        prod: application('storefront-prod', path('prod'), { spec: destination(CLUSTER, 'storefront') }),
      }),
    },
    'one environment twice, of which another rule speaks': {
      ...storefront,
      ...applications({
        one: application('storefront-prod', path('prod'), { spec: destination(CLUSTER, 'storefront') }),
        two: application('storefront-prod-two', path('prod'), { spec: destination(CLUSTER, 'storefront') }),
      }),
    },
    'two charts in one namespace': {
      ...chart(['staging']),
      'charts/ledger/Chart.yaml': 'name: ledger\nversion: 1.0.0\n',
      'charts/ledger/values-prod.yaml': 'replicas: 3\n',
      ...applications({
        staging: application('storefront-staging', 'charts/storefront', {
          source: 'helm: { valueFiles: [values-staging.yaml] }\n',
          spec: destination(CLUSTER, 'shop'),
        }),
        prod: application('ledger-prod', 'charts/ledger', { source: 'helm: { valueFiles: [values-prod.yaml] }\n', spec: destination(CLUSTER, 'shop') }),
      }),
    },
    'a namespace that is only called like an environment': {
      ...storefront,
      ...applications({
        dev: application('storefront-dev', path('dev'), { spec: destination(OTHER, 'dev-tools') }),
        prod: application('storefront-prod', path('prod'), { spec: destination(CLUSTER, 'dev-tools') }),
      }),
    },
    'one cluster for all before production': {
      ...storefront,
      ...applications({
        dev: application('storefront-dev', path('dev'), { spec: 'destination: { name: dev, namespace: storefront-dev }\n' }),
        staging: application('storefront-staging', path('staging'), { spec: 'destination: { name: dev, namespace: storefront-staging }\n' }),
        prod: application('storefront-prod', path('prod'), { spec: 'destination: { name: prod, namespace: storefront-prod }\n' }),
      }),
    },
    'one namespace in two clusters': {
      ...storefront,
      ...applications({
        staging: application('storefront-staging', path('staging'), { spec: destination(OTHER, 'storefront') }),
        prod: application('storefront-prod', path('prod'), { spec: destination(CLUSTER, 'storefront') }),
      }),
    },
    'one namespace in whatever cluster each runs': {
      ...storefront,
      ...applications({
        staging: application('storefront-staging', path('staging'), { spec: destination('https://kubernetes.default.svc', 'storefront') }),
        prod: application('storefront-prod', path('prod'), { spec: destination('https://kubernetes.default.svc', 'storefront') }),
      }),
    },
    'two apps in one namespace': {
      ...storefront,
      ...overlays('ledger', ['staging', 'prod']),
      ...applications({
        staging: application('ledger-staging', path('staging', 'ledger'), { spec: destination(CLUSTER, 'shop') }),
        prod: application('storefront-prod', path('prod'), { spec: destination(CLUSTER, 'shop') }),
      }),
    },
  },

  invalid: {},
});
