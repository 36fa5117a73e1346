import { describe, expect, it } from 'vitest';
import { fingerprintOf } from '../../src/engine/fingerprint.ts';
import { SourceFile } from '../../src/text/source-file.ts';
import { lintTree, type Tree } from '../support/rule-tester.ts';
import { images, values } from './rules.ts';

const overlay = (app: string, kustomization: string, more: Tree = {}): Tree => ({
  [`apps/${app}/overlays/prod/kustomization.yaml`]: kustomization,
  ...Object.fromEntries(Object.entries(more).map(([name, text]) => [`apps/${app}/overlays/prod/${name}`, text])),
});
const generator = (value: string, extra = '') => `${extra}configMapGenerator:\n  - name: shop\n    literals: [URL=${value}]\n`;
const container = (name: string) => `        - name: ${name}\n          image: shop/${name}:1.0.0\n`;
const deployment = (...names: readonly string[]) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: checkout\nspec:\n  template:\n    spec:\n      containers:\n${names.map(container).join('')}`;

async function fingerprintsIn(tree: Tree, used = [values]): Promise<string[]> {
  return (await lintTree(tree, used)).findings.map(({ fingerprint }) => fingerprint);
}

describe('a fingerprint', () => {
  it('stays when lines move, values change, and with them the hash of a name', async () => {
    const [before, ...others] = await fingerprintsIn(overlay('checkout', generator('a')));
    expect(others).toEqual([]);
    expect(before).toMatch(/^[0-9a-f]{32}$/);
    expect(await fingerprintsIn(overlay('checkout', generator('b')))).toEqual([before]);
    expect(await fingerprintsIn(overlay('checkout', generator('a', '# more\n\nnamePrefix: my-\nnamespace: shop\n')))).toEqual([before]);
  });

  it('stays when another variant has it, too', async () => {
    const one = overlay('checkout', 'resources: [../../base]\n');
    const base = { 'apps/checkout/base/kustomization.yaml': generator('a') };
    const two = { 'apps/checkout/overlays/staging/kustomization.yaml': 'resources: [../../base]\n' };
    expect(await fingerprintsIn({ ...one, ...base, ...two })).toEqual(await fingerprintsIn({ ...one, ...base }));
  });

  it('stays when an item is put above in a list', async () => {
    const [before] = await fingerprintsIn(overlay('checkout', 'resources: [app.yaml]\n', { 'app.yaml': deployment('checkout') }), [images]);
    const after = await fingerprintsIn(overlay('checkout', 'resources: [app.yaml]\n', { 'app.yaml': deployment('proxy', 'checkout') }), [images]);
    expect(after).toHaveLength(2);
    expect(after[1]).toBe(before);
  });

  it('tells apps, rules, resources and keys apart', async () => {
    const texts = ['configMapGenerator:\n  - name: shop\n    literals: [URL=a, OTHER=b]\n  - name: other\n    literals: [URL=a]\n'];
    const tree = { ...overlay('checkout', texts[0] ?? ''), ...overlay('ledger', texts[0] ?? '') };
    const found = await fingerprintsIn(tree);
    expect(found).toHaveLength(6);
    expect(new Set(found).size).toBe(6);
  });

  it('tells the own lines of environments apart', async () => {
    const tree = { ...overlay('checkout', generator('a')), 'apps/checkout/overlays/staging/kustomization.yaml': generator('b') };
    const found = await fingerprintsIn(tree);
    expect(found).toHaveLength(2);
    expect(new Set(found).size).toBe(2);
  });

  it('stays when a neighbour that is equal in all of it is mended', () => {
    const file = new SourceFile('app.yaml', 'a: 1\nb: 2\n');
    const at = (start: number, ruleId = 'duplicate-key') => fingerprintOf({ ruleId, location: { file, span: { start, end: start + 1 } } });
    expect(at(5)).toBe(at(0));
    expect(at(5)).toMatch(/^[0-9a-f]{32}$/);
    expect(at(5, 'syntax-error')).not.toBe(at(5));
  });
});
