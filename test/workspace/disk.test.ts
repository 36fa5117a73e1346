import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UsageError } from '../../src/errors.ts';
import { findPlace, openDiskWorkspace } from '../../src/workspace/open.ts';
import { cleanEnvironment, git, repository, scratch, write } from './repository.ts';

beforeEach(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith('GIT_')) vi.stubEnv(name, undefined);
  for (const name of ['HOME', 'GIT_CONFIG_GLOBAL', 'GIT_CONFIG_NOSYSTEM']) vi.stubEnv(name, cleanEnvironment()[name]);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const disk = (root: string, folder = '') => openDiskWorkspace({ root, folder });

describe('findPlace', () => {
  it('is the top of the repository, with DIR below it', () => {
    const root = repository({ 'apps/ledger/a.yaml': '' });
    expect(findPlace(root)).toEqual({ root, folder: '' });
    expect(findPlace(path.join(root, 'apps/ledger'))).toEqual({ root, folder: 'apps/ledger' });
    expect(findPlace(`${root}/apps/../apps/`)).toEqual({ root, folder: 'apps' });
  });

  it('is what --root says', () => {
    const root = repository({ 'apps/ledger/a.yaml': '' });
    expect(findPlace(path.join(root, 'apps/ledger'), { root: path.join(root, 'apps') })).toEqual({ root: path.join(root, 'apps'), folder: 'ledger' });
    expect(() => findPlace(root, { root: path.join(root, 'apps') })).toThrow(UsageError);
  });

  it('is the nearest folder upward with a .gitopsrc where git does not know DIR', () => {
    const root = scratch();
    write(root, { '.gitopsrc': '', 'shop/.gitopsrc': '', 'shop/apps/dev/a.yaml': '' });
    expect(findPlace(path.join(root, 'shop/apps/dev'))).toEqual({ root: path.join(root, 'shop'), folder: 'apps/dev' });
  });

  it.each(['.gitopsrc.yaml', '.gitopsrc.yml', '.gitopsrc.json'])('is marked by %s, too', (name) => {
    const root = scratch();
    write(root, { [name]: '', 'apps/dev/a.yaml': '' });
    expect(findPlace(path.join(root, 'apps/dev'))).toEqual({ root, folder: 'apps/dev' });
  });

  it('is not guessed where git refuses the repository, unless --root says it', () => {
    const root = repository({ 'apps/dev/a.yaml': '' });
    const dir = path.join(root, 'apps/dev');
    vi.stubEnv('GIT_TEST_ASSUME_DIFFERENT_OWNER', '1');
    expect(() => findPlace(dir)).toThrow('git refuses this repository, because it belongs to another user');
    expect(() => findPlace(dir)).toThrow(expect.objectContaining({ hint: `Run: git config --global --add safe.directory "${root}"` }));
    expect(findPlace(dir, { root })).toEqual({ root, folder: 'apps/dev' });
    vi.stubEnv('GIT_TEST_ASSUME_DIFFERENT_OWNER', undefined);
    write(root, { '.git/config': '[core' });
    expect(() => findPlace(dir)).toThrow(/^git refuses this repository: bad config/);
  });

  it('is DIR itself where nothing else says so, or the fallback above it', () => {
    const root = scratch();
    write(root, { 'apps/dev/a.yaml': '', 'other/a.yaml': '' });
    const dir = path.join(root, 'apps/dev');
    expect(findPlace(dir)).toEqual({ root: dir, folder: '' });
    expect(findPlace(dir, { fallbackRoot: root })).toEqual({ root, folder: 'apps/dev' });
    expect(findPlace(dir, { fallbackRoot: path.join(root, 'other') })).toEqual({ root: dir, folder: '' });
  });

  it('is not the repository for a folder that it ignores', () => {
    const root = repository({ '.gitignore': 'vendor/\n', 'a.yaml': '' });
    write(root, { 'vendor/shop/a.yaml': '' });
    expect(findPlace(path.join(root, 'vendor/shop'))).toEqual({ root: path.join(root, 'vendor/shop'), folder: '' });
    write(root, { 'vendor/.gitopsrc': '' });
    expect(findPlace(path.join(root, 'vendor/shop'))).toEqual({ root: path.join(root, 'vendor'), folder: 'shop' });
  });

  it('is the repository for a folder with tracked files, though a rule ignores it', () => {
    const root = repository({ 'vendor/shop/a.yaml': '' });
    write(root, { '.gitignore': 'vendor/\n' });
    expect(findPlace(path.join(root, 'vendor/shop'))).toEqual({ root, folder: 'vendor/shop' });
  });

  it('leads through symlinks to the real folder', () => {
    const root = repository({ 'apps/a.yaml': '' });
    const link = path.join(scratch(), 'link');
    symlinkSync(root, link);
    expect(findPlace(path.join(link, 'apps'))).toEqual({ root, folder: 'apps' });
  });

  it('says what is wrong with DIR', () => {
    const root = scratch();
    write(root, { 'a.yaml': '' });
    expect(() => findPlace(path.join(root, 'nope'))).toThrow(`no such folder: "${path.join(root, 'nope')}"`);
    expect(() => findPlace(path.join(root, 'a.yaml'))).toThrow('is a file');
  });
});

