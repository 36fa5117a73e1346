import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { loadSettings } from '../../src/config/load.ts';
import { lint } from '../../src/engine/lint.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';
import { SnapshotWorkspace } from '../../src/workspace/snapshot-workspace.ts';
import { storefront } from '../support/manifests.ts';
import { lintTree, type Tree } from '../support/rule-tester.ts';

const app = (tag: string) => storefront(`registry.shop.example/storefront:${tag}`);

const placesOf = async (tree: Tree) =>
  (await lintTree(tree, rules)).findings.filter(({ ruleId }) => ruleId === 'mutable-image-tag').map(({ location }) => location.file.path);

describe('plain folders', () => {
  it('leave out what is ignored, and examples, below them', async () => {
    const tree = {
      'environments/prod/storefront/app.yaml': app('2.8.4'),
      'environments/prod/storefront/old/app.yaml': app('latest'),
      'environments/prod/storefront/examples/app.yaml': app('latest'),
    };
    expect(await placesOf(tree)).toEqual(['environments/prod/storefront/old/app.yaml']);
    expect(await placesOf({ ...tree, '.gitopsrc': 'ignore: ["**/old/**"]\n' })).toEqual([]);
  });

  it('name the folders of tests and examples that nobody deploys', async () => {
    const { discovery } = await lintTree({ 'environments/prod/storefront/app.yaml': app('2.8.4'), 'examples/storefront.yaml': app('latest') }, rules);
    expect(discovery.leftOut).toEqual([{ name: 'examples', why: 'manifests of tests, examples or scaffolding, by the name of their folder' }]);
  });

  it('know an environment called test from a folder of tests', async () => {
    const { environments } = await lintTree(
      { 'envs/test/storefront/app.yaml': app('1'), 'envs/ci/storefront/app.yaml': app('1'), 'envs/prod/storefront/app.yaml': app('1') },
      rules,
    );
    expect(environments.map(({ name }) => name)).toEqual(['ci', 'test', 'prod']);
  });

  it('follow a symlinked environment', async () => {
    const bytes = () => new TextEncoder().encode(app('latest'));
    const workspace = new SnapshotWorkspace(
      'memory',
      new Map([
        ['environments/prod-eu/storefront/app.yaml', { type: 'file', bytes }],
        ['environments/prod-us', { type: 'symlink', target: () => 'prod-eu' }],
      ]),
    );
    const { settings } = await loadSettings(workspace, '', rules);
    const { findings } = await lint({ workspace, folder: '', settings, rules, version: '0.0.0' });
    expect(findings.find(({ ruleId }) => ruleId === 'mutable-image-tag')?.variants).toEqual(['storefront@prod-eu', 'storefront@prod-us']);
  });

  it('are reached by a manifest that is gone', async () => {
    const tree = { 'environments/prod/storefront/app.yaml': app('latest') };
    const workspace = memoryWorkspace(tree);
    const { settings } = await loadSettings(workspace, '', rules);
    const scope = { changed: new Set(['environments/prod/storefront/config.yaml']) };
    const { variants } = await lint({ workspace, folder: '', settings, rules, version: '0.0.0', scope });
    expect(variants.map(({ id }) => id)).toEqual(['storefront@prod']);
  });
});
