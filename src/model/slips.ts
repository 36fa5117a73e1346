import { isSlip } from '../text/slip.ts';
import type { Variant } from './variant.ts';

/** A name that some variants have, and of those that lack it the ones of which it is expected; see `lacking`. */
export interface Holding {
  readonly name: string;
  readonly having: readonly Variant[];
  readonly lacking: readonly Variant[];
}

/** A name with a slip of the pen, in the place of one that others have. */
export interface Slip {
  readonly written: string;
  readonly meant: string;
  /** Who has it with the slip. */
  readonly variants: readonly Variant[];
  /** Who has the name that was meant. */
  readonly having: readonly Variant[];
}

/**
 * The names that stand with a slip where others have them right. A name that is lacking is looked for among those that
 * its holders lack and nobody has beside it, as no more variants have the slip than the name itself.
 */
export function slipsAmong(holdings: readonly Holding[]): readonly Slip[] {
  const slips: Slip[] = [];
  for (const { name, having, lacking } of holdings) {
    if (lacking.length === 0) continue;
    for (const other of holdings) {
      if (other.having.length > having.length || !isSlip(other.name, name) || other.having.some((variant) => having.includes(variant))) continue;
      const variants = lacking.filter((variant) => other.having.includes(variant));
      const isTold = slips.some(({ written, meant }) => written === name && meant === other.name);
      if (variants.length > 0 && !isTold) slips.push({ written: other.name, meant: name, variants, having });
    }
  }
  return slips;
}

/** What is lacking besides: a name with a slip is nobody else's to have, and who has it does not lack the right one. */
export function withoutSlips<H extends Holding>(holdings: readonly H[], slips: readonly Slip[]): readonly H[] {
  return holdings
    .filter(({ name }) => slips.every(({ written }) => written !== name))
    .map((holding) => {
      const spoken = slips.filter(({ meant }) => meant === holding.name).flatMap(({ variants }) => variants);
      return spoken.length === 0 ? holding : { ...holding, lacking: holding.lacking.filter((variant) => !spoken.includes(variant)) };
    });
}
