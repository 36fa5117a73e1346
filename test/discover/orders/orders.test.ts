import { describe, expect, it } from 'vitest';
import { declaredOrders } from '../../../src/discover/orders/index.ts';
import { memoryWorkspace } from '../../../src/workspace/memory-workspace.ts';
import { inShort } from './orders.ts';

const KARGO =
  'apiVersion: kargo.akuity.io/v1alpha1\nkind: Stage\nmetadata: { name: dev, namespace: shop }\nspec: { requestedFreight: [{ sources: { direct: true } }] }\n';
const PROMOTER = 'apiVersion: promoter.argoproj.io/v1alpha1\nkind: PromotionStrategy\nspec: { environments: [{ branch: dev }] }\n';
const ROLLING =
  'apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nspec: { strategy: { type: RollingSync, rollingSync: { steps: [{ matchExpressions: [{ key: env, operator: In, values: [dev] }] }] } } }\n';

/** One file for each tool, in the other direction. */
const ALL = {
  'a/helmfile.yaml': 'environments: { dev: {} }\n',
  'b/fleet.yaml': 'targetCustomizations: [{ name: dev }]\nrolloutStrategy: { partitions: [{ name: dev }] }\n',
  'c/pipelines.yaml': 'config: { argocd: {} }\nenvironments: [{ name: dev }]\n',
  'd/jx-requirements.yml': 'environments: [{ key: staging }]\n',
  'e/argo.yaml': ROLLING,
  'f/telefonistka.yaml': 'promotionPaths: [{ sourcePath: dev/, promotionPrs: [{ targetPaths: [prod/] }] }]\n',
  'g/promoter.yaml': PROMOTER,
  'h/kargo.json': JSON.stringify({
    apiVersion: 'kargo.akuity.io/v1alpha1',
    kind: 'Stage',
    metadata: { name: 'dev' },
    spec: { requestedFreight: [{ sources: { direct: true } }] },
  }),
};

describe('declared orders', () => {
  it('come strongest first', () => {
    expect(inShort(ALL).map((line) => line.slice(0, line.indexOf(':')))).toEqual([
      'Kargo Stages',
      'PromotionStrategy',
      'telefonistka promotionPaths',
      'ApplicationSet RollingSync steps',
      'jx-requirements.yml',
      'kam pipelines.yaml',
      'Fleet partitions',
      'Fleet targetCustomizations',
      'helmfile environments',
    ]);
  });

  it.each([
    'docs/stage.yaml',
    'examples/shop/kargo.yaml',
    '.kargo/stage.yaml',
    'test/stage.yaml',
    'charts/shop/templates/stage.yaml',
    'pkg/testdata/stage.yaml',
  ])('are not those of %s', (path) => {
    expect(inShort({ [path]: KARGO })).toEqual([]);
  });

  it('are those of an environment that is called like a folder of tests', () => {
    expect(inShort({ 'environments/test/stage.yaml': KARGO })).toEqual(['Kargo Stages: dev']);
  });

  it('are those of a folder of that name beside those of other environments', () => {
    expect(inShort({ 'shop/test/stage.yaml': KARGO, 'shop/prod/app.yaml': '' })).toEqual(['Kargo Stages: dev']);
  });

  it('are those of the folder that was asked for', () => {
    const tree = {
      'examples/shop/stage.yaml': KARGO,
      'examples/shop/docs/helmfile.yaml': 'environments: { dev: {} }\n',
      'examples/other/promoter.yaml': PROMOTER,
    };
    expect(inShort(tree, 'examples/shop')).toEqual(['Kargo Stages: dev']);
    expect(inShort(tree)).toEqual([]);
  });

  it('are read from the paths that are looked at alone', () => {
    const workspace = memoryWorkspace({ 'a/kargo.yaml': KARGO, 'b/promoter.yaml': PROMOTER });
    expect(declaredOrders(workspace, ['b/promoter.yaml', 'b/gone.yaml']).map(({ source }) => source)).toEqual(['PromotionStrategy']);
  });

  it.each(Object.entries(ALL))('are read from half of %s without harm', (path, text) => {
    for (let end = 0; end < text.length; end += 1) {
      const cut = { [path]: text.slice(0, end), [`more/${path}`]: text.slice(end) };
      for (const line of inShort(cut)) expect(inShort({ [path]: text }).join()).toContain(line.slice(0, line.indexOf(':')));
    }
  });

  it('are none in a repository that has none', () => {
    expect(inShort({ 'README.md': 'kargo.akuity.io/ Stage', 'app.yaml': 'kind: Deployment\n', 'image.yaml': '\u0000' })).toEqual([]);
  });
});
