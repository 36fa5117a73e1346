import type { Settings } from '../config/settings.ts';
import { type Contract, linesFor } from '../model/expectation.ts';
import type { Variant } from '../model/variant.ts';
import type { Rule } from '../rule/rule.ts';
import { appOf, type RawFinding } from './run-rules.ts';

/** What the settings say of differences, as rules see it. */
export function contractOf({ expectations, isSecretKey, presetOf }: Pick<Settings, 'expectations' | 'isSecretKey' | 'presetOf'>): Contract {
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
  const { subject } = finding;
  const app = appOf(finding.variants);
  if (!subject || !app) return [finding];
  const roots = finding.variants.map(({ root }) => root);
  let variants = finding.variants;
  for (const { expected } of linesFor(contract, { ...subject, app: app.name }, roots)) {
    // Whether a thing is there is not said by what its value may be.
    if (expected.type === 'may-differ' || (expected.type === 'value-may-differ' && !finding.ruleId.startsWith('missing-'))) return [];
    if (expected.type === 'only') variants = variants.filter(({ environment }) => expected.environments.includes(environment.name));
  }
  return variants.length > 0 ? [{ ...finding, variants }] : [];
}

function lineOf({ location: { file, span } }: RawFinding): string {
  return `${file.name}\u0000${file.positionAt(span.start).line}`;
}
