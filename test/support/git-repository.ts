import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CLEAN_ENVIRONMENT, folderWith } from './cli.ts';
import type { Tree } from './rule-tester.ts';

/** A git repository in a folder of its own. */
export interface GitRepository {
  readonly folder: string;
  /** Writes files; an empty text takes one away. */
  write(tree: Tree): void;
  /** The same, and all that is changed becomes a commit. */
  commit(tree: Tree): void;
  git(...args: readonly string[]): string;
}

/** A repository whose branch `main` has the files in one commit. It is gone when the test is done. */
export function repositoryOf(tree: Tree): GitRepository {
  const folder = folderWith(tree);
  const git = (...args: readonly string[]): string => execFileSync('git', args, { cwd: folder, env: CLEAN_ENVIRONMENT, encoding: 'utf8' });
  const write = (more: Tree): void => {
    for (const [name, text] of Object.entries(more)) {
      const at = path.join(folder, name);
      mkdirSync(path.dirname(at), { recursive: true });
      if (text === '') rmSync(at);
      else writeFileSync(at, text);
    }
  };
  const commit = (more: Tree): void => {
    write(more);
    git('add', '-A');
    git('commit', '-q', '-m', 'Change the shop');
  };
  git('init', '-q', '-b', 'main');
  commit({});
  return { folder, write, commit, git };
}
