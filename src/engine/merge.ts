import type { RelatedLocation } from '../model/finding.ts';
import type { Variant } from '../model/variant.ts';
import type { RawFinding } from './run-rules.ts';

/**
 * Makes one finding of those that say the same about the same place, and unites their variants. A mistake in a base
 * is one mistake, though every overlay inherits it.
 */
export function mergeFindings(findings: readonly RawFinding[]): RawFinding[] {
  const merged = new Map<string, RawFinding>();
  for (const finding of findings) {
    const key = placeKey(finding);
    const twin = merged.get(key);
    merged.set(key, twin ? unite(twin, finding) : finding);
  }
  return [...merged.values()];
}

function placeKey({ ruleId, message, location: { file, span } }: RawFinding): string {
  return [ruleId, message, file.name, span.start, span.end].join('\u0000');
}

function unite(a: RawFinding, b: RawFinding): RawFinding {
  const variants = uniteVariants(a.variants, b.variants);
  return {
    ...a,
    variants,
    comparedWith: uniteVariants(a.comparedWith, b.comparedWith).filter((variant) => !variants.includes(variant)),
    related: uniteRelated(a.related, b.related),
    // The weaker form of a mistake never hides the stronger one.
    atMost: a.atMost === undefined || b.atMost === undefined ? undefined : a.atMost,
    evenStrict: a.evenStrict && b.evenStrict,
  };
}

function uniteVariants(a: readonly Variant[], b: readonly Variant[]): readonly Variant[] {
  return [...new Set([...a, ...b])];
}

function uniteRelated(a: readonly RelatedLocation[], b: readonly RelatedLocation[]): readonly RelatedLocation[] {
  const keyOf = ({ location: { file, span }, message }: RelatedLocation) => [file.name, span.start, message].join('\u0000');
  const known = new Set(a.map(keyOf));
  return [...a, ...b.filter((related) => !known.has(keyOf(related)))];
}

/** The rules that say more precisely what another one says of a place: that it cannot be rendered, that it has no value, or no use. */
const SPECIFIC: Readonly<Record<string, readonly string[]>> = {
  'render-error': ['syntax-error', 'missing-reference', 'duplicate-key', 'ineffective-patch'],
  'unvalued-key': ['undefined-substitution'],
  // What holds the place of a value is of no type.
  'mismatched-value-type': ['unvalued-key'],
  // A value with a slip of the pen is one that the chart does not know, too.
  'unknown-value': ['missing-value'],
};

/**
 * One mistake, one rule: drops each finding at a place of which a more specific rule speaks. Variants of which that rule
 * says nothing, as it is off for them, keep theirs.
 */
export function dropSpokenFor<F extends RawFinding>(findings: readonly F[]): F[] {
  const spoken = new Map<string, Set<Variant>>();
  for (const finding of findings) {
    for (const [general, specific] of Object.entries(SPECIFIC)) {
      if (!specific.includes(finding.ruleId)) continue;
      const key = keyOf(general, finding);
      const variants = spoken.get(key) ?? new Set();
      for (const variant of finding.variants) variants.add(variant);
      spoken.set(key, variants);
    }
  }
  return findings.flatMap((finding) => {
    const known = spoken.get(keyOf(finding.ruleId, finding));
    if (!known) return [finding];
    const variants = finding.variants.filter((variant) => !known.has(variant));
    return variants.length > 0 ? [{ ...finding, variants }] : [];
  });
}

function keyOf(ruleId: string, finding: RawFinding): string {
  return `${ruleId}\u0000${lineOf(finding)}`;
}

/** Tells the line of a finding from all others. */
export function lineOf({ location: { file, span } }: RawFinding): string {
  return `${file.name}\u0000${file.positionAt(span.start).line}`;
}
