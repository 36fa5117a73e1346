import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { loadSettings } from '../../src/config/load.ts';
import { type PinPlan, type PinRequest, planPins } from '../../src/engine/pin.ts';
import { oneTree } from '../../src/engine/read-repository.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';
import { withTree } from '../../src/workspace/tree-workspace.ts';
import type { Tree } from '../support/rule-tester.ts';

const digestOf = (letter: string): string => `sha256:${letter.repeat(64)}`;
const deployment = (image: string, more = '') =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: checkout\nspec:\n  template:\n    spec:\n      containers:\n        - name: checkout\n          image: ${image}\n${more}`;

async function plan(tree: Tree, request: Partial<PinRequest> = {}): Promise<PinPlan> {
  const workspace = memoryWorkspace(tree);
  const { settings } = await loadSettings(workspace, '', rules);
  return planPins({ trees: oneTree(workspace), folder: '', settings, scope: {}, ...request });
}

/** The images of checkout have one digest, all others another. */
const ask: PinRequest['ask'] = async (images) =>
  images.map(({ artifact }) => ({ digest: digestOf(artifact.endsWith('/checkout') ? 'c' : 'd'), registry: 'registry.shop.example' }));

const written = ({ files }: PinPlan): Record<string, string> =>
  Object.fromEntries(files.map(({ file, text }) => [file.path, text.replaceAll(/sha256:([0-9a-f])\1{63}/g, 'DIGEST-$1')]));
const whys = ({ left }: PinPlan): string[] => left.map(({ why, detail }) => (detail === undefined ? why : `${why}: ${detail}`));

const chart = (template: string, values = 'image: { repository: shop/checkout, tag: "0" }\n'): Tree => ({
  'charts/checkout/Chart.yaml': 'apiVersion: v2\nname: checkout\nversion: 1.0.0\nappVersion: 1.4.0\n',
  'charts/checkout/values.yaml': values,
  'charts/checkout/values-dev.yaml': 'image:\n  tag: 1.4.0 # tested\n',
  'charts/checkout/values-prod.yaml': 'image:\n  tag: 1.3.0\n',
  'charts/checkout/templates/app.yaml': template,
});
const templated = (more = ''): string => deployment('"{{ .Values.image.repository }}:{{ .Values.image.tag }}"', more);

describe('pins', () => {
  it('take the digest that another environment has, registry included', async () => {
    const found = await plan({
      'environments/dev/checkout/app.yaml': deployment(`shop/checkout:1.4.0@${digestOf('a')}`),
      'environments/staging/checkout/app.yaml': deployment('docker.io/shop/checkout:1.4.0'),
      'environments/prod/checkout/app.yaml': deployment('mirror.shop.example/shop/checkout:1.4.0'),
    });
    expect(written(found)).toEqual({ 'environments/staging/checkout/app.yaml': deployment('docker.io/shop/checkout:1.4.0@DIGEST-a') });
    expect(whys(found)).toEqual(['no environment names its digest']);
  });

  it('leave a tag of which environments name different digests, or an other tag', async () => {
    const found = await plan({
      'environments/dev/checkout/app.yaml': deployment(`shop/checkout:1.4.0@${digestOf('a')}`),
      'environments/staging/checkout/app.yaml': deployment(`shop/checkout:1.4.0@${digestOf('b')}`),
      'environments/prod-eu/checkout/app.yaml': deployment('shop/checkout:1.4.0'),
      'environments/prod-us/checkout/app.yaml': deployment('shop/checkout:1.3.0'),
    });
    expect(whys(found)).toEqual(['environments name different digests of it', 'no environment names its digest']);
  });

  it('ask a registry for the rest, each image once, and for moving tags, too', async () => {
    const asked: string[] = [];
    const tree = {
      'environments/dev/checkout/app.yaml': deployment('shop/checkout:latest'),
      'environments/staging/checkout/app.yaml': deployment('shop/checkout:latest'),
      'environments/prod/checkout/app.yaml': deployment('shop/checkout'),
    };
    const found = await plan(tree, {
      ask: async (images) => {
        asked.push(...images.map(({ artifact, tag }) => `${artifact}:${tag}`));
        return images.map(() => ({ digest: digestOf('c'), registry: 'docker.io' }));
      },
    });
    expect(asked).toEqual(['docker.io/shop/checkout:latest']);
    expect(Object.keys(written(found))).toEqual(['environments/dev/checkout/app.yaml', 'environments/staging/checkout/app.yaml']);
    expect(found.left).toEqual([]);
  });

  it('tell what a registry said, and believe it no digest that is none', async () => {
    const tree = { 'environments/dev/checkout/app.yaml': deployment('shop/checkout:1'), 'environments/prod/checkout/app.yaml': deployment('shop/checkout:2') };
    const answers = [{ why: 'docker.io is not there' }, { digest: 'sha256:"\nx: y', registry: 'docker.io' }];
    expect(whys(await plan(tree, { ask: async () => answers }))).toEqual(['docker.io is not there', 'docker.io gives no digest of it']);
  });

  it('stand beside newTag of a kustomization, for all that it reaches', async () => {
    const overlay = (tag: string) => `resources: [../../base]\nimages:\n  - name: checkout # ours\n    newName: shop/checkout\n    newTag: ${tag}\n`;
    const found = await plan(
      {
        'apps/checkout/base/kustomization.yaml': 'resources: [app.yaml]\n',
        'apps/checkout/base/app.yaml': deployment('checkout'),
        'apps/checkout/overlays/dev/kustomization.yaml': overlay('1.4.0'),
        'apps/checkout/overlays/prod/kustomization.yaml': overlay('"1.3.0" # slow'),
      },
      { ask },
    );
    expect(written(found)).toEqual({
      'apps/checkout/overlays/dev/kustomization.yaml': `${overlay('1.4.0')}    digest: DIGEST-c\n`,
      'apps/checkout/overlays/prod/kustomization.yaml': `${overlay('"1.3.0" # slow')}    digest: DIGEST-c\n`,
    });
  });

  it('stand behind the tag in values of a chart', async () => {
    const found = await plan(chart(templated()), { ask });
    expect(written(found)).toEqual({
      'charts/checkout/values-dev.yaml': 'image:\n  tag: 1.4.0@DIGEST-c # tested\n',
      'charts/checkout/values-prod.yaml': 'image:\n  tag: 1.3.0@DIGEST-c\n',
    });
  });

  it('fill the digest that a chart asks for, even where it leaves the tag away then', async () => {
    const image = (tag: string) => `image:\n  tag: ${tag}\n  digest: "" # none yet\n`;
    const template = deployment(
      '"{{ .Values.image.repository }}{{ if .Values.image.digest }}@{{ .Values.image.digest }}{{ else }}:{{ .Values.image.tag }}{{ end }}"',
    );
    const tree = { ...chart(template), 'charts/checkout/values-dev.yaml': image('1.4.0'), 'charts/checkout/values-prod.yaml': image('1.3.0') };
    expect(written(await plan(tree, { ask }))).toEqual({
      'charts/checkout/values-dev.yaml': 'image:\n  tag: 1.4.0\n  digest: "DIGEST-c" # none yet\n',
      'charts/checkout/values-prod.yaml': 'image:\n  tag: 1.3.0\n  digest: "DIGEST-c" # none yet\n',
    });
  });
});

