import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UsageError } from '../../src/errors.ts';
import { indexWorkspace, refWorkspace, stagedFiles } from '../../src/workspace/git-workspace.ts';
import { findPlace, openDiskWorkspace } from '../../src/workspace/open.ts';
import type { Workspace } from '../../src/workspace/workspace.ts';
import { cleanEnvironment, git, repository, scratch, write } from './repository.ts';

beforeEach(() => {
  // The tests may run in a hook themselves.
  for (const name of Object.keys(process.env)) if (name.startsWith('GIT_')) vi.stubEnv(name, undefined);
  for (const name of ['HOME', 'GIT_CONFIG_GLOBAL', 'GIT_CONFIG_NOSYSTEM']) vi.stubEnv(name, cleanEnvironment()[name]);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const disk = (root: string) => openDiskWorkspace({ root, folder: '' });
const textOf = (workspace: Workspace, file: string) => {
  const result = workspace.read(file);
  return result.ok ? result.file.text : result.problem;
};

describe('the working tree in a repository', () => {
  it('has tracked and untracked files, not ignored nor deleted ones', async () => {
    const root = repository({ '.gitignore': '*.log\nout/\n', 'base/a.yaml': '', 'base/gone.yaml': '', 'old.yaml': 'kind: x\n' });
    write(root, { 'new.yaml': '', 'a.log': '', 'out/b.yaml': '' });
    unlinkSync(path.join(root, 'base/gone.yaml'));
    renameSync(path.join(root, 'old.yaml'), path.join(root, 'renamed.yaml'));
    const workspace = await disk(root);
    expect(workspace.files()).toEqual(['.gitignore', 'base/a.yaml', 'new.yaml', 'renamed.yaml']);
    // A kustomization may name what git ignores.
    expect(workspace.kindOf('a.log')).toBe('file');
    expect(workspace.kindOf('out')).toBe('directory');
  });

  it('has tracked files though a rule ignores them, and those that are only announced', async () => {
    const root = repository({ 'keep.log': '' });
    write(root, { '.gitignore': '*.log\n', 'later.yaml': '' });
    git(root, 'add', '-N', 'later.yaml');
    expect((await disk(root)).files()).toEqual(['.gitignore', 'keep.log', 'later.yaml']);
  });

  it('lists each file of an unmerged index once', async () => {
    const root = conflicted();
    expect((await disk(root)).files()).toEqual(['a.yaml']);
  });

  it('works without a commit', async () => {
    const root = scratch();
    git(root, 'init', '-q');
    write(root, { 'a.yaml': 'a: 1' });
    expect((await disk(root)).files()).toEqual(['a.yaml']);
    git(root, 'add', 'a.yaml');
    expect(indexWorkspace(root).files()).toEqual(['a.yaml']);
    expect(stagedFiles(root)).toEqual(['a.yaml']);
    expect(() => refWorkspace(root, 'HEAD')).toThrow('git knows no "HEAD" here');
  });

  it('leaves out submodules and repositories inside of it', async () => {
    const library = repository({ 'base/kustomization.yaml': '' });
    const root = repository({ 'a.yaml': '' });
    git(root, 'submodule', '--quiet', 'add', library, 'library');
    git(root, 'commit', '-qm', 'Add the library');
    write(root, { 'inner/b.yaml': '' });
    git(path.join(root, 'inner'), 'init', '-q');
    expect((await disk(root)).files()).toEqual(['.gitmodules', 'a.yaml']);
    for (const workspace of [indexWorkspace(root), refWorkspace(root, 'HEAD')]) {
      expect(workspace.files()).toEqual(['.gitmodules', 'a.yaml']);
      expect(workspace.read('library')).toEqual({ ok: false, problem: 'submodule' });
      expect(workspace.read('library/base/kustomization.yaml')).toEqual({ ok: false, problem: 'submodule' });
    }
  });

  it('leaves out what a sparse checkout left out', async () => {
    const root = repository({ 'dev/a.yaml': '', 'prod-eu/a.yaml': 'a: 1' });
    git(root, 'sparse-checkout', 'set', 'dev');
    expect((await disk(root)).files()).toEqual(['dev/a.yaml']);
    expect(textOf(indexWorkspace(root), 'prod-eu/a.yaml')).toBe('a: 1');
  });
});

const NAMES = [
  'a b.yaml',
  "it's.yaml",
  'say "hi".yaml',
  'new\nline.yaml',
  'größe/ñ.yaml',
  '店.yaml',
  '-v.yaml',
  'tab\there.yaml',
  'back\\slash.yaml',
  '*.yaml',
  '[a].yaml',
  ':x.yaml',
  '100644 a 0.yaml',
];

it('takes file names as they are, in all four sources of files', async () => {
  const root = repository(Object.fromEntries(NAMES.map((name) => [name, `name: ${JSON.stringify(name)}`])));
  const sorted = [...NAMES].sort((a, b) => (a < b ? -1 : 1));
  appendFileSync(path.join(root, '店.yaml'), '# more');
  for (const workspace of [await disk(root), indexWorkspace(root), refWorkspace(root, 'main')]) {
    expect(workspace.files()).toEqual(sorted);
    for (const name of NAMES) expect(textOf(workspace, name)).toMatch(/^name: /);
  }
  git(root, 'add', '-A');
  expect(stagedFiles(root)).toEqual(['店.yaml']);
});

describe('the index', () => {
  it('holds what is staged, not what stands on the disk', () => {
    const root = repository({ 'a.yaml': 'one', 'b.yaml': 'one', 'c.yaml': 'one', 'd.yaml': 'one' });
    write(root, { 'a.yaml': 'two' });
    git(root, 'add', 'a.yaml');
    write(root, { 'a.yaml': 'three', 'b.yaml': 'two', 'untracked.yaml': '' });
    git(root, 'rm', '-q', '--cached', 'c.yaml');
    unlinkSync(path.join(root, 'd.yaml'));
    const index = indexWorkspace(root);
    expect(index.files()).toEqual(['a.yaml', 'b.yaml', 'd.yaml']);
    expect(['a.yaml', 'b.yaml', 'c.yaml', 'd.yaml'].map((file) => textOf(index, file))).toEqual(['two', 'one', 'missing', 'one']);
    expect(stagedFiles(root)).toEqual(['a.yaml', 'c.yaml']);
  });

  it('does not hold what is only announced', () => {
    const root = repository({ 'a.yaml': '' });
    write(root, { 'later.yaml': 'x' });
    git(root, 'add', '-N', 'later.yaml');
    expect(indexWorkspace(root).files()).toEqual(['a.yaml']);
    expect(stagedFiles(root)).toEqual([]);
  });

  it('follows a rename', () => {
    const root = repository({ 'old.yaml': 'a: 1\nb: 2\n' });
    git(root, 'mv', 'old.yaml', 'new.yaml');
    expect(indexWorkspace(root).files()).toEqual(['new.yaml']);
    expect(stagedFiles(root)).toEqual(['new.yaml', 'old.yaml']);
  });

  it('is refused while it is unmerged', () => {
    expect(() => indexWorkspace(conflicted())).toThrow('the index has unmerged entries, such as a.yaml');
  });

  it('is read below a folder of the repository, with its paths', async () => {
    const root = path.join(repository({ 'x.yaml': '', 'shop/a.yaml': 'one', 'shop/dev/b.yaml': 'one' }), 'shop');
    write(root, { 'a.yaml': 'two' });
    git(root, 'add', 'a.yaml');
    write(root, { 'a.yaml': 'three' });
    expect(indexWorkspace(root).files()).toEqual(['a.yaml', 'dev/b.yaml']);
    expect(textOf(indexWorkspace(root), 'a.yaml')).toBe('two');
    expect(textOf(refWorkspace(root, 'HEAD'), 'a.yaml')).toBe('one');
    expect(refWorkspace(root, 'HEAD').files()).toEqual(['a.yaml', 'dev/b.yaml']);
    expect(stagedFiles(root)).toEqual(['a.yaml']);
    expect((await disk(root)).files()).toEqual(['a.yaml', 'dev/b.yaml']);
  });

  it('has the line ends of the commit, whatever the checkout made of them', () => {
    const root = repository({ 'a.yaml': 'a: 1\nb: 2\n', 'c.yaml': 'c: 3\n' });
    git(root, 'config', 'core.autocrlf', 'true');
    for (const file of ['a.yaml', 'c.yaml']) unlinkSync(path.join(root, file));
    git(root, 'checkout', '-q', '--', '.');
    expect(['a.yaml', 'c.yaml'].map((file) => textOf(indexWorkspace(root), file))).toEqual(['a: 1\nb: 2\n', 'c: 3\n']);
  });

  it('has the content of the commit, whatever a filter made of it', () => {
    const root = repository({ 'secret.yaml': 'sealed\n' });
    git(root, 'config', 'filter.seal.smudge', 'sed s/sealed/open/');
    git(root, 'config', 'filter.seal.clean', 'sed s/open/sealed/');
    write(root, { '.gitattributes': 'secret.yaml filter=seal\n' });
    git(root, 'add', '.gitattributes');
    unlinkSync(path.join(root, 'secret.yaml'));
    git(root, 'checkout', '-q', '--', 'secret.yaml');
    expect(textOf(indexWorkspace(root), 'secret.yaml')).toBe('sealed\n');
  });

  it('trusts the store where git was told not to look at the disk', () => {
    const root = repository({ 'a.yaml': 'one' });
    git(root, 'update-index', '--assume-unchanged', 'a.yaml');
    write(root, { 'a.yaml': 'two' });
    expect(textOf(indexWorkspace(root), 'a.yaml')).toBe('one');
  });

  it('reads images and archives when somebody asks', () => {
    const root = repository({ 'logo.png': new Uint8Array([1, 2, 3]), 'a.yaml': 'a' });
    unlinkSync(path.join(root, 'logo.png'));
    const found = indexWorkspace(root).bytes('logo.png');
    expect(found.ok && [...found.bytes]).toEqual([1, 2, 3]);
  });
});

describe('hooks', () => {
  const CHECK = path.join(import.meta.dirname, 'read-index.ts');
  const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  /** Makes a hook that prints what the index workspace holds. */
  const hook = (root: string, folder = '.') => {
    const hooks = git(root, 'rev-parse', '--path-format=absolute', '--git-path', 'hooks').trim();
    mkdirSync(hooks, { recursive: true });
    const file = path.join(hooks, 'pre-commit');
    writeFileSync(file, `#!/bin/sh\n"${process.execPath}" --import "${TSX}" "${CHECK}" "${folder}" >&2\n`);
    chmodSync(file, 0o755);
  };
  const commit = (root: string, ...args: readonly string[]) => {
    const command = `git -c user.name=shop -c user.email=shop@example.org commit -q ${args.join(' ')} 2>&1`;
    return JSON.parse(execFileSync('sh', ['-c', command], { cwd: root, env: { ...cleanEnvironment(), NODE_PATH: '' }, encoding: 'utf8' })) as unknown;
  };

  it('see the index of "git commit -a", which is a temporary one', () => {
    const root = repository({ 'a.yaml': 'one', 'b.yaml': 'one' });
    hook(root);
    write(root, { 'a.yaml': 'two' });
    expect(commit(root, '-a', '-m', 'x')).toEqual({ files: { 'a.yaml': 'two', 'b.yaml': 'one' }, staged: ['a.yaml'] });
  });

  it('see the index of "git commit FILE", without what else is staged', () => {
    const root = repository({ 'a.yaml': 'one', 'b.yaml': 'one' });
    hook(root);
    write(root, { 'a.yaml': 'two', 'b.yaml': 'two' });
    git(root, 'add', 'b.yaml');
    expect(commit(root, '-m', 'x', 'a.yaml')).toEqual({ files: { 'a.yaml': 'two', 'b.yaml': 'one' }, staged: ['a.yaml'] });
  });

  it('find the repository from a linked worktree, also for a folder in it', () => {
    const root = repository({ 'shop/a.yaml': 'one', 'x.yaml': 'one' });
    const linked = path.join(scratch(), 'linked');
    git(root, 'worktree', 'add', '-q', linked);
    hook(linked, 'shop');
    write(linked, { 'shop/a.yaml': 'two' });
    expect(commit(linked, '-a', '-m', 'x')).toEqual({ files: { 'shop/a.yaml': 'two', 'x.yaml': 'one' }, staged: ['shop/a.yaml'] });
  });

  it('see another repository as it is', () => {
    const other = repository({ 'other.yaml': 'one' });
    const root = repository({ 'a.yaml': 'one' });
    hook(root, other);
    write(root, { 'a.yaml': 'two' });
    expect(commit(root, '-a', '-m', 'x')).toEqual({ files: { 'other.yaml': 'one' }, staged: [] });
  });
});

describe('a commit', () => {
  it('is read by any of its names', () => {
    const root = repository({ 'a.yaml': 'one', 'dir/b.yaml': 'b' });
    git(root, 'tag', 'v1');
    git(root, 'branch', 'release/1.0');
    write(root, { 'a.yaml': 'two' });
    git(root, 'rm', '-qr', 'dir');
    git(root, 'commit', '-qam', 'Change');
    for (const ref of ['v1', 'release/1.0', 'HEAD~1', git(root, 'rev-parse', 'v1').trim()]) {
      const workspace = refWorkspace(root, ref);
      expect(workspace.description).toBe(ref);
      expect(workspace.files()).toEqual(['a.yaml', 'dir/b.yaml']);
      expect(textOf(workspace, 'a.yaml')).toBe('one');
    }
  });

  it.each(['nope', '--help', '-r', 'HEAD:a.yaml'])('is not found as %s', (ref) => {
    const root = repository({ 'a.yaml': '' });
    expect(() => refWorkspace(root, ref)).toThrow(`git knows no "${ref}" here`);
  });

  it('of a linked worktree is the one that is checked out there', async () => {
    const root = repository({ 'a.yaml': 'one' });
    const linked = path.join(scratch(), 'linked');
    git(root, 'worktree', 'add', '-q', '-b', 'next', linked);
    write(linked, { 'b.yaml': '' });
    expect(findPlace(linked)).toEqual({ root: linked, folder: '' });
    expect((await disk(linked)).files()).toEqual(['a.yaml', 'b.yaml']);
  });
});

it('says what is missing where there is no repository', () => {
  const folder = scratch();
  expect(() => indexWorkspace(folder)).toThrow('--staged needs a git repository');
  expect(() => refWorkspace(folder, 'main')).toThrow(new UsageError('"main" needs a git repository', 'Run it inside one, or leave "main" away.'));
  vi.stubEnv('PATH', '/nowhere');
  expect(() => indexWorkspace(folder)).toThrow('--staged needs git, which cannot be started');
  expect(findPlace(folder)).toEqual({ root: folder, folder: '' });
});

it('is the same tree from the disk, the index and a commit, with symlinks', async () => {
  const root = repository({ 'base/a.yaml': 'a: 1\n', 'prod-eu/b.yaml': 'b: ä\n' });
  symlinkSync('../base/a.yaml', path.join(root, 'prod-eu/link.yaml'));
  symlinkSync('base', path.join(root, 'folder'));
  symlinkSync('loop', path.join(root, 'loop'));
  symlinkSync('../elsewhere.yaml', path.join(root, 'outside.yaml'));
  symlinkSync('missing.yaml', path.join(root, 'dangling.yaml'));
  symlinkSync('folder/../prod-eu/b.yaml', path.join(root, 'physical.yaml'));
  git(root, 'add', '-A');
  git(root, 'commit', '-qm', 'Link');
  const workspaces = [await disk(root), indexWorkspace(root), refWorkspace(root, 'HEAD')];
  const paths = [
    ...(workspaces[0]?.files() ?? []),
    '',
    '.',
    'base',
    'base/',
    'folder/a.yaml',
    './base/../base/a.yaml',
    'nope',
    'nope/a.yaml',
    'base/a.yaml/x',
    '..',
    '../x',
    '/etc',
    'outside.yaml/x',
    'loop/x',
  ];
  for (const file of paths) {
    const seen = workspaces.map((workspace) => ({ kind: workspace.kindOf(file), real: workspace.realPath(file), text: textOf(workspace, file) }));
    expect([file, seen[1]]).toEqual([file, seen[0]]);
    expect([file, seen[2]]).toEqual([file, seen[0]]);
  }
  expect(workspaces[0]?.files()).toEqual(workspaces[1]?.files());
  expect(workspaces[0]?.files()).toEqual(workspaces[2]?.files());
  rmSync(path.join(root, 'base'), { recursive: true });
});

function conflicted(): string {
  const root = repository({ 'a.yaml': 'one\n' });
  git(root, 'checkout', '-qb', 'other');
  write(root, { 'a.yaml': 'two\n' });
  git(root, 'commit', '-qam', 'Two');
  git(root, 'checkout', '-q', 'main');
  write(root, { 'a.yaml': 'three\n' });
  git(root, 'commit', '-qam', 'Three');
  expect(() => git(root, 'merge', 'other')).toThrow();
  return root;
}
