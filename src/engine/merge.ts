import type { RelatedLocation } from '../model/finding.ts';
import type { Variant } from '../model/variant.ts';
import { groupBy } from '../text/group-by.ts';
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

/** Where two rules that speak of one mistake meet, for a variant that both accuse. */
type Meeting = 'line' | 'field' | 'chart';

/** The places that a finding is about, as a variant has them. */
const PLACES: Readonly<Record<Meeting, (finding: RawFinding, variant: Variant) => readonly string[]>> = {
  line: (finding) => [lineOf(finding)],
  field: ({ subjects }) => subjects.map(({ kind, name, steps }) => [kind, name, ...steps].join('\u0000')),
  // Anywhere in it: of a chart without its values, its objects are the wrong ones.
  chart: (_, { renderer }) => (renderer === 'helm' ? [''] : []),
};

/** The rules that say more precisely what another one says, by where they meet. */
const SPECIFIC: Readonly<Record<string, Readonly<Partial<Record<Meeting, readonly string[]>>>>> = {
  'render-error': { line: ['syntax-error', 'missing-reference', 'duplicate-key', 'ineffective-patch'], chart: ['missing-values-file'] },
  'unanalysed-input': { chart: ['missing-values-file'] },
  'unvalued-key': { line: ['undefined-substitution'] },
  // What holds the place of a value is of no type.
  'mismatched-value-type': { line: ['unvalued-key'] },
  // A value with a slip of the pen is one that the chart does not know, too.
  'unknown-value': { line: ['missing-value'] },
  'missing-value': {},
  'sibling-outlier': { field: ['weaker-production'] },
  'missing-resource': { field: ['weaker-production'] },
  'unexpected-tag-format': { line: ['mutable-image-tag'] },
};

/**
 * One mistake, one rule: drops each finding of which a more specific rule speaks, wherever both meet; one about several things only where that
 * rule speaks of them all. Variants of which it says nothing, as it is off for them, keep theirs.
 */
export function dropSpokenFor<F extends RawFinding>(findings: readonly F[]): F[] {
  const spoken = spokenFor(findings);
  return findings.flatMap((finding) => {
    const meetings = meetingsOf(finding.ruleId);
    if (meetings.length === 0) return [finding];
    const isSpokenFor = (variant: Variant) =>
      meetings.some(([meeting]) => {
        const places = PLACES[meeting](finding, variant);
        return places.length > 0 && places.every((place) => spoken.get(keyOf(finding.ruleId, meeting, place))?.has(variant));
      });
    const variants = finding.variants.filter((variant) => !isSpokenFor(variant));
    if (variants.length === finding.variants.length) return [finding];
    return variants.length > 0 ? [{ ...finding, variants }] : [];
  });
}

/** By rule and place, the variants of which a more specific rule speaks there. */
function spokenFor(findings: readonly RawFinding[]): ReadonlyMap<string, ReadonlySet<Variant>> {
  const spoken = new Map<string, Set<Variant>>();
  for (const finding of findings) {
    for (const { general, meeting } of GENERAL.get(finding.ruleId) ?? []) {
      for (const variant of finding.variants) {
        for (const place of PLACES[meeting](finding, variant)) {
          const key = keyOf(general, meeting, place);
          spoken.set(key, (spoken.get(key) ?? new Set()).add(variant));
        }
      }
    }
  }
  return spoken;
}

function meetingsOf(ruleId: string): readonly (readonly [Meeting, readonly string[]])[] {
  return Object.entries(SPECIFIC[ruleId] ?? {}) as [Meeting, readonly string[]][];
}

/** By a specific rule, the general ones that it meets, and where. */
const GENERAL = groupBy(
  Object.keys(SPECIFIC).flatMap((general) => meetingsOf(general).flatMap(([meeting, rules]) => rules.map((rule) => ({ rule, general, meeting })))),
  ({ rule }) => rule,
);

function keyOf(ruleId: string, meeting: Meeting, place: string): string {
  return [ruleId, meeting, place].join('\u0000');
}

/** Tells the line of a finding from all others. */
export function lineOf({ location: { file, span } }: RawFinding): string {
  return `${file.name}\u0000${file.positionAt(span.start).line}`;
}
