import { describe, expect, it } from 'vitest';
import { configMap, deployment, documents, kustomization } from '../../rules/shop.ts';
import type { Tree } from '../../support/rule-tester.ts';
import { indented, layoutOf, manifest, rootsIn, surveyed } from './layout.ts';

const kustomize = (name: string, path: string, more = '', source = '{ kind: GitRepository, name: flux-system }') =>
  manifest(
    'kustomize.toolkit.fluxcd.io/v1',
    'Kustomization',
    name,
    `  namespace: flux-system\nspec:\n  interval: 10m\n  path: ${path}\n  prune: true\n  sourceRef: ${source}\n${indented(more, 2)}`,
  );
const repository = (name: string, url: string, ref = 'branch: main') =>
  manifest('source.toolkit.fluxcd.io/v1', 'GitRepository', name, `  namespace: flux-system\nspec:\n  interval: 1m\n  url: ${url}\n  ref: { ${ref} }\n`);

/** What "flux bootstrap" leaves in the folder of a cluster. */
const bootstrapped = (cluster: string): Tree => ({
  [`clusters/${cluster}/flux-system/kustomization.yaml`]: kustomization(['gotk-components.yaml', 'gotk-sync.yaml']),
  [`clusters/${cluster}/flux-system/gotk-components.yaml`]: deployment('source-controller', 'image: ghcr.io/fluxcd/source-controller:v1.6.0\n'),
  [`clusters/${cluster}/flux-system/gotk-sync.yaml`]: documents(
    repository('flux-system', 'ssh://git@git.shop.example/platform/fleet'),
    kustomize('flux-system', `./clusters/${cluster}`),
  ),
});

const release = (name: string) =>
  manifest(
    'helm.toolkit.fluxcd.io/v2',
    'HelmRelease',
    name,
    `  namespace: shop\nspec:\n  chart:\n    spec:\n      chart: ${name}\n      version: 1.2.3\n      sourceRef: { kind: HelmRepository, name: shop }\n`,
  );

const apps: Tree = {
  'apps/base/storefront/kustomization.yaml': kustomization(['release.yaml', 'namespace.yaml']),
  'apps/base/storefront/release.yaml': release('storefront'),
  'apps/base/storefront/namespace.yaml': manifest('v1', 'Namespace', 'shop'),
  ...Object.fromEntries(
    ['staging', 'production'].flatMap((name) => [
      [
        `apps/${name}/kustomization.yaml`,
        kustomization(['../base/storefront'], 'patches:\n  - path: storefront-values.yaml\n    target: { kind: HelmRelease }\n'),
      ],
      [
        `apps/${name}/storefront-values.yaml`,
        `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: storefront }\nspec: { values: { host: ${name}.shop.example } }\n`,
      ],
    ]),
  ),
  'infrastructure/controllers/kustomization.yaml': kustomization(['cert-manager.yaml']),
  'infrastructure/controllers/cert-manager.yaml': release('cert-manager'),
  'infrastructure/configs/kustomization.yaml': kustomization(['issuers.yaml']),
  'infrastructure/configs/issuers.yaml': manifest(
    'cert-manager.io/v1',
    'ClusterIssuer',
    'letsencrypt',
    'spec:\n  acme:\n    server: https://acme-staging.example/directory\n',
  ),
};

const ACME = `patches:
  - patch: |
      - op: replace
        path: /spec/acme/server
        value: https://acme.example/directory
    target: { kind: ClusterIssuer, name: letsencrypt }
`;

const MATRIX = {
  environments: ['staging: staging', 'production: prod < staging'],
  variants: [
    'apps@production',
    'apps@staging',
    'clusters@production',
    'clusters@staging',
    'controllers@production',
    'controllers@staging',
    'flux-system@production',
    'flux-system@staging',
    'infrastructure/configs@production',
    'infrastructure/configs@staging',
    // What a release says of its chart is compared as well.
    'storefront:release@production',
    'storefront:release@staging',
  ],
};