describe('a folder that git does not know', () => {
  it('is walked, as its ignore files want it', async () => {
    const root = scratch();
    write(root, {
      '.gitignore': '*.log\n/build/\n!keep.log\n# comment\n\nsecret.yaml  \n',
      'a.yaml': '',
      'a.log': '',
      'keep.log': '',
      'build/x.yaml': '',
      'apps/build/x.yaml': '',
      'apps/secret.yaml': '',
      'apps/.gitignore': 'dev/*.yaml\n!/secret.yaml\n',
      'apps/dev/x.yaml': '',
      'apps/dev/y.json': '',
      'dev/x.yaml': '',
      '.hidden/x.yaml': '',
      '.git-not/x.yaml': '',
      'node_modules/x/x.yaml': '',
    });
    expect((await disk(root)).files()).toEqual([
      '.git-not/x.yaml',
      '.gitignore',
      '.hidden/x.yaml',
      'a.yaml',
      'apps/.gitignore',
      'apps/build/x.yaml',
      'apps/dev/y.json',
      'apps/secret.yaml',
      'dev/x.yaml',
      'keep.log',
    ]);
  });

  it('is walked also inside of a repository that ignores it, though a rule above would leave out all', async () => {
    const root = repository({ '.gitignore': 'vendor/\n*.yaml\n', 'a.txt': '' });
    write(root, { 'vendor/shop/a.yaml': '', 'vendor/shop/.gitignore': 'b.yaml\n', 'vendor/shop/b.yaml': '' });
    const place = findPlace(path.join(root, 'vendor/shop'));
    expect((await openDiskWorkspace(place)).files()).toEqual(['.gitignore', 'a.yaml']);
    expect((await disk(root, 'vendor/shop')).files()).toEqual(['.gitignore', 'a.txt', 'vendor/shop/.gitignore', 'vendor/shop/a.yaml']);
  });

  it('has symlinks under their own path, and does not enter them', async () => {
    const root = scratch();
    write(root, { 'base/a.yaml': 'a: 1' });
    symlinkSync('base', path.join(root, 'link'));
    symlinkSync('.', path.join(root, 'base/circle'));
    symlinkSync('nowhere', path.join(root, 'dangling'));
    expect((await disk(root)).files()).toEqual(['base/a.yaml', 'base/circle', 'dangling', 'link']);
  });

  it.skipIf(process.getuid?.() === 0)('passes by what may not be read', async () => {
    const root = scratch();
    write(root, { 'a.yaml': '', 'closed/b.yaml': '' });
    chmodSync(path.join(root, 'closed'), 0);
    expect((await disk(root)).files()).toEqual(['a.yaml']);
    chmodSync(path.join(root, 'closed'), 0o755);
  });
});

