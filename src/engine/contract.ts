import type { Settings } from '../config/settings.ts';
import { type Contract, linesFor } from '../model/expectation.ts';
import { SEVERITIES, type Severity } from '../model/finding.ts';
import type { Subject } from '../model/places.ts';
import type { Variant } from '../model/variant.ts';
import type { Rule } from '../rule/rule.ts';
import { groupBy } from '../text/group-by.ts';
import { lineOf } from './merge.ts';
import { appOf, type RawFinding } from './run-rules.ts';

/** What the settings say of differences, as rules see it. */
export function contractOf({ expectations, isSecretKey, presetOf }: Pick<Settings, 'expectations' | 'isSecretKey' | 'presetOf'>): Contract {
  return { lines: expectations, isSecretKey, isStrict: (path) => presetOf(path) === 'strict' };
}

const SPEAKING_OF_IT = new Set(['undeclared-difference', 'stale-expectation']);

/**
 * Takes back what rules of parity and drift find where the contract expects a difference. Where it allows a thing to some
 * environments only, the others are not accused of lacking it.
 */
export function withoutDeclared(findings: readonly RawFinding[], rules: readonly Rule[], contract: Contract): RawFinding[] {
  if (contract.lines.length === 0) return [...findings];
  const comparing = comparingRules(rules);
  return findings.flatMap((finding) => (comparing.has(finding.ruleId) ? undeclared(finding, contract) : [finding]));
}

/**
 * One mistake, one rule: where a rule of parity or drift says what breaks the contract, that rule speaks, as it knows more of it; the contract
 * does where it takes the matter for graver.
 */
export function toldOnce<F extends RawFinding & { readonly severity: Severity }>(findings: readonly F[], rules: readonly Rule[]): F[] {
  const isBreach = ({ ruleId }: F) => ruleId === 'undeclared-difference';
  if (!findings.some(isBreach)) return [...findings];
  const ids = comparingRules(rules);
  // What is said of a line of a kustomization itself is another matter.
  const isRival = ({ ruleId, subjects }: F) => ids.has(ruleId) && subjects.length > 0;
  const isMeant = (finding: F) => isBreach(finding) || isRival(finding);
  const byLine = groupBy(findings.filter(isMeant), lineOf);
  return findings.flatMap((finding) => {
    if (!isMeant(finding)) return [finding];
    const others = (byLine.get(lineOf(finding)) ?? []).filter((other) => {
      const isGraver = SEVERITIES.indexOf(other.severity) - SEVERITIES.indexOf(finding.severity);
      return isBreach(finding) !== isBreach(other) && (isBreach(finding) ? isGraver <= 0 : isGraver < 0);
    });
    if (others.length === 0) return [finding];
    const variants = finding.variants.filter((variant) => !others.some((other) => other.variants.includes(variant)));
    return variants.length > 0 ? [{ ...finding, variants }] : [];
  });
}

function comparingRules(rules: readonly Rule[]): ReadonlySet<string> {
  return new Set(rules.filter(({ id, meta }) => isComparing(meta.category) && !SPEAKING_OF_IT.has(id)).map(({ id }) => id));
}

function isComparing(category: Rule['meta']['category']): boolean {
  return category === 'parity' || category === 'drift';
}

/** A finding about several things stays for whom one of them is not declared. */
function undeclared(finding: RawFinding, contract: Contract): RawFinding[] {
  const { ruleId, subjects } = finding;
  const app = appOf(finding.variants);
  if (subjects.length === 0 || !app) return [finding];
  const accused = new Set(subjects.flatMap((subject) => accusedOf({ ...subject, app: app.name }, finding.variants, ruleId, contract)));
  const variants = finding.variants.filter((variant) => accused.has(variant));
  return variants.length > 0 ? [{ ...finding, variants }] : [];
}

function accusedOf(subject: Subject, variants: readonly Variant[], ruleId: string, contract: Contract): readonly Variant[] {
  const roots = variants.map(({ root }) => root);
  let accused = variants;
  for (const { expected } of linesFor(contract, subject, roots)) {
    // Whether a thing is there is not said by what its value may be.
    if (expected.type === 'may-differ' || (expected.type === 'value-may-differ' && !ruleId.startsWith('missing-'))) return [];
    if (expected.type === 'only') accused = accused.filter(({ environment }) => expected.environments.includes(environment.name));
  }
  return accused;
}
