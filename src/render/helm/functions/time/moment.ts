/** A point in time, and where it is looked at from: Go's `time.Time`. */
export interface Moment {
  /** Since 1970, in UTC. */
  readonly seconds: number;
  readonly nanoseconds: number;
  readonly zone: Zone;
}

/** A time zone: of a place, or so many seconds east of Greenwich. */
export interface Zone {
  readonly name: string;
  readonly offset?: number | undefined;
}

/** What Go calls the zone of Greenwich. */
export const UTC: Zone = { name: 'UTC', offset: 0 };

/** Go's time before all others, in the year 1. */
export const ZERO: Moment = { seconds: -62_135_596_800, nanoseconds: 0, zone: UTC };

/** What clocks and calendars show at a moment. */
export interface Clock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly dayOfYear: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly nanosecond: number;
  /** Seconds east of Greenwich. */
  readonly offset: number;
  /** What the zone is called then: `CET`. */
  readonly zone: string;
}

/** What is to be seen at a moment in its zone. */
export function clockOf({ seconds, nanoseconds, zone }: Moment): Clock {
  const { offset, name } = zoneAt(seconds, zone);
  const date = new Date((seconds + offset) * 1000);
  const year = date.getUTCFullYear();
  const start = secondsOf(year, 1, 1);
  return {
    year,
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
    dayOfYear: Math.floor((seconds + offset - start) / 86_400) + 1,
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    nanosecond: nanoseconds,
    offset,
    zone: name,
  };
}

/** The seconds since 1970 of a time in UTC; what is too big goes over into the next unit, as with Go's `time.Date`. */
export function secondsOf(year: number, month: number, day: number, hour = 0, minute = 0, second = 0): number {
  // Years below 100 are taken for those of the last century, but not when set one by one.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, 0);
  return date.getTime() / 1000;
}

/** A zone by its name in the database of zones; undefined for one that it does not have. */
export function zoneOf(name: string): Zone | undefined {
  // The machine's own zone is no matter of the repository.
  if (name === '' || name === 'UTC' || name === 'Local') return UTC;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return { name };
  } catch {
    return undefined;
  }
}

function zoneAt(seconds: number, { name, offset }: Zone): { readonly offset: number; readonly name: string } {
  if (offset !== undefined) return { offset, name };
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    timeZoneName: 'short',
  }).formatToParts(seconds * 1000);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  const [year = 0, month = 1, day = 1, hour, minute, second] = ['year', 'month', 'day', 'hour', 'minute', 'second'].map((type) => Number(part(type)));
  const found = secondsOf(year, month, day, hour, minute, second) - seconds;
  const short = part('timeZoneName');
  return { offset: found, name: /^(?:GMT|UTC)[+-]/.test(short) ? shownOffset(found, '') : short };
}

/** `+0130`; with a colon as mark `+01:30`. */
export function shownOffset(offset: number, mark: string, parts: 1 | 2 | 3 = 2): string {
  const size = Math.abs(offset);
  const units = [size / 3600, (size % 3600) / 60, size % 60].slice(0, parts).map((unit) => String(Math.floor(unit)).padStart(2, '0'));
  return `${offset < 0 ? '-' : '+'}${units.join(mark)}`;
}
