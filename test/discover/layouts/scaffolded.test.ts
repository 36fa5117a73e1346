import { describe, expect, it } from 'vitest';
import { configMap, deployment, documents, kustomization } from '../../rules/shop.ts';
import type { Tree } from '../../support/rule-tester.ts';
import { layoutOf, manifest, rootsIn, surveyed } from './layout.ts';

const URL = 'https://git.shop.example/platform/config.git';

describe('argocd-autopilot', () => {
  /** A project has two generators: one for apps with a config.json, one for those that are plain folders. */
  const project = (name: string) =>
    documents(
      manifest('argoproj.io/v1alpha1', 'AppProject', name, "spec:\n  sourceRepos: ['*']\n  destinations: [{ namespace: '*', server: '*' }]\n"),
      `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: ${name}
  namespace: argocd
spec:
  generators:
    - git:
        repoURL: ${URL}
        revision: ""
        requeueAfterSeconds: 20
        files:
          - path: apps/**/${name}/config.json
        template:
          metadata: {}
          spec: { destination: {}, project: "", source: { repoURL: "" } }
    - git:
        repoURL: ${URL}
        revision: ""
        files:
          - path: apps/**/${name}/config_dir.json
        template:
          metadata: {}
          spec:
            destination: {}
            project: ""
            source:
              repoURL: ""
              directory: { recurse: true, exclude: '{{ exclude }}', include: '{{ include }}' }
  template:
    metadata:
      name: ${name}-{{ userGivenName }}
      namespace: argocd
      labels:
        app.kubernetes.io/name: '{{ appName }}'
    spec:
      project: ${name}
      source:
        path: '{{ srcPath }}'
        repoURL: '{{ srcRepoURL }}'
        targetRevision: '{{ srcTargetRevision }}'
      destination:
        namespace: '{{ destNamespace }}'
        server: '{{ destServer }}'
`,
    );
  const config = (app: string, srcPath: string, more: object = {}) =>
    JSON.stringify({
      appName: app,
      userGivenName: app,
      destNamespace: 'shop',
      destServer: 'https://kubernetes.default.svc',
      srcPath,
      srcRepoURL: URL,
      srcTargetRevision: '',
      labels: null,
      ...more,
    });
  const application = (name: string, path: string) =>
    manifest('argoproj.io/v1alpha1', 'Application', name, `  namespace: argocd\nspec:\n  source: { path: ${path}, repoURL: ${URL}, targetRevision: "" }\n`);
  const overlay = (project: string): Tree => ({
    [`apps/checkout/overlays/${project}/kustomization.yaml`]: kustomization(['../../base']),
    [`apps/checkout/overlays/${project}/config.json`]: config('checkout', `apps/checkout/overlays/${project}`),
    [`apps/ledger/${project}/config_dir.json`]: config('ledger', `apps/ledger/${project}`, { exclude: '', include: '*.yaml' }),
    [`apps/ledger/${project}/ledger.yaml`]: deployment('ledger', 'image: registry.shop.example/ledger:1.4.0\n'),
  });
  const tree: Tree = {
    'bootstrap/root.yaml': application('root', 'projects'),
    'bootstrap/argo-cd.yaml': application('argo-cd', 'bootstrap/argo-cd'),
    'bootstrap/argo-cd/kustomization.yaml': kustomization(['server.yaml']),
    'bootstrap/argo-cd/server.yaml': configMap('argocd-cm', 'url: https://argocd.shop.example\n'),
    'bootstrap/cluster-resources.yaml': `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: cluster-resources
  namespace: argocd
spec:
  generators:
    - git:
        repoURL: ${URL}
        revision: ""
        files:
          - path: bootstrap/cluster-resources/*.json
  template:
    metadata:
      name: cluster-resources-{{name}}
    spec:
      source:
        path: bootstrap/cluster-resources/{{name}}
        repoURL: ${URL}
      destination: { server: '{{server}}' }
`,
    'bootstrap/cluster-resources/in-cluster.json': '{"name":"in-cluster","server":"https://kubernetes.default.svc"}',
    'bootstrap/cluster-resources/in-cluster/argocd-ns.yaml': manifest('v1', 'Namespace', 'argocd'),
    'projects/dev.yaml': project('dev'),
    'projects/prod.yaml': project('prod'),
    'apps/checkout/base/kustomization.yaml': kustomization(['install.yaml']),
    'apps/checkout/base/install.yaml': deployment('checkout', 'image: registry.shop.example/checkout:1.14.2\n'),
    ...overlay('dev'),
    ...overlay('prod'),
  };

  it('has a project for each environment', async () => {
    expect(await layoutOf(tree)).toEqual({
      environments: ['dev: dev', 'prod: prod < dev'],
      variants: ['bootstrap', 'bootstrap/argo-cd', 'checkout@dev', 'checkout@prod', 'in-cluster', 'ledger@dev', 'ledger@prod', 'projects'],
    });
  });

  it('deploys what the config files name', async () => {
    const { repository } = await surveyed(tree);
    const made = repository.deployments.filter(({ kind }) => kind === 'ApplicationSet');
    expect(made.map(({ name, variants }) => `${name}: ${variants.map(({ id }) => id)}`).sort()).toEqual([
      'cluster-resources-in-cluster: in-cluster',
      'dev-checkout: checkout@dev',
      'dev-ledger: ledger@dev',
      'prod-checkout: checkout@prod',
      'prod-ledger: ledger@prod',
    ]);
  });
});

