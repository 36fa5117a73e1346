import type { App, Variant } from '../model/variant.ts';

/** The variants of an app that a name on the command line means: those of an environment, or one of them by the end of its id. */
export function variantsNamed(name: string, { variants }: App): readonly Variant[] {
  const exact = variants.filter(({ environment }) => environment.name === name && name !== '');
  return exact.length > 0 ? exact : variants.filter(({ id }) => id.includes('@') && id.slice(id.indexOf('@') + 1) === name);
}

/** Variants that are held side by side, and those that nothing tells with what. */
export interface Pairs {
  readonly pairs: readonly (readonly [Variant, Variant])[];
  readonly alone: readonly Variant[];
}

/** Of several variants on both sides those with equal labels go together, such as those of one region; one goes with all. */
export function pairsOf(ours: readonly Variant[], theirs: readonly Variant[]): Pairs {
  const [one] = ours;
  const [other] = theirs;
  if (!one || !other) return { pairs: [], alone: [] };
  if (ours.length === 1) return { pairs: theirs.map((variant) => [one, variant]), alone: [] };
  if (theirs.length === 1) return { pairs: ours.map((variant) => [variant, other]), alone: [] };
  const left = new Set(theirs);
  const pairs: [Variant, Variant][] = [];
  const alone: Variant[] = [];
  for (const variant of ours) {
    const twin = [...left].find((candidate) => labelsOf(candidate) === labelsOf(variant));
    if (twin) {
      left.delete(twin);
      pairs.push([variant, twin]);
    } else alone.push(variant);
  }
  // Where no two go together, the first ones stand for all.
  if (pairs.length === 0) return { pairs: [[one, other]], alone: [...alone, ...left].filter((variant) => variant !== one && variant !== other) };
  return { pairs, alone: [...alone, ...left] };
}

function labelsOf({ labels }: Variant): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}
