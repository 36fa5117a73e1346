import type { Finding, Suppression } from '../model/finding.ts';
import type { SourceFile } from '../text/source-file.ts';
import { locationOf } from '../tree/node.ts';
import { type Directive, directivesIn } from './directives.ts';
import type { Uses } from './marks.ts';

/** What keeps findings quiet for a while. */
export interface Pending {
  /** The rules whose findings a marker may keep quiet. */
  readonly rules: readonly string[];
  /** Whether the gate of an environment is asked for that a finding concerns: then no marker does. */
  isGated(finding: Finding): boolean;
}

/**
 * Marks the findings that a comment on their line, on the line above, or for the whole file keeps quiet. A directive
 * without a reason keeps nothing quiet: the finding says so.
 */
export async function suppressByComment<F extends Finding>(findings: readonly F[], pending: Pending, uses?: Uses): Promise<F[]> {
  const directives = new Map<SourceFile, readonly Directive[]>();
  // Comments are looked for only where there is something to keep quiet.
  for (const { location } of findings) if (!directives.has(location.file)) directives.set(location.file, await directivesIn(location.file, pending.rules));
  return findings.map((finding) => {
    const near = (directives.get(finding.location.file) ?? []).filter((directive) => speaksOf(directive, finding));
    for (const directive of near) uses?.note(directive, finding.ruleId);
    const heard = near.filter(({ kind }) => kind === 'comment' || !pending.isGated(finding));
    const directive = heard.find(({ reason }) => reason !== undefined) ?? heard[0];
    if (!directive) return finding;
    const location = locationOf(directive.origin);
    if (directive.reason === undefined) return { ...finding, related: [...finding.related, { location, message: complaintOf(directive, finding) }] };
    const suppressed: Suppression = { by: 'comment', reason: directive.reason, location };
    return { ...finding, suppressed };
  });
}

function speaksOf({ line, within, rules, origin }: Directive, { ruleId, location: { file, span } }: Finding): boolean {
  const at = file.positionAt(span.start).line;
  // What is said of a comment itself is kept quiet by one above it, too.
  const isNear = line === undefined || (file.positionAt(origin.start).line <= at && at <= line);
  return isNear && (!within || (within.start <= span.start && span.start < within.end)) && rules.includes(ruleId);
}

/** Why a directive without a reason has no effect. */
function complaintOf({ kind }: Directive, { ruleId }: Finding): string {
  return kind === 'pending'
    ? 'this marker has no effect: it does not say who brings the value, and why it is to come ("# gitops-lint-pending: owner, reason")'
    : `this suppression has no effect: it gives no reason ("# gitops-lint-ignore ${ruleId} -- why")`;
}
