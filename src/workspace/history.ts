import { git, isShallow } from './git.ts';

/**
 * Asks whether a text ever stood in one of some files or folders of a repository, in any commit that led to the present one. Undefined where
 * there is no history, or only a part of it.
 */
export function historySearch(root: string): ((text: string, paths: readonly string[]) => boolean) | undefined {
  if (!git(root, ['rev-parse', '--verify', '--quiet', 'HEAD']) || isShallow(root)) return undefined;
  const known = new Map<string, boolean>();
  return (text, paths) => {
    const key = [text, ...paths].join('\0');
    let found = known.get(key);
    if (found === undefined) {
      const commits = git(root, ['log', '-1', '--format=%H', '--full-history', `-S${text}`, '--', ...paths.map((path) => `:(literal)${path}`)]);
      // A partial clone may lack what it would have to look into: nobody is accused for that.
      found = commits === undefined || commits.length > 0;
      known.set(key, found);
    }
    return found;
  };
}