describe('another tree', () => {
  it('tells its digests, and gets none', async () => {
    const [own, prod] = [
      { 'checkout/app.yaml': deployment('shop/checkout:1.4.0'), 'ledger/app.yaml': deployment(`shop/ledger:2@${digestOf('b')}`) },
      { 'checkout/app.yaml': deployment(`shop/checkout:1.4.0@${digestOf('a')}`), 'ledger/app.yaml': deployment('shop/ledger:2') },
    ].map((tree) =>
      memoryWorkspace({ ...tree, 'checkout/kustomization.yaml': 'resources: [app.yaml]\n', 'ledger/kustomization.yaml': 'resources: [app.yaml]\n' }),
    );
    if (!own || !prod) throw new Error('two trees');
    const trees = {
      trees: [
        { name: '', environment: 'staging', workspace: own },
        { name: '../prod', environment: 'prod', workspace: withTree(prod, '../prod') },
      ],
      leftOut: [],
    };
    const found = await plan({}, { trees });
    expect(written(found)).toEqual({ 'checkout/app.yaml': deployment('shop/checkout:1.4.0@DIGEST-a') });
    expect(found.left.map(({ place, why }) => [place.file.name, why])).toEqual([['../prod/ledger/app.yaml', 'it stands in another tree']]);
  });
});

