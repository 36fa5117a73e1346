import { type Call, float, int, TemplateFailure, type Text, type Value } from '../value.ts';
import { parseFloat64, parseInt64 } from './casts.ts';
import { NOW } from './constants.ts';
import { authorsOf, textFrom } from './go/texts.ts';
import { ANY, type Definition, type Family, fn, STRING } from './signature.ts';
import { trimSpace } from './strings.ts';
import { parseDuration, roundDuration, SECOND, shownDuration } from './time/duration.ts';
import { durationHost, later, nanosecondsOf, now, TIME, timeHost } from './time/hosts.ts';
import { formatMoment } from './time/layout.ts';
import { type Moment, UTC, ZERO, zoneOf } from './time/moment.ts';
import { parseMoment } from './time/parse.ts';

/** Times and whole numbers of seconds are moments; for everything else Sprig takes the present one. */
function momentOf(value: Value, call: Call): Moment {
  const time = TIME.read(value);
  if (time) return time.moment;
  if (value.kind === 'int') return { seconds: Number(value.value), nanoseconds: 0, zone: UTC };
  return now(call).moment;
}

function formatted(layout: Text, date: Value, zone: Text | undefined, call: Call): Value {
  const moment = { ...momentOf(date, call), zone: zoneOf(zone?.text ?? 'UTC') ?? UTC };
  return textFrom(formatMoment(moment, layout.text), layout, date);
}

const HTML: Text = textFrom('2006-01-02');
const DATE_IN_ZONE = fn([STRING, ANY, STRING], ([layout, date, zone], call) => formatted(layout, date, zone, call));

function modifying(isStrict: boolean): Definition {
  return fn([STRING, TIME], ([source, date]) => {
    const duration = parseDuration(source.text);
    if (duration !== undefined) return timeHost(later(date.moment, duration), textFrom(source.text, source, date.plain()));
    if (isStrict) throw new TemplateFailure(`time: invalid duration "${source.text}"`);
    return date;
  });
}

function reading(isStrict: boolean): Definition {
  return fn([STRING, STRING], ([layout, source]) => {
    const moment = parseMoment(source.text, layout.text);
    if (!moment && isStrict) throw new TemplateFailure(`parsing time "${source.text}" as "${layout.text}": cannot parse`);
    return timeHost(moment ?? ZERO, source);
  });
}

function ago(date: Value, call: Call): Value {
  call.noteUnknown('ago');
  const passed = BigInt(NOW) * SECOND - nanosecondsOf(momentOf(date, call));
  return textFrom(shownDuration(roundDuration(passed, SECOND)), date);
}

/** Seconds as a duration; only texts and int64s count. */
function duration(value: Value): Value {
  const seconds = value.kind === 'string' ? parseInt64(value.text, 10) : value.kind === 'int' && value.goType === 'int64' ? value.value : undefined;
  return textFrom(shownDuration(BigInt.asIntN(64, (seconds ?? 0n) * SECOND)), value);
}

const UNITS: readonly (readonly [string, bigint])[] = [
  ['y', 31_536_000n * SECOND],
  ['mo', 2_592_000n * SECOND],
  ['d', 86_400n * SECOND],
  ['h', 3600n * SECOND],
  ['m', 60n * SECOND],
  ['s', SECOND],
];

/** A duration in its biggest unit. */
function durationRound(value: Value, call: Call): Value {
  const time = TIME.read(value);
  let nanoseconds = 0n;
  if (time) nanoseconds = BigInt(NOW) * SECOND - nanosecondsOf(time.moment);
  else if (value.kind === 'string') nanoseconds = parseDuration(value.text) ?? 0n;
  else if (value.kind === 'int' && value.goType === 'int64') nanoseconds = value.value;
  if (time) call.noteUnknown('durationRound');
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  const [unit, length] = UNITS.find(([, one]) => size > one) ?? ['s', SECOND];
  return textFrom(`${size > SECOND ? size / length : 0n}${unit}`, value);
}

/** Helm 4's reading of durations: as Go writes them, or numbers of seconds. */
function asDuration(value: Value): bigint | undefined {
  if (value.kind === 'host' && 'nanoseconds' in value && typeof value.nanoseconds === 'bigint') return value.nanoseconds;
  if (value.kind === 'int') return value.value * SECOND;
  if (value.kind === 'float') return ofSeconds(value.value);
  if (value.kind !== 'string') return undefined;
  const { text } = trimSpace(value);
  const seconds = parseDuration(text) ?? parseFloat64(text);
  return typeof seconds === 'number' ? ofSeconds(seconds) : seconds;
}

function ofSeconds(seconds: number): bigint | undefined {
  const nanoseconds = Math.trunc(seconds * 1e9);
  return Math.abs(nanoseconds) <= 2 ** 63 ? BigInt(nanoseconds) : undefined;
}

function inUnits(unit: bigint): Definition {
  return fn([ANY], ([value]) => float(Number(asDuration(value) ?? 0n) / Number(unit), authorsOf(value)));
}

function inWhole(unit: bigint): Definition {
  return fn([ANY], ([value]) => ({ ...int((asDuration(value) ?? 0n) / unit, authorsOf(value)), goType: 'int64' }));
}

function toUnit(change: (nanoseconds: bigint, unit: bigint) => bigint): Definition {
  return fn([ANY, ANY], ([value, unit]) => {
    const nanoseconds = asDuration(value);
    const size = asDuration(unit);
    if (nanoseconds === undefined || size === undefined || size <= 0n) return durationHost(nanoseconds ?? 0n, value);
    return durationHost(change(nanoseconds, size), value);
  });
}

/** Sprig's date.go, and the durations of Helm 4. The clock stands still, and charts that ask it are told of. */
export const DATES: Family = {
  now: fn([], (_, call) => now(call)),
  date: fn([STRING, ANY], ([layout, date], call) => formatted(layout, date, undefined, call)),
  dateInZone: DATE_IN_ZONE,
  date_in_zone: DATE_IN_ZONE,
  htmlDate: fn([ANY], ([date], call) => formatted(HTML, date, undefined, call)),
  htmlDateInZone: fn([ANY, STRING], ([date, zone], call) => formatted(HTML, date, zone, call)),
  dateModify: modifying(false),
  date_modify: modifying(false),
  mustDateModify: modifying(true),
  must_date_modify: modifying(true),
  toDate: reading(false),
  mustToDate: reading(true),
  unixEpoch: fn([TIME], ([date]) => textFrom(String(date.moment.seconds), date.plain())),
  ago: fn([ANY], ([date], call) => ago(date, call)),
  duration: fn([ANY], ([value]) => duration(value)),
  durationRound: fn([ANY], ([value], call) => durationRound(value, call)),
  mustToDuration: fn([ANY], ([value]) => {
    const nanoseconds = asDuration(value);
    if (nanoseconds === undefined) throw new TemplateFailure('could not parse duration');
    return durationHost(nanoseconds, value);
  }),
  durationSeconds: inUnits(SECOND),
  durationMinutes: inUnits(60n * SECOND),
  durationHours: inUnits(3600n * SECOND),
  durationDays: inUnits(86_400n * SECOND),
  durationWeeks: inUnits(604_800n * SECOND),
  durationMilliseconds: inWhole(1_000_000n),
  durationMicroseconds: inWhole(1000n),
  durationNanoseconds: inWhole(1n),
  durationRoundTo: toUnit(roundDuration),
  durationTruncateTo: toUnit((nanoseconds, unit) => nanoseconds - (nanoseconds % unit)),
};
