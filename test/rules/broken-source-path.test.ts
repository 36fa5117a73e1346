import { describe, expect, it } from 'vitest';
import rule from '../../rules/broken-source-path/rule.ts';
import { lintTree, type Tree, testRule, yaml } from '../support/rule-tester.ts';
import { application, applicationSet, fluxKustomization, installations, overlays } from './deployers.ts';
import { kustomization } from './shop.ts';

const storefront = overlays('storefront', ['staging', 'prod']);
const ledger = overlays('ledger', ['staging', 'prod']);
const path = (environment: string, app = 'storefront') => `./apps/${app}/overlays/${environment}`;

/** The cluster of production, which deploys the ledger, and what else it is given by name. */
const cluster = (files: Readonly<Record<string, string>>): Tree => ({
  ...storefront,
  ...ledger,
  'clusters/prod/ledger.yaml': fluxKustomization('ledger', path('prod', 'ledger')),
  ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`clusters/prod/${name}.yaml`, text])),
});
const argo = (files: Readonly<Record<string, string>>): Tree => ({
  ...storefront,
  ...ledger,
  'argocd/ledger.yaml': application('ledger-prod', 'apps/ledger/overlays/prod'),
  ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`argocd/${name}.yaml`, text])),
});
const chart = (source: string): Tree => ({
  ...argo({ web: application('web', 'charts/web', { source }) }),
  'charts/web/Chart.yaml': 'name: web\nversion: 1.0.0\n',
  'charts/web/values-prod.yaml': 'replicas: 3\n',
});

const source = (kind: string, name: string, namespace = 'flux-system') => `apiVersion: source.toolkit.fluxcd.io/v1
kind: ${kind}
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  url: https://charts.shop.example
`;
const release = (name: string, repository: string, more = '') => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: ${name}
  namespace: flux-system
spec:
${more}  chart:
    spec:
      chart: ${name}
      sourceRef:
        kind: HelmRepository
        name: ${repository}
`;
const dependsOn = (name: string, namespace = '') => `dependsOn:\n  - name: ${name}\n${namespace && `    namespace: ${namespace}\n`}`;
const LIST = (second: string) =>
  yaml`
  - list:
      elements:
        - { env: staging }
        - SECOND
`.replace('SECOND', second);

/** A set that both installations have, with an element for each cluster; the folders of Berlin and Tokyo are in one environment each. */
const perCluster = (names: readonly string[], folder = 'berlin'): Tree => ({
  ...installations(
    applicationSet(
      'web',
      `- merge:
    mergeKeys: [name]
    generators:
      - clusters:
          values:
            environment: staging
            folder: ${folder}
      - list:
          elements:
