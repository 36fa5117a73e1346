import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { CLEAN_ENVIRONMENT, folderWith, run } from '../support/cli.ts';
import { repositoryOf } from '../support/git-repository.ts';
import { storefront } from '../support/manifests.ts';
import type { Tree } from '../support/rule-tester.ts';

const overlay = (more = '') => `resources: [../../base]\n${more}`;
const SHOP: Tree = {
  'apps/checkout/base/kustomization.yaml': 'resources: [app.yaml]\n',
  'apps/checkout/base/app.yaml': storefront('shop/checkout:1.4.0'),
  'apps/checkout/overlays/staging/kustomization.yaml': overlay(),
  'apps/checkout/overlays/prod/kustomization.yaml': overlay('images: [{ name: shop/checkout, newTag: 1.3.0 }]\n'),
  'apps/ledger/overlays/staging/kustomization.yaml': 'resources: [app.yaml]\n',
  'apps/ledger/overlays/staging/app.yaml': storefront('shop/ledger:1.0.0'),
};

describe('affected', () => {
  it('says which environments a change reaches, what it does there, and how it gets there', () => {
    const { folder, write } = repositoryOf(SHOP);
    write({ 'apps/checkout/base/app.yaml': storefront('shop/checkout:1.5.0') });
    const { code, out } = run(['affected', '--since', 'main'], { cwd: folder });
    expect(code).toBe(0);
    expect(out).toBe(`checkout
  staging  changed  apps/checkout/base/app.yaml → apps/checkout/base → apps/checkout/overlays/staging
  prod     renders the same  apps/checkout/base/app.yaml → apps/checkout/base → apps/checkout/overlays/prod

1 file changed since main: 1 variant of 1 app, in staging
`);
    expect(run(['affected', '--since', 'main', '--format', 'labels'], { cwd: folder }).out).toBe('app/checkout\nenv/staging\n');
  });

  it('knows what is new and what is gone', () => {
    const { folder, write } = repositoryOf(SHOP);
    write({
      'apps/ledger/overlays/staging/kustomization.yaml': '',
      'apps/ledger/overlays/staging/app.yaml': '',
      'apps/checkout/overlays/dev/kustomization.yaml': overlay(),
    });
    const { variants } = JSON.parse(run(['affected', '--since', 'main', '--format', 'json'], { cwd: folder }).out);
    expect(variants.map(({ id, outcome, files }: { id: string; outcome: string; files: string[] }) => [id, outcome, files])).toEqual([
      ['checkout@dev', 'new', ['apps/checkout/overlays/dev/kustomization.yaml']],
      ['ledger@staging', 'gone', ['apps/ledger/overlays/staging/app.yaml', 'apps/ledger/overlays/staging/kustomization.yaml']],
    ]);
  });

  it('sees what will be committed, and not what else was changed', () => {
    const { folder, write, git } = repositoryOf(SHOP);
    write({ 'apps/ledger/overlays/staging/app.yaml': storefront('shop/ledger:1.1.0') });
    git('add', '-A');
    write({ 'apps/checkout/base/app.yaml': storefront('shop/checkout:1.5.0') });
    expect(run(['affected', '--staged', '--format', 'labels'], { cwd: folder }).out).toBe('app/ledger\nenv/staging\n');
    expect(run(['affected', '--since', 'HEAD', '--app', 'checkout', '--format', 'labels'], { cwd: folder }).out).toBe('app/checkout\nenv/staging\n');
  });

  it('of the first commit, everything is new', () => {
    const folder = folderWith(SHOP);
    for (const args of [
      ['init', '-q'],
      ['add', '-A'],
    ])
      execFileSync('git', args, { cwd: folder, env: CLEAN_ENVIRONMENT });
    expect(run(['affected', '--staged'], { cwd: folder }).out).toContain('6 files changed since HEAD: 3 variants of 2 apps, in staging, prod');
  });

  it('says so where a remote base may hide what a change does, and where nothing is reached', () => {
    const { folder, write } = repositoryOf({
      ...SHOP,
      'apps/search/overlays/prod/kustomization.yaml': 'resources: ["https://github.com/shop/search//deploy?ref=v1"]\nimages: [{ name: search, newTag: "1" }]\n',
    });
    write({
      'apps/search/overlays/prod/kustomization.yaml': 'resources: ["https://github.com/shop/search//deploy?ref=v1"]\nimages: [{ name: search, newTag: "2" }]\n',
    });
    const { out } = run(['affected', '--since', 'main'], { cwd: folder });
    expect(out).toContain('  prod  not known  apps/search/overlays/prod/kustomization.yaml → apps/search/overlays/prod\n');
    expect(out).toContain('note: rendered in part: search@prod');
    const quiet = repositoryOf(SHOP);
    quiet.write({ 'README.md': 'The shop.\n' });
    expect(run(['affected', '--since', 'main'], { cwd: quiet.folder }).out).toBe('1 file changed since main: nothing that is deployed reads any of them.\n');
  });

  it.each([[[]], [['--since', 'main', '--staged']]])('%j is a mistake', (words) => {
    const { code, err } = run(['affected', ...words], { cwd: repositoryOf(SHOP).folder });
    expect([code, err]).toEqual([2, expect.stringContaining('"affected" needs to know the change')]);
  });
});
