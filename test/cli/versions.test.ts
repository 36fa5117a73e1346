import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CLEAN_ENVIRONMENT, folderWith, run } from '../support/cli.ts';
import { storefront } from '../support/manifests.ts';

const FILE = 'environments/prod/storefront/app.yaml';
const SHOP = {
  'environments/dev/storefront/app.yaml': storefront('shop/storefront:1.5.0'),
  'environments/staging/storefront/app.yaml': storefront('mirror.shop.example/shop/storefront:1.4.0'),
  [FILE]: storefront('shop/storefront:1.4.0'),
};

/** A repository whose production got one version after the other, each by a commit. */
function historyOf(versions: readonly string[]): string {
  const folder = folderWith(SHOP);
  const git = (args: readonly string[], day: string) =>
    execFileSync('git', args, { cwd: folder, env: { ...CLEAN_ENVIRONMENT, GIT_AUTHOR_DATE: `${day}T12:00:00Z`, GIT_COMMITTER_DATE: `${day}T12:00:00Z` } });
  git(['init', '-q'], '2026-01-01');
  for (const [index, version] of versions.entries()) {
    writeFileSync(path.join(folder, FILE), `${'# a comment\n'.repeat(index)}${storefront(`shop/storefront:${version}`)}`);
    git(['add', '-A'], '2026-01-01');
    git(['commit', '-q', '-m', `Take ${version} to production (#${index + 7})`], `2026-02-0${index + 1}`);
  }
  return folder;
}

