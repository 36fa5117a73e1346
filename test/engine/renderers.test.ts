import { describe, expect, it } from 'vitest';
import { loadSettings } from '../../src/config/load.ts';
import { oneTree, survey } from '../../src/engine/read-repository.ts';
import { renderersOf } from '../../src/engine/renderers.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';
import type { Tree } from '../support/rule-tester.ts';

const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n';
const SHOP: Tree = {
  'bootstrap/checkout.yaml': `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: checkout
spec:
  goTemplate: true
  generators: [{list: {elements: [{env: staging, zone: one}, {env: prod-eu, zone: two}]}}]
  template:
    metadata: {name: 'checkout-{{.env}}'}
    spec:
      source: {repoURL: https://git.example/shop.git, path: 'apps/checkout/{{.zone}}', targetRevision: HEAD}
      destination: {name: '{{.env}}', namespace: checkout}
`,
  'apps/checkout/one/map.yaml': CONFIG_MAP,
  'apps/checkout/two/map.yaml': CONFIG_MAP,
};

async function settingsOf(tree: Tree) {
  const workspace = memoryWorkspace(tree);
  const { settings } = await loadSettings(workspace, '', []);
  return { workspace, settings };
}

describe('what a repository is read with', () => {
  it('fills Go templates where there are any', async () => {
    const { workspace, settings } = await settingsOf(SHOP);
    const { discovery } = await survey(oneTree(workspace), '', settings);
    expect(discovery.variants.map(({ root, environment }) => `${root} ${environment}`)).toEqual(
      expect.arrayContaining(['apps/checkout/one staging', 'apps/checkout/two prod-eu']),
    );
  });

  it('has no reader of Go templates where there are none', async () => {
    const { workspace, settings } = await settingsOf({ 'apps/checkout/map.yaml': CONFIG_MAP });
    expect((await renderersOf(workspace, settings)).fillGoTemplate).toBeUndefined();
  });
});