describe('reading', () => {
  it('gives one SourceFile per real file, and the same each time', async () => {
    const root = scratch();
    write(root, { 'base/a.yaml': 'a: 1' });
    symlinkSync('base/a.yaml', path.join(root, 'link.yaml'));
    symlinkSync('base', path.join(root, 'folder'));
    const workspace = await disk(root);
    const first = workspace.read('base/a.yaml');
    if (!first.ok) throw new Error(first.problem);
    writeFileSync(path.join(root, 'base/a.yaml'), 'a: 2');
    for (const file of ['base/a.yaml', 'link.yaml', 'folder/a.yaml', './base//a.yaml']) {
      const again = workspace.read(file);
      expect(again.ok && again.file).toBe(first.file);
    }
    expect(first.file.path).toBe('base/a.yaml');
    expect(workspace.realPath('folder/a.yaml')).toBe('base/a.yaml');
  });

  it('never leaves the root', async () => {
    const outer = scratch();
    write(outer, { 'secret.yaml': 'x', 'shop/a.yaml': '', 'shopping/b.yaml': 'x', 'private/c.yaml': 'x' });
    const root = path.join(outer, 'shop');
    symlinkSync('../secret.yaml', path.join(root, 'up.yaml'));
    symlinkSync(path.join(outer, 'secret.yaml'), path.join(root, 'absolute.yaml'));
    symlinkSync('../private', path.join(root, 'folder'));
    symlinkSync('up.yaml', path.join(root, 'twice.yaml'));
    const workspace = await disk(root);
    for (const file of [
      '../secret.yaml',
      '/etc/passwd',
      'a/../../secret.yaml',
      'up.yaml',
      'absolute.yaml',
      'folder/c.yaml',
      'twice.yaml',
      '../shopping/b.yaml',
    ]) {
      expect([file, workspace.read(file)]).toEqual([file, { ok: false, problem: 'outside' }]);
      expect(workspace.bytes(file).ok).toBe(false);
      expect(workspace.kindOf(file)).toBeUndefined();
      expect(workspace.realPath(file)).toBeUndefined();
    }
  });

  it('says why there is no text', async () => {
    const root = scratch();
    write(root, {
      'folder/a.yaml': '',
      'binary.yaml': new Uint8Array([97, 0, 98]),
      'utf16.yaml': new Uint8Array([0xff, 0xfe, 97, 0]),
      'latin1.yaml': new Uint8Array([97, 0xe4]),
      'mark.yaml': '\ufeffa: \ufffd',
    });
    symlinkSync('loop', path.join(root, 'loop'));
    const workspace = await disk(root);
    const problems = ['folder', '', 'nope', 'folder/a.yaml/b', 'loop', 'loop/x', 'binary.yaml', 'latin1.yaml'].map((file) => {
      const result = workspace.read(file);
      return result.ok ? 'ok' : result.problem;
    });
    expect(problems).toEqual(['directory', 'directory', 'missing', 'missing', 'symlink-loop', 'symlink-loop', 'binary', 'not-utf-8']);
    const wide = workspace.read('utf16.yaml');
    expect(wide.ok && [wide.file.text, wide.file.encoding]).toEqual(['a', 'utf-16']);
    const marked = workspace.read('mark.yaml');
    expect(marked.ok && marked.file.text).toBe('\ufeffa: \ufffd');
  });

  it.skipIf(process.platform === 'win32')('does not wait for a pipe', async () => {
    const root = scratch();
    execFileSync('mkfifo', [path.join(root, 'pipe.yaml')]);
    write(root, { 'a.yaml': '' });
    const workspace = await disk(root);
    expect(workspace.files()).toEqual(['a.yaml']);
    expect(workspace.read('pipe.yaml')).toEqual({ ok: false, problem: 'unreadable' });
    expect(workspace.kindOf('pipe.yaml')).toBeUndefined();
    git(root, 'init', '-q');
    expect((await disk(root)).files()).toEqual(['a.yaml']);
  });

  it('leaves huge files alone', async () => {
    const root = scratch();
    write(root, { 'dump.yaml': '' });
    truncateSync(path.join(root, 'dump.yaml'), 65 * 2 ** 20);
    const workspace = await disk(root);
    expect(workspace.files()).toEqual(['dump.yaml']);
    expect(workspace.read('dump.yaml')).toEqual({ ok: false, problem: 'unreadable' });
  });

  it('remembers what stood where', async () => {
    const root = scratch();
    mkdirSync(path.join(root, 'empty'));
    const workspace = await disk(root);
    expect(workspace.kindOf('empty')).toBe('directory');
    expect(workspace.kindOf('late.yaml')).toBeUndefined();
    write(root, { 'late.yaml': '' });
    expect(workspace.kindOf('late.yaml')).toBeUndefined();
  });
});