describe('kam', () => {
  const application = (name: string, path: string) =>
    manifest(
      'argoproj.io/v1alpha1',
      'Application',
      name,
      `  namespace: openshift-gitops
spec:
  destination: { namespace: ${name.split('-')[0]}, server: https://kubernetes.default.svc }
  project: default
  source: { path: ${path}, repoURL: ${URL} }
`,
    );
  /** Each level has one folder "overlays", which is where one may change things, and no environment. */
  const levels = (folder: string, base: readonly string[]): Tree => ({
    [`${folder}/kustomization.yaml`]: kustomization(['overlays']),
    [`${folder}/base/kustomization.yaml`]: kustomization(base),
    [`${folder}/overlays/kustomization.yaml`]: kustomization(['../base']),
  });
  const environment = (name: string): Tree => ({
    [`environments/${name}/env/base/kustomization.yaml`]: kustomization([`${name}-environment.yaml`]),
    [`environments/${name}/env/base/${name}-environment.yaml`]: manifest('v1', 'Namespace', name),
    [`environments/${name}/env/overlays/kustomization.yaml`]: kustomization(['../base']),
    ...levels(`environments/${name}/apps/app-checkout`, ['../services/checkout']),
    ...levels(`environments/${name}/apps/app-checkout/services/checkout`, ['./config']),
    [`environments/${name}/apps/app-checkout/services/checkout/base/config/kustomization.yaml`]: kustomization(['100-deployment.yaml']),
    [`environments/${name}/apps/app-checkout/services/checkout/base/config/100-deployment.yaml`]: deployment(
      'checkout',
      'image: registry.shop.example/checkout:1.14.2\n',
    ),
    [`config/argocd/${name}-env-app.yaml`]: application(`${name}-env`, `environments/${name}/env/overlays`),
    [`config/argocd/${name}-app-checkout-app.yaml`]: application(`${name}-app-checkout`, `environments/${name}/apps/app-checkout/overlays`),
  });
  const tree: Tree = {
    'pipelines.yaml': `config:
  argocd: { namespace: openshift-gitops }
  pipelines: { name: cicd }
environments:
  - name: stage
    apps:
      - name: app-checkout
        services: [{ name: checkout, source_url: https://git.shop.example/checkout.git }]
  - name: dev
    apps:
      - name: app-checkout
        services: [{ name: checkout, source_url: https://git.shop.example/checkout.git }]
gitops_url: ${URL}
version: 1
`,
    ...environment('dev'),
    ...environment('stage'),
    'config/argocd/argo-app.yaml': application('argo-app', 'config/argocd'),
    'config/argocd/cicd-app.yaml': application('cicd-app', 'config/cicd/overlays'),
    'config/argocd/kustomization.yaml': kustomization([
      'argo-app.yaml',
      'cicd-app.yaml',
      'dev-app-checkout-app.yaml',
      'dev-env-app.yaml',
      'stage-app-checkout-app.yaml',
      'stage-env-app.yaml',
    ]),
    'config/cicd/base/kustomization.yaml': kustomization(['pipeline.yaml']),
    'config/cicd/base/pipeline.yaml': manifest('tekton.dev/v1', 'Pipeline', 'app-ci'),
    'config/cicd/overlays/kustomization.yaml': kustomization(['../base']),
  };

  it('goes by the list of its pipelines.yaml', async () => {
    const { environments, leftOut, assumptions, gaps, problems } = await layoutOf(tree);
    expect(environments).toEqual(['stage: staging', 'dev: dev < stage']);
    expect([leftOut, assumptions, gaps, problems]).toEqual(Array(4).fill(undefined));
  });

  it('deploys the folders "overlays" of each environment, which are none', async () => {
    const { repository } = await surveyed(tree);
    const deployed = repository.deployments.map(({ name, variants }) => `${name}: ${variants.map(({ environment, root }) => `${environment.name} ${root}`)}`);
    expect(deployed.filter((line) => !/^(?:argo|cicd)-app:/.test(line)).sort()).toEqual([
      'dev-app-checkout: dev environments/dev/apps/app-checkout/overlays',
      'dev-env: dev environments/dev/env/overlays',
      'stage-app-checkout: stage environments/stage/apps/app-checkout/overlays',
      'stage-env: stage environments/stage/env/overlays',
    ]);
  });
});

