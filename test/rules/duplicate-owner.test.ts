import { describe, expect, it } from 'vitest';
import rule from '../../rules/duplicate-owner/rule.ts';
import overlappingPath from '../../rules/overlapping-path/rule.ts';
import { lintTree, type Tree, testRule } from '../support/rule-tester.ts';
import { application, applicationSet, destination, fluxKustomization } from './deployers.ts';
import { configMap, documents, kustomization } from './shop.ts';

const settings = configMap('settings', 'LOG_LEVEL: info\n');
const inNamespace = (text: string, namespace: string) => text.replace(/^( {2}name: .*)$/m, `$1\n  namespace: ${namespace}`);

/** Folders with manifests, by name. */
const folders = (all: Readonly<Record<string, string>>): Tree => Object.fromEntries(Object.entries(all).map(([name, text]) => [`apps/${name}/all.yaml`, text]));
const cluster = (files: Readonly<Record<string, string>>, environment = 'prod'): Tree =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [`clusters/${environment}/${name}.yaml`, text]));
const argo = (files: Readonly<Record<string, string>>): Tree => Object.fromEntries(Object.entries(files).map(([name, text]) => [`argocd/${name}.yaml`, text]));
const two = folders({ storefront: settings, checkout: settings });
const SHOP = destination('https://kubernetes.default.svc', 'shop');

