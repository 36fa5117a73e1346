import { describe, expect, it } from 'vitest';
import rule from '../../rules/overlapping-path/rule.ts';
import { lintTree, type Tree, testRule } from '../support/rule-tester.ts';
import { application, destination, fluxKustomization } from './deployers.ts';
import { configMap, kustomization } from './shop.ts';

const storefront = configMap('storefront', 'LOG_LEVEL: info\n');
const ledger = configMap('ledger', 'LOG_LEVEL: info\n');
const plain: Tree = { 'apps/storefront/config.yaml': storefront, 'apps/ledger/config.yaml': ledger };
const kustomized: Tree = {
  ...plain,
  'apps/storefront/kustomization.yaml': kustomization(['config.yaml']),
  'apps/ledger/kustomization.yaml': kustomization(['config.yaml']),
};
const cluster = (files: Readonly<Record<string, string>>, environment = 'prod'): Tree =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [`clusters/${environment}/${name}.yaml`, text]));
const argo = (files: Readonly<Record<string, string>>): Tree => Object.fromEntries(Object.entries(files).map(([name, text]) => [`argocd/${name}.yaml`, text]));
const RECURSE = 'directory: { recurse: true }\n';

testRule(rule, {
  valid: {
    'folders beside each other': {
      ...plain,
      ...cluster({ storefront: fluxKustomization('storefront', './apps/storefront'), ledger: fluxKustomization('ledger', './apps/ledger') }),
    },
    'an outer folder with a kustomization that does not list the inner one': {
      ...kustomized,
      'apps/kustomization.yaml': kustomization(['ledger']),
      ...cluster({ apps: fluxKustomization('apps', './apps'), storefront: fluxKustomization('storefront', './apps/storefront') }),
    },
    'an Application that does not look below its folder': {
      ...plain,
      'apps/config.yaml': configMap('apps', 'LOG_LEVEL: info\n'),
      ...argo({ apps: application('apps', 'apps'), storefront: application('storefront', 'apps/storefront') }),
    },
    'an Application that excludes the inner folder': {
      ...plain,
      ...argo({
        apps: application('apps', 'apps', { source: "directory: { recurse: true, exclude: 'storefront/*' }\n" }),
        storefront: application('storefront', 'apps/storefront'),
      }),
    },
    'two clusters': {
      ...plain,
      ...cluster({ apps: fluxKustomization('apps', './apps') }, 'staging'),
      ...cluster({ storefront: fluxKustomization('storefront', './apps/storefront') }, 'prod'),
    },
    'two clusters of one Argo CD': {
      ...plain,
      ...argo({
        apps: application('apps', 'apps', { source: RECURSE, spec: destination('https://eu.shop.example', 'shop') }),
        storefront: application('storefront', 'apps/storefront', { spec: destination('https://us.shop.example', 'shop') }),
      }),
    },
    'a folder whose name only begins alike': {
      ...plain,
      'apps-next/config.yaml': ledger,
      ...cluster({ apps: fluxKustomization('apps', './apps'), next: fluxKustomization('next', './apps-next') }),
    },
    'one folder twice, of which another rule speaks': {
      ...plain,
      ...cluster({ one: fluxKustomization('one', './apps/storefront'), two: fluxKustomization('two', './apps/storefront') }),
    },
  },

  invalid: {
    'a folder without a kustomization, which Flux reads to the ground': {
      ...plain,
      ...cluster({ apps: fluxKustomization('apps', './apps # error: overlap prod'), storefront: fluxKustomization('storefront', './apps/storefront') }),
    },
    'a folder around one with a kustomization': {
      ...kustomized,
      ...cluster({ apps: fluxKustomization('apps', './apps # error: overlap'), storefront: fluxKustomization('storefront', './apps/storefront') }),
    },
    'a kustomization that lists the inner folder': {
      ...kustomized,
      'apps/kustomization.yaml': kustomization(['storefront', 'ledger']),
      ...cluster({ apps: fluxKustomization('apps', './apps # error: overlap'), storefront: fluxKustomization('storefront', './apps/storefront') }),
    },
    'an Application that looks below its folder': {
      ...plain,
      ...argo({ apps: application('apps', 'apps # error: overlap', { source: RECURSE }), storefront: application('storefront', 'apps/storefront') }),
    },
    'what two clusters share': {
      ...plain,
      'tenants/all.yaml': `${fluxKustomization('apps', './apps # error: overlap')}---\n${fluxKustomization('storefront', './apps/storefront')}`,
      ...cluster({ tenants: fluxKustomization('tenants', './tenants') }, 'berlin'),
      ...cluster({ tenants: fluxKustomization('tenants', './tenants') }, 'tokyo'),
    },
    'another namespace, as the files are taken twice all the same': {
      ...plain,
      ...argo({
        apps: application('apps', 'apps # error: overlap', { source: RECURSE, spec: destination('https://kubernetes.default.svc', 'shop') }),
        storefront: application('storefront', 'apps/storefront', { spec: destination('https://kubernetes.default.svc', 'storefront') }),
      }),
    },
  },
});

describe('the findings of overlapping-path', () => {
  it('are one for an outer folder, with all that lie within', async () => {
    const tree = {
      ...plain,
      ...cluster({
        apps: fluxKustomization('apps', './apps'),
        storefront: fluxKustomization('storefront', './apps/storefront'),
        ledger: fluxKustomization('ledger', './apps/ledger'),
      }),
    };
    const { findings } = await lintTree(tree, [rule]);
    expect(findings).toMatchObject([
      {
        severity: 'warning',
        message: 'Kustomization "apps" deploys "./apps", of which a part is deployed by Kustomization "ledger" and 1 more as well',
        related: [
          { message: 'the folder within', location: { file: { path: 'clusters/prod/ledger.yaml' } } },
          { message: 'the folder within', location: { file: { path: 'clusters/prod/storefront.yaml' } } },
        ],
      },
    ]);
  });
});
