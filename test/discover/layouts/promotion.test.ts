import { describe, expect, it } from 'vitest';
import { configMap, documents, kustomization } from '../../rules/shop.ts';
import type { Tree } from '../../support/rule-tester.ts';
import { layoutOf, manifest, surveyed, workload } from './layout.ts';

const URL = 'https://git.shop.example/platform/config.git';

/** A Stage of Kargo that takes freight from others, or straight from its warehouse. */
const stage = (name: string, from: readonly string[], steps = '[{ uses: git-clone }, { uses: kustomize-set-image }]') =>
  manifest(
    'kargo.akuity.io/v1alpha1',
    'Stage',
    name,
    `  namespace: shop
spec:
  requestedFreight:
    - origin: { kind: Warehouse, name: checkout }
      sources: ${from.length > 0 ? `{ stages: [${from.join(', ')}] }` : '{ direct: true }'}
${steps ? `  promotionTemplate: { spec: { steps: ${steps} } }\n` : ''}`,
  );

describe('Kargo', () => {
  const project: Tree = {
    'kargo/project.yaml': manifest('kargo.akuity.io/v1alpha1', 'Project', 'shop'),
    'kargo/warehouse.yaml': manifest(
      'kargo.akuity.io/v1alpha1',
      'Warehouse',
      'checkout',
      '  namespace: shop\nspec:\n  subscriptions:\n    - image: { repoURL: registry.shop.example/checkout }\n',
    ),
  };
  const stages: Tree = {
    'src/checkout/base/kustomization.yaml': kustomization(['deployment.yaml']),
    'src/checkout/base/deployment.yaml': workload('checkout'),
    ...Object.fromEntries(
      ['test', 'uat', 'prod'].map((name) => [`src/checkout/stages/${name}/kustomization.yaml`, kustomization(['../../base'], `namespace: shop-${name}\n`)]),
    ),
  };
  const applications = (path: (env: string) => string, revision: (env: string) => string): Tree => ({
    'argocd/shop.yaml': documents(
      ...['test', 'uat', 'prod'].map((env) =>
        manifest(
          'argoproj.io/v1alpha1',
          'Application',
          `checkout-${env}`,
          `  namespace: argocd
  annotations: { kargo.akuity.io/authorized-stage: "shop:${env}" }
spec:
  source: { repoURL: ${URL}, targetRevision: ${revision(env)}, path: ${path(env)} }
  destination: { namespace: shop-${env}, server: https://kubernetes.default.svc }
`,
        ),
      ),
    ),
  });

  it('promotes from overlay to overlay as its Stages say', async () => {
    const tree = {
      ...project,
      ...stages,
      ...applications(
        (env) => `src/checkout/stages/${env}`,
        () => 'HEAD',
      ),
      'kargo/stages.yaml': documents(stage('prod', ['uat']), stage('uat', ['test']), stage('test', [])),
    };
    expect(await layoutOf(tree)).toEqual({
      environments: ['test: test', 'uat: uat < test', 'prod: prod < uat'],
      variants: ['argocd', 'checkout@prod', 'checkout@test', 'checkout@uat', 'kargo'],
    });
    const { discovery } = await surveyed(tree);
    expect(discovery.environments.map(({ evidence }) => evidence[0]?.location?.file.path)).toEqual(Array(3).fill('kargo/stages.yaml'));
  });

  it('may have a fork in the way, and stages that only pass on', async () => {
    const tree = {
      ...project,
      'base/kustomization.yaml': kustomization(['deployment.yaml']),
      'base/deployment.yaml': workload('checkout'),
      ...Object.fromEntries(['qa', 'perf', 'prod-eu', 'prod-us'].map((name) => [`envs/${name}/kustomization.yaml`, kustomization(['../../base'])])),
      'kargo/stages.yaml': documents(
        stage('qa', []),
        stage('perf', []),
        stage('approved', ['qa', 'perf'], ''),
        stage('prod-eu', ['approved']),
        stage('prod-us', ['prod-eu']),
      ),
    };
    const { environments } = await layoutOf(tree);
    expect(environments).toEqual(['qa: test', 'perf: test', 'prod-eu: prod < qa, perf', 'prod-us: prod < prod-eu']);
  });

  it('that renders into branches deploys what is in them, and nothing of that is missed here', async () => {
    const tree = {
      ...project,
      ...stages,
      ...applications(
        () => 'checkout',
        (env) => `stage/${env}`,
      ),
      'kargo/stages.yaml': documents(stage('test', []), stage('uat', ['test']), stage('prod', ['uat'])),
    };
    expect(await layoutOf(tree)).toEqual({
      environments: ['test: test', 'uat: uat < test', 'prod: prod < uat'],
      variants: ['argocd', 'checkout@prod', 'checkout@test', 'checkout@uat', 'kargo'],
    });
    const { repository } = await surveyed(tree);
    expect(new Set(repository.deployments.map(({ source }) => source.whereabouts))).toEqual(new Set(['elsewhere']));
  });
});

