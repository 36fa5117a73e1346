/** The digits of a number: `0.digits × 10^point`. */
interface Decimal {
  readonly digits: string;
  readonly point: number;
}

/**
 * A float as Go's `strconv.FormatFloat` writes it. Without a precision: as many digits as tell it from its neighbours.
 * Go rounds halves to even, which JavaScript's own formats do not.
 */
export function formatFloat(value: number, format: 'e' | 'f' | 'g' | 'b' | 'x', precision?: number): string {
  if (Number.isNaN(value)) return 'NaN';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const size = Math.abs(value);
  if (size === Number.POSITIVE_INFINITY) return sign === '' ? '+Inf' : '-Inf';
  return sign + formatSize(size, format, precision);
}

function formatSize(size: number, format: 'e' | 'f' | 'g' | 'b' | 'x', precision: number | undefined): string {
  if (format === 'b') return binary(size);
  if (format === 'x') return hexadecimal(size, precision);
  if (precision === undefined) return formatShortest(shortest(size), format);
  const exact = exactly(size);
  switch (format) {
    case 'e':
      return exponential(rounded(exact, precision + 1), precision);
    case 'f':
      return positional(rounded(exact, exact.point + precision), precision);
    case 'g': {
      const wanted = precision === 0 ? 1 : precision;
      const decimal = trimmed(rounded(exact, wanted));
      const threshold = wanted > decimal.digits.length && decimal.digits.length >= decimal.point ? decimal.digits.length : wanted;
      return general(decimal, threshold);
    }
  }
}

function formatShortest(decimal: Decimal, format: 'e' | 'f' | 'g'): string {
  const { digits, point } = decimal;
  if (format === 'e') return exponential(decimal, Math.max(digits.length - 1, 0));
  if (format === 'f') return positional(decimal, Math.max(digits.length - point, 0));
  // So it is that 1000000 is printed as 1e+06.
  return general(decimal, 6);
}

/** With an exponent where the number is very small, or has more than `threshold` digits before the point. */
function general(decimal: Decimal, threshold: number): string {
  const exponent = decimal.point - 1;
  if (exponent < -4 || exponent >= threshold) return exponential(decimal, decimal.digits.length - 1);
  return positional(decimal, Math.max(decimal.digits.length - decimal.point, 0));
}

function exponential({ digits, point }: Decimal, precision: number): string {
  const all = digits.padEnd(precision + 1, '0');
  const isZero = /^0*$/.test(all);
  const exponent = isZero ? 0 : point - 1;
  const fraction = precision > 0 ? `.${all.slice(1, precision + 1)}` : '';
  return `${all.charAt(0)}${fraction}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

function positional({ digits, point }: Decimal, precision: number): string {
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0';
  if (precision === 0) return whole;
  const fraction = point > 0 ? digits.slice(point) : '0'.repeat(-point) + digits;
  return `${whole}.${fraction.slice(0, precision).padEnd(precision, '0')}`;
}

function shortest(size: number): Decimal {
  if (size === 0) return { digits: '0', point: 1 };
  const [mantissa = '', exponent] = size.toExponential().split('e');
  return { digits: mantissa.replace('.', ''), point: Number(exponent) + 1 };
}

/** A float is a whole number times a power of two, and so has finitely many decimal digits. */
function exactly(size: number): Decimal {
  if (size === 0) return { digits: '', point: 0 };
  const { mantissa, exponent } = partsOf(size);
  if (exponent >= 0) {
    const digits = String(mantissa << BigInt(exponent));
    return { digits, point: digits.length };
  }
  const digits = String(mantissa * 5n ** BigInt(-exponent));
  return { digits, point: digits.length + exponent };
}

/** The first `count` digits; a half goes to the even neighbour. */
function rounded({ digits, point }: Decimal, count: number): Decimal {
  if (count >= digits.length) return { digits, point };
  if (count < 0) return { digits: '', point: 0 };
  const kept = digits.slice(0, count);
  const rest = digits.slice(count);
  const isHalf = /^50*$/.test(rest);
  const isUp = isHalf ? Number(kept.at(-1) ?? '0') % 2 === 1 : rest.charAt(0) >= '5';
  if (!isUp) return { digits: kept, point: kept === '' ? 0 : point };
  const up = String(BigInt(kept === '' ? '0' : kept) + 1n).padStart(count, '0');
  return { digits: up, point: point + up.length - count };
}

function trimmed({ digits, point }: Decimal): Decimal {
  const kept = digits.replace(/0+$/, '');
  return kept === '' ? { digits: '0', point: 1 } : { digits: kept, point };
}

function partsOf(size: number): { readonly mantissa: bigint; readonly exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, size);
  const bits = view.getBigUint64(0);
  const exponent = Number(bits >> 52n);
  const fraction = bits & (2n ** 52n - 1n);
  return exponent === 0 ? { mantissa: fraction, exponent: -1074 } : { mantissa: fraction | (1n << 52n), exponent: exponent - 1075 };
}

function binary(size: number): string {
  const { mantissa, exponent } = partsOf(size);
  return `${mantissa}p${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`;
}

function hexadecimal(size: number, precision: number | undefined): string {
  let { mantissa, exponent } = partsOf(size);
  if (mantissa === 0n) return `0x0${precision ? `.${'0'.repeat(precision)}` : ''}p+00`;
  while (mantissa < 1n << 52n) {
    mantissa <<= 1n;
    exponent -= 1;
  }
  if (precision !== undefined && precision < 13) {
    const dropped = BigInt(4 * (13 - precision));
    const [half, rest] = [1n << (dropped - 1n), mantissa & ((1n << dropped) - 1n)];
    mantissa >>= dropped;
    if (rest > half || (rest === half && (mantissa & 1n) === 1n)) mantissa += 1n;
    mantissa <<= dropped;
    if (mantissa >= 1n << 53n) {
      mantissa >>= 1n;
      exponent += 1;
    }
  }
  const digits = (mantissa & (2n ** 52n - 1n)).toString(16).padStart(13, '0');
  const fraction = precision === undefined ? digits.replace(/0+$/, '') : digits.slice(0, precision).padEnd(precision, '0');
  const power = exponent + 52;
  return `0x1${fraction === '' ? '' : `.${fraction}`}p${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
