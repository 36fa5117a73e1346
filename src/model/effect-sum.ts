import { compareText } from '../text/location.ts';
import type { Node, Origin } from '../tree/node.ts';
import type { Effect, EffectField } from './render-result.ts';
import type { Variant } from './variant.ts';

/** A value that a line set, over all builds, and by all entries that read its file. */
export interface WriteSum {
  readonly origin: Origin;
  readonly changes: number;
  /** Of a JSON patch, the path that the operation names. */
  readonly pointer?: string | undefined;
}

/** What one entry did in all builds that read it. */
export interface EffectSum {
  readonly field: EffectField;
  readonly entry: Origin;
  readonly subject: string;
  readonly targets: number;
  readonly writes: readonly WriteSum[];
  /** The objects of a strategic merge patch; its leaves have the origins of the writes. */
  readonly patch?: readonly Node[] | undefined;
  /** How many of the values that this entry set made a difference. */
  readonly changes: number;
  /** No build had a gap that could have held a target. */
  readonly closed: boolean;
  readonly nearMatch?: string | undefined;
  /** The variants whose builds read it. */
  readonly variants: readonly Variant[];
}

const placeOf = ({ file, start, end }: Origin): string => `${file.name}\u0000${start}\u0000${end}`;

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
  const changes = changesByPlace(builds.flatMap((build) => build.effects));
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
        writes: writesOf(all, changes),
        changes: all.reduce((sum, { writes }) => sum + writes.filter(({ changed }) => changed).length, 0),
        closed: all.every((effect) => effect.closed),
        patch: first.patch,
        nearMatch: all.find((effect) => effect.nearMatch)?.nearMatch,
        variants: [...variants],
      };
    });
}

/** How often the value at each place made a difference. One file may serve as the patch of many entries. */
function changesByPlace(effects: readonly Effect[]): ReadonlyMap<string, number> {
  const changes = new Map<string, number>();
  for (const { writes } of new Set(effects)) {
    for (const { origin, changed } of writes) if (changed) changes.set(placeOf(origin), (changes.get(placeOf(origin)) ?? 0) + 1);
  }
  return changes;
}

function writesOf(effects: readonly Effect[], changes: ReadonlyMap<string, number>): WriteSum[] {
  const sums = new Map<string, WriteSum>();
  for (const { origin, pointer } of effects.flatMap(({ writes }) => writes))
    sums.set(placeOf(origin), { origin, pointer, changes: changes.get(placeOf(origin)) ?? 0 });
  return [...sums.values()];
}