describe('the proof', () => {
  it('drops what would change more than the image, and keeps the rest', async () => {
    const labelled = chart(templated().replace('  name: checkout\n', '  name: checkout\n  labels: { version: "{{ .Values.image.tag }}" }\n'));
    const overlay = (tag: string) => `resources: [../../base]\nimages: [{ name: shop/ledger, newTag: ${tag} }]\n`;
    const found = await plan(
      {
        ...labelled,
        'apps/ledger/base/kustomization.yaml': 'resources: [app.yaml]\n',
        'apps/ledger/base/app.yaml': deployment('shop/ledger'),
        'apps/ledger/overlays/dev/kustomization.yaml': overlay('2.1.0'),
        'apps/ledger/overlays/prod/kustomization.yaml': overlay('2.0.0'),
      },
      { ask },
    );
    expect(Object.keys(written(found))).toEqual(['apps/ledger/overlays/dev/kustomization.yaml', 'apps/ledger/overlays/prod/kustomization.yaml']);
    expect(whys(found)).toEqual(Array(2).fill('more than the image would change: Deployment/checkout at metadata.labels.version'));
  });

  it('takes a Rollout of Argo for a workload, and an Application for what holds values', async () => {
    const rollout = (values: string) =>
      chart(templated('          args: ["{{ .Values.image.tag }}"]\n').replace('apps/v1\nkind: Deployment', 'argoproj.io/v1alpha1\nkind: Rollout'), values);
    expect(whys(await plan(rollout('image: { repository: shop/checkout }\n'), { ask }))).toEqual(
      Array(2).fill('more than the image would change: Rollout/checkout at spec.template.spec.containers[0].args[0]'),
    );
    const application = (values: string) =>
      `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: checkout\nspec:\n  source:\n    path: charts/checkout\n    repoURL: https://git.shop.example/shop.git\n    helm:\n      values: |\n        ${values}\n`;
    const { 'charts/checkout/values-dev.yaml': _, 'charts/checkout/values-prod.yaml': __, ...own } = chart(templated());
    const values = (name: string) => `image: { repository: shop/checkout, tag: "${name}" } # inline`;
    const found = await plan(
      { ...own, 'clusters/dev/checkout.yaml': application(values('1.4.0')), 'clusters/prod/checkout.yaml': application(values('1.3.0')) },
      { ask },
    );
    expect([written(found), whys(found)]).toEqual([
      {
        'clusters/dev/checkout.yaml': application(values('1.4.0@DIGEST-c')),
        'clusters/prod/checkout.yaml': application(values('1.3.0@DIGEST-c')),
      },
      [],
    ]);
  });

  it('drops what would name an object anew, or keep a chart from rendering', async () => {
    const named = chart(templated().replace('  name: checkout\n', '  name: "checkout-{{ .Values.image.tag }}"\n'));
    expect(whys(await plan(named, { ask }))).toEqual([
      'more than the image would change: Deployment/checkout-1.4.0 at metadata.name',
      'more than the image would change: Deployment/checkout-1.3.0 at metadata.name',
    ]);
    const strict = chart(templated('{{ if contains "@" (toString .Values.image.tag) }}{{ fail "no tag" }}{{ end }}'));
    expect(whys(await plan(strict, { ask }))).toEqual([
      expect.stringMatching(/^something would be rendered in another way: checkout@/),
      expect.stringMatching(/^something would be rendered in another way: checkout@/),
    ]);
  });

  it('drops what the image does not take up', async () => {
    const image = (tag: string) => `image:\n  tag: ${tag}\n  digest: ""\n`;
    const tree = { ...chart(templated()), 'charts/checkout/values-dev.yaml': image('1.4.0'), 'charts/checkout/values-prod.yaml': image('1.3.0') };
    expect(whys(await plan(tree, { ask }))).toEqual(Array(2).fill('the image would not take the digest up: Deployment/checkout'));
  });

  it('is about everything that takes its tag from the place', async () => {
    const two = `${templated()}`.replace(
      '        - name: checkout\n',
      '        - name: worker\n          image: "shop/worker:{{ .Values.image.tag }}"\n        - name: checkout\n',
    );
    expect(whys(await plan(chart(two), { ask }))).toEqual(Array(2).fill('several images take their tag from there'));
  });

  it('knows nothing of a chart that is not here: only a reference as a whole, or a digest that stands there empty', async () => {
    const release = (values: string) =>
      `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: checkout\nspec:\n  chart:\n    spec:\n      chart: checkout\n      version: 1.0.0\n      sourceRef: { kind: HelmRepository, name: shop }\n  values:\n${values}`;
    const found = await plan(
      {
        'environments/dev/checkout/app.yaml': release('    image: { repository: shop/checkout, tag: 1.4.0 }\n'),
        'environments/staging/checkout/app.yaml': release('    image: { repository: shop/checkout, tag: 1.4.0, digest: "" }\n'),
        'environments/prod/checkout/app.yaml': release('    image: shop/checkout:1.4.0\n'),
      },
      { ask },
    );
    expect(written(found)).toEqual({
      'environments/staging/checkout/app.yaml': release('    image: { repository: shop/checkout, tag: 1.4.0, digest: "DIGEST-c" }\n'),
      'environments/prod/checkout/app.yaml': release('    image: shop/checkout:1.4.0@DIGEST-c\n'),
    });
    expect(whys(found)).toEqual(['its chart is not here to be rendered with it']);
  });
});