describe('GitOps Promoter', () => {
  const strategy = (...branches: readonly string[]) =>
    manifest(
      'promoter.argoproj.io/v1alpha1',
      'PromotionStrategy',
      'checkout',
      `  namespace: argocd
spec:
  gitRepositoryRef: { name: config }
  activeCommitStatuses: [{ key: argocd-health }]
  environments:
${branches.map((branch) => `    - { branch: ${branch}, autoMerge: false }\n`).join('')}`,
    );

  it('has its order in the list of branches, which the folders of the dry source are for', async () => {
    const tree: Tree = {
      'promoter/strategy.yaml': strategy('environment/development', 'environment/staging', 'environment/production-eu', 'environment/production-us'),
      'checkout/base/kustomization.yaml': kustomization(['deployment.yaml']),
      'checkout/base/deployment.yaml': workload('checkout'),
      ...Object.fromEntries(
        ['development', 'staging', 'production-eu', 'production-us'].map((name) => [`checkout/${name}/kustomization.yaml`, kustomization(['../base'])]),
      ),
    };
    expect(await layoutOf(tree)).toEqual({
      environments: ['development: dev', 'staging: staging < development', 'production-eu: prod < staging', 'production-us: prod < production-eu'],
      variants: ['checkout@development', 'checkout@production-eu region=eu', 'checkout@production-us region=us', 'checkout@staging', 'promoter'],
    });
  });
});

describe('telefonistka', () => {
  const COPIES = `promotionPaths:
  - sourcePath: "workspace/"
    promotionPrs:
      - targetPaths: ["clusters/dev/us-east4/c2"]
  - sourcePath: "clusters/dev/[^/]*/[^/]*"
    conditions: { autoMerge: true }
    promotionPrs:
      - targetPaths: ["clusters/lab/europe-west4/c1", "clusters/staging/us-central1/c1", "clusters/staging/us-central1/c2"]
  - sourcePath: "clusters/staging/[^/]*/[^/]*"
    promotionPrs:
      - targetPaths: ["clusters/prod/us-west1/c2", "clusters/prod/europe-west3/c2"]
`;
  const at = (path: string): Tree => ({ [`${path}/checkout/settings.yaml`]: configMap('checkout', `REGION: ${path.split('/')[2]}\n`) });

  it('copies components from cluster to cluster', async () => {
    const tree = {
      'telefonistka.yaml': COPIES,
      'workspace/checkout/settings.yaml': configMap('checkout', 'REGION: none\n'),
      ...at('clusters/dev/us-east4/c2'),
      ...at('clusters/lab/europe-west4/c1'),
      ...at('clusters/staging/us-central1/c1'),
      ...at('clusters/staging/us-central1/c2'),
      ...at('clusters/prod/us-west1/c2'),
      ...at('clusters/prod/europe-west3/c2'),
    };
    expect(await layoutOf(tree)).toEqual({
      environments: ['dev: dev', 'lab: local < dev', 'staging: staging < dev', 'prod: prod < staging'],
      variants: [
        'checkout@dev region=us-east4 cluster=c2',
        'checkout@lab region=europe-west4 cluster=c1',
        'checkout@prod region=europe-west3 cluster=c2',
        'checkout@prod region=us-west1 cluster=c2',
        'checkout@staging region=us-central1 cluster=c1',
        'checkout@staging region=us-central1 cluster=c2',
        'workspace/checkout',
      ],
    });
  });
});
