import { compareText } from '../text/location.ts';
import type { Origin } from '../tree/node.ts';
import type { Effect, EffectField } from './render-result.ts';
import type { Variant } from './variant.ts';

/** A value that a line set, over all builds. */
export interface WriteSum {
  readonly origin: Origin;
  /** In how many builds it was set, and in how many that made a difference. */
  readonly writes: number;
  readonly changes: number;
}

/** What one entry did in all builds that read it. */
export interface EffectSum {
  readonly field: EffectField;
  readonly entry: Origin;
  readonly subject: string;
  readonly targets: number;
  readonly writes: readonly WriteSum[];
  /** No build had a gap that could have held a target. */
  readonly closed: boolean;
  readonly nearMatch?: string | undefined;
  /** The variants whose builds read it. */
  readonly variants: readonly Variant[];
}

const placeOf = ({ file, start, end }: Origin): string => `${file.path}\u0000${start}\u0000${end}`;

/** Adds up effects over builds, by the place of their entry. Sorted by that place. */
export function sumEffects(builds: readonly { readonly effects: readonly Effect[]; readonly variant: Variant }[]): EffectSum[] {
  const sums = new Map<string, { effects: Set<Effect>; variants: Set<Variant> }>();
  for (const { effects, variant } of builds) {
    for (const effect of effects) {
      const place = placeOf(effect.entry);
      const sum = sums.get(place) ?? { effects: new Set(), variants: new Set() };
      sums.set(place, sum);
      // A base is built once for all its overlays: its effects are the same objects each time.
      sum.effects.add(effect);
      sum.variants.add(variant);
    }
  }
  return [...sums]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([, { effects, variants }]) => {
      const all = [...effects];
      const [first] = all;
      if (!first) return [];
      return {
        field: first.field,
        entry: first.entry,
        subject: first.subject,
        targets: all.reduce((sum, effect) => sum + effect.targets, 0),
        writes: sumWrites(all),
        closed: all.every((effect) => effect.closed),
        nearMatch: all.find((effect) => effect.nearMatch)?.nearMatch,
        variants: [...variants],
      };
    });
}

function sumWrites(effects: readonly Effect[]): WriteSum[] {
  const sums = new Map<string, { origin: Origin; writes: number; changes: number }>();
  for (const { writes } of effects) {
    for (const { origin, changed } of writes) {
      const place = placeOf(origin);
      const sum = sums.get(place) ?? { origin, writes: 0, changes: 0 };
      sums.set(place, sum);
      sum.writes += 1;
      if (changed) sum.changes += 1;
    }
  }
  return [...sums.values()];
}
