import { describe, expect, it } from 'vitest';
import rule from '../../rules/unmatched-generator/rule.ts';
import { lintTree, type Tree, testRule, yaml } from '../support/rule-tester.ts';
import { application, applicationSet, fluxKustomization, overlays } from './deployers.ts';
import { kustomization } from './shop.ts';

const ENVIRONMENTS = ['dev', 'staging', 'prod'];
const storefront = overlays('storefront', ENVIRONMENTS);
const path = (environment: string, app = 'storefront') => `./apps/${app}/overlays/${environment}`;

/** Clusters that deploy the ledger, and what else each is given by name. */
const clusters = (more: Readonly<Record<string, Readonly<Record<string, string>>>>): Tree => ({
  ...overlays('ledger', ENVIRONMENTS),
  ...Object.fromEntries(
    ENVIRONMENTS.flatMap((environment) =>
      Object.entries({ ledger: path(environment, 'ledger'), ...more[environment] }).map(([name, to]) => [
        `clusters/${environment}/${name}.yaml`,
        fluxKustomization(name, to),
      ]),
    ),
  ),
});
const ALL = { dev: { storefront: path('dev') }, staging: { storefront: path('staging') }, prod: { storefront: path('prod') } };
const BUT_PROD = { dev: ALL.dev, staging: ALL.staging };
/** The overlay of production, which begins with a mark. */
const marked = (tree: Tree, mark: string, file = 'apps/storefront/overlays/prod/kustomization.yaml'): Tree => ({ ...tree, [file]: `${mark}\n${tree[file]}` });
const folders = (pattern: string, more = '') => `- git:\n    repoURL: https://git.shop.example/config.git\n    directories:\n      - path: ${pattern}\n${more}`;
const argo = (text: string): Tree => ({ ...storefront, ...overlays('ledger', ENVIRONMENTS), 'argocd/storefront.yaml': text, 'argocd/ledger.yaml': LEDGER });
const LEDGER = applicationSet('ledger', folders("'apps/ledger/overlays/*'"), "'{{path}}'", { appName: 'ledger-{{path.basename}}' });

