import type { Variant } from '../model/variant.ts';
import type { Rule } from '../rule/rule.ts';
import { firstOf } from '../text/first-of.ts';
import type { GradedFinding } from './judge.ts';

/** What a rule that speaks for others speaks for. */
export interface Gathering {
  readonly finding: GradedFinding;
  /** The findings of those rules about its variants, held against the same ones; never none. */
  readonly parts: readonly GradedFinding[];
}

/** The findings of rules that speak for what others find, each with those findings. */
export function gatheringsIn(findings: readonly GradedFinding[], rules: readonly Rule[]): Gathering[] {
  const gathers = new Map(rules.map(({ id, meta }) => [id, meta.gathers]));
  const taken = new Set<GradedFinding>();
  return findings.flatMap((finding): Gathering[] => {
    const ids = gathers.get(finding.ruleId);
    if (!ids) return [];
    const { speaksFor } = finding;
    const share = (ours: readonly Variant[], theirs: readonly Variant[]) => ours.some((variant) => theirs.includes(variant));
    const parts = findings.filter(
      (part) =>
        ids.includes(part.ruleId) &&
        !part.suppressed &&
        !taken.has(part) &&
        (!speaksFor || part.resource === undefined || speaksFor.has(part.resource)) &&
        share(part.variants, finding.variants) &&
        share(part.comparedWith, finding.comparedWith),
    );
    // Two versions that are promoted together lack a key once.
    for (const part of parts) taken.add(part);
    return [{ finding, parts }];
  });
}

/**
 * One mistake, one finding: what is gathered says what it gathers, which is not told a second time of the same variants; and what
 * would gather nothing is no finding.
 */
export function gather(findings: readonly GradedFinding[], gatherings: readonly Gathering[]): GradedFinding[] {
  const gathered = new Map(gatherings.map((one) => [one.finding, one]));
  return findings.flatMap((finding): GradedFinding[] => {
    const own = gathered.get(finding);
    if (own) return own.parts.length > 0 ? [withParts(own)] : [];
    const told = gatherings.flatMap(({ finding: { variants, suppressed }, parts }) => (!suppressed && parts.includes(finding) ? variants : []));
    const variants = told.length > 0 ? finding.variants.filter((variant) => !told.includes(variant)) : finding.variants;
    return variants.length > 0 || finding.variants.length === 0 ? [{ ...finding, variants }] : [];
  });
}

function withParts({ finding, parts }: Gathering): GradedFinding {
  return {
    ...finding,
    message: `${finding.message}: ${firstOf([...new Set(parts.map(nameOf))])}`,
    related: [...finding.related, ...parts.map((part) => ({ location: part.location, message: nameOf(part) }))],
  };
}

/** What a finding is about. */
function nameOf({ resource, path, message }: GradedFinding): string {
  return resource === undefined ? (path ?? message) : [path, resource].filter(Boolean).join(' of ');
}
