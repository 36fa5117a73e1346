import { joinPath } from '../../text/path.ts';
import { isUnfilled } from '../../text/unfilled.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { Said } from './said.ts';

/** A repository in one spelling, whatever protocol, user or suffix it is written with: `github.com/shop/config`. */
export function repositoryKey(url: string): string {
  const clean = url
    .trim()
    .replace(/^[a-z+]+:\/\//i, '')
    .replace(/^[^@/]*@/, '')
    .replace(/\.git\/?$/, '')
    .replace(/\/+$/, '');
  return clean.replace(/^([^/:]+):(?:\d+\/)?/, '$1/').toLowerCase();
}

/** What was said of one repository: a path, and at which revision. */
export type Mention = Pick<Said, 'repository' | 'revision'> & { readonly path: string };

/** Which repositories are the one that is looked at, and at which of their revisions. */
export interface OwnRepositories {
  isOwn(repository: string): boolean;
  /** Whether a path that is missing here is missing there, too: that revision is what is looked at, as far as anybody can tell. */
  isAtHand(repository: string, revision: string): boolean;
}

/**
 * A repository is our own when most of the paths that are named in it are here. Nothing else can be known without a
 * look at git's remotes, which a copy or a fork has not.
 */
export function ownRepositories(workspace: Workspace, mentions: readonly Mention[]): OwnRepositories {
  const seen = new Map<string, { there: Set<string>; gone: Set<string>; revisions: Map<string, Set<string>> }>();
  for (const { repository, revision, path } of mentions) {
    if (repository === undefined || isUnfilled(path)) continue;
    const folder = joinPath('', path);
    // The root is in every repository.
    if (folder === undefined || folder === '') continue;
    const counts = seen.get(repository) ?? { there: new Set(), gone: new Set(), revisions: new Map() };
    seen.set(repository, counts);
    const exists = workspace.kindOf(folder) !== undefined;
    (exists ? counts.there : counts.gone).add(folder);
    // One folder may be read for many environments: what names a path again and again counts once.
    if (exists) counts.revisions.set(revision, (counts.revisions.get(revision) ?? new Set()).add(folder));
  }
  const isOwn = (repository: string): boolean => {
    const counts = seen.get(repository);
    return counts !== undefined && counts.there.size > 0 && counts.there.size >= counts.gone.size;
  };
  return { isOwn, isAtHand: (repository, revision) => isOwn(repository) && atHand(seen.get(repository)?.revisions ?? new Map()).has(revision) };
}

const DEFAULT = /^(?:|HEAD|main|master|trunk)$/;

/** Most branches have the same folders, so that one which is here tells little: the default branch is looked at, or the one of most paths. */
function atHand(revisions: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  const defaults = [...revisions.keys()].filter((revision) => DEFAULT.test(revision));
  if (defaults.length > 0) return new Set(defaults);
  const most = Math.max(...[...revisions.values()].map(({ size }) => size));
  return new Set([...revisions].filter(([, { size }]) => size === most).map(([revision]) => revision));
}
