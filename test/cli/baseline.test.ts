import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith, git, run, writeTree } from '../support/cli.ts';
import { storefront } from '../support/manifests.ts';

const NAME = '.gitops-lint-baseline.json';
const SHOP = {
  'environments/dev/storefront/app.yaml': storefront('shop/storefront:1.4.0'),
  'environments/prod/storefront/app.yaml': storefront('shop/storefront:latest'),
};
const ledger = (image: string) => ({ 'environments/prod/ledger/app.yaml': storefront(image).replaceAll('storefront', 'ledger') });
const read = (cwd: string, name = NAME) => readFileSync(path.join(cwd, name), 'utf8');

describe('adoption', () => {
  it('accepts what is there, fails for what is new, and drops what is mended', () => {
    const cwd = folderWith(SHOP);
    git(cwd, 'init', '-q');
    expect(run([], { cwd }).code).toBe(1);
    expect(run(['baseline'], { cwd })).toEqual({
      code: 0,
      out: `wrote ${NAME}: one finding is known, of one rule\ncommit it: from now on "gitops-lint" fails for what is new alone\n`,
      err: '',
    });
    git(cwd, 'add', '.');
    git(cwd, 'commit', '-qm', 'begin');
    const quiet = run(['--fail-on', 'info'], { cwd });
    expect(quiet.code).toBe(0);
    expect(quiet.out).toContain('no findings in 2 variants of 1 app (2 resources, 2 files)\n1 finding is suppressed by the baseline\n');

    writeTree(cwd, ledger('shop/ledger:latest'));
    const found = run([], { cwd });
    expect(found.code).toBe(1);
    expect(found.out).toMatch(/environments\/prod\/ledger\/app\.yaml:10:.*\n +error /);
    git(cwd, 'add', '.');
    expect(run(['--staged'], { cwd }).code).toBe(1);

    writeTree(cwd, { ...ledger('shop/ledger:1.0.0'), 'environments/prod/storefront/app.yaml': storefront('shop/storefront:1.4.0') });
    const mended = run([], { cwd });
    expect(mended.code).toBe(0);
    expect(mended.out).toContain(`note: one finding of ${NAME} is gone: "gitops-lint baseline" takes it out\n`);
    const { out } = run(['baseline'], { cwd });
    expect(out).toMatch(/^wrote .*: 2 findings are known, of one rule\n {2}added: 2 unpinned-image\n {2}gone: 1\n$/);
    expect(read(cwd)).not.toContain('mutable-image-tag');
    expect(run(['baseline'], { cwd }).out).toBe(`${NAME} is up to date: 2 findings are known, of one rule\n`);

    // It was accepted for production, and is mended there: the same mistake is a new one.
    writeTree(cwd, { 'environments/prod/storefront/app.yaml': SHOP['environments/prod/storefront/app.yaml'] });
    expect(run([], { cwd }).code).toBe(1);
  });

  it('takes a finding that comes nearer to production for a new one', () => {
    const base = { 'apps/shop/base/kustomization.yaml': 'resources: [app.yaml]\n', 'apps/shop/base/app.yaml': storefront('shop/storefront:latest') };
    const overlay = (env: string) => ({ [`apps/shop/overlays/${env}/kustomization.yaml`]: 'resources: [../../base]\n' });
    const cwd = folderWith({ ...base, ...overlay('staging') });
    run(['baseline'], { cwd });
    writeTree(cwd, overlay('test'));
    expect(run(['--fail-on', 'warning'], { cwd }).code).toBe(0);
    writeTree(cwd, overlay('prod-eu'));
    expect(run([], { cwd }).code).toBe(1);
    run(['baseline'], { cwd });
    writeTree(cwd, overlay('prod-us'));
    expect(run([], { cwd }).code).toBe(0);
  });

  it('has nothing to accept where nothing is found, and keeps a file that is empty by now', () => {
    const clean = {
      ...SHOP,
      'environments/prod/storefront/app.yaml': storefront(`shop/storefront@sha256:${'0'.repeat(64)}`),
      '.gitopsrc': 'rules: { unpinned-image: off }\n',
    };
    const cwd = folderWith(clean);
    expect(run(['baseline'], { cwd }).out).toBe('there is nothing to accept: no baseline was written\n');
    writeTree(cwd, SHOP);
    run(['baseline'], { cwd });
    writeTree(cwd, clean);
    expect(run(['baseline'], { cwd }).out).toBe(`wrote ${NAME}: 0 findings are known, of 0 rules\n  gone: 1\n`);
    expect(JSON.parse(read(cwd))).toEqual({ schemaVersion: 1, findings: {} });
  });

  it('tells who asks for JSON', () => {
    const cwd = folderWith(SHOP);
    run(['baseline'], { cwd });
    const { findings, summary } = JSON.parse(run(['--format', 'json'], { cwd }).out) as { findings: { suppressed: object }[]; summary: object };
    expect(summary).toEqual({ error: 0, warning: 0, info: 0, suppressed: 1 });
    expect(findings[0]?.suppressed).toEqual({ by: 'baseline', reason: `known by ${NAME}` });
  });
});