testRule(rule, {
  valid: {
    'each object has one owner': {
      ...folders({ storefront: settings, checkout: configMap('checkout', 'LOG_LEVEL: info\n') }),
      ...cluster({ storefront: fluxKustomization('storefront', './apps/storefront'), checkout: fluxKustomization('checkout', './apps/checkout') }),
    },
    'the same object in two clusters': {
      ...two,
      ...cluster({ storefront: fluxKustomization('storefront', './apps/storefront') }, 'staging'),
      ...cluster({ checkout: fluxKustomization('checkout', './apps/checkout') }, 'prod'),
    },
    'the same folder in two clusters that name no environment': {
      ...two,
      ...cluster({ storefront: fluxKustomization('storefront', './apps/storefront') }, 'berlin'),
      ...cluster({ shop: fluxKustomization('shop', './apps/storefront') }, 'tokyo'),
    },
    'two clusters of one Argo CD': {
      ...two,
      ...argo({
        storefront: application('storefront', 'apps/storefront', { spec: destination('https://eu.shop.example', 'shop') }),
        checkout: application('checkout', 'apps/checkout', { spec: destination('https://us.shop.example', 'shop') }),
      }),
    },
    'clusters that only the cluster knows': {
      ...two,
      ...argo({
        storefront: applicationSet('storefront', '- clusters: {}\n', 'apps/storefront', {
          appName: 'storefront-{{name}}',
          spec: "destination: { server: '{{server}}' }\n",
        }),
        checkout: applicationSet('checkout', '- clusters: {}\n', 'apps/checkout', {
          appName: 'checkout-{{name}}',
          spec: "destination: { server: '{{server}}' }\n",
        }),
      }),
    },
    'two namespaces, by what the deployer sets': {
      ...two,
      ...cluster({
        storefront: fluxKustomization('storefront', './apps/storefront', 'targetNamespace: storefront\n'),
        checkout: fluxKustomization('checkout', './apps/checkout', 'targetNamespace: checkout\n'),
      }),
    },
    'two namespaces, by where an Application goes': {
      ...two,
      ...argo({
        storefront: application('storefront', 'apps/storefront', { spec: destination('https://kubernetes.default.svc', 'storefront') }),
        checkout: application('checkout', 'apps/checkout', { spec: destination('https://kubernetes.default.svc', 'checkout') }),
      }),
    },
    'one folder in two namespaces, with an object that has none': {
      ...folders({ tenant: documents(settings, 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: reader }\n') }),
      ...cluster({
        one: fluxKustomization('one', './apps/tenant', 'targetNamespace: one\n'),
        two: fluxKustomization('two', './apps/tenant', 'targetNamespace: two\n'),
      }),
    },
    'a namespace and the definition of a resource': {
      ...folders(
        Object.fromEntries(
          ['storefront', 'checkout'].map((name) => [
            name,
            documents(
              'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n',
              'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: carts.shop.example }\n',
              configMap(name, 'LOG_LEVEL: info\n'),
            ),
          ]),
        ),
      ),
      ...cluster({ storefront: fluxKustomization('storefront', './apps/storefront'), checkout: fluxKustomization('checkout', './apps/checkout') }),
    },
    'names that a cluster fills in': {
      ...folders({ tenant: configMap('${TENANT}', 'LOG_LEVEL: info\n') }),
      ...cluster({
        one: fluxKustomization('one', './apps/tenant', 'postBuild: { substitute: { TENANT: one } }\n'),
        two: fluxKustomization('two', './apps/tenant', 'postBuild: { substitute: { TENANT: two } }\n'),
      }),
    },
    'a deployer that is suspended': {
      ...two,
      ...cluster({
        storefront: fluxKustomization('storefront', './apps/storefront'),
        checkout: fluxKustomization('checkout', './apps/checkout', 'suspend: true\n'),
      }),
    },
    'several sources of one Application': {
      ...two,
      'argocd/shop.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: shop, namespace: argocd }
spec:
  sources:
    - { repoURL: https://git.shop.example/config.git, path: apps/storefront }
    - { repoURL: https://git.shop.example/config.git, path: apps/checkout }
`,
    },
    'a deployer that its own folder holds': {
      ...two,
      ...cluster({
        'flux-system/sync': fluxKustomization('flux-system', './clusters/prod'),
        storefront: fluxKustomization('storefront', './apps/storefront'),
      }),
    },
    'environments that one Argo CD deploys': {
      ...two,
      'apps/storefront/overlays/staging/kustomization.yaml': kustomization(['../../../base']),
      'apps/storefront/overlays/prod/kustomization.yaml': kustomization(['../../../base']),
      'apps/base/kustomization.yaml': kustomization(['settings.yaml']),
      'apps/base/settings.yaml': settings,
      ...argo({
        staging: application('storefront-staging', 'apps/storefront/overlays/staging', { spec: SHOP }),
        prod: application('storefront-prod', 'apps/storefront/overlays/prod', { spec: SHOP }),
      }),
    },
    'Applications of one name in two namespaces': {
      ...folders({ storefront: settings, checkout: configMap('checkout', 'LOG_LEVEL: info\n') }),
      ...argo({ one: application('web', 'apps/storefront'), two: application('web', 'apps/checkout').replace('namespace: argocd', 'namespace: team') }),
    },
    'Applications of one name in two clusters': {
      ...folders({ storefront: settings, checkout: configMap('checkout', 'LOG_LEVEL: info\n') }),
      'argocd/staging/web.yaml': application('web', 'apps/storefront'),
      'argocd/prod/web.yaml': application('web', 'apps/checkout'),
    },
    'elements of a set of which an installation has but some': {
      ...two,
      ...argo({
        web: applicationSet(
          'web',
          '- merge:\n    mergeKeys: [name]\n    generators:\n      - clusters: { values: { path: apps/storefront } }\n      - list:\n          elements:\n            - { name: berlin, values.path: apps/checkout }\n',
          "'{{values.path}}'",
          { appName: 'web-{{name}}', spec: "destination: { server: '{{server}}' }\n" },
        ),
        berlin: application('web-berlin', 'apps/storefront'),
      }),
    },
  },

  invalid: {
    'one object in two folders': {
      ...two,
      ...cluster({
        checkout: fluxKustomization('checkout', './apps/checkout'),
        storefront: fluxKustomization('storefront', './apps/storefront # error: owners prod'),
      }),
    },
    'one folder twice': {
      ...folders({ storefront: settings }),
      ...cluster({ one: fluxKustomization('one', './apps/storefront'), two: fluxKustomization('two', './apps/storefront # error: owners') }),
    },
    'one namespace, written and set': {
      ...folders({ storefront: settings, checkout: inNamespace(settings, 'shop') }),
      ...argo({
        checkout: application('checkout', 'apps/checkout', { spec: destination('https://kubernetes.default.svc', 'checkout') }),
        storefront: application('storefront', 'apps/storefront # error: owners', { spec: SHOP }),
      }),
    },
    'an object without a namespace, wherever the rest goes': {
      ...folders({
        storefront: 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: reader }\n',
        checkout: 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: reader }\n',
      }),
      ...argo({
        checkout: application('checkout', 'apps/checkout', { spec: destination('https://kubernetes.default.svc', 'checkout') }),
        storefront: application('storefront', 'apps/storefront # error: owners', { spec: SHOP }),
      }),
    },
    'what two clusters share': {
      ...two,
      'tenants/shared/shop.yaml': documents(
        fluxKustomization('checkout', './apps/checkout'),
        fluxKustomization('storefront', './apps/storefront # error: owners'),
      ),
      ...cluster({ tenants: fluxKustomization('tenants', './tenants/shared') }, 'berlin'),
      ...cluster({ tenants: fluxKustomization('tenants', './tenants/shared') }, 'tokyo'),
    },
    'a deployer that two others deploy, and what it deploys once': {
      ...folders({ storefront: settings }),
      ...cluster({
        one: fluxKustomization('one', './tenants'),
        two: fluxKustomization('two', './tenants # error: owners', 'commonMetadata: { labels: { team: shop } }\n'),
      }),
      'tenants/web.yaml': fluxKustomization('web', './apps/storefront'),
    },
    'two Applications of one name': {
      ...folders({ storefront: settings, checkout: configMap('checkout', 'LOG_LEVEL: info\n') }),
      ...argo({
        one: application('web', 'apps/storefront'),
        two: application('web # error: twice', 'apps/checkout'),
      }),
    },
    'an Application of the name that a set gives': {
      ...folders({ storefront: settings, checkout: configMap('checkout', 'LOG_LEVEL: info\n') }),
      ...argo({
        set: applicationSet('web', '- list: { elements: [{ env: eu }] }\n', 'apps/storefront # error: twice'),
        web: application('web-eu', 'apps/checkout'),
      }),
    },
    'two Kustomizations of one name, in what a cluster deploys': {
      ...folders({ storefront: settings, checkout: configMap('checkout', 'LOG_LEVEL: info\n') }),
      ...cluster({ tenants: fluxKustomization('tenants', './tenants'), web: fluxKustomization('web', './apps/storefront') }),
      'tenants/web.yaml': fluxKustomization('web # error: twice', './apps/checkout'),
    },
  },
});

describe('the findings of duplicate-owner', () => {
  it('are one for two deployers, however many objects they share', async () => {
    const many = documents(settings, configMap('theme', 'COLOR: red\n'), configMap('menu', 'ITEMS: all\n'));
    const tree = {
      ...folders({ storefront: many, checkout: many }),
      ...cluster({ storefront: fluxKustomization('storefront', './apps/storefront'), checkout: fluxKustomization('checkout', './apps/checkout') }),
    };
    const { findings } = await lintTree(tree, [rule]);
    expect(findings).toMatchObject([
      {
        severity: 'error',
        message: 'Kustomization "checkout" and Kustomization "storefront" both deploy ConfigMap/settings and 2 more',
        related: [{ message: 'the other deployer' }, { message: 'the object', location: { file: { path: 'apps/checkout/all.yaml' } } }],
      },
    ]);
  });

  it('name each of many owners once', async () => {
    const names = ['a', 'b', 'c', 'd'];
    const tree = {
      ...folders(Object.fromEntries(names.map((name) => [name, settings]))),
      ...cluster(Object.fromEntries(names.map((name) => [name, fluxKustomization(name, `./apps/${name}`)]))),
    };
    const { findings } = await lintTree(tree, [rule]);
    expect(findings.map(({ location }) => location.file.path)).toEqual(['clusters/prod/b.yaml', 'clusters/prod/c.yaml', 'clusters/prod/d.yaml']);
  });

  it('leave folders within others to overlapping-path', async () => {
    const tree = {
      ...folders({ storefront: settings }),
      ...cluster({ all: fluxKustomization('all', './apps'), storefront: fluxKustomization('storefront', './apps/storefront') }),
    };
    const { findings } = await lintTree(tree, [rule, overlappingPath]);
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['overlapping-path']);
  });
});
