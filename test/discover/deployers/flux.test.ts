import { describe, expect, it } from 'vitest';
import { repositoryOf as read } from '../../model/shop.ts';
import { type Tree, yaml } from '../../support/rule-tester.ts';

const DEPLOYMENT = yaml`
  apiVersion: apps/v1
  kind: Deployment
  metadata: { name: checkout }
  spec:
    replicas: 1
    template:
      spec:
        containers:
          - name: checkout
            image: shop/checkout:1.0
`;

/** A Flux Kustomization of a cluster's folder. */
function kustomization(name: string, path: string, more = ''): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec:
  path: ${path}
  sourceRef: { kind: GitRepository, name: flux-system }
${more}`;
}

async function idsIn(tree: Tree): Promise<string[]> {
  return (await read(tree)).variants.map(({ id }) => id);
}

describe('what Flux deploys', () => {
  it('goes to the environments of the clusters that deploy it, once for each', async () => {
    const tree = {
      'clusters/staging/apps.yaml': kustomization('apps', './apps/checkout'),
      'clusters/production/apps.yaml': kustomization('apps', './apps/checkout'),
      'apps/checkout/deployment.yaml': DEPLOYMENT,
    };
    expect(await idsIn(tree)).toEqual(['checkout@staging', 'checkout@production', 'clusters@staging', 'clusters@production']);
  });

  it('is in the environment that its own folder names', async () => {
    const tree = {
      'clusters/staging/apps.yaml': kustomization('apps', './apps/staging'),
      'clusters/production/apps.yaml': kustomization('apps', './apps/staging'),
      'apps/base/deployment.yaml': DEPLOYMENT,
      'apps/base/kustomization.yaml': 'resources: [deployment.yaml]\n',
      'apps/staging/kustomization.yaml': 'resources: [../base]\n',
      'apps/production/kustomization.yaml': 'resources: [../base]\n',
    };
    const { deployments, variants } = await read(tree);
    expect(variants.map(({ id }) => id)).toEqual(['apps@staging', 'apps@production', 'clusters@staging', 'clusters@production']);
    expect(deployments.map(({ environment, variants: deployed }) => [environment?.name, ...deployed.map(({ id }) => id)])).toEqual([
      ['staging', 'apps@staging'],
      ['production', 'apps@staging'],
    ]);
  });

  it('leaves a folder what it is though it holds a release whose chart is elsewhere', async () => {
    const folder = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: proxy }
spec:
  values: { replicas: 1 }
---
${DEPLOYMENT}`;
    const { variants } = await read({ 'environments/dev/checkout.yaml': folder, 'environments/prod/checkout.yaml': folder });
    expect(variants.map(({ id, resources }) => [id, resources.size])).toEqual([
      ['environments@dev', 2],
      ['environments@prod', 2],
      ['proxy@dev', 0],
      ['proxy@prod', 0],
    ]);
  });

  it('is followed from the deployer of a deployer', async () => {
    const tree = {
      'clusters/dev/sync.yaml': kustomization('root', './shop'),
      'clusters/prod/sync.yaml': kustomization('root', './shop'),
      'shop/ledger.yaml': kustomization('ledger', './ledger/base'),
      'ledger/base/kustomization.yaml': 'resources: [deployment.yaml]\n',
      'ledger/base/deployment.yaml': DEPLOYMENT,
    };
    expect(await idsIn(tree)).toEqual(['clusters@dev', 'clusters@prod', 'ledger@dev', 'ledger@prod', 'shop@dev', 'shop@prod']);
  });

  it('is in the place of each cluster that deploys it', async () => {
    const cluster = (name: string) => ({ [`clusters/prod/${name}/apps.yaml`]: kustomization('apps', './apps/checkout') });
    const tree = { ...cluster('cluster-1'), ...cluster('cluster-2'), 'apps/checkout/deployment.yaml': DEPLOYMENT };
    const { variants, deployments } = await read(tree);
    expect(variants.map(({ id }) => id)).toEqual(['checkout@prod/cluster-1', 'checkout@prod/cluster-2', 'clusters@prod/cluster-1', 'clusters@prod/cluster-2']);
    expect(deployments.map(({ holder, variants: deployed }) => [holder.id, ...deployed.map(({ id }) => id)])).toEqual([
      ['clusters@prod/cluster-1', 'checkout@prod/cluster-1'],
      ['clusters@prod/cluster-2', 'checkout@prod/cluster-2'],
    ]);
  });

  it('follows a circle once', async () => {
    const tree = { 'clusters/dev/sync.yaml': kustomization('root', './shop'), 'shop/again.yaml': kustomization('again', './shop') };
    expect(await idsIn(tree)).toEqual(['clusters@dev', 'shop@dev']);
  });
});