describe('a monorepo for Flux', () => {
  const cluster = (name: string, patches = ''): Tree => ({
    ...bootstrapped(name),
    [`clusters/${name}/apps.yaml`]: kustomize('apps', `./apps/${name}`, 'dependsOn: [{ name: infra-configs }]\n'),
    [`clusters/${name}/infrastructure.yaml`]: documents(
      kustomize('infra-controllers', './infrastructure/controllers'),
      kustomize('infra-configs', './infrastructure/configs', `dependsOn: [{ name: infra-controllers }]\n${patches}`),
    ),
  });
  const tree = { ...apps, ...cluster('staging'), ...cluster('production', ACME) };

  it('has a cluster for each environment, and what each deploys is in it', async () => {
    expect(await layoutOf(tree)).toEqual(MATRIX);
  });

  it('has what a cluster patches in that cluster only', async () => {
    const { repository: found } = await surveyed(tree);
    const servers = found.variants
      .filter(({ root }) => root === 'infrastructure/configs')
      .map(({ id, resources }) => [id, [...resources][0]?.manifest['spec']]);
    expect(servers).toEqual([
      ['infrastructure/configs@staging', { acme: { server: 'https://acme-staging.example/directory' } }],
      ['infrastructure/configs@production', { acme: { server: 'https://acme.example/directory' } }],
    ]);
  });

  it('says by which folder it knows each of them', async () => {
    const { discovery } = await surveyed(tree);
    const [own, cluster, deployed] = discovery.environments[1]?.evidence.map(({ why }) => why) ?? [];
    expect([own, cluster]).toEqual(['folder beside "base" in "apps"', 'folder in "clusters"']);
    expect(deployed).toMatch(/^deployed by \w+ "[\w-]+" of "/);
  });
});

describe('a monorepo for Flux, cut into artifacts', () => {
  const cluster = (name: string, patches = ''): Tree => ({
    ...bootstrapped(name),
    [`clusters/${name}/artifacts.yaml`]: manifest(
      'source.extensions.fluxcd.io/v1beta1',
      'ArtifactGenerator',
      'fleet',
      `  namespace: flux-system
spec:
  sources:
    - { alias: fleet, kind: GitRepository, name: flux-system }
  artifacts:
    - name: infra
      originRevision: "@fleet"
      copy:
        - { from: "@fleet/infrastructure/**", to: "@artifact/" }
    - name: shop
      originRevision: "@fleet"
      copy:
        - { from: "@fleet/apps/base/**", to: "@artifact/base/" }
        - { from: "@fleet/apps/${name}/**", to: "@artifact/${name}/" }
`,
    ),
    [`clusters/${name}/apps.yaml`]: kustomize('apps', `./${name}`, '', '{ kind: ExternalArtifact, name: shop }'),
    [`clusters/${name}/infrastructure.yaml`]: documents(
      kustomize('infra-controllers', './controllers', '', '{ kind: ExternalArtifact, name: infra }'),
      kustomize('infra-configs', './configs', patches, '{ kind: ExternalArtifact, name: infra }'),
    ),
  });
  const tree = { ...apps, ...cluster('staging'), ...cluster('production', ACME) };

  it('is read as if it were not', async () => {
    expect(await layoutOf(tree)).toEqual(MATRIX);
  });

  it('finds every path of an artifact in the folder that it is copied from', async () => {
    const { repository: found } = await surveyed(tree);
    const own = found.deployments.filter(({ kind }) => kind === 'Kustomization');
    const paths = own.map(({ name, source, environment }) => `${environment?.name} ${name}: ${source.whereabouts} ${source.path}`);
    expect(paths.filter((line) => line.startsWith('production')).sort()).toEqual([
      'production apps: here apps/production',
      'production flux-system: here clusters/production',
      'production infra-configs: here infrastructure/configs',
      'production infra-controllers: here infrastructure/controllers',
    ]);
  });
});

describe('a fleet of Flux with its apps in repositories of their own', () => {
  const cluster = (name: string, branch: string): Tree => ({
    ...bootstrapped(name),
    [`clusters/${name}/shop.yaml`]: documents(
      repository('shop', 'https://git.shop.example/shop/deploy.git', branch),
      kustomize('shop', `./deploy/${name}`, 'targetNamespace: shop\n', '{ kind: GitRepository, name: shop }'),
    ),
    [`clusters/${name}/settings.yaml`]: configMap('settings', `CLUSTER: ${name}\n`),
  });
  const tree = { ...cluster('staging', 'branch: main'), ...cluster('production', 'tag: 1.0.0') };

  it('knows its clusters, and misses nothing that lies elsewhere', async () => {
    expect(await layoutOf(tree)).toEqual({
      environments: ['staging: staging', 'production: prod < staging'],
      variants: ['clusters@production', 'clusters@staging', 'flux-system@production', 'flux-system@staging'],
    });
    const { repository: found } = await surveyed(tree);
    expect(found.deployments.filter(({ name }) => name === 'shop').map(({ source }) => source.whereabouts)).toEqual(['elsewhere', 'elsewhere']);
  });
});

describe('tenants of Flux', () => {
  const tenant = (team: string, env: string): Tree => ({
    [`tenants/${team}/${env}/kustomization.yaml`]: kustomization(['../base'], `namespace: ${team}\n`),
  });
  const tree = {
    ...bootstrapped('staging'),
    ...bootstrapped('production'),
    ...Object.fromEntries(
      ['staging', 'production'].map((name) => [
        `clusters/${name}/tenants.yaml`,
        documents(kustomize('checkout', `./tenants/checkout/${name}`), kustomize('ledger', `./tenants/ledger/${name}`)),
      ]),
    ),
    ...Object.assign({}, ...['checkout', 'ledger'].flatMap((team) => [tenant(team, 'staging'), tenant(team, 'production')])),
    'tenants/checkout/base/kustomization.yaml': kustomization(['rbac.yaml']),
    'tenants/checkout/base/rbac.yaml': manifest('v1', 'ServiceAccount', 'checkout'),
    'tenants/ledger/base/kustomization.yaml': kustomization(['rbac.yaml']),
    'tenants/ledger/base/rbac.yaml': manifest('v1', 'ServiceAccount', 'ledger'),
  };

  it('are apps of each cluster', async () => {
    expect(await layoutOf(tree)).toEqual({
      environments: ['staging: staging', 'production: prod < staging'],
      variants: [
        'checkout@production',
        'checkout@staging',
        'clusters@production',
        'clusters@staging',
        'flux-system@production',
        'flux-system@staging',
        'ledger@production',
        'ledger@staging',
      ],
    });
  });
});

describe('releases of charts in git', () => {
  const gitRelease = (env: string) =>
    manifest(
      'helm.toolkit.fluxcd.io/v2',
      'HelmRelease',
      'checkout',
      `  namespace: shop
spec:
  chart:
    spec:
      chart: ./charts/checkout
      sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system }
      valuesFiles: [./charts/checkout/values.yaml, ./charts/checkout/${env}.yaml]
`,
    );
  const tree = {
    'charts/checkout/Chart.yaml': 'apiVersion: v2\nname: checkout\nversion: 1.0.0\n',
    'charts/checkout/values.yaml': 'replicas: 1\n',
    'charts/checkout/blue.yaml': 'replicas: 1\n',
    'charts/checkout/green.yaml': 'replicas: 3\n',
    ...bootstrapped('staging'),
    ...bootstrapped('production'),
    'clusters/staging/checkout.yaml': gitRelease('blue'),
    'clusters/production/checkout.yaml': gitRelease('green'),
  };

  it('have the values of the cluster that names them, whatever these are called', async () => {
    const { repository: found } = await surveyed(tree);
    expect(rootsIn(found).filter((line) => line.startsWith('checkout'))).toEqual([
      'checkout@staging = charts/checkout (charts/checkout/values.yaml, charts/checkout/blue.yaml)',
      'checkout@production = charts/checkout (charts/checkout/values.yaml, charts/checkout/green.yaml)',
    ]);
  });
});
