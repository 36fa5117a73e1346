import { rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { compilePattern } from '../../src/model/path-pattern.ts';
import { type BranchPattern, branchesMatching } from '../../src/workspace/branches.ts';
import { refWorkspace } from '../../src/workspace/git-workspace.ts';
import { openBranches } from '../../src/workspace/open-branches.ts';
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

const patternOf = (text: string): BranchPattern => {
  const pattern = compilePattern(text);
  if ('problem' in pattern) throw new Error(pattern.problem);
  return pattern;
};
const find = (root: string, pattern = 'env/{env}') => branchesMatching(root, patternOf(pattern));
const namesOf = (root: string, pattern?: string) => find(root, pattern).branches.map(({ name, environment }) => `${name} = ${environment}`);
const textOf = (workspace: Workspace | undefined, file: string) => {
  const result = workspace?.read(file);
  return result?.ok ? result.file.text : result?.problem;
};

/** Makes a branch that changes files, and goes back to where it was. */
function branch(root: string, name: string, files: Readonly<Record<string, string>>, from = 'HEAD'): void {
  const before = git(root, 'rev-parse', '--abbrev-ref', 'HEAD').trim();
  git(root, 'checkout', '-q', '-b', name, from);
  write(root, files);
  git(root, 'add', '-A');
  git(root, 'commit', '-q', '--allow-empty', '-m', `Change ${name}`);
  git(root, 'checkout', '-q', before);
}

/** `main` with a base that two environments share. */
function shop(): string {
  const root = repository({ 'checkout/deploy.yaml': 'image: checkout:1\n', 'README.md': 'shop\n' });
  branch(root, 'env/dev', { 'checkout/deploy.yaml': 'image: checkout:3\n' });
  branch(root, 'env/prod', { 'checkout/deploy.yaml': 'image: checkout:2\n' });
  return root;
}

function cloneOf(root: string, ...options: readonly string[]): string {
  const folder = path.join(scratch(), 'clone');
  git(root, 'config', 'uploadpack.allowFilter', 'true');
  git(root, 'clone', '-q', ...options, `file://${root}`, folder);
  return folder;
}

describe('branches by a pattern', () => {
  it('are those of the clone that match, and no tags', () => {
    const root = shop();
    git(root, 'branch', 'feature/x');
    git(root, 'tag', 'env/uat');
    expect(namesOf(root)).toEqual(['env/dev = dev', 'env/prod = prod']);
    expect(namesOf(root, '{env}')).toEqual(['main = main']);
    expect(namesOf(root, '*/{env}')).toEqual(['env/dev = dev', 'env/prod = prod', 'feature/x = x']);
    expect(find(root).leftOut).toEqual([]);
  });

  it('give the other names that the pattern takes', () => {
    const root = repository({});
    git(root, 'branch', 'release/eu/prod');
    expect(find(root, 'release/{region}/{env}').branches).toEqual([
      expect.objectContaining({ name: 'release/eu/prod', environment: 'prod', names: { region: 'eu', env: 'prod' } }),
    ]);
  });

  it('are left out with a reason where the pattern names no environment', () => {
    const root = repository({});
    expect(find(root, '{app}')).toEqual({ branches: [], leftOut: [{ name: 'main', why: 'the pattern takes no {env} from its name' }] });
  });

  it('may be those of a remote, local ones first, and origin before other remotes', () => {
    const origin = shop();
    branch(origin, 'env/staging', {});
    const root = cloneOf(origin);
    git(root, 'branch', 'env/dev', 'origin/env/dev');
    git(root, 'remote', 'add', 'a/fork', `file://${origin}`);
    git(root, 'fetch', '-q', 'a/fork');
    git(root, 'update-ref', 'refs/remotes/a/fork/env/uat', 'HEAD');
    // Nobody's branch: what is left of a remote, or was put there by a pipeline.
    git(root, 'update-ref', 'refs/remotes/pull/env/qa', 'HEAD');
    expect(namesOf(root)).toEqual(['env/dev = dev', 'origin/env/prod = prod', 'origin/env/staging = staging', 'a/fork/env/uat = uat']);
    expect(find(root).branches.map(({ branch: name }) => name)).toEqual(['env/dev', 'env/prod', 'env/staging', 'env/uat']);
    // origin/HEAD is another name for origin/main.
    expect(namesOf(root, '{env}')).toEqual(['main = main']);
  });

  it('leave out what GitOps Promoter proposes, and nothing else that is called next', () => {
    const root = repository({});
    for (const name of ['environments/prod', 'environments/prod-next', 'environments/next', 'environments/qa-next']) git(root, 'branch', name);
    const { branches, leftOut } = find(root, 'environments/{env}');
    expect(branches.map(({ name }) => name)).toEqual(['environments/next', 'environments/prod', 'environments/qa-next']);
    expect(leftOut).toEqual([{ name: 'environments/prod-next', why: 'by its name, what is proposed for "environments/prod"' }]);
    expect(namesOf(root, 'environments/{env}-next')).toEqual(['environments/prod-next = prod', 'environments/qa-next = qa']);
  });

  it('say why there are none', () => {
    expect(find(repository({}))).toEqual({
      branches: [],
      leftOut: [{ name: 'env/{env}', why: 'no branch of this clone matches; others have to be fetched first' }],
    });
    const folder = scratch();
    expect(find(folder).leftOut).toEqual([{ name: 'env/{env}', why: '"branches" in .gitopsrc needs a git repository' }]);
    vi.stubEnv('PATH', '/nowhere');
    expect(find(folder).leftOut).toEqual([{ name: 'env/{env}', why: '"branches" in .gitopsrc needs git, which cannot be started' }]);
  });
});

describe('the branch that is checked out', () => {
  const checkedOut = (root: string) =>
    find(root)
      .branches.filter(({ isCheckedOut }) => isCheckedOut)
      .map(({ name }) => name);

  it('is known, also in a linked worktree', () => {
    const root = shop();
    expect(checkedOut(root)).toEqual([]);
    git(root, 'checkout', '-q', 'env/prod');
    const linked = path.join(scratch(), 'linked');
    git(root, 'worktree', 'add', '-q', linked, 'env/dev');
    expect(checkedOut(root)).toEqual(['env/prod']);
    expect(checkedOut(linked)).toEqual(['env/dev']);
  });

  it('is known by its commit, as pipelines check it out, if that is of one branch only', () => {
    const root = cloneOf(shop());
    git(root, 'checkout', '-q', '--detach', 'origin/env/prod');
    expect(checkedOut(root)).toEqual(['origin/env/prod']);
    git(root, 'branch', 'env/copy');
    expect(checkedOut(root)).toEqual([]);
  });

  it('is none in a bare repository', () => {
    const root = cloneOf(shop(), '--bare');
    git(root, 'symbolic-ref', 'HEAD', 'refs/heads/env/prod');
    expect(namesOf(root)).toEqual(['env/dev = dev', 'env/prod = prod']);
    expect(checkedOut(root)).toEqual([]);
    const { trees } = openBranches(root, find(root).branches);
    expect(trees.map(({ workspace }) => textOf(workspace, 'checkout/deploy.yaml'))).toEqual(['image: checkout:3\n', 'image: checkout:2\n']);
  });
});

describe('open branches', () => {
  const open = (root: string) => openBranches(root, find(root).branches);
  const treeOf = (root: string, name: string) => open(root).trees.find(({ branch: { name: other } }) => other === name)?.workspace;

  it('hold the files of their commits, and say so', () => {
    const root = shop();
    write(root, { 'checkout/deploy.yaml': 'image: checkout:dirty\n', 'new.yaml': '' });
    const dev = treeOf(root, 'env/dev');
    expect(dev?.files()).toEqual(['README.md', 'checkout/deploy.yaml']);
    expect([dev?.tree, dev?.description]).toEqual(['env/dev', 'env/dev']);
    const result = dev?.read('checkout/deploy.yaml');
    if (!result?.ok) throw new Error('not read');
    expect(result.file).toMatchObject({ path: 'checkout/deploy.yaml', tree: 'env/dev', name: 'env/dev:checkout/deploy.yaml', text: 'image: checkout:3\n' });
    // One file, one SourceFile.
    const again = dev?.read('./checkout/../checkout/deploy.yaml');
    expect(again?.ok && again.file === result.file).toBe(true);
  });

  it('leave the one that is checked out to the working tree', () => {
    const root = shop();
    git(root, 'checkout', '-q', 'env/dev');
    expect(open(root).trees.map(({ branch: { name } }) => name)).toEqual(['env/prod']);
  });

  it('stay on the commit on which they were found', () => {
    const root = shop();
    const { branches } = find(root);
    git(root, 'branch', '-f', 'env/prod', 'env/dev');
    const texts = openBranches(root, branches).trees.map(({ workspace }) => textOf(workspace, 'checkout/deploy.yaml'));
    expect(texts).toEqual(['image: checkout:3\n', 'image: checkout:2\n']);
  });

  it('are not mistaken for tags of their names', () => {
    const root = shop();
    git(root, 'tag', 'env/prod', 'env/dev');
    expect(textOf(treeOf(root, 'env/prod'), 'checkout/deploy.yaml')).toBe('image: checkout:2\n');
  });

  it('have the paths of the root, where that is a folder of the repository', () => {
    const top = repository({ 'x.yaml': '', 'shop/a.yaml': 'one' });
    branch(top, 'env/prod', { 'shop/a.yaml': 'two' });
    const prod = treeOf(path.join(top, 'shop'), 'env/prod');
    expect(prod?.files()).toEqual(['a.yaml']);
    expect(textOf(prod, 'a.yaml')).toBe('two');
    expect(textOf(prod, '../x.yaml')).toBe('outside');
  });

  it('follow symlinks inside, and refuse those that lead out', () => {
    const root = repository({ 'base/a.yaml': 'a: 1\n' });
    symlinkSync('base', path.join(root, 'link'));
    symlinkSync('../../elsewhere.yaml', path.join(root, 'out.yaml'));
    branch(root, 'env/prod', {});
    const prod = treeOf(root, 'env/prod');
    const result = prod?.read('link/a.yaml');
    expect(result?.ok && result.file.name).toBe('env/prod:base/a.yaml');
    expect(textOf(prod, 'out.yaml')).toBe('outside');
  });

  it('are there in a shallow clone, as far as they were fetched', () => {
    const root = cloneOf(shop(), '--depth=1', '--no-single-branch');
    expect(namesOf(root)).toEqual(['origin/env/dev = dev', 'origin/env/prod = prod']);
    expect(textOf(treeOf(root, 'origin/env/prod'), 'checkout/deploy.yaml')).toBe('image: checkout:2\n');
    expect(find(cloneOf(shop(), '--depth=1')).branches).toEqual([]);
  });

  it('are left out where manifests were not fetched, and nothing is', () => {
    const origin = shop();
    branch(origin, 'env/staging', { 'notes.txt': 'staging' });
    const blobless = cloneOf(origin, '--filter=blob:none');
    // The origin is gone: a fetch would show.
    rmSync(origin, { recursive: true });
    const { trees, leftOut } = open(blobless);
    expect(leftOut).toEqual(
      ['dev', 'prod'].map((name) => ({
        name: `origin/env/${name}`,
        why: 'manifests of it are not in this clone, such as checkout/deploy.yaml; fetch them first',
      })),
    );
    // Its manifests are those of main; its own text is not here.
    expect(trees.map(({ branch: { name } }) => name)).toEqual(['origin/env/staging']);
    expect(textOf(trees[0]?.workspace, 'checkout/deploy.yaml')).toBe('image: checkout:1\n');
    expect(textOf(trees[0]?.workspace, 'notes.txt')).toBe('unreadable');
    expect(textOf(refWorkspace(blobless, 'origin/env/prod'), 'checkout/deploy.yaml')).toBe('unreadable');
    expect(textOf(refWorkspace(blobless, 'origin/env/prod'), 'README.md')).toBe('shop\n');
  });

  it('are left out where even their folders were not fetched', () => {
    const root = cloneOf(shop(), '--filter=tree:0');
    const { trees, leftOut } = open(root);
    expect(trees).toEqual([]);
    expect(leftOut[0]).toEqual({ name: 'origin/env/dev', why: 'its folders are not in this clone; fetch them first' });
  });
});
