import { describe, expect, it } from 'vitest';
import danglingReference from '../../../rules/dangling-config-reference/rule.ts';
import duplicateOwner from '../../../rules/duplicate-owner/rule.ts';
import { rules } from '../../../rules/index.ts';
import missingConfigKey from '../../../rules/missing-config-key/rule.ts';
import mutableImageTag from '../../../rules/mutable-image-tag/rule.ts';
import type { Rule } from '../../../src/rule/rule.ts';
import { configMap, deployment, documents, kustomization } from '../../rules/shop.ts';
import { lintTree, type Tree } from '../../support/rule-tester.ts';
import { indented, manifest } from './layout.ts';

const URL = 'https://git.shop.example/platform/config.git';

const flux = (path: string, more: string) =>
  manifest(
    'kustomize.toolkit.fluxcd.io/v1',
    'Kustomization',
    'checkout',
    `  namespace: flux-system\nspec:\n  path: ${path}\n  sourceRef: { kind: GitRepository, name: flux-system }\n${indented(more, 2)}`,
  );
const argo = (path: string, more: string) =>
  manifest(
    'argoproj.io/v1alpha1',
    'Application',
    'checkout',
    `  namespace: argocd\nspec:\n  destination: { server: https://kubernetes.default.svc, namespace: shop }\n  source:\n    repoURL: ${URL}\n    path: ${path}\n${indented(more, 4)}`,
  );

const IMAGE = 'image: registry.shop.example/checkout:1.14.2\n';
const reading = (map: string, image = IMAGE) => deployment('checkout', `${image}envFrom:\n  - configMapRef: { name: ${map} }\n`);

/** One folder that two clusters deploy, each with what stands in it of its own. */
const clusters = (deploy: typeof flux, folder: Tree, staging: string, production: string): Tree => ({
  ...folder,
  'clusters/staging/checkout.yaml': deploy('apps/checkout', staging),
  'clusters/production/checkout.yaml': deploy('apps/checkout', production),
});

async function found(tree: Tree, ...only: readonly Rule[]): Promise<string[]> {
  const { findings } = await lintTree(tree, only);
  return findings.map(({ message, variants }) => `${message} @ ${variants.join()}`);
}

describe('what a deployer adds is there when a reference is looked up', () => {
  const component: Tree = {
    'apps/checkout/kustomization.yaml': kustomization(['deployment.yaml']),
    'apps/checkout/deployment.yaml': reading('features'),
    'components/features/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [features.yaml]\n',
    'components/features/features.yaml': configMap('features', 'CANARY: "1"\n'),
  };
  /** Written for the name that the deployer makes of it. */
  const renamed = (name: string): Tree => ({
    'apps/checkout/kustomization.yaml': kustomization(['deployment.yaml', 'settings.yaml']),
    'apps/checkout/deployment.yaml': reading(name),
    'apps/checkout/settings.yaml': configMap('settings', 'URL: x\n'),
  });
  const nested: Tree = {
    'apps/checkout/deployment.yaml': reading('settings'),
    'apps/checkout/config/settings.yaml': configMap('settings', 'URL: x\n'),
  };

  it.each<[string, typeof flux, Tree, string, string]>([
    ['components of Flux', flux, component, 'components: [../../components/features]\n', ''],
    ['namePrefix of Flux', flux, renamed('x-settings'), 'namePrefix: x-\n', ''],
    ['nameSuffix of Flux', flux, renamed('settings-x'), 'nameSuffix: -x\n', ''],
    ['kustomize.components of Argo CD', argo, component, 'kustomize: { components: [../../components/features] }\n', ''],
    ['kustomize.namePrefix of Argo CD', argo, renamed('x-settings'), 'kustomize: { namePrefix: x- }\n', ''],
    ['kustomize.nameSuffix of Argo CD', argo, renamed('settings-x'), 'kustomize: { nameSuffix: -x }\n', ''],
    ['directory.recurse of Argo CD', argo, nested, 'directory: { recurse: true }\n', ''],
    [
      'directory.include of Argo CD',
      argo,
      nested,
      "directory: { recurse: true, include: '{*.yaml,config/*}' }\n",
      "directory: { recurse: true, include: 'd*.yaml' }\n",
    ],
    ['directory.exclude of Argo CD', argo, nested, "directory: { recurse: true, exclude: 'old/*' }\n", "directory: { recurse: true, exclude: 'config/*' }\n"],
  ])('%s', async (_, deploy, folder, right, wrong) => {
    expect(await found(clusters(deploy, folder, right, right), danglingReference)).toEqual([]);
    expect(await found(clusters(deploy, folder, right, wrong), danglingReference)).toEqual([expect.stringMatching(/is not defined.* @ checkout@production$/)]);
  });
});

