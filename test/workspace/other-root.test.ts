import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openOtherRoot } from '../../src/workspace/other-root.ts';
import { cleanEnvironment, git, repository, scratch, write } from './repository.ts';

beforeEach(() => {
  // The tests may run in a hook themselves.
  for (const name of Object.keys(process.env)) if (name.startsWith('GIT_')) vi.stubEnv(name, undefined);
  for (const name of ['HOME', 'GIT_CONFIG_GLOBAL', 'GIT_CONFIG_NOSYSTEM']) vi.stubEnv(name, cleanEnvironment()[name]);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** A folder with two repositories side by side. */
function neighbours(): { readonly top: string; readonly main: string } {
  const top = scratch();
  for (const name of ['main', 'prod']) {
    write(path.join(top, name), { 'checkout/deploy.yaml': `in: ${name}\n`, '.gitignore': '*.log\n', 'a.log': '' });
    git(path.join(top, name), 'init', '-q');
  }
  return { top, main: path.join(top, 'main') };
}

async function opened(root: string, written: string) {
  const other = await openOtherRoot(root, written);
  if (!other.ok) throw new Error(other.problem);
  return other;
}

describe('another repository', () => {
  it('is read as it stands there, its files known by the path to it', async () => {
    const { main } = neighbours();
    const { workspace } = await opened(main, '../prod');
    expect(workspace.files()).toEqual(['.gitignore', 'checkout/deploy.yaml']);
    const result = workspace.read('checkout/deploy.yaml');
    expect(result.ok && result.file).toMatchObject({
      path: 'checkout/deploy.yaml',
      tree: '../prod',
      name: '../prod/checkout/deploy.yaml',
      text: 'in: prod\n',
    });
  });

  it.each(['../prod/', './../prod', '../main/../prod', 'checkout/../../prod'])('has one name, however it is written: %s', async (written) => {
    const { main } = neighbours();
    expect((await opened(main, written)).workspace.tree).toBe('../prod');
  });

  it('need not be a repository, nor be its top', async () => {
    const { top, main } = neighbours();
    write(top, { 'loose/a.yaml': '', 'loose/node_modules/b.yaml': '' });
    expect((await opened(main, '../loose')).workspace.files()).toEqual(['a.yaml']);
    expect((await opened(main, '../prod/checkout')).workspace.files()).toEqual(['deploy.yaml']);
  });

  it('may be a worktree of the same repository', async () => {
    const main = repository({ 'a.yaml': 'one' });
    const linked = path.join(scratch(), 'prod');
    git(main, 'worktree', 'add', '-q', '-b', 'env/prod', linked);
    write(linked, { 'a.yaml': 'edited' });
    const result = (await opened(main, path.relative(main, linked))).workspace.read('a.yaml');
    expect(result.ok && result.file.text).toBe('edited');
  });

  it('shows nothing that lies outside of it', async () => {
    const { top, main } = neighbours();
    write(top, { 'secret.yaml': 'no' });
    symlinkSync('../secret.yaml', path.join(top, 'prod/out.yaml'));
    symlinkSync('../main', path.join(top, 'prod/back'));
    symlinkSync('checkout', path.join(top, 'prod/inside'));
    const { workspace } = await opened(main, '../prod');
    for (const file of ['out.yaml', 'back/checkout/deploy.yaml', '../secret.yaml'])
      expect([file, workspace.read(file)]).toEqual([file, { ok: false, problem: 'outside' }]);
    expect(workspace.realPath('inside/deploy.yaml')).toBe('checkout/deploy.yaml');
  });
});

describe('a path that is refused', () => {
  it.each([
    ['../nope', 'there is no folder "../nope"'],
    ['../prod/checkout/deploy.yaml', '"../prod/checkout/deploy.yaml" is a file'],
    ['../prod/a.log/x', 'there is no folder "../prod/a.log/x"'],
    ['checkout', '"checkout" lies inside of this repository'],
    ['.', '"." lies inside of this repository'],
    ['', '"" lies inside of this repository'],
    ['../main', '"../main" is this repository itself'],
    ['../main/checkout', '"../main/checkout" lies inside of this repository'],
    ['..', '".." holds this repository'],
    ['../', '"../" holds this repository'],
    ['../itself', '"../itself" is this repository itself'],
    ['../inside', '"../inside" lies inside of this repository'],
    ['link', '"link" lies inside of this repository'],
    ['../circle', '"../circle" cannot be read'],
    ['../bare.git', '"../bare.git" is a bare repository, which has no files'],
    ['/srv/prod', '"/srv/prod" is an absolute path'],
  ])('%s', async (written, problem) => {
    const { top, main } = neighbours();
    symlinkSync('main', path.join(top, 'itself'));
    symlinkSync('main/checkout', path.join(top, 'inside'));
    symlinkSync('../prod', path.join(main, 'link'));
    symlinkSync('circle', path.join(top, 'circle'));
    mkdirSync(path.join(top, 'bare.git'));
    git(path.join(top, 'bare.git'), 'init', '-q', '--bare');
    expect(await openOtherRoot(main, written)).toEqual({ ok: false, problem, hint: expect.stringMatching(/\.$/) });
  });

  it('says what git has against a repository', async () => {
    const { top, main } = neighbours();
    write(top, { 'prod/.git/config': '[core\n' });
    expect(await openOtherRoot(main, '../prod')).toMatchObject({
      ok: false,
      problem: expect.stringMatching(/^"\.\.\/prod": git refuses this repository: bad config/),
    });
  });
});