${names.map((name) => `            - name: ${name.split(' ')[0]}\n              values.folder: ${name}\n`).join('')}`,
      "'apps/web/{{values.environment}}/{{values.folder}}'",
      { appName: 'web-{{name}}' },
    ),
  ),
  'apps/web/staging/berlin/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: berlin }\n',
  'apps/web/prod/tokyo/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: tokyo }\n',
});

/** A Kustomization of an artifact, which is copied from the folder of production. */
const ofArtifact = (at: string) =>
  cluster({
    artifacts: yaml`
      apiVersion: source.extensions.fluxcd.io/v1beta1
      kind: ArtifactGenerator
      metadata: { name: shop, namespace: flux-system }
      spec:
        sources: [{ alias: shop, kind: GitRepository, name: flux-system }]
        artifacts:
          - name: apps
            copy:
              - { from: "@shop/apps/storefront/overlays/prod/**", to: "@artifact/storefront/" }
              - { from: "@shop/apps/ledger/**", to: "@artifact/ledger/parts/" }
    `,
    storefront: fluxKustomization('storefront', at).replace('GitRepository, name: flux-system', 'ExternalArtifact, name: apps'),
  });

testRule(rule, {
  valid: {
    'a folder of an artifact': ofArtifact('./storefront'),
    'a folder around those of an artifact': ofArtifact('./ledger'),
    'an artifact as a whole': ofArtifact('./'),
    'an artifact that others make': cluster({
      storefront: fluxKustomization('storefront', './web').replace('GitRepository, name: flux-system', 'ExternalArtifact, name: apps'),
    }),
    'folders that are there': cluster({ storefront: fluxKustomization('storefront', path('prod')) }),
    'a path that leaves the repository, where Flux begins again': cluster({ storefront: fluxKustomization('storefront', '../apps/storefront/overlays/prod') }),
    'the root': cluster({ all: fluxKustomization('all', './') }),
    'another repository': argo({
      monitoring: application('monitoring', 'deploy/prod').replace('git.shop.example/config', 'git.shop.example/monitoring'),
    }),
    'another branch': argo({ next: application('next', 'apps/storefront/overlays/next', { source: 'targetRevision: next\n' }) }),
    'a chart of a registry': argo({ redis: application('redis', 'unused', { source: 'chart: redis\ntargetRevision: 1.0.0\n' }) }),
    'a path with a variable of the cluster': cluster({ storefront: fluxKustomization('storefront', './apps/storefront/overlays/${ENVIRONMENT}') }),
    'a path with a name that only a cluster knows': argo({
      web: applicationSet('web', '- clusters: {}\n', "'apps/web/overlays/{{name}}'", { appName: 'web-{{name}}' }),
    }),
    'a cluster that another installation has': perCluster(['berlin', 'tokyo']),
    'the folder of clusters of which nothing is told, where each has its own': perCluster(['berlin', 'tokyo'], 'none'),
    'a values file, which is another rule': chart('helm: { valueFiles: [values-prod-eu.yaml] }\n'),
    'the source that Flux was installed with': cluster({
      charts: source('HelmRepository', 'shop'),
      own: fluxKustomization('storefront', path('prod'), dependsOn('flux-system')),
    }),
    'a source in a namespace of which none is here': cluster({ web: release('web', 'bitnami') }),
    'a source that is there': cluster({ charts: source('HelmRepository', 'shop'), web: release('web', 'shop') }),
    'a source in another namespace': cluster({
      charts: source('HelmRepository', 'shop'),
      more: source('HelmRepository', 'bitnami', 'charts'),
      web: release('web', 'bitnami').replace('name: bitnami', 'name: bitnami\n        namespace: charts'),
    }),
    'a dependency in the same cluster': cluster({ storefront: fluxKustomization('storefront', path('prod'), dependsOn('ledger')) }),
    'a dependency in what the cluster deploys': {
      ...cluster({
        infrastructure: fluxKustomization('infrastructure', './infrastructure'),
        storefront: fluxKustomization('storefront', path('prod'), dependsOn('certificates')),
      }),
      'infrastructure/certificates.yaml': fluxKustomization('certificates', path('prod', 'ledger')),
    },
    'a dependency in another folder of the same environment': {
      ...cluster({}),
      'clusters/prod/apps/kustomization.yaml': kustomization(['storefront.yaml']),
      'clusters/prod/apps/storefront.yaml': fluxKustomization('storefront', path('prod'), dependsOn('certificates')),
      'clusters/prod/infrastructure/kustomization.yaml': kustomization(['certificates.yaml']),
      'clusters/prod/infrastructure/certificates.yaml': fluxKustomization('certificates', path('prod', 'ledger')),
    },
    'a dependency that another repository may bring': cluster({
      git: source('GitRepository', 'platform').replace('charts.shop', 'git.shop'),
      platform: fluxKustomization('platform', './deploy').replace('name: flux-system }', 'name: platform }'),
      storefront: fluxKustomization('storefront', path('prod'), dependsOn('certificates')),
    }),
    'a dependency with a variable in its name': cluster({
      storefront: fluxKustomization('storefront', path('prod'), dependsOn('certificates-${ENVIRONMENT}')),
    }),
    'a suppression with a reason': cluster({
      storefront: fluxKustomization('storefront', './apps/web # gitops-lint-ignore broken-source-path -- the pipeline renders it into the branch'),
    }),
  },

  invalid: {
    'a slip in a path of Flux': cluster({ storefront: fluxKustomization('storefront', './apps/storefornt/overlays/prod # error: folder prod') }),
    'a slip in a path that leaves the repository': cluster({ storefront: fluxKustomization('storefront', '../apps/storefornt # error: folder prod') }),
    'a folder that an artifact has not': ofArtifact('./storefornt # error: folder prod'),
    'a folder in one that an artifact has': ofArtifact('./ledger/parts/overlays/pord # error: folder prod'),
    'a folder that was renamed': cluster({ storefront: fluxKustomization('storefront', './apps/storefront/overlays/production-eu # error: folder prod') }),
    'an Application': argo({ web: application('storefront-prod', 'apps/storefront/overlay/prod # error: folder') }),
    'an element of a list, at that element': argo({
      web: applicationSet('storefront', LIST('{ env: qa } # error: folder'), "'apps/storefront/overlays/{{env}}'"),
    }),
    'an element whose folder no installation has': perCluster(['berlin', 'tokyo', 'lagos # error: folder prod,staging']),
    'what the template adds to a folder that is there': {
      ...storefront,
      'argocd/web.yaml': applicationSet(
        'web',
        '- git:\n    repoURL: https://git.shop.example/config.git\n    directories: [{ path: apps/storefront/overlays/* }]\n',
        "'{{path}}/manifests' # error: folder",
        { appName: 'web-{{path.basename}}' },
      ),
      'argocd/one.yaml': application('one', 'apps/storefront'),
      'argocd/two.yaml': application('two', 'apps'),
    },
    'what the template adds to one of two folders that are there': {
      ...argo({ web: applicationSet('web', LIST('{ env: prod }'), "'apps/storefront/overlays/{{env}}/parts' # error: folder") }),
      'apps/storefront/overlays/staging/parts/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: parts }\n',
    },
    'the only folder of all clusters': argo({
      web: applicationSet('web', '- clusters: {}\n', 'apps/web # error: folder', { appName: 'web-{{name}}' }),
    }),
    'a source': cluster({ charts: source('HelmRepository', 'shop'), web: release('web', 'shops # error: source prod') }),
    'a source of another kind': cluster({
      charts: source('HelmRepository', 'shop'),
      oci: source('OCIRepository', 'images'),
      web: release('web', 'images # error: source'),
    }),
    'a dependency': cluster({ storefront: fluxKustomization('storefront', path('prod'), dependsOn('legder # error: dependency prod')) }),
    'a dependency that another cluster has': {
      ...cluster({ storefront: fluxKustomization('storefront', path('prod'), dependsOn('certificates # error: dependency prod')) }),
      'clusters/staging/certificates.yaml': fluxKustomization('certificates', path('staging', 'ledger')),
    },
    'a dependency of a release': cluster({
      charts: source('HelmRepository', 'shop'),
      redis: release('redis', 'shop'),
      web: release('web', 'shop', '  dependsOn:\n    - name: reddis # error: dependency\n'),
    }),
    'a dependency in another namespace': cluster({
      storefront: fluxKustomization('storefront', path('prod'), 'dependsOn:\n  - name: ledger # error: dependency\n    namespace: payments\n'),
    }),
    'a set that Argo CD refuses': argo({
      web: applicationSet(
        'storefront',
        '- merge:\n    mergeKeys: [env] # error: deployer\n    generators:\n      - list: { elements: [{ env: prod }] }\n',
        'apps/storefront/overlays/prod',
      ),
    }),
  },
});

describe('the findings of broken-source-path', () => {
  const messages = async (tree: Tree) => (await lintTree(tree, [rule])).findings.map(({ message }) => message);

  it('say what is there instead', async () => {
    expect(await messages(cluster({ storefront: fluxKustomization('storefront', './apps/storefornt/overlays/prod') }))).toEqual([
      'Kustomization "storefront" deploys "./apps/storefornt/overlays/prod", which does not exist; there is "apps/storefront/overlays/prod"',
    ]);
    expect(await messages(cluster({ storefront: fluxKustomization('storefront', path('prod'), dependsOn('legder')) }))).toEqual([
      'Kustomization "storefront" waits for Kustomization "legder", which nothing defines; there is "ledger"',
    ]);
  });

  it('never name the folder of another environment instead', async () => {
    expect(await messages({ ...cluster({ storefront: fluxKustomization('storefront', path('prod-eu')) }), ...overlays('storefront', ['prod-us']) })).toEqual([
      'Kustomization "storefront" deploys "./apps/storefront/overlays/prod-eu", which does not exist',
    ]);
  });

  it('point at the first step that is missing', async () => {
    const { findings } = await lintTree(argo({ web: applicationSet('storefront', LIST('{ env: qa }'), "'apps/storefront/overlays/{{env}}'") }), [rule]);
    expect(findings.map(({ location: { file, span }, message }) => [file.text.slice(span.start, span.end), message])).toEqual([
      ['qa', 'Application "storefront-qa" of the set "storefront" deploys "apps/storefront/overlays/qa", which does not exist'],
    ]);
  });

  it('are one for a base, with every overlay that it reaches', async () => {
    const tree = {
      ...argo({}),
      'bootstrap/base/kustomization.yaml': kustomization(['root.yaml']),
      'bootstrap/base/root.yaml': application('root', 'argocd-apps'),
      'bootstrap/overlays/staging/kustomization.yaml': kustomization(['../../base']),
      'bootstrap/overlays/prod/kustomization.yaml': kustomization(['../../base']),
    };
    const { findings } = await lintTree(tree, [rule]);
    expect(findings).toMatchObject([{ severity: 'error', variants: ['bootstrap@staging', 'bootstrap@prod'] }]);
  });
});