describe('what Flux adds belongs to the variant', () => {
  const tree = {
    'clusters/staging/apps.yaml': kustomization('apps', './apps/checkout'),
    'clusters/production/apps.yaml': kustomization(
      'apps',
      './apps/checkout',
      `  targetNamespace: shop
  namePrefix: eu-
  nameSuffix: -x
  components: [../../components/canary]
  commonMetadata:
    labels: { tier: prod }
    annotations: { owner: shop }
  images:
    - name: shop/checkout
      newTag: "2.0"
  patches:
    - target: { kind: Deployment }
      patch: |
        - op: replace
          path: /spec/replicas
          value: 3
`,
    ),
    'apps/checkout/deployment.yaml': DEPLOYMENT,
    'components/canary/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncommonAnnotations: { canary: "yes" }\n',
  };

  async function checkoutIn(environment: string, files: Tree = tree) {
    const variant = (await read(files)).variants.find(({ app, environment: { name } }) => app.name === 'checkout' && name === environment);
    return { variant, resource: [...(variant?.resources ?? [])][0] };
  }

  it.each([
    ['a folder without a kustomization', tree],
    ['a kustomization', { ...tree, 'apps/checkout/kustomization.yaml': 'resources: [deployment.yaml]\nnamePrefix: base-\n' }],
  ])('to %s', async (_, files) => {
    const { resource } = await checkoutIn('production', files);
    expect(resource?.manifest).toMatchObject({
      metadata: { name: 'eu-checkout-x', namespace: 'shop', labels: { tier: 'prod' }, annotations: { owner: 'shop', canary: 'yes' } },
      spec: { replicas: 3, template: { spec: { containers: [{ image: 'shop/checkout:2.0' }] } } },
    });
    expect((await checkoutIn('staging', files)).resource?.manifest).toMatchObject({ spec: { replicas: 1 } });
    // Selectors and templates are left alone by what is common to the metadata.
    expect(resource?.manifest).not.toHaveProperty('spec.template.metadata.labels');
  });

  it('points at the line of the deployer', async () => {
    const { resource } = await checkoutIn('production');
    const placeOf = (...path: (string | number)[]) => {
      const [origin] = resource?.field(...path).origins() ?? [];
      return origin && [origin.file.path, origin.file.positionAt(origin.start).line, origin.how];
    };
    expect(placeOf('metadata', 'namespace')).toEqual(['clusters/production/apps.yaml', 7, 'namespace']);
    expect(placeOf('spec', 'replicas')).toEqual(['clusters/production/apps.yaml', 22, 'json-patch']);
    expect(placeOf('metadata', 'labels', 'tier')).toEqual(['clusters/production/apps.yaml', 12, 'label']);
  });

  it('replaces an image of the kustomization that has the same name, and keeps the others', async () => {
    const own = 'resources: [deployment.yaml]\nimages: [{ name: shop/checkout, newTag: "1.5" }, { name: other, newTag: "1" }]\n';
    const { resource } = await checkoutIn('production', { ...tree, 'apps/checkout/kustomization.yaml': own });
    expect(resource?.manifest).toMatchObject({ spec: { template: { spec: { containers: [{ image: 'shop/checkout:2.0' }] } } } });
  });

  it('a patch that hits nothing is one of the deployer', async () => {
    const wrong = kustomization(
      'apps',
      './apps/checkout',
      '  patches:\n    - target: { kind: StatefulSet }\n      patch: |\n        - { op: remove, path: /spec }\n',
    );
    const { variant } = await checkoutIn('production', { ...tree, 'clusters/production/apps.yaml': wrong });
    expect(variant?.effects.map(({ field, targets, entry }) => [field, targets, entry.file.path])).toEqual([['patches', 0, 'clusters/production/apps.yaml']]);
  });
});

