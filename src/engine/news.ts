import { rankOf } from '../model/environment.ts';
import type { Finding } from '../model/finding.ts';
import type { Change, Repository } from '../model/repository.ts';
import { groupBy } from '../text/group-by.ts';
import { baseOf } from '../text/path.ts';
import { CONFIG_NAMES } from '../workspace/workspace.ts';
import { reachOf } from './reach.ts';

/**
 * Tells what is new of the findings of a repository, given those that it had before a change. A finding is known that was there with the same
 * fingerprint, for an environment as near to production, and that says the same or stands in a file that the change left alone.
 */
export function newsOf(before: readonly Finding[], { before: was, files }: Change, now: Repository): (finding: Finding) => boolean {
  // What is wrong in a configuration that changes is held against the repository of today alone.
  const isJudgedAnew = ({ location: { file } }: Finding) => files.has(file.name) && CONFIG_NAMES.includes(baseOf(file.path));
  const live = before.filter((finding) => !finding.suppressed && !isJudgedAnew(finding));
  const known = groupBy(live, ({ fingerprint }) => fingerprint);
  const [rankBefore, rankNow] = [reachOf(was.variants, rankOf), reachOf(now.variants, rankOf)];
  return (finding) => {
    const isTouched = files.has(finding.location.file.name);
    return !known.get(finding.fingerprint)?.some((other) => rankBefore(other) >= rankNow(finding) && (!isTouched || other.message === finding.message));
  };
}