describe('versions', () => {
  it('prints which version is where, with a mark where it is ahead or behind', () => {
    const { code, out } = run(['versions'], { cwd: folderWith({ ...SHOP, [FILE]: storefront('shop/storefront:1.6.0') }) });
    expect(code).toBe(0);
    expect(out.split('\n').slice(0, 4)).toEqual([
      'app         artifact               dev    staging  prod',
      'storefront  image shop/storefront  1.5.0  1.4.0 ▽  1.6.0 ▲',
      '',
      '▽ behind one before, ▲ ahead of all environments before',
    ]);
  });

  it('prints markdown', () => {
    const { out } = run(['versions', '--format', 'markdown', '--env', 'prod'], { cwd: folderWith({ ...SHOP, [FILE]: storefront('shop/storefront') }) });
    expect(out).toBe('| app | artifact | prod |\n| --- | --- | --- |\n| storefront | image shop/storefront | (none) ~ |\n\n~ made to move\n');
  });

  it('prints notes in every format: what was rendered in part says no more than it knows', () => {
    const remote = { 'apps/checkout/overlays/prod/kustomization.yaml': 'resources: [https://shop.example/base.yaml]\n' };
    const cwd = folderWith({ ...SHOP, ...remote });
    const note = 'rendered in part: checkout@prod; what they seem to lack is not counted';
    expect(run(['versions'], { cwd }).out).toContain(`\nnote: ${note}\n`);
    expect(run(['versions', '--format', 'markdown'], { cwd }).out).toContain(`\n- note: ${note}\n`);
    expect(JSON.parse(run(['versions', '--format', 'json'], { cwd }).out).notes).toEqual([note]);
    expect(run(['versions', '--env', 'dev'], { cwd }).out).not.toContain('in part');
  });

  it('takes a digest that is still empty in values for none', () => {
    const release = (image: string) =>
      `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: storefront\nspec:\n  values:\n    image: ${image}\n`;
    const image = '{ repository: shop/storefront, tag: 1.4.0, digest: "" }';
    const { out } = run(['versions', '--format', 'json'], { cwd: folderWith({ ...SHOP, [FILE]: release(image) }) });
    expect(JSON.parse(out).rows[0].cells.at(-1)).toMatchObject({ environment: 'prod', version: '1.4.0', digest: null });
  });

  it('counts the places of a version, where one environment has several', () => {
    const more = {
      'environments/prod/storefront/worker.yaml': storefront('shop/storefront:1.4.0'),
      'environments/prod/storefront/old.yaml': storefront('shop/storefront:1.3.0'),
    };
    const named = Object.fromEntries(Object.entries(more).map(([file, text], index) => [file, text.replace('name: storefront', `name: storefront-${index}`)]));
    expect(run(['versions', '--env', 'prod'], { cwd: folderWith({ ...SHOP, ...named }) }).out).toContain('1.4.0 ▽ (2), 1.3.0 ▽');
  });

  it('prints places for programs', () => {
    const { out } = run(['versions', '--format', 'json'], { cwd: folderWith(SHOP) });
    const [row] = JSON.parse(out).rows;
    expect([row.app, row.kind, row.artifact]).toEqual(['storefront', 'image', 'shop/storefront']);
    expect(row.cells[1]).toMatchObject({
      environment: 'staging',
      version: '1.4.0',
      artifact: 'mirror.shop.example/shop/storefront',
      marks: ['behind'],
      variants: ['storefront@staging'],
    });
    expect(row.cells[2].location).toMatchObject({ path: FILE, line: 10 });
  });

  it('tells since when, by whom, and what was there before, also where the lines have moved', () => {
    const { out } = run(['versions', '--history', '--env', 'prod'], { cwd: historyOf(['1.3.0', '1.3.1', '1.4.0']) });
    expect(out).toMatch(/^storefront@prod shop\/storefront 1\.4\.0 ▽: since 2026-02-03 by Sam, [0-9a-f]{8} #9; before: 1\.3\.1$/m);
  });

  it('says of the first commit that there may be more before it only in a shallow clone', () => {
    const folder = historyOf(['1.3.0', '1.4.0']);
    const clone = folderWith({});
    execFileSync('git', ['clone', '-q', '--depth=1', `file://${folder}`, '.'], { cwd: clone, env: CLEAN_ENVIRONMENT });
    const dev = (cwd: string) => run(['versions', '--history', '--env', 'dev'], { cwd }).out;
    expect(dev(folder)).toMatch(/1\.5\.0: since 2026-02-01 by Sam/);
    expect(dev(clone)).toMatch(/1\.5\.0: since 2026-02-02 or earlier by Sam/);
  });

  it('takes a version for what it is, also where a name has the same letters', () => {
    const folder = folderWith({});
    const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: folder, env: CLEAN_ENVIRONMENT });
    git('init', '-q');
    for (const version of ['v1', 'v2']) {
      for (const [file, text] of Object.entries({ ...SHOP, [FILE]: storefront(`shop/web-v2:${version}`) })) {
        mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
        writeFileSync(path.join(folder, file), text);
      }
      git('add', '-A');
      git('commit', '-q', '-m', `Take ${version}`);
    }
    expect(run(['versions', '--history', '--env', 'prod'], { cwd: folder }).out).toMatch(/shop\/web-v2 v2: since .*; before: v1$/m);
  });

  it('passes over who only wrote the line in another way', () => {
    const image = (text: string) => storefront('IMAGE').replace('IMAGE', text);
    const written = ['shop/web:1.0.0', 'shop/web:1.1.0', '"shop/web:1.1.0"', 'mirror.io/shop/web:1.1.0 # pinned', `shop/web:1.1.0@sha256:${'a'.repeat(64)}`];
    const folder = folderWith({});
    const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: folder, env: CLEAN_ENVIRONMENT });
    git('init', '-q');
    for (const [index, text] of written.entries()) {
      mkdirSync(path.dirname(path.join(folder, FILE)), { recursive: true });
      writeFileSync(path.join(folder, FILE), image(text));
      git('add', '-A');
      git('commit', '-q', '-m', `Change ${index} (#${index})`);
    }
    expect(run(['versions', '--history'], { cwd: folder }).out).toMatch(/web 1\.1\.0@\w+: since .* #1; before: 1\.0\.0$/m);
  });

  it('knows what is not committed yet', () => {
    const folder = historyOf(['1.3.0']);
    writeFileSync(path.join(folder, FILE), storefront('shop/storefront:1.3.2'));
    const { out } = run(['versions', '--history', '--env', 'prod'], { cwd: folder });
    expect(out).toContain('storefront@prod shop/storefront 1.3.2 ▽: not committed yet; before: 1.3.0');
  });

  it('says why git tells no history: it is to pass over commits that no file lists', () => {
    const folder = historyOf(['1.3.0', '1.4.0']);
    const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: folder, env: CLEAN_ENVIRONMENT });
    git('config', 'blame.ignoreRevsFile', '.git-blame-ignore-revs');
    const cwd = path.join(folder, 'environments');
    const notes = (...words: readonly string[]) => JSON.parse(run(['versions', '--format', 'json', ...words], { cwd }).out).notes;
    expect(notes('--history')).toContain('there is no history: git tells none while "blame.ignoreRevsFile" names ".git-blame-ignore-revs", which is not there');
    expect(notes()).toEqual([]);
    writeFileSync(path.join(folder, '.git-blame-ignore-revs'), '');
    expect(notes('--history')).toEqual([]);
    expect(run(['versions', '--history', '--env', 'prod'], { cwd }).out).toContain('before: 1.3.0');
  });

  it('asks git for a text of before once, whatever number of versions stands in it', () => {
    const folder = folderWith({});
    const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: folder, env: CLEAN_ENVIRONMENT });
    git('init', '-q');
    for (const version of ['1.3.0', '1.4.0']) {
      mkdirSync(path.dirname(path.join(folder, FILE)), { recursive: true });
      const texts = ['web', 'worker', 'mail'].map((name) => storefront(`shop/${name}:${version}`).replace('name: storefront', `name: ${name}`));
      writeFileSync(path.join(folder, FILE), texts.join('---\n'));
      git('add', '-A');
      git('commit', '-q', '-m', `Take ${version}`);
    }
    const trace = path.join(folderWith({}), 'trace');
    const { out } = run(['versions', '--history'], { cwd: folder, env: { GIT_TRACE: trace } });
    expect(out.match(/before: 1\.3\.0$/gm)).toHaveLength(3);
    expect(readFileSync(trace, 'utf8').match(/built-in: git cat-file -p /g)).toHaveLength(1);
  });

  it('goes without a history where there is none', () => {
    const { code, out } = run(['versions', '--history', '--format', 'json'], { cwd: folderWith(SHOP) });
    expect([code, JSON.parse(out).rows[0].cells[0].history]).toEqual([0, null]);
  });

  it('an environment that has the same two versions is neither ahead nor behind', () => {
    const two = storefront('shop/tools:v29').replace(/( *)- name: (.*)\n/, '$1- name: init\n$1  image: shop/tools:v13\n$1- name: $2\n');
    const tree = Object.fromEntries(['staging', 'prod'].map((name) => [`environments/${name}/storefront/app.yaml`, two]));
    expect(run(['versions'], { cwd: folderWith(tree) }).out).toContain('v13, v29  v13, v29\n');
  });

  it.each([
    [['--app', 'storefrnt'], 'there is no app "storefrnt"\n  Did you mean "storefront"?'],
    [['--env', 'prd'], 'there is no environment "prd"\n  Did you mean "prod"?'],
  ])('%j is a mistake', (words, message) => {
    expect(run(['versions', ...words], { cwd: folderWith(SHOP) })).toMatchObject({ code: 2, out: '', err: expect.stringContaining(message) });
  });

  it('says so where there is nothing', () => {
    expect(run(['versions'], { cwd: folderWith({ 'README.md': 'nothing' }) }).code).toBe(2);
  });
});
