import { bool, type Call, float, type GoFunction, type Host, int, text, type Value } from '../../value.ts';
import { NOW } from '../constants.ts';
import { authorsOf, textFrom } from '../go/texts.ts';
import { compile, type Family, fn, hostOf, INT, STRING } from '../signature.ts';
import { SECOND, shownDuration } from './duration.ts';
import { formatMoment, MONTHS, WEEKDAYS } from './layout.ts';
import { clockOf, type Moment, secondsOf, UTC, ZERO } from './moment.ts';

/** `time.Time`, as templates see it. */
export interface TimeHost extends Host {
  readonly moment: Moment;
}

/** `time.Duration`, in nanoseconds. */
export interface DurationHost extends Host {
  readonly nanoseconds: bigint;
}

/** An argument that is a time. */
export const TIME = hostOf('time.Time', (value): value is TimeHost => 'moment' in value);
const DURATION = hostOf('time.Duration', (value): value is DurationHost => 'nanoseconds' in value);

/** Now, wherever and whenever that is. */
export function now(call: Call): TimeHost {
  call.noteUnknown('now');
  return timeHost({ seconds: NOW, nanoseconds: 0, zone: UTC }, text('now', [call.origin]));
}

/** A moment as a value, written by whoever wrote another one. */
export function timeHost(moment: Moment, from: Value): TimeHost {
  // As JSON has it.
  const written = textFrom(formatMoment(moment, '2006-01-02T15:04:05.999999999Z07:00'), from);
  return {
    kind: 'host',
    type: 'time.Time',
    moment,
    field: () => undefined,
    method: (name) => timeMethods(moment, from).get(name),
    plain: () => written,
    shown: () => textFrom(formatMoment(moment, '2006-01-02 15:04:05.999999999 -0700 MST'), from),
  };
}

/** A month or a day of the week: a number that prints as a word. */
function named(type: string, name: string, number: number, from: Value): Host {
  const word = textFrom(name, from);
  return { kind: 'host', type, field: () => undefined, method: () => undefined, plain: () => int(number, authorsOf(from)), shown: () => word };
}

function timeMethods(moment: Moment, from: Value): ReadonlyMap<string, GoFunction> {
  const clock = clockOf(moment);
  const number = (value: number) => fn([], () => int(value, authorsOf(from)));
  const int64 = (value: bigint) => fn([], () => ({ ...int(value, authorsOf(from)), goType: 'int64' }));
  const nanoseconds = nanosecondsOf(moment);
  const order = (holds: (difference: bigint) => boolean) => fn([TIME], ([other]) => bool(holds(nanoseconds - nanosecondsOf(other.moment)), authorsOf(from)));
  return compiled({
    Format: fn([STRING], ([layout]) => textFrom(formatMoment(moment, layout.text), from)),
    String: fn([], () => textFrom(formatMoment(moment, '2006-01-02 15:04:05.999999999 -0700 MST'), from)),
    UTC: fn([], () => timeHost({ ...moment, zone: UTC }, from)),
    Local: fn([], () => timeHost({ ...moment, zone: UTC }, from)),
    Unix: int64(BigInt(moment.seconds)),
    UnixMilli: int64(nanoseconds / 1_000_000n),
    UnixMicro: int64(nanoseconds / 1000n),
    UnixNano: int64(nanoseconds),
    Year: number(clock.year),
    Day: number(clock.day),
    YearDay: number(clock.dayOfYear),
    Hour: number(clock.hour),
    Minute: number(clock.minute),
    Second: number(clock.second),
    Nanosecond: number(clock.nanosecond),
    Month: fn([], () => named('time.Month', MONTHS[clock.month - 1] ?? '', clock.month, from)),
    Weekday: fn([], () => named('time.Weekday', WEEKDAYS[clock.weekday] ?? '', clock.weekday, from)),
    IsZero: fn([], () => bool(nanoseconds === nanosecondsOf(ZERO), authorsOf(from))),
    AddDate: fn([INT, INT, INT], ([years, months, days]) => timeHost(withDate(moment, years, months, days), from)),
    Add: fn([DURATION], ([duration]) => timeHost(later(moment, duration.nanoseconds), from)),
    Sub: fn([TIME], ([other]) => durationHost(nanoseconds - nanosecondsOf(other.moment), from)),
    After: order((difference) => difference > 0n),
    Before: order((difference) => difference < 0n),
    Equal: order((difference) => difference === 0n),
  });
}

function compiled(family: Family): ReadonlyMap<string, GoFunction> {
  return new Map(Object.entries(family).map(([name, definition]) => [name, compile(name, definition)]));
}

/** Since 1970. */
export function nanosecondsOf({ seconds, nanoseconds }: Moment): bigint {
  return BigInt(seconds) * SECOND + BigInt(nanoseconds);
}

/** So much later, or earlier. */
export function later(moment: Moment, nanoseconds: bigint): Moment {
  const total = nanosecondsOf(moment) + nanoseconds;
  const rest = ((total % SECOND) + SECOND) % SECOND;
  return { ...moment, seconds: Number((total - rest) / SECOND), nanoseconds: Number(rest) };
}

function withDate(moment: Moment, years: number, months: number, days: number): Moment {
  const { year, month, day, hour, minute, second, offset } = clockOf(moment);
  return { ...moment, seconds: secondsOf(year + years, month + months, day + days, hour, minute, second) - offset };
}

/** A duration as a value. */
export function durationHost(nanoseconds: bigint, from: Value): DurationHost {
  const written = textFrom(shownDuration(nanoseconds), from);
  const inUnits = (unit: bigint) => fn([], () => float(Number(nanoseconds) / Number(unit), authorsOf(from)));
  const inWhole = (unit: bigint) => fn([], () => ({ ...int(nanoseconds / unit, authorsOf(from)), goType: 'int64' }));
  const methods = compiled({
    String: fn([], () => written),
    Hours: inUnits(3600n * SECOND),
    Minutes: inUnits(60n * SECOND),
    Seconds: inUnits(SECOND),
    Milliseconds: inWhole(1_000_000n),
    Microseconds: inWhole(1000n),
    Nanoseconds: inWhole(1n),
  });
  return {
    kind: 'host',
    type: 'time.Duration',
    nanoseconds,
    field: () => undefined,
    method: (name) => methods.get(name),
    plain: () => ({ ...int(nanoseconds, authorsOf(from)), goType: 'int64' }),
    shown: () => written,
  };
}
