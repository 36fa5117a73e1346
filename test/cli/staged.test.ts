import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CLEAN_ENVIRONMENT, CLI, folderWith, git, run, writeTree } from '../support/cli.ts';
import { storefront } from '../support/manifests.ts';

const app = storefront('shop/storefront');
const overlay = (tag: string) => `resources:\n  - ../../base\nimages:\n  - name: shop/storefront\n    newTag: ${tag}\n`;
const TREE = {
  'apps/storefront/base/kustomization.yaml': 'resources:\n  - app.yaml\n',
  'apps/storefront/base/app.yaml': app,
  'apps/storefront/overlays/dev/kustomization.yaml': overlay('1.5.0'),
  'apps/storefront/overlays/prod/kustomization.yaml': overlay('1.4.0'),
};
const DEV = 'apps/storefront/overlays/dev/kustomization.yaml';
const PROD = 'apps/storefront/overlays/prod/kustomization.yaml';

/** A repository with one commit, which is clean. */
function repository(): string {
  const folder = folderWith(TREE);
  git(folder, 'init', '-q');
  git(folder, 'add', '-A');
  git(folder, 'commit', '-qm', 'Open the shop');
  return folder;
}

describe('lint --staged', () => {
  it('says so when nothing is staged, and is content', () => {
    expect(run(['lint', '--staged'], { cwd: repository() })).toEqual({ code: 0, out: '', err: 'gitops-lint: nothing is staged\n' });
  });

  it('judges the index, not the working tree', () => {
    const cwd = repository();
    writeTree(cwd, { [PROD]: overlay('latest') });
    git(cwd, 'add', PROD);
    // Mended, but not added: the commit would still hold the mistake.
    writeTree(cwd, { [PROD]: overlay('1.4.1') });
    const { code, out } = run(['lint', '--staged'], { cwd });
    expect(code).toBe(1);
    expect(out).toMatch(/prod\/kustomization\.yaml:5:13\n.*mutable-image-tag/);
  });

  it('does not look at what is not staged', () => {
    const cwd = repository();
    writeTree(cwd, { [PROD]: overlay('latest'), 'apps/storefront/overlays/dev/kustomization.yaml': overlay('1.5.1') });
    git(cwd, 'add', 'apps/storefront/overlays/dev');
    expect(run(['lint', '--staged'], { cwd }).code).toBe(0);
  });

  it('reports the variants that a base reaches', () => {
    const cwd = repository();
    const sidecar = '        - name: proxy\n          image: shop/proxy:latest\n';
    writeTree(cwd, { 'apps/storefront/base/app.yaml': `${app}${sidecar}` });
    git(cwd, 'add', '-A');
    const { code, out } = run(['lint', '--staged', '--format', 'json'], { cwd });
    const result = JSON.parse(out) as { findings: { ruleId: string; variants: string[] }[]; variants: { id: string }[] };
    expect(code).toBe(1);
    expect(result.variants.map(({ id }) => id)).toEqual(['storefront@dev', 'storefront@prod']);
    expect(result.findings.filter(({ ruleId }) => ruleId === 'mutable-image-tag').map(({ variants }) => variants)).toEqual([['storefront@prod']]);
  });

  it('reports, and describes, the environment that lacks what is staged in another', () => {
    const settings = (...literals: readonly string[]) => `configMapGenerator:\n  - name: storefront\n    literals: [${literals.join(', ')}]\n`;
    const cwd = repository();
    writeTree(cwd, { [DEV]: overlay('1.5.0') + settings('URL=a'), [PROD]: overlay('1.4.0') + settings('URL=b') });
    git(cwd, 'commit', '-qam', 'Add settings');
    writeTree(cwd, { [DEV]: overlay('1.5.0') + settings('URL=a', 'CURRENCY=eur') });
    git(cwd, 'add', '-A');
    for (const narrowed of [[], ['--env', 'prod'], ['--env', 'prod', '--app', 'storefront']]) {
      const { code, out, err } = run(['lint', '--staged', '--format', 'json', '--fail-on', 'info', '--rule', 'missing-config-key', ...narrowed], { cwd });
      expect({ code, err }).toEqual({ code: 1, err: '' });
      const result = JSON.parse(out) as { findings: { ruleId: string; variants: string[] }[]; variants: { id: string }[] };
      expect(result.findings).toMatchObject([{ ruleId: 'missing-config-key', variants: ['storefront@prod'] }]);
      expect(result.variants.map(({ id }) => id)).toEqual(narrowed.length > 0 ? ['storefront@prod'] : ['storefront@dev', 'storefront@prod']);
    }
    expect(run(['lint', '--staged', '--env', 'prod'], { cwd }).out).toMatch(/ in 1 variant of 1 app[\s\S]*prod ✗ 1 error/);
    expect(run(['lint', '--staged', '--env', 'qa'], { cwd })).toMatchObject({ code: 2, err: expect.stringMatching(/nothing in "\." matches "qa"/) as string });
  });

  it('takes a glob that matches for one that does, though nothing that is staged reaches it', () => {
    const cwd = repository();
    writeTree(cwd, { [DEV]: overlay('1.5.1') });
    git(cwd, 'add', '-A');
    const { code, err } = run(['lint', '--staged', '--env', 'prod'], { cwd });
    expect({ code, err }).toEqual({ code: 0, err: 'gitops-lint: nothing that is staged reaches an environment\n' });
  });

  it('sees a deletion that breaks an overlay', () => {
    const cwd = repository();
    git(cwd, 'rm', '-q', 'apps/storefront/base/app.yaml');
    const { code, out } = run(['lint', '--staged'], { cwd });
    expect(code).toBe(1);
    expect(out).toMatch(/missing-reference/);
  });

  it('says so when what is staged reaches no environment', () => {
    const cwd = repository();
    writeTree(cwd, { 'README.md': '# Shop\n' });
    git(cwd, 'add', '-A');
    const { code, err } = run(['lint', '--staged'], { cwd });
    expect(code).toBe(0);
    expect(err).toMatch(/nothing that is staged reaches an environment/);
  });

  it('refuses an index with unmerged entries, and a folder without git', () => {
    const cwd = repository();
    git(cwd, 'checkout', '-qb', 'hotfix');
    writeTree(cwd, { [PROD]: overlay('1.4.1') });
    git(cwd, 'commit', '-qam', 'Fix');
    git(cwd, 'checkout', '-q', '-');
    writeTree(cwd, { [PROD]: overlay('1.4.2') });
    git(cwd, 'commit', '-qam', 'Fix otherwise');
    spawnSync('git', ['merge', 'hotfix'], { cwd, env: CLEAN_ENVIRONMENT });
    expect(run(['lint', '--staged'], { cwd })).toMatchObject({ code: 2, err: expect.stringMatching(/unmerged entries/) as string });
    expect(run(['lint', '--staged'], { cwd: folderWith(TREE) })).toMatchObject({ code: 2, err: expect.stringMatching(/needs a git repository/) as string });
  });
});