describe('Jenkins X 3', () => {
  const helmfile = (namespace: string) => `filepath: ""
environments:
  default:
    values:
      - jx-values.yaml
---
namespace: ${namespace}
repositories:
  - name: shop
    url: https://charts.shop.example
releases:
  - chart: shop/checkout
    version: 1.14.2
    name: checkout
`;
  const tree: Tree = {
    'jx-requirements.yml': `apiVersion: core.jenkins-x.io/v4beta1
kind: Requirements
spec:
  cluster: { clusterName: shop, provider: gke }
  environments:
    - key: dev
      owner: shop
      repository: platform
    - key: staging
      promotionStrategy: Auto
    - key: production
      promotionStrategy: Manual
`,
    'helmfile.yaml':
      'helmfiles:\n  - path: helmfiles/jx/helmfile.yaml\n  - path: helmfiles/jx-staging/helmfile.yaml\n  - path: helmfiles/jx-production/helmfile.yaml\n',
    'helmfiles/jx/helmfile.yaml': helmfile('jx'),
    'helmfiles/jx-staging/helmfile.yaml': helmfile('jx-staging'),
    'helmfiles/jx-production/helmfile.yaml': helmfile('jx-production'),
    'helmfiles/jx-staging/jx-values.yaml': 'jxRequirements: { ingress: { domain: staging.shop.example } }\n',
    'helmfiles/jx-production/jx-values.yaml': 'jxRequirements: { ingress: { domain: shop.example } }\n',
    'config-root/namespaces/jx/lighthouse/lighthouse.yaml': deployment('lighthouse', 'image: registry.shop.example/lighthouse:1.18.0\n'),
    'config-root/namespaces/jx-staging/checkout/checkout-deploy.yaml': deployment('checkout', 'image: registry.shop.example/checkout:1.14.2\n'),
    'config-root/namespaces/jx-staging/ledger/ledger-deploy.yaml': deployment('ledger', 'image: registry.shop.example/ledger:1.4.0\n'),
    'config-root/namespaces/jx-production/checkout/checkout-deploy.yaml': deployment('checkout', 'image: registry.shop.example/checkout:1.14.1\n'),
    'versionStream/charts/shop/checkout/defaults.yaml': 'version: 1.14.2\n',
  };

  it('names its environments in jx-requirements.yml, and renders them into namespaces of nearly that name', async () => {
    const { environments, variants, assumptions, problems } = await layoutOf(tree);
    expect(environments).toEqual(['staging: staging', 'production: prod < staging']);
    expect(variants).toEqual(['checkout@production', 'checkout@staging', 'jx@production', 'jx@staging', 'ledger@staging', 'lighthouse']);
    expect([assumptions, problems]).toEqual([undefined, undefined]);
  });

  it('takes what was rendered for the apps, and points at the list for the order', async () => {
    const { repository, discovery } = await surveyed(tree);
    expect(rootsIn(repository)).toEqual([
      'checkout@staging = config-root/namespaces/jx-staging/checkout',
      'checkout@production = config-root/namespaces/jx-production/checkout',
      'jx@staging = helmfiles/jx-staging (helmfiles/jx-staging/jx-values.yaml)',
      'jx@production = helmfiles/jx-production (helmfiles/jx-production/jx-values.yaml)',
      'ledger@staging = config-root/namespaces/jx-staging/ledger',
      'lighthouse = config-root/namespaces/jx/lighthouse',
    ]);
    const [evidence] = discovery.environments[1]?.evidence ?? [];
    expect([evidence?.why, evidence?.location?.file.path]).toEqual(['named by jx-requirements.yml', 'jx-requirements.yml']);
  });
});
