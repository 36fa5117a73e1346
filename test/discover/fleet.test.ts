import { describe, expect, it } from 'vitest';
import { repositoryOf } from '../model/shop.ts';
import type { Tree } from '../support/rule-tester.ts';
import { discoverIn, matrixOf } from './folders.ts';

const deployment = (replicas: number) => `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: checkout }\nspec: { replicas: ${replicas} }\n`;

const bundle: Tree = {
  'checkout/fleet.yaml': `defaultNamespace: shop
targetCustomizations:
  - name: dev
    clusterSelector: { matchLabels: { env: dev } }
  - name: prod
    clusterSelector: { matchLabels: { env: prod } }
    yaml: { overlays: [prod] }
  - name: default
    clusterSelector: {}
`,
  'checkout/deployment.yaml': deployment(1),
  'checkout/overlays/prod/deployment_patch.yaml': deployment(3),
};

describe('a bundle of Fleet', () => {
  it('is a variant for each of its targets, with the overlays that this names', async () => {
    expect(matrixOf(await discoverIn(bundle))).toEqual({ environments: ['dev: dev', 'prod: prod'], variants: ['checkout@dev', 'checkout@prod'] });
    const { variants } = await repositoryOf(bundle);
    expect(variants.map(({ id, resources }) => [id, ...[...resources].map(({ manifest }) => manifest['spec'])])).toEqual([
      ['checkout@dev', { replicas: 1 }],
      ['checkout@prod', { replicas: 3 }],
    ]);
  });

  it('points at the patch of the overlay', async () => {
    const { variants } = await repositoryOf(bundle);
    const [resource] = variants[1]?.resources ?? [];
    expect(resource?.field('spec', 'replicas').origins()[0]?.file.path).toBe('checkout/overlays/prod/deployment_patch.yaml');
  });

  it('takes the name of an environment that says nothing, where clusters are selected by one', async () => {
    const fleet =
      'targetCustomizations:\n  - { name: oslo, clusterSelector: { matchLabels: { env: oslo } } }\n  - { name: lima, clusterSelector: { matchLabels: { env: lima } } }\n';
    const { environments } = await discoverIn({ 'logs/fleet.yaml': fleet, 'logs/agent.yaml': deployment(1) });
    expect(environments.map(({ name, tier }) => [name, tier])).toEqual([
      ['lima', 'unknown'],
      ['oslo', 'unknown'],
    ]);
  });

  it('renders the kustomization, or has the values files, that a target names', async () => {
    const fleet = (target: string) => `targetCustomizations:\n  - { name: staging, ${target} }\n  - { name: prod }\n`;
    const kustomize = {
      'web/fleet.yaml': fleet('kustomize: { dir: overlays/staging }'),
      'web/web.yaml': deployment(1),
      'web/overlays/staging/kustomization.yaml': 'resources: [../../web.yaml]\n',
    };
    expect((await discoverIn(kustomize)).variants.map(({ root, renderer }) => [root, renderer])).toEqual([
      ['web', 'plain'],
      ['web/overlays/staging', 'kustomize'],
    ]);
    const helm = { 'web/fleet.yaml': fleet('helm: { valuesFiles: [staging.yaml] }'), 'web/web.yaml': deployment(1), 'web/staging.yaml': 'a: 1\n' };
    expect((await discoverIn(helm)).variants.find(({ environment }) => environment === 'staging')?.values).toEqual(['web/staging.yaml']);
  });

  it.each(['vendor/web', 'operator/testdata/web', 'examples/web', 'web/docs'])('is none in %s', async (folder) => {
    const tree = { [`${folder}/fleet.yaml`]: 'targetCustomizations: [{ name: dev }, { name: prod }]\n', [`${folder}/web.yaml`]: deployment(1) };
    expect((await discoverIn({ ...tree, 'app/app.yaml': deployment(1) })).environments).toEqual([]);
  });

  it('is one in the folder that was asked for', async () => {
    const tree = { 'examples/web/fleet.yaml': 'targetCustomizations: [{ name: dev }, { name: prod }]\n', 'examples/web/web.yaml': deployment(1) };
    expect((await discoverIn(tree, 'examples/web')).environments.map(({ name }) => name)).toEqual(['dev', 'prod']);
  });

  it('is none in a file that Fleet does not read', async () => {
    const tree = { 'web/fleet.yml': 'targetCustomizations: [{ name: dev }, { name: prod }]\n', 'web/web.yaml': deployment(1) };
    expect(matrixOf(await discoverIn(tree))).toEqual({ environments: [], variants: ['web'] });
  });

  it.each([
    ['kinds of clusters', 'targetCustomizations: [{ name: edge }, { name: gpu }]\n'],
    ['no list', 'targetCustomizations: { name: dev }\n'],
    ['no YAML', 'targetCustomizations: [\n'],
    ['a target that is not deployed', 'targetCustomizations: [{ name: dev, doNotDeploy: true }]\n'],
  ])('has no environments: %s', async (_, fleet) => {
    expect((await discoverIn({ 'web/fleet.yaml': fleet, 'web/web.yaml': deployment(1) })).environments).toEqual([]);
  });
});
