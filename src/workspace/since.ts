import { UsageError } from '../errors.ts';
import { git, isShallow, notARepository, splitZero } from './git.ts';
import { stagedFiles, wholeWorkspace } from './git-workspace.ts';
import { memoryWorkspace } from './memory-workspace.ts';
import type { Workspace } from './workspace.ts';

/** Where a branch set out from, and what it changed since. */
export interface Departure {
  /** What the commit holds that it has in common with the other branch. */
  readonly workspace: Workspace;
  /** Paths below the root that are other than there: committed, staged, in the working tree or new; deleted ones included. */
  readonly files: ReadonlySet<string>;
}

/** What the next commit changes. Before the first commit there is nothing. Throws a `UsageError` outside of a repository. */
export function departureFromHead(root: string): Departure {
  if (!git(root, ['rev-parse', '--git-dir'])) throw notARepository(root, '--staged');
  const commit = git(root, ['rev-parse', '--verify', '--quiet', 'HEAD'])?.toString('utf8').trim();
  const files = new Set(commit === undefined ? splitZero(git(root, ['ls-files', '-z']) ?? Buffer.alloc(0)) : stagedFiles(root));
  return { workspace: commit === undefined ? memoryWorkspace({}) : wholeWorkspace(root, commit), files };
}

/**
 * What the working tree changed since it left another branch, tag or commit. Throws a `UsageError` outside of a repository, for
 * a name that git does not know, and where the two have no commit in common, as in a shallow clone; its workspace does so for what a partial
 * clone lacks of that commit.
 */
export function departureFrom(root: string, ref: string): Departure {
  if (!git(root, ['rev-parse', '--git-dir'])) throw notARepository(root, '--since');
  if (!git(root, ['rev-parse', '--verify', '--quiet', 'HEAD']))
    throw new UsageError('there is no commit yet to hold a change against', 'Leave "--since" away to check all that is here, or commit first.');
  // A name that begins with a dash would be an option.
  const known = ref.startsWith('-') ? undefined : git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
  if (!known) throw unknownRef(root, ref);
  const commit = git(root, ['merge-base', known.toString('utf8').trim(), 'HEAD'])
    ?.toString('utf8')
    .trim();
  if (!commit) {
    const [why, hint] = isShallow(root)
      ? ['the clone is shallow', 'Fetch more of the history: "git fetch --unshallow", or "fetch-depth: 0" where a CI checks out.']
      : ['their histories are unrelated', 'Name a branch that this one set out from.'];
    throw new UsageError(`git finds no commit that "${ref}" and HEAD have in common: ${why}`, hint);
  }
  const workspace = wholeWorkspace(root, commit);
  const changed = git(root, ['diff', '--name-only', '--no-renames', '--no-ext-diff', '--ignore-submodules', '--relative', '-z', commit, '--']);
  const fresh = git(root, ['ls-files', '--others', '--exclude-standard', '-z']);
  if (!changed || !fresh) throw new UsageError(`git cannot compare with "${ref}"`, 'Run "git status" to see what is wrong.');
  return { workspace, files: new Set([...splitZero(changed), ...splitZero(fresh)]) };
}

/** A clone, and above all one of a CI, has most branches only as those of its remote. */
function unknownRef(root: string, ref: string): UsageError {
  const remotes = (git(root, ['remote'])?.toString('utf8') ?? '').split('\n').filter(Boolean);
  const known = remotes
    .map((remote) => `${remote}/${ref}`)
    .filter((name) => git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `refs/remotes/${name}^{commit}`]));
  const near = known.find((name) => name.startsWith('origin/')) ?? known[0];
  return new UsageError(`git knows no "${ref}" here`, near === undefined ? 'Fetch it first, or check the spelling.' : `Did you mean "${near}"?`);
}