describe('where it lies', () => {
  it('.gitopsrc says, relative to itself', () => {
    const cwd = folderWith({ ...SHOP, 'environments/.gitopsrc': 'baseline: lint/known.json\n', 'environments/lint/.keep': '' });
    git(cwd, 'init', '-q');
    const missing = run(['lint', 'environments'], { cwd });
    expect(missing.code).toBe(2);
    expect(missing.err).toBe(
      'gitops-lint: environments/.gitopsrc:1:11: cannot read the baseline "environments/lint/known.json": missing\n  "gitops-lint baseline" writes it.\n',
    );
    expect(run(['baseline', 'environments'], { cwd }).code).toBe(0);
    expect(read(cwd, 'environments/lint/known.json')).toContain('mutable-image-tag');
    expect(run(['lint', 'environments'], { cwd }).code).toBe(0);
  });

  it('--baseline says, and must be there', () => {
    const cwd = folderWith(SHOP);
    expect(run(['--baseline', 'known.json'], { cwd })).toEqual({
      code: 2,
      out: '',
      err: 'gitops-lint: cannot read the baseline "known.json": missing\n  "gitops-lint baseline" writes it.\n',
    });
    expect(run(['baseline', '--baseline', 'known.json'], { cwd }).code).toBe(0);
    expect(run(['--baseline', 'known.json'], { cwd }).code).toBe(0);
    expect(run([], { cwd }).code).toBe(1);
    expect(run(['baseline', '--baseline', '../known.json'], { cwd }).err).toMatch(/^gitops-lint: --baseline \.\.\/known\.json lies outside of the root/);
  });

  it('one that .gitopsrc names outside of the root is none', () => {
    const cwd = folderWith({ ...SHOP, '.gitopsrc': 'baseline: ../known.json\n' });
    expect(run(['baseline'], { cwd }).err).toMatch(/^gitops-lint: the baseline "\.\.\/known\.json" lies outside of the root/);
    expect(run([], { cwd }).err).toMatch(/^gitops-lint: \.gitopsrc:1:11: cannot read the baseline "\.\.\/known\.json": outside\n/);
  });
});

describe('one that cannot be read', () => {
  it('is told with its line, and is not written over', () => {
    const cwd = folderWith({ ...SHOP, [NAME]: '{\n<<<<<<< HEAD\n' });
    const expected = `gitops-lint: ${NAME}:2:1: the baseline has marks of a merge\n  Mend that line; or delete the file, and have it written anew: "gitops-lint baseline".\n`;
    expect(run([], { cwd })).toEqual({ code: 2, out: '', err: expected });
    expect(run(['baseline'], { cwd })).toEqual({ code: 2, out: '', err: expected });
    expect(read(cwd)).toBe('{\n<<<<<<< HEAD\n');
  });
});

describe('with --since', () => {
  it('counts, too, and nothing is called gone', () => {
    const cwd = folderWith(SHOP);
    git(cwd, 'init', '-q');
    git(cwd, 'add', '.');
    git(cwd, 'commit', '-qm', 'begin');
    writeTree(cwd, ledger('shop/ledger:latest'));
    expect(run(['--since', 'HEAD'], { cwd }).code).toBe(1);
    run(['baseline'], { cwd });
    writeTree(cwd, { 'environments/prod/storefront/app.yaml': storefront('shop/storefront:1.4.0') });
    const { code, out } = run(['--since', 'HEAD'], { cwd });
    expect(code).toBe(0);
    expect(out).not.toContain('gone');
  });
});
