import { rankOf } from '../model/environment.ts';
import type { Finding } from '../model/finding.ts';
import type { Change, Repository } from '../model/repository.ts';
import { groupBy } from '../text/group-by.ts';
import { baseOf } from '../text/path.ts';
import { CONFIG_NAMES } from '../workspace/workspace.ts';
import { reachOf } from './reach.ts';

/**
 * What is new of the findings of a repository, given those that it had before a change. A finding is known that was there with the same
 * fingerprint, for an environment as near to production, and that says the same or stands in a file that the change left alone; each that was there
 * makes one known. Of variants that were not there, it is news all the same: then it is told of those alone.
 */
export function newsIn(findings: readonly Finding[], before: readonly Finding[], { before: was, files }: Change, now: Repository): Finding[] {
  // What is wrong in a configuration that changes is held against the repository of today alone.
  const isJudgedAnew = ({ location: { file } }: Finding) => files.has(file.name) && CONFIG_NAMES.includes(baseOf(file.path));
  const live = before.filter((finding) => !finding.suppressed && !isJudgedAnew(finding));
  const open = groupBy(live, ({ fingerprint }) => fingerprint);
  const [rankBefore, rankNow] = [reachOf(was.variants, rankOf), reachOf(now.variants, rankOf)];
  const ids = new Set(was.variants.map(({ id }) => id));
  const known = new Set<Finding>();
  const take = (finding: Finding, isSame: (old: Finding) => boolean): void => {
    const old = open.get(finding.fingerprint);
    const at = old?.findIndex((one) => rankBefore(one) >= rankNow(finding) && isSame(one)) ?? -1;
    if (at === -1) return;
    old?.splice(at, 1);
    known.add(finding);
  };
  for (const finding of findings) take(finding, ({ message }) => message === finding.message);
  for (const finding of findings) if (!known.has(finding) && !files.has(finding.location.file.name)) take(finding, () => true);
  return findings.flatMap((finding) => {
    if (!known.has(finding)) return [finding];
    const fresh = finding.variants.filter((id) => !ids.has(id));
    return fresh.length > 0 ? [{ ...finding, variants: fresh }] : [];
  });
}
