const NANOSECONDS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1000n,
  µs: 1000n,
  μs: 1000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};
/** In nanoseconds. */
export const SECOND = 1_000_000_000n;
const MAX = 2n ** 63n - 1n;

const TERM = /(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)/y;

/** Nanoseconds, as Go's `time.ParseDuration` reads `1h15m30.918s`; undefined for what is no duration. */
export function parseDuration(text: string): bigint | undefined {
  const sign = /^[+-]/.exec(text)?.[0] ?? '';
  if (text.slice(sign.length) === '0') return 0n;
  let total = 0n;
  let at = sign.length;
  if (at >= text.length) return undefined;
  while (at < text.length) {
    TERM.lastIndex = at;
    const match = TERM.exec(text);
    const [, whole = '', fraction = '', unit = ''] = match ?? [];
    const size = NANOSECONDS[unit];
    if (!match || !size || whole + fraction === '') return undefined;
    total += BigInt(whole || 0) * size + (BigInt(fraction || 0) * size) / 10n ** BigInt(fraction.length);
    if (total > MAX) return undefined;
    at = TERM.lastIndex;
  }
  return sign === '-' ? -total : total;
}

/** Nanoseconds as Go prints a `time.Duration`: `26h3m4s`, `1.5ms`. */
export function shownDuration(nanoseconds: bigint): string {
  if (nanoseconds === 0n) return '0s';
  const sign = nanoseconds < 0n ? '-' : '';
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  if (size < 1000n) return `${sign}${size}ns`;
  if (size < 1_000_000n) return `${sign}${decimal(size, 3)}µs`;
  if (size < SECOND) return `${sign}${decimal(size, 6)}ms`;
  const minutes = size / (60n * SECOND);
  const seconds = `${decimal(size % (60n * SECOND), 9)}s`;
  if (minutes === 0n) return sign + seconds;
  return minutes < 60n ? `${sign}${minutes}m${seconds}` : `${sign}${minutes / 60n}h${minutes % 60n}m${seconds}`;
}

function decimal(value: bigint, places: number): string {
  const unit = 10n ** BigInt(places);
  const fraction = String(value % unit)
    .padStart(places, '0')
    .replace(/0+$/, '');
  return `${value / unit}${fraction && `.${fraction}`}`;
}

/** Go's `Duration.Round`: to the nearest multiple, halves away from zero. */
export function roundDuration(nanoseconds: bigint, unit: bigint): bigint {
  if (unit <= 0n) return nanoseconds;
  const rest = nanoseconds % unit;
  const size = rest < 0n ? -rest : rest;
  if (size * 2n < unit) return nanoseconds - rest;
  return nanoseconds - rest + (nanoseconds < 0n ? -unit : unit);
}