describe('a repository that includes another one', () => {
  const source = (name: string, more = '') => `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: ${name}, namespace: flux-system }
spec:
  url: https://git.shop.example/config.git
${more}---
`;
  const include = '  include:\n    - { repository: { name: common }, fromPath: apps, toPath: shared/apps }\n    - { repository: { name: plain } }\n';
  const sources = source('flux-system', include) + source('common') + source('plain');

  it.each([
    ['./shared/apps/checkout', 'apps/checkout', 'here'],
    ['plain/apps/checkout', 'apps/checkout', 'here'],
    ['./apps/checkout', 'apps/checkout', 'here'],
    ['./shared/apps/nothing', 'apps/nothing', 'missing'],
  ])('has %s', async (path, folder, whereabouts) => {
    const tree = { 'clusters/prod/apps.yaml': sources + kustomization('apps', path), 'apps/checkout/deployment.yaml': DEPLOYMENT };
    const others = { 'clusters/prod/more.yaml': kustomization('more', './apps/checkout') };
    const { deployments } = await read({ ...tree, ...others });
    expect(deployments.filter(({ name }) => name === 'apps').map(({ source: found }) => [found.path, found.whereabouts])).toEqual([[folder, whereabouts]]);
  });
});

describe('releases of one chart in one environment', () => {
  const release = (name: string, namespace: string) => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  chart: { spec: { chart: ./charts/cache, sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system } } }
`;
  const chart = {
    'charts/cache/Chart.yaml': 'apiVersion: v2\nname: cache\nversion: 1.0.0\n',
    'charts/cache/values.yaml': 'size: 1\n',
    'charts/cache/templates/map.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: "{{ .Release.Name }}", namespace: "{{ .Release.Namespace }}" }\ndata: { size: "{{ .Values.size }}" }\n',
  };

  it.each([
    ['a namespace', release('cache', 'ledger'), ['cache:ledger@prod ledger/cache', 'cache:shop@prod shop/cache']],
    ['a name', release('sessions', 'shop'), ['cache/cache@prod shop/cache', 'sessions@prod shop/sessions']],
    ['nothing', '', ['cache@prod shop/cache']],
  ])('differ in %s', async (_, other, expected) => {
    const tree = {
      'clusters/prod/cache.yaml': release('cache', 'shop'),
      'clusters/prod/other.yaml': other,
      'clusters/dev/cache.yaml': release('cache', 'shop'),
    };
    const { variants } = await read({ ...chart, ...tree });
    const rendered = variants.filter(({ renderer, environment }) => renderer === 'helm' && environment.name === 'prod');
    expect(rendered.map(({ id, resources }) => [id, ...[...resources].map((one) => `${one.id.namespace}/${one.id.name}`)].join(' '))).toEqual(expected);
  });
});

describe('where Flux looks', () => {
  const whereabouts = async (tree: Tree) => (await read(tree)).deployments.map(({ source }) => [source.text, source.whereabouts]);

  it.each([
    [
      'a path that is not there, beside one that is',
      './apps/chekout',
      [
        ['./apps/checkout', 'here'],
        ['./apps/chekout', 'missing'],
      ],
    ],
    [
      'a path that is filled in later',
      './apps/${NAME}',
      [
        ['./apps/checkout', 'here'],
        ['./apps/${NAME}', 'unknown'],
      ],
    ],
  ])('%s', async (_, path, expected) => {
    const tree = {
      'clusters/dev/a.yaml': kustomization('a', './apps/checkout'),
      'clusters/dev/b.yaml': kustomization('b', path),
      'apps/checkout/deployment.yaml': DEPLOYMENT,
    };
    expect(await whereabouts(tree)).toEqual(expected);
  });

  it('knows nothing of a repository of which nothing is here', async () => {
    expect(await whereabouts({ 'clusters/dev/a.yaml': kustomization('a', './elsewhere/app') })).toEqual([['./elsewhere/app', 'elsewhere']]);
  });

  it('follows an artifact back to the folder that is copied into it', async () => {
    const generator = yaml`
      apiVersion: source.extensions.fluxcd.io/v1beta1
      kind: ArtifactGenerator
      metadata: { name: shop, namespace: flux-system }
      spec:
        sources: [{ alias: repo, kind: GitRepository, name: flux-system }]
        artifacts:
          - name: apps
            copy:
              - { from: "@repo/apps/base/**", to: "@artifact/base/" }
              - { from: "@repo/apps/dev/**", to: "@artifact/dev/" }
    `;
    const tree = {
      'clusters/dev/artifacts.yaml': generator,
      'clusters/dev/apps.yaml': kustomization('apps', './dev').replace('GitRepository, name: flux-system', 'ExternalArtifact, name: apps'),
      'apps/base/kustomization.yaml': 'resources: [deployment.yaml]\n',
      'apps/base/deployment.yaml': DEPLOYMENT,
      'apps/dev/kustomization.yaml': 'resources: [../base]\n',
    };
    expect((await read(tree)).deployments.map(({ source }) => [source.whereabouts, source.path])).toEqual([['here', 'apps/dev']]);
  });
});
