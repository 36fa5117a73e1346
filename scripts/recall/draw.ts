import { randomFrom } from '../provenance/random.ts';

/** Draws the same things again for the same seed. */
export interface Draw {
  /** One of the items; there has to be one. */
  one<Item>(items: readonly Item[]): Item;
  /** Whether something of this likelihood, from 0 to 1, is the case. */
  chance(likelihood: number): boolean;
  /** So many of the items, in their own order. */
  some<Item>(items: readonly Item[], count: number): Item[];
  /** A whole number, both ends included. */
  between(least: number, most: number): number;
}

/** What a seed and the name of what is drawn for give; cases do not shift when others are added. */
export function drawFor(seed: number, name: string): Draw {
  const random = randomFrom([...name].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) | 0, seed));
  const between = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  return {
    one: (items) => items[between(0, items.length - 1)] as (typeof items)[number],
    chance: (likelihood) => random() < likelihood,
    some: (items, count) => {
      const order = items.map((item, index) => ({ item, index, at: random() })).sort((a, b) => a.at - b.at);
      return order
        .slice(0, count)
        .sort((a, b) => a.index - b.index)
        .map(({ item }) => item);
    },
    between,
  };
}