describe('a scope', () => {
  const shared = {
    'apps/checkout/base/kustomization.yaml': 'resources: [app.yaml]\n',
    'apps/checkout/base/app.yaml': deployment('shop/checkout:1.4.0'),
    'apps/checkout/overlays/dev/kustomization.yaml': 'resources: [../../base]\n',
    'apps/checkout/overlays/prod/kustomization.yaml': 'resources: [../../base]\n',
  };

  it('leaves what others take from the same place', async () => {
    expect(whys(await plan(shared, { ask, scope: { isEnvironment: (name) => name === 'prod' } }))).toEqual([
      'variants that were not asked for take it from there, too',
    ]);
    expect(Object.keys(written(await plan(shared, { ask })))).toEqual(['apps/checkout/base/app.yaml']);
  });

  it('of a folder looks for digests everywhere', async () => {
    const tree = {
      'environments/dev/checkout/app.yaml': deployment(`shop/checkout:1.4.0@${digestOf('a')}`),
      'environments/staging/checkout/app.yaml': deployment('shop/checkout:1.4.0'),
      'environments/prod/checkout/app.yaml': deployment('shop/checkout:1.4.0'),
    };
    expect(Object.keys(written(await plan(tree, { folder: 'environments/prod' })))).toEqual(['environments/prod/checkout/app.yaml']);
  });
});

describe('a second time', () => {
  it('there is nothing to do', async () => {
    const tree: Record<string, string> = {
      'environments/dev/checkout/app.yaml': deployment(`shop/checkout:1.4.0@${digestOf('a')}`),
      'environments/prod/checkout/app.yaml': deployment('shop/checkout:1.4.0'),
    };
    const first = await plan(tree);
    expect(first.files).toHaveLength(1);
    for (const { file, text } of first.files) tree[file.path] = text;
    expect(await plan(tree)).toMatchObject({ pins: [], left: [], files: [], variants: 2 });
  });
});
