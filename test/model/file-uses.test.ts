import { describe, expect, it } from 'vitest';
import { loadSettings } from '../../src/config/load.ts';
import { oneTree, readRepository } from '../../src/engine/read-repository.ts';
import { versionUsesInFiles } from '../../src/model/versions/file-uses.ts';
import { placeOfVersion } from '../../src/model/versions/version-uses.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';
import type { Tree } from '../support/rule-tester.ts';

/** `variant kind artifact version line: what stands at its place`. */
async function usesIn(tree: Tree): Promise<string[]> {
  const workspace = memoryWorkspace(tree);
  const { settings } = await loadSettings(workspace, '', []);
  const { repository } = await readRepository(oneTree(workspace), '', settings);
  return repository.variants.flatMap((variant) =>
    versionUsesInFiles(repository, variant).map((use) => {
      const { file, start, end } = placeOfVersion(use);
      return `${variant.id} ${use.kind} ${use.artifact} ${use.version ?? '-'} ${file.positionAt(start).line}: ${file.text.slice(start, end)}`;
    }),
  );
}

const remote = (address: string): Tree => ({ 'apps/checkout/overlays/prod/kustomization.yaml': `resources:\n  - ${address}\n` });

describe('the versions that files name', () => {
  it.each([
    ['https://github.com/shop/checkout//deploy/base?ref=v1.4.0', 'github.com/shop/checkout', 'v1.4.0'],
    ['github.com/shop/checkout/deploy?timeout=90s&ref=9f1c2b7', 'github.com/shop/checkout', '9f1c2b7'],
    ['git@github.com:shop/checkout.git//deploy?ref=v1', 'github.com/shop/checkout', 'v1'],
    ['https://git.shop.example/team/checkout.git/deploy?ref=v2.0', 'git.shop.example/team/checkout', 'v2.0'],
    ['https://raw.githubusercontent.com/shop/checkout/v1.2.3/install.yaml', 'github.com/shop/checkout', 'v1.2.3'],
    ['https://github.com/shop/checkout/releases/download/v1.2.3/install.yaml', 'github.com/shop/checkout', 'v1.2.3'],
    ['https://files.shop.example/checkout-1.2.3/all.yaml', 'files.shop.example/checkout-*/all.yaml', '1.2.3'],
  ])('a remote base: %s', async (address, artifact, version) => {
    expect(await usesIn(remote(address))).toEqual([`checkout@prod source ${artifact} ${version} 2: ${version}`]);
  });

  it('a remote base without a revision names none', async () => {
    expect(await usesIn(remote('https://github.com/shop/checkout//deploy'))).toEqual([
      'checkout@prod source github.com/shop/checkout - 2: https://github.com/shop/checkout//deploy',
    ]);
  });

  it('what a base names is named by all that build on it', async () => {
    const uses = await usesIn({
      'apps/checkout/base/kustomization.yaml': 'resources: ["https://github.com/shop/checkout//deploy?ref=v1"]\n',
      'apps/checkout/overlays/staging/kustomization.yaml': 'resources: [../../base]\n',
      'apps/checkout/overlays/prod/kustomization.yaml': 'resources: [../../base]\n',
    });
    expect(uses).toEqual(['checkout@staging source github.com/shop/checkout v1 1: v1', 'checkout@prod source github.com/shop/checkout v1 1: v1']);
  });

  it('a chart of a kustomization, but not one that is here', async () => {
    const text =
      'helmCharts:\n  - { name: redis, repo: "https://charts.shop.example", version: 18.1.0 }\n  - { name: local, version: 1.0.0 }\n  - { name: open, repo: "oci://charts.shop.example" }\n';
    expect(await usesIn({ 'apps/checkout/overlays/prod/kustomization.yaml': text })).toEqual([
      'checkout@prod chart redis 18.1.0 2: 18.1.0',
      'checkout@prod chart open - 4: ',
    ]);
  });

  it('the dependencies of a chart that each environment has for itself, and not those of its charts', async () => {
    const chart = (version: string) =>
      `apiVersion: v2\nname: checkout\nversion: 0.1.0\ndependencies:\n  - { name: redis, repository: "https://charts.shop.example", version: ${version} }\n  - { name: own, repository: "file://../own", version: 0.1.0 }\n`;
    const uses = await usesIn({
      'environments/staging/checkout/Chart.yaml': chart('18.2.0'),
      'environments/prod/checkout/Chart.yaml': chart('18.1.0'),
      'environments/prod/checkout/charts/redis/Chart.yaml':
        'apiVersion: v2\nname: redis\nversion: 18.1.0\ndependencies: [{ name: common, repository: "https://charts.shop.example", version: 2.x.x }]\n',
    });
    expect(uses).toEqual(['checkout@staging chart redis 18.2.0 5: 18.2.0', 'checkout@prod chart redis 18.1.0 5: 18.1.0']);
  });
});

describe('what is not rendered and runs all the same', () => {
  it('is an image of a remote base that a kustomization sets', async () => {
    const uses = await usesIn({
      'apps/checkout/overlays/prod/kustomization.yaml':
        'resources: ["https://github.com/shop/checkout//deploy?ref=v1"]\nimages:\n  - name: quay.io/shop/checkout\n    newTag: 1.4.0\n  - name: worker\n    newName: quay.io/shop/worker\n    digest: sha256:abc\n',
    });
    expect(uses.slice(1)).toEqual(['checkout@prod image quay.io/shop/checkout 1.4.0 4: 1.4.0', 'checkout@prod image quay.io/shop/worker - 7: sha256:abc']);
  });

  it('is not one that hits nothing where nothing is missing', async () => {
    const tree = {
      'apps/checkout/overlays/prod/kustomization.yaml': 'resources: [app.yaml]\nimages: [{ name: nobody, newTag: 1.4.0 }]\n',
      'apps/checkout/overlays/prod/app.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: checkout }\n',
    };
    expect(await usesIn(tree)).toEqual([]);
  });

  it('is a chart of a generator in a file of its own', async () => {
    const uses = await usesIn({
      'apps/checkout/overlays/prod/kustomization.yaml': 'generators: [chart.yaml]\n',
      'apps/checkout/overlays/prod/chart.yaml':
        'apiVersion: builtin\nkind: HelmChartInflationGenerator\nmetadata: { name: redis }\nname: redis\nrepo: https://charts.shop.example\nversion: 18.1.0\n',
    });
    expect(uses).toEqual(['checkout@prod chart redis 18.1.0 6: 18.1.0']);
  });

  it('is no dependency that the values of an environment switch off', async () => {
    const uses = await usesIn({
      '.gitopsrc': 'apps: [{ chart: "charts/{app}", values: ["values-{env}.yaml"] }]\n',
      'charts/checkout/Chart.yaml':
        'apiVersion: v2\nname: checkout\nversion: 0.1.0\ndependencies: [{ name: redis, version: 18.1.0, repository: "https://charts.shop.example", condition: "cache.on,redis.enabled" }]\n',
      'charts/checkout/values.yaml': 'redis: { enabled: true }\n',
      'charts/checkout/values-staging.yaml': 'a: 1\n',
      'charts/checkout/values-prod.yaml': 'redis: { enabled: false }\n',
    });
    expect(uses).toEqual(['checkout@staging chart redis 18.1.0 4: 18.1.0']);
  });
});
