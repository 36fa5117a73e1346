import { itemsOf, type Node } from '../../../tree/node.ts';
import { filledTree, isResolved } from '../fill.ts';
import { combined, type ParameterSet } from '../parameters.ts';
import { type Generator, type GeneratorContext, MAX_SETS } from './generator.ts';

/** Each set of one generator with each of the next, which may be written with the parameters of those before it. */
export const matrix: Generator = (spec, context) => {
  const [first, ...others] = itemsOf(spec, 'generators');
  if (!first || others.length === 0) {
    context.remarks.problem('a matrix combines two generators, and has fewer', spec.origin);
    return [];
  }
  return others.reduce((sets, entry) => multiplied(sets, entry, context), context.nested(first));
};

function multiplied(sets: readonly ParameterSet[], entry: Node, context: GeneratorContext): readonly ParameterSet[] {
  const all: ParameterSet[] = [];
  for (const set of sets) {
    for (const other of context.nested(filledEntry(entry, set, context))) {
      // One more than is taken, so that it is seen that there are more.
      if (all.length > MAX_SETS) return all;
      all.push(product(set, other, entry, context));
    }
  }
  return all;
}

/** What the first set does not have may be filled in later, by the generator's own parameters. Its selector is read as it is. */
function filledEntry(entry: Node, set: ParameterSet, { language }: GeneratorContext): Node {
  if (entry.kind !== 'mapping') return entry;
  const lenient = { ...set, unknown: [''] };
  const entries = entry.entries.map((own) =>
    own.key.text === 'selector' ? own : { ...own, value: filledTree(own.value, (text) => language.fill(text, lenient)) },
  );
  return { ...entry, entries };
}

/** Go templates let the first generator win; without them Argo CD refuses two values for one name. */
function product(set: ParameterSet, other: ParameterSet, entry: Node, { language, remarks }: GeneratorContext): ParameterSet {
  if (!language.isGo) {
    for (const [name, value] of other.values) {
      const own = set.values.get(name);
      if (own && areDifferent(own, value)) remarks.problem(`both generators of a matrix give "${name}", and not the same`, entry.origin);
    }
  }
  return combined(other, set);
}

function areDifferent(a: Node, b: Node): boolean {
  return a.kind === 'scalar' && b.kind === 'scalar' && a.text !== b.text && isResolved(a.text) && isResolved(b.text);
}
