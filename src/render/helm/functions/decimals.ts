/** A decimal number without loss: `digits` times ten to the `exponent`. What shopspring's decimals are, as far as Sprig needs them. */
export interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

/** A quotient has this many places. */
const PLACES = 16;

/** The shortest decimal that reads as the float, which is finite. */
export function decimalOf(value: number): Decimal {
  const [mantissa = '0', power = '0'] = value.toExponential().split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), exponent: Number(power) - fraction.length };
}

/** The float next to a decimal. */
export function floatOf({ digits, exponent }: Decimal): number {
  return Number(`${digits}e${exponent}`);
}

/** Exact, as all sums and products are. */
export function sum(a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent);
  return { digits: scaled(a, exponent) + scaled(b, exponent), exponent };
}

/** The same number with the other sign. */
export function negated({ digits, exponent }: Decimal): Decimal {
  return { digits: -digits, exponent };
}

/** Exact, too. */
export function product(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, exponent: a.exponent + b.exponent };
}

/** Rounded half away from zero. Undefined for a division by zero. */
export function quotient(a: Decimal, b: Decimal): Decimal | undefined {
  if (b.digits === 0n) return undefined;
  const shift = a.exponent - b.exponent + PLACES;
  const top = shift >= 0 ? a.digits * 10n ** BigInt(shift) : a.digits;
  const bottom = shift >= 0 ? b.digits : b.digits * 10n ** BigInt(-shift);
  const [size, rest] = [top / bottom, top % bottom];
  const isUp = absolute(rest) * 2n >= absolute(bottom);
  const step = top < 0n === bottom < 0n ? 1n : -1n;
  return { digits: isUp ? size + step : size, exponent: -PLACES };
}

function scaled({ digits, exponent }: Decimal, to: number): bigint {
  return digits * 10n ** BigInt(exponent - to);
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}