describe('a husky hook', () => {
  /** What `npx husky` sets up, with this build of gitops-lint on the path of the hook. */
  function withHook(folder: string): void {
    mkdirSync(path.join(folder, 'node_modules/.bin'), { recursive: true });
    symlinkSync(CLI, path.join(folder, 'node_modules/.bin/gitops-lint'));
    symlinkSync(path.resolve('node_modules/husky'), path.join(folder, 'node_modules/husky'));
    writeFileSync(path.join(folder, '.gitignore'), 'node_modules\n');
    const husky = spawnSync(process.execPath, [path.resolve('node_modules/husky/bin.js')], { cwd: folder, env: CLEAN_ENVIRONMENT, encoding: 'utf8' });
    if (husky.status !== 0) throw new Error(husky.stderr);
    writeFileSync(path.join(folder, '.husky/pre-commit'), 'gitops-lint lint --staged\n');
    chmodSync(path.join(folder, '.husky/pre-commit'), 0o755);
    git(folder, 'add', '-A');
    git(folder, 'commit', '-qm', 'Check before each commit', '--no-verify');
  }

  it('refuses a mutable production tag, and lets the fix pass', () => {
    const cwd = repository();
    withHook(cwd);
    const commit = () => spawnSync('git', ['commit', '-qam', 'Raise the version'], { cwd, env: CLEAN_ENVIRONMENT, encoding: 'utf8' });

    writeTree(cwd, { [PROD]: overlay('latest') });
    const refused = commit();
    expect(refused.status).not.toBe(0);
    expect(refused.stdout + refused.stderr).toMatch(/Tag "latest"[\s\S]*mutable-image-tag/);
    expect(git(cwd, 'log', '--format=%s', '-1').trim()).toBe('Check before each commit');

    writeTree(cwd, { [PROD]: overlay('1.5.0') });
    const passed = commit();
    expect(passed.stderr + passed.stdout).not.toMatch(/mutable-image-tag/);
    expect(passed.status).toBe(0);
    expect(git(cwd, 'log', '--format=%s', '-1').trim()).toBe('Raise the version');
  });
});
