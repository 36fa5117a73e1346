import { itemsOf, type Mapping } from '../../../tree/node.ts';
import { isResolved } from '../fill.ts';
import { goText } from '../go-text.ts';
import { combined, lookUp, type ParameterSet } from '../parameters.ts';
import { type Generator, type GeneratorContext, MAX_SETS } from './generator.ts';

/**
 * The sets of the first generator, with what the others say of those with the same keys. Where the keys of a set are
 * known to a cluster only, what the others say of a certain one is a set of its own: there may be such a cluster.
 */
export const merge: Generator = (spec, context) => {
  const keys = itemsOf(spec, 'mergeKeys').flatMap((key) => (key.kind === 'scalar' ? [key.text] : []));
  const entries = itemsOf(spec, 'generators');
  if (entries.length < 2) context.remarks.problem('a merge combines two generators or more, and has fewer', spec.origin);
  else if (keys.length === 0) context.remarks.problem('a merge has no "mergeKeys"', spec.origin);
  const [base = [], ...others] = entries.length < 2 || keys.length === 0 ? [] : entries.map((entry) => keyed(context.nested(entry), keys));
  for (const sets of [base, ...others]) tellOfTwins(sets, spec, context);
  return others.reduce(overridden, base).map(({ set }) => set);
};

/** A set with the values of its merge keys. */
interface Keyed {
  readonly set: ParameterSet;
  /** `undefined` where only others know the value, `null` where there is none. */
  readonly keys: readonly (string | undefined | null)[];
}

function keyed(sets: readonly ParameterSet[], names: readonly string[]): readonly Keyed[] {
  return sets.map((set) => ({ set, keys: names.map((name) => keyOf(set, name)) }));
}

function keyOf(set: ParameterSet, name: string): string | undefined | null {
  const deep = lookUp(set, name.split('.'));
  const value = set.values.get(name) ?? deep;
  if (value === 'unknown') return undefined;
  if (value === undefined) return null;
  const text = goText(value);
  return isResolved(text) ? text : undefined;
}

function overridden(base: readonly Keyed[], overrides: readonly Keyed[]): readonly Keyed[] {
  const certain = new Map(overrides.flatMap((other) => (idOf(other) === undefined ? [] : [[idOf(other), other] as const])));
  const uncertain = overrides.filter((other) => idOf(other) === undefined);
  // Of whom there is a set already, the open ones do not speak.
  const settled = new Set(base.map(idOf));
  const result: Keyed[] = [];
  for (const own of base) {
    const id = idOf(own);
    const same = id === undefined ? undefined : certain.get(id);
    const now = same ? laidOver(own, same, true) : own;
    result.push(now);
    const others = id === undefined ? overrides.filter((other) => idOf(other) === undefined || !settled.has(idOf(other))) : uncertain;
    for (const other of others) {
      if (result.length > MAX_SETS) return result;
      if (mayBeSame(now, other)) result.push(laidOver(now, other, false));
    }
  }
  return result;
}

/** The keys in one; undefined where one of them is not known. */
function idOf({ keys }: Keyed): string | undefined {
  return keys.includes(undefined) ? undefined : JSON.stringify(keys);
}

/** A key that is not set is not that of a cluster, whichever. */
function mayBeSame(a: Keyed, b: Keyed): boolean {
  return a.keys.every((key, index) => {
    const other = b.keys[index];
    if (key === undefined || other === undefined) return key !== null && other !== null;
    return key === other;
  });
}

function laidOver(own: Keyed, other: Keyed, isCertain: boolean): Keyed {
  const set = combined(own.set, other.set);
  const isOpen = own.set.isOpen && other.set.isOpen;
  return {
    set: { ...set, isOpen, isConditional: set.isConditional || !(isCertain || isOpen) },
    keys: own.keys.map((key, index) => (key === undefined ? other.keys[index] : key)),
  };
}

function tellOfTwins(sets: readonly Keyed[], spec: Mapping, { remarks }: GeneratorContext): void {
  const seen = new Set<string>();
  for (const one of sets) {
    const id = idOf(one);
    if (id === undefined) continue;
    if (seen.has(id)) remarks.problem(`two sets of one generator have the same merge keys: ${one.keys.map((key) => `"${key ?? ''}"`).join(', ')}`, spec.origin);
    seen.add(id);
  }
}
