import type { Suppression } from '../model/finding.ts';
import { IGNORE_ANNOTATION } from '../model/ignore-annotation.ts';
import { formatResourceId } from '../model/resource.ts';
import type { Variant } from '../model/variant.ts';
import { groupBy } from '../text/group-by.ts';
import { childOf, locationOf, type Node } from '../tree/node.ts';
import { originsOf } from '../tree/origins.ts';
import { type Mark, namedRules, type Uses } from './marks.ts';
import type { RawFinding } from './run-rules.ts';

/**
 * Applies the annotations of resources. A finding about a resource is kept quiet where each of its variants renders it with an
 * annotation that names the rule and gives a reason; where some do, these are accused no longer. A variant that lacks the resource is told
 * by those that it is held against, if all of them that have it say so.
 */
export function suppressByAnnotation<F extends RawFinding>(findings: readonly F[], uses?: Uses): F[] {
  return findings.map((finding) => {
    const marks = new Map(finding.variants.map((variant) => [variant, marksFor(finding, variant)]));
    const all = [...marks.values()].flat();
    const [first] = all;
    if (!first) return finding;
    for (const mark of all) uses?.note(mark, finding.ruleId);
    if (finding.suppressed) return finding;
    const isQuiet = (variant: Variant) => marks.get(variant)?.some(({ reason }) => reason !== undefined);
    const variants = finding.variants.filter((variant) => !isQuiet(variant));
    if (variants.length === 0) return { ...finding, suppressed: suppressionBy(all) };
    const unfounded = new Set(variants.flatMap((variant) => marks.get(variant)?.[0]?.origin ?? []));
    const related = [...unfounded].map((origin) => ({
      location: locationOf(origin),
      message: `this annotation has no effect: it gives no reason ("${finding.ruleId} -- why")`,
    }));
    return { ...finding, variants, related: [...finding.related, ...related] };
  });
}

function suppressionBy(marks: readonly Mark[]): Suppression {
  const reasons = new Set(marks.flatMap(({ reason }) => reason ?? []));
  const location = marks.find(({ reason }) => reason !== undefined)?.origin;
  return { by: 'annotation', reason: [...reasons].join('; '), location: location && locationOf(location) };
}

/** What the resource of a finding says of the rule, for a variant: none where one of that name does not say it. */
function marksFor({ ruleId, resource, comparedWith }: RawFinding, variant: Variant): readonly Mark[] {
  if (resource === undefined) return [];
  const own = namesakesIn(variant, resource);
  const all = own.length > 0 ? own : comparedWith.flatMap((other) => namesakesIn(other, resource));
  const said = all.map((marks) => marks.filter(({ rules }) => rules.includes(ruleId)));
  return said.every((marks) => marks.length > 0) ? said.flat() : [];
}

/** The marks of each resource of a variant with a name, which may be in several namespaces. */
function namesakesIn(variant: Variant, resource: string): readonly (readonly Mark[])[] {
  return annotatedIn(variant).get(resource) ?? [];
}

const known = new WeakMap<Variant, ReadonlyMap<string, readonly (readonly Mark[])[]>>();

/** By what resources are called, the marks of each. */
function annotatedIn(variant: Variant): ReadonlyMap<string, readonly (readonly Mark[])[]> {
  let found = known.get(variant);
  if (!found) {
    const all = [...variant.resources].map(({ node, originalId }) => ({ name: formatResourceId(originalId), marks: annotationMarks(node) }));
    found = new Map([...groupBy(all, ({ name }) => name)].map(([name, group]) => [name, group.map(({ marks }) => marks)]));
    known.set(variant, found);
  }
  return found;
}

/** What the annotation of a manifest says, line by line; one that cannot be read names no rule. */
export function annotationMarks(node: Node): Mark[] {
  const value = childOf(childOf(childOf(node, 'metadata'), 'annotations'), IGNORE_ANNOTATION);
  if (value?.kind !== 'scalar') return [];
  const [origin = value.origin] = originsOf(node, ['metadata', 'annotations', IGNORE_ANNOTATION]);
  const lines = value.text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => ({ kind: 'annotation', ...(namedRules(line.trim()) ?? { rules: [], reason: undefined }), origin }));
}