testRule(rule, {
  valid: {
    'each environment is deployed': { ...storefront, ...clusters(ALL) },
    'a pattern that finds them all': argo(
      applicationSet('storefront', folders("'apps/storefront/overlays/*'"), "'{{path}}'", { appName: 's-{{path.basename}}' }),
    ),
    'a deployer that takes the folder of another environment instead, of which another rule speaks': {
      ...storefront,
      ...clusters({ ...ALL, prod: { storefront: path('staging') } }),
    },
    'an app that nothing here deploys': { ...storefront, ...clusters({}) },
    'an environment of which nothing is deployed here': {
      ...overlays('storefront', [...ENVIRONMENTS, 'preprod']),
      ...clusters(ALL),
    },
    'a folder that a path may mean whose rest only a cluster knows': argo(
      applicationSet(
        'storefront',
        yaml`
          - list: { elements: [{ folder: dev }, { folder: staging }] }
          - clusters: {}
        `,
        "'apps/storefront/overlays/{{folder}}'",
        { appName: 's-{{folder}}' },
      ),
    ),
    'a set that nobody here can read': {
      ...argo(application('storefront', 'apps/storefront/overlays/staging')),
      'argocd/plugin.yaml': applicationSet('all', '- plugin: { configMapRef: { name: apps } }\n', "'apps/{{app}}/overlays/{{env}}'"),
    },
    'a folder that another repository may be asked for': {
      ...argo(application('storefront', 'apps/storefront/overlays/staging')),
      'argocd/mirror.yaml': application('mirror', 'apps/storefront/overlays/prod').replace('git.shop.example/config', 'git.shop.example/mirror'),
      'argocd/mirror-two.yaml': application('mirror-two', 'deploy').replace('git.shop.example/config', 'git.shop.example/mirror'),
      'argocd/mirror-three.yaml': application('mirror-three', 'charts').replace('git.shop.example/config', 'git.shop.example/mirror'),
    },
    'a folder below one that is read to the ground': {
      ...argo(application('storefront', 'apps/storefront/overlays/staging')),
      'argocd/all.yaml': application('all', 'apps/storefront', { source: 'directory: { recurse: true }\n' }),
    },
    'a folder that the patch of a set may mean': argo(
      applicationSet('storefront', '- clusters: {}\n', 'apps/storefront/overlays/staging', {
        appName: 's-{{name}}',
        spec: '',
      }).replace('  generators:', '  templatePatch: |\n    spec: { source: { path: "apps/storefront/overlays/{{metadata.labels.env}}" } }\n  generators:'),
    ),
    'an overlay that another one builds upon': {
      ...storefront,
      ...clusters(BUT_PROD),
      'apps/storefront/overlays/prod-eu/kustomization.yaml': kustomization(['../prod']),
      'clusters/prod-eu/storefront.yaml': fluxKustomization('storefront', path('prod-eu')),
    },
    'an overlay that another one builds upon, though it is declared': {
      ...storefront,
      ...clusters(BUT_PROD),
      'apps/storefront/overlays/prod-eu/kustomization.yaml': kustomization(['../prod']),
      'clusters/prod-eu/storefront.yaml': fluxKustomization('storefront', path('prod-eu')),
      '.gitopsrc': 'apps: [{ path: "apps/{app}/overlays/{env}" }]\n',
    },
    'an overlay that is kept empty until its turn comes': {
      ...storefront,
      ...clusters(BUT_PROD),
      'apps/storefront/overlays/prod/kustomization.yaml': 'resources: []\n',
    },
    'a folder of deployers, which nothing deploys in turn': {
      ...storefront,
      ...clusters({ ...ALL, staging: { ...ALL.staging, 'flux-system': './clusters/staging' } }),
    },
    'no deployers at all': storefront,
    'a deployer whose path leads nowhere, of which another rule speaks': {
      ...storefront,
      ...clusters({ ...BUT_PROD, prod: { storefront: './apps/storefront/overlays/pord' } }),
    },
    'a pattern that only leaves out': argo(
      applicationSet('storefront', folders("'apps/storefront/overlays/*'", "      - path: 'apps/*/overlays/pr-*'\n        exclude: true\n"), "'{{path}}'", {
        appName: 's-{{path.basename}}',
      }),
    ),
    'a suppression with a reason': marked(
      { ...storefront, ...clusters(BUT_PROD) },
      '# gitops-lint-ignore unmatched-generator -- goes live with the next release',
    ),
  },

  invalid: {
    'no Kustomization for production': marked({ ...storefront, ...clusters(BUT_PROD) }, '# error: folder prod'),
    'a list without production': marked(
      argo(applicationSet('storefront', '- list: { elements: [{ env: dev }, { env: staging }] }\n', "'apps/storefront/overlays/{{env}}'")),
      '# error: folder prod',
    ),
    'a pattern that is too narrow': marked(
      argo(applicationSet('storefront', folders("'apps/storefront/overlays/[ds]*'"), "'{{path}}'", { appName: 's-{{path.basename}}' })),
      '# error: folder prod',
    ),
    'staging, where production is deployed': marked(
      { ...storefront, ...clusters({ dev: ALL.dev, prod: ALL.prod }) },
      '# error: folder staging',
      'apps/storefront/overlays/staging/kustomization.yaml',
    ),
    'a folder below one whose kustomization does not list it': marked(
      {
        ...storefront,
        ...clusters(BUT_PROD),
        'apps/kustomization.yaml': kustomization([]),
        'clusters/staging/all.yaml': fluxKustomization('all', './apps'),
      },
      '# error: folder prod',
    ),
    'a folder of manifests': {
      ...clusters({ staging: { shop: './environments/staging/shop' } }),
      'environments/staging/shop/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: shop }\n',
      'environments/prod/shop/config.yaml': '# error: folder prod\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: shop }\n',
    },
    'a pattern that finds nothing': argo(
      applicationSet('storefront', folders("'apps/storefront/overlays/*'", "      - path: 'apps/checkout/overlays/*' # error: pattern\n"), "'{{path}}'", {
        appName: 's-{{path.basename}}',
      }),
    ),
  },
});

describe('the findings of unmatched-generator', () => {
  it('are one for all folders of an app that one environment leaves behind', async () => {
    const sites = (names: readonly string[]) =>
      Object.fromEntries(
        names.flatMap((name) => [
          [`apps/storefront/production/${name}/kustomization.yaml`, kustomization(['config.yaml'])],
          [`apps/storefront/production/${name}/config.yaml`, `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`],
        ]),
      );
    const tree = {
      ...sites(['berlin', 'lagos', 'tokyo']),
      'apps/storefront/staging/kustomization.yaml': kustomization([]),
      'argocd/storefront.yaml': applicationSet('storefront', '- list: { elements: [{ site: berlin }] }\n', "'apps/storefront/production/{{site}}'", {
        appName: 's-{{site}}',
      }),
      'argocd/other.yaml': application('other', 'apps/storefront'),
    };
    const { findings } = await lintTree(tree, [rule]);
    expect(findings).toMatchObject([
      {
        severity: 'warning',
        message:
          'Nothing deploys "apps/storefront/production/lagos" and 1 more, though ApplicationSet "storefront" deploys "apps/storefront/production/berlin"',
        variants: ['storefront@production/lagos', 'storefront@production/tokyo'],
        related: [{ message: 'its sibling is deployed here' }, { message: 'nor this one' }],
      },
    ]);
  });

  it('fall with the tier', async () => {
    const tree = { ...storefront, ...clusters({ dev: ALL.dev, prod: ALL.prod }) };
    expect((await lintTree(tree, [rule])).findings).toMatchObject([{ severity: 'info', variants: ['storefront@staging'] }]);
  });
});
