import { type Clock, clockOf, type Moment, shownOffset } from './moment.ts';

/** The elements of Go's layouts: how they write the second of January 2006, at 15:04:05 in zone MST. */
const ELEMENT =
  /January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|0[1-6]|002|15|1|__2|_2(?!006)|2006|2|3|4|5|PM|pm|(?:Z|-)07(?::00:00|0000|:00|00)?|[.,](?:0+|9+)(?!\d)/g;

/** A layout taken apart: literal texts and elements in turn, the first being a text. */
export function elementsOf(layout: string): readonly string[] {
  const parts: string[] = [];
  let end = 0;
  for (const { index, 0: element } of layout.matchAll(ELEMENT)) {
    parts.push(layout.slice(end, index), element);
    end = index + element.length;
  }
  return [...parts, layout.slice(end)];
}

/** Go's words for them, of which layouts take the first three letters too. */
export const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
/** From the first day that Go counts. */
export const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** A moment as Go's `Time.Format` writes it. */
export function formatMoment(moment: Moment, layout: string): string {
  const clock = clockOf(moment);
  return elementsOf(layout)
    .map((part, index) => (index % 2 === 0 ? part : shown(part, clock)))
    .join('');
}

function padded(value: number, width: number, fill = '0'): string {
  return `${value < 0 ? '-' : ''}${String(Math.abs(value)).padStart(width, fill)}`;
}

function shown(element: string, clock: Clock): string {
  const hour12 = clock.hour % 12 || 12;
  switch (element) {
    case 'January':
      return MONTHS[clock.month - 1] ?? '';
    case 'Jan':
      return (MONTHS[clock.month - 1] ?? '').slice(0, 3);
    case 'Monday':
      return WEEKDAYS[clock.weekday] ?? '';
    case 'Mon':
      return (WEEKDAYS[clock.weekday] ?? '').slice(0, 3);
    case '2006':
      return padded(clock.year, 4);
    case '06':
      return padded(clock.year % 100, 2);
    case '01':
      return padded(clock.month, 2);
    case '1':
      return String(clock.month);
    case '02':
      return padded(clock.day, 2);
    case '_2':
      return padded(clock.day, 2, ' ');
    case '2':
      return String(clock.day);
    case '002':
      return padded(clock.dayOfYear, 3);
    case '__2':
      return padded(clock.dayOfYear, 3, ' ');
    case '15':
      return padded(clock.hour, 2);
    case '03':
      return padded(hour12, 2);
    case '3':
      return String(hour12);
    case '04':
      return padded(clock.minute, 2);
    case '4':
      return String(clock.minute);
    case '05':
      return padded(clock.second, 2);
    case '5':
      return String(clock.second);
    case 'PM':
      return clock.hour >= 12 ? 'PM' : 'AM';
    case 'pm':
      return clock.hour >= 12 ? 'pm' : 'am';
    case 'MST':
      return clock.zone;
    default:
      return /^[.,]/.test(element) ? fraction(element, clock.nanosecond) : offset(element, clock.offset);
  }
}

function offset(element: string, seconds: number): string {
  if (element.startsWith('Z') && seconds === 0) return 'Z';
  const digits = element.replaceAll(/\D/g, '').length;
  return shownOffset(seconds, element.includes(':') ? ':' : '', digits === 2 ? 1 : digits === 4 ? 2 : 3);
}

/** `.000` gives three digits, `.999` as many of them as are no zeros at the end. */
function fraction(element: string, nanoseconds: number): string {
  const digits = padded(nanoseconds, 9)
    .slice(0, element.length - 1)
    .padEnd(element.length - 1, '0');
  if (element[1] === '0') return element.charAt(0) + digits;
  const kept = digits.replace(/0+$/, '');
  return kept === '' ? '' : element.charAt(0) + kept;
}