describe('a namespace that a deployer gives', () => {
  const twice = (deploy: typeof flux, own: (namespace: string) => string, other: string): Tree => ({
    'apps/checkout/kustomization.yaml': kustomization(['settings.yaml']),
    'apps/checkout/settings.yaml': configMap('settings', 'URL: x\n'),
    'clusters/production/first.yaml': deploy('apps/checkout', own('first')),
    'clusters/production/second.yaml': deploy('apps/checkout', own(other)).replace('name: checkout', 'name: checkout-2'),
  });

  it.each<[string, typeof flux, (namespace: string) => string]>([
    ['targetNamespace of Flux', flux, (namespace) => `targetNamespace: ${namespace}\n`],
    ['kustomize.namespace of Argo CD', argo, (namespace) => `kustomize: { namespace: ${namespace} }\n`],
  ])('tells apart what one folder becomes in a cluster: %s', async (_, deploy, own) => {
    expect(await found(twice(deploy, own, 'second'), duplicateOwner)).toEqual([]);
    expect(await found(twice(deploy, own, 'first'), duplicateOwner)).not.toEqual([]);
  });
});

describe('what a deployer adds is there when environments are compared', () => {
  const folder: Tree = {
    'apps/checkout/kustomization.yaml': kustomization(['settings.yaml']),
    'apps/checkout/settings.yaml': configMap('settings', 'URL: x\n'),
  };
  const timeout = 'patches:\n  - target: { kind: ConfigMap, name: settings }\n    patch: |\n      - { op: add, path: /data/TIMEOUT, value: "5" }\n';
  const strategic = 'patches:\n  - patch: |\n      apiVersion: v1\n      kind: ConfigMap\n      metadata: { name: settings }\n      data: { TIMEOUT: "9" }\n';

  it.each<[string, typeof flux, (patches: string) => string]>([
    ['patches of Flux', flux, (patches) => patches],
    ['kustomize.patches of Argo CD', argo, (patches) => `kustomize:\n${indented(patches, 2)}`],
  ])('%s', async (_, deploy, wrapped) => {
    expect(await found(clusters(deploy, folder, wrapped(timeout), wrapped(strategic)), missingConfigKey)).toEqual([]);
    expect(await found(clusters(deploy, folder, wrapped(timeout), ''), missingConfigKey)).toEqual(['"TIMEOUT" is not set @ checkout@production']);
  });

  it.each<[string, typeof flux, string]>([
    ['a prefix of Flux', flux, 'namePrefix: prod-\ntargetNamespace: shop\n'],
    ['a suffix of Argo CD', argo, 'kustomize: { nameSuffix: -prod, namespace: shop }\n'],
  ])('%s does not make another object of it', async (_, deploy, renaming) => {
    const inFolder = (key: string): Tree => ({
      ...clusters(deploy, {}, '', renaming),
      'clusters/staging/checkout.yaml': deploy('apps/checkout/staging', ''),
      'clusters/production/checkout.yaml': deploy('apps/checkout/production', renaming),
      'apps/checkout/staging/kustomization.yaml': kustomization(['settings.yaml']),
      'apps/checkout/staging/settings.yaml': configMap('settings', 'URL: x\nTIMEOUT: "5"\n'),
      'apps/checkout/production/kustomization.yaml': kustomization(['settings.yaml']),
      'apps/checkout/production/settings.yaml': configMap('settings', `URL: x\n${key}: "5"\n`),
    });
    expect(await found(inFolder('TIMEOUT'), missingConfigKey)).toEqual([]);
    expect(await found(inFolder('RETRIES'), missingConfigKey)).toEqual(['"TIMEOUT" is not set @ checkout@production']);
  });

  it.each<[string, typeof flux, string]>([
    ['images of Flux', flux, 'images:\n  - { name: registry.shop.example/checkout, newTag: 1.14.2 }\n'],
    ['kustomize.images of Argo CD', argo, 'kustomize:\n  images: [registry.shop.example/checkout:1.14.2]\n'],
  ])('%s', async (_, deploy, images) => {
    const latest: Tree = {
      'apps/checkout/kustomization.yaml': kustomization(['deployment.yaml']),
      'apps/checkout/deployment.yaml': deployment('checkout', 'image: registry.shop.example/checkout:latest\n'),
    };
    expect(await found(clusters(deploy, latest, images, images), mutableImageTag)).toEqual([]);
    expect(await found(clusters(deploy, latest, images, ''), mutableImageTag)).toEqual([expect.stringContaining('@ checkout@production')]);
  });
});

