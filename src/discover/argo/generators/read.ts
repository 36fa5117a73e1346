import { childOf, type Mapping, type Node } from '../../../tree/node.ts';
import { flatParameters, lookUp, type ParameterSet } from '../parameters.ts';
import { selects } from '../selector.ts';
import { clusters } from './clusters.ts';
import { elsewhere, pullRequest } from './elsewhere.ts';
import { type Generator, type GeneratorContext, MAX_SETS } from './generator.ts';
import { git } from './git.ts';
import { list } from './list.ts';
import { matrix } from './matrix.ts';
import { merge } from './merge.ts';

const GENERATORS: ReadonlyMap<string, Generator> = new Map([
  ['list', list],
  ['git', git],
  ['matrix', matrix],
  ['merge', merge],
  ['clusters', clusters],
  ['pullRequest', pullRequest],
  ['scmProvider', elsewhere('the repositories of a provider')],
  ['clusterDecisionResource', elsewhere('a decision of the cluster')],
  ['plugin', elsewhere('a plugin')],
]);

/** Matrices and merges within one another. */
const MAX_DEPTH = 3;

/** What one generator gives. */
export interface Generated {
  readonly sets: readonly ParameterSet[];
  /** What the generator says otherwise than the template of the whole set. */
  readonly template: Node | undefined;
}

/** Reads an entry of `generators`: most have one generator, and may have a selector of what it gives. */
export function generated(entry: Node, context: Omit<GeneratorContext, 'nested'>): Generated[] {
  return generatedAt(entry, context, 1);
}

function generatedAt(entry: Node, context: Omit<GeneratorContext, 'nested'>, depth: number): Generated[] {
  if (entry.kind !== 'mapping') {
    context.remarks.problem('a generator is no mapping', entry.origin);
    return [];
  }
  const inner: GeneratorContext = { ...context, nested: (child) => nestedSets(child, context, depth + 1) };
  const selector = childOf(entry, 'selector');
  const own = entry.entries.filter(({ key }) => key.text !== 'selector');
  return own.map(({ key, value }) => {
    const sets = setsOf(key.text, value, inner, depth).slice(0, MAX_SETS + 1);
    return { sets: selector ? sets.filter((set) => isSelected(set, selector)) : sets, template: childOf(value, 'template') };
  });
}

function setsOf(name: string, spec: Node, context: GeneratorContext, depth: number): readonly ParameterSet[] {
  const { remarks } = context;
  if (spec.kind !== 'mapping') {
    remarks.problem(`the generator "${name}" has no settings, and makes nothing`, spec.origin);
    return [];
  }
  if (depth > MAX_DEPTH && (name === 'matrix' || name === 'merge')) {
    remarks.gap(`generators are nested more than ${MAX_DEPTH} deep`, spec.origin);
    return [];
  }
  const read = GENERATORS.get(name) ?? elsewhere(`the generator "${name}"`);
  return read(spec satisfies Mapping, context);
}

/** The generators that a matrix or merge combines: each entry has one. */
function nestedSets(entry: Node, context: Omit<GeneratorContext, 'nested'>, depth: number): readonly ParameterSet[] {
  const [first, second] = generatedAt(entry, context, depth);
  if (second) context.remarks.problem('an entry of a combined generator has more than one generator', entry.origin);
  return first?.sets ?? [];
}

/** What cannot be decided is kept. */
function isSelected(set: ParameterSet, selector: Node): boolean {
  const flat = flatParameters(set.values);
  return selects(selector, (name) => flat.get(name) ?? (lookUp(set, [name]) === 'unknown' ? 'unknown' : undefined)) !== false;
}
