import type { Settings } from '../config/settings.ts';
import { type Contract, type Expectation, expectationFor } from '../model/expectation.ts';
import type { Subject } from '../model/places.ts';
import type { Variant } from '../model/variant.ts';
import type { Rule } from '../rule/rule.ts';
import { appOf, type RawFinding } from './run-rules.ts';

/** What the settings say of differences, as rules see it. */
export function contractOf({ expectations, isSecretKey, presetOf }: Settings): Contract {
  return { lines: expectations, isSecretKey, isStrict: (path) => presetOf(path) === 'strict' };
}

const SPEAKING_OF_IT = new Set(['undeclared-difference', 'stale-expectation']);

/**
 * Takes back what rules of parity and drift find where the contract expects a difference. Where it allows a thing to some
 * environments only, the others are not accused of lacking it. Of two that speak of one line, the rule that knows more of it stays,
 * and "undeclared-difference" goes.
 */
export function withoutDeclared(findings: readonly RawFinding[], rules: readonly Rule[], contract: Contract): RawFinding[] {
  if (contract.lines.length === 0) return [...findings];
  const comparing = new Set(rules.filter(({ id, meta }) => isComparing(meta.category) && !SPEAKING_OF_IT.has(id)).map(({ id }) => id));
  const left = findings.flatMap((finding) => (comparing.has(finding.ruleId) ? undeclared(finding, contract) : [finding]));
  const spoken = new Map<string, Set<Variant>>();
  for (const finding of left) {
    if (!comparing.has(finding.ruleId)) continue;
    spoken.set(lineOf(finding), new Set([...(spoken.get(lineOf(finding)) ?? []), ...finding.variants]));
  }
  return left.flatMap((finding) => {
    const known = finding.ruleId === 'undeclared-difference' ? spoken.get(lineOf(finding)) : undefined;
    if (!known) return [finding];
    const variants = finding.variants.filter((variant) => !known.has(variant));
    return variants.length > 0 ? [{ ...finding, variants }] : [];
  });
}

function isComparing(category: Rule['meta']['category']): boolean {
  return category === 'parity' || category === 'drift';
}

function undeclared(finding: RawFinding, contract: Contract): RawFinding[] {
  const { subject, variants } = finding;
  const app = appOf(variants);
  if (!subject || !app) return [finding];
  const expected = expectationOf({ ...subject, app: app.name }, variants, contract)?.expected;
  if (expected?.type === 'may-differ') return [];
  if (expected?.type !== 'only') return [finding];
  const wrong = variants.filter(({ environment }) => expected.environments.includes(environment.name));
  return wrong.length > 0 ? [{ ...finding, variants: wrong }] : [];
}

function expectationOf(subject: Subject, variants: readonly Variant[], contract: Contract): Expectation | undefined {
  return expectationFor(
    contract,
    subject,
    variants.map(({ root }) => root),
  );
}

function lineOf({ location: { file, span } }: RawFinding): string {
  return `${file.name}\u0000${file.positionAt(span.start).line}`;
}