describe('a well-kept repository', () => {
  const folder: Tree = {
    'apps/checkout/kustomization.yaml': kustomization(['deployment.yaml', 'settings.yaml']),
    'apps/checkout/deployment.yaml': reading('settings', 'image: registry.shop.example/checkout:set-on-deploy\n'),
    'apps/checkout/settings.yaml': configMap('settings', 'URL: x\n'),
    'components/features/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [features.yaml]\n',
    'components/features/features.yaml': configMap('features', 'CANARY: "1"\n'),
  };
  const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
  const patch = 'patches:\n  - target: { kind: Deployment }\n    patch: |\n      - { op: add, path: /spec/replicas, value: 3 }\n';

  it('has no findings, whatever Flux adds', async () => {
    const all = (env: string) =>
      `targetNamespace: shop
namePrefix: ${env.slice(0, 4)}-
nameSuffix: -x
components: [../../components/features]
commonMetadata:
  labels: { environment: ${env} }
  annotations: { team: shop }
images:
  - { name: registry.shop.example/checkout, newTag: 1.14.2, digest: '${digest}' }
${patch}`;
    expect(await found(clusters(flux, folder, all('staging'), all('production')), ...rules)).toEqual([]);
  });

  it('has no findings, whatever Argo CD adds', async () => {
    const all = (env: string) =>
      `kustomize:
  namespace: shop
  namePrefix: ${env.slice(0, 4)}-
  nameSuffix: -x
  components: [../../components/features]
  commonLabels: { environment: ${env} }
  labelWithoutSelector: true
  commonAnnotations: { team: shop }
  replicas: [{ name: checkout, count: 3 }]
  images: ['registry.shop.example/checkout:1.14.2@${digest}']
${indented(patch, 2)}`;
    expect(await found(clusters(argo, folder, all('staging'), all('production')), ...rules)).toEqual([]);
  });

  it('is not judged as its base stands, which nobody deploys so', async () => {
    const wrong = { ...folder, 'apps/checkout/deployment.yaml': documents(reading('settings'), manifest('v1', 'Service', 'checkout')) };
    const { variants } = await lintTree(clusters(flux, wrong, 'namePrefix: a-\n', 'namePrefix: b-\n'), []);
    expect(variants.map(({ id }) => id)).toEqual(['checkout@staging', 'checkout@production', 'clusters@staging', 'clusters@production']);
  });
});
