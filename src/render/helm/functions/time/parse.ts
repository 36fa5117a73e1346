import { elementsOf, MONTHS, WEEKDAYS } from './layout.ts';
import { type Moment, secondsOf, UTC, type Zone } from './moment.ts';

const name = (names: readonly string[], length?: number): string => `(${names.map((one) => one.slice(0, length)).join('|')})`;

/** What each element of a layout reads. */
const PATTERNS: Readonly<Record<string, string>> = {
  January: name(MONTHS),
  Jan: name(MONTHS, 3),
  Monday: name(WEEKDAYS),
  Mon: name(WEEKDAYS, 3),
  MST: '([A-Z]{3,5}|[+-]\\d\\d)',
  '2006': '(\\d{4})',
  '06': '(\\d\\d)',
  '01': '(\\d\\d)',
  '1': '(\\d\\d?)',
  '02': '(\\d\\d)',
  _2: ' ?(\\d\\d?)',
  '2': '(\\d\\d?)',
  '002': '(\\d{3})',
  __2: ' {0,2}(\\d{1,3})',
  '15': '(\\d\\d?)',
  '03': '(\\d\\d)',
  '3': '(\\d\\d?)',
  '04': '(\\d\\d)',
  '4': '(\\d\\d?)',
  // A fraction may follow though the layout has none.
  '05': '(\\d\\d(?:[.,]\\d+)?)',
  '5': '(\\d\\d?(?:[.,]\\d+)?)',
  PM: '(AM|PM)',
  pm: '(am|pm)',
};

function patternOf(element: string, before: string | undefined): string {
  const known = PATTERNS[element];
  if (known) return before !== undefined && /^[.,]/.test(before) ? known.replace('(?:[.,]\\d+)?', '') : known;
  if (/^[.,]0/.test(element)) return `([.,]\\d{${element.length - 1}})`;
  if (/^[.,]/.test(element)) return '((?:[.,]\\d+)?)';
  const digits = element.replaceAll(/\D/g, '').length / 2;
  const offset = `[+-]${Array.from({ length: digits }, () => '\\d\\d').join(element.includes(':') ? ':' : '')}`;
  return element.startsWith('Z') ? `(Z|${offset})` : `(${offset})`;
}

/** A moment as Go's `time.Parse` reads it; undefined for what the layout does not fit, and for days that are none. */
export function parseMoment(text: string, layout: string): Moment | undefined {
  const parts = elementsOf(layout);
  const elements = parts.filter((_, index) => index % 2 === 1);
  const source = parts.map((part, index) => (index % 2 === 0 ? part.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&') : patternOf(part, parts[index + 2]))).join('');
  const match = new RegExp(`^${source}$`).exec(text);
  if (!match) return undefined;
  const values = new Map(elements.map((element, index) => [element, match[index + 1] ?? ''] as const));
  return momentOf(values);
}

function momentOf(values: ReadonlyMap<string, string>): Moment | undefined {
  const first = (...elements: readonly string[]): string | undefined => elements.map((element) => values.get(element)).find((value) => value !== undefined);
  const number = (...elements: readonly string[]): number | undefined => {
    const value = first(...elements);
    return value === undefined ? undefined : Math.floor(Number(value.replace(',', '.')));
  };
  const month = monthOf(first('January', 'Jan')) ?? number('01', '1') ?? 1;
  const [year, dayOfYear] = [yearOf(values), number('002', '__2')];
  const [day, minute, second] = [number('02', '_2', '2') ?? 1, number('04', '4') ?? 0, number('05', '5') ?? 0];
  const hour = hourOf(number('15'), number('03', '3'), first('PM', 'pm'));
  const days = month < 1 || month > 12 ? 0 : new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  if (day < 1 || day > days || hour === undefined || minute > 59 || second > 59) return undefined;
  const zone = zoneOf(values);
  const start = dayOfYear === undefined ? secondsOf(year, month, day) : secondsOf(year, 1, dayOfYear);
  return { seconds: start + hour * 3600 + minute * 60 + second - (zone.offset ?? 0), nanoseconds: nanosecondsOf(values), zone };
}

function monthOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : MONTHS.findIndex((month) => month.startsWith(text)) + 1;
}

function yearOf(values: ReadonlyMap<string, string>): number {
  const long = values.get('2006');
  if (long !== undefined) return Number(long);
  const short = values.get('06');
  return short === undefined ? 0 : Number(short) + (Number(short) >= 69 ? 1900 : 2000);
}

function hourOf(full: number | undefined, half: number | undefined, noon: string | undefined): number | undefined {
  if (full !== undefined) return full > 23 ? undefined : full;
  if (half === undefined) return 0;
  if (half > 12) return undefined;
  if (noon?.toLowerCase() === 'pm' && half < 12) return half + 12;
  return noon?.toLowerCase() === 'am' && half === 12 ? 0 : half;
}

function nanosecondsOf(values: ReadonlyMap<string, string>): number {
  for (const [element, value] of values) {
    const digits = /^(?:[.,][09]|05$|5$)/.test(element) ? /[.,](\d+)$/.exec(value)?.[1] : undefined;
    if (digits) return Number(digits.slice(0, 9).padEnd(9, '0'));
  }
  return 0;
}

function zoneOf(values: ReadonlyMap<string, string>): Zone {
  for (const [element, value] of values) {
    if (!/^[Z-]07/.test(element) || value === 'Z') continue;
    const [hours = 0, minutes = 0, seconds = 0] = (value.match(/\d\d/g) ?? []).map(Number);
    const offset = (hours * 3600 + minutes * 60 + seconds) * (value.startsWith('-') ? -1 : 1);
    return offset === 0 ? UTC : { name: value.replaceAll(':', ''), offset };
  }
  return UTC;
}
