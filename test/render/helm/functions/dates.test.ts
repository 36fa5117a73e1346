import { describe, expect, it } from 'vitest';
import { shownText } from '../../../../src/render/helm/go-template/format/value.ts';
import type { Host } from '../../../../src/render/helm/value.ts';
import { apply, itFails, itGives, type Noted, shown, typeOf } from './calling.ts';

const SECONDS = 1_560_458_379n;

describe('dates', () => {
  itGives([
    ['date', ['Mon Monday Jan January 1 01 2 02 _2 002 06 2006', SECONDS], 'Thu Thursday Jun June 6 06 13 13 13 164 19 2019'],
    ['date', ['15 3 03 4 04 5 05 PM pm MST -0700 -07:00 Z07:00 .00 .99', SECONDS], '20 8 08 39 39 39 39 PM pm UTC +0000 +00:00 Z .00 '],
    ['dateInZone', ['2006-01-02 15:04 -07:00', SECONDS, 'Asia/Kolkata'], '2019-06-14 02:09 +05:30'],
    ['dateInZone', ['15:04 MST', SECONDS, 'nowhere'], '20:39 UTC'],
    ['htmlDateInZone', [SECONDS, 'Asia/Tokyo'], '2019-06-14'],
    ['unixEpoch', [apply('toDate', ['2006-01-02T15:04:05Z07:00', '2019-06-13T22:39:39+02:00'])], '1560458379'],
    ['toDate', ['2006-01-02', 'no date'], '0001-01-01 00:00:00 +0000 UTC'],
    ['toDate', ['2 Jan 2006 3:04PM', '31 Dec 2017 11:05PM'], '2017-12-31 23:05:00 +0000 UTC'],
    ['dateModify', ['-1.5h', apply('toDate', ['2006-01-02', '2017-12-31'])], '2017-12-30 22:30:00 +0000 UTC'],
    ['toYaml', [apply('toDate', ['2006-01-02', '2017-12-31'])], '"2017-12-31T00:00:00Z"'],
    ['duration', ['93784'], '26h3m4s'],
    ['duration', [95n], '0s'],
    ['durationRound', ['2400h5s'], '3mo'],
    ['durationSeconds', ['1m30s'], '90'],
    ['durationSeconds', [' 2.5 '], '2.5'],
    ['durationMilliseconds', [1.5], '1500'],
    ['durationRoundTo', ['93s', '1m'], '2m0s'],
    ['durationTruncateTo', ['93s', 0n], '1m33s'],
  ]);
  itFails([
    ['mustToDate', ['2006-01-02', '2017-02-31'], 'parsing time "2017-02-31"'],
    ['mustDateModify', ['soon', apply('toDate', ['2006', '2017'])], 'invalid duration "soon"'],
    ['unixEpoch', [SECONDS], 'wrong type for value; expected time.Time; got int'],
    ['mustToDuration', ['soon'], 'could not parse duration'],
  ]);

  it('has methods', () => {
    const time = apply('toDate', ['2006-01-02', '2017-12-31']) as Host;
    const ask = (name: string, ...args: readonly unknown[]) => {
      const method = time.method(name);
      return method && shownText(method(args as never, undefined as never)).text;
    };
    expect([ask('Year'), ask('Month'), ask('Weekday'), ask('YearDay'), ask('Unix')]).toEqual(['2017', 'December', 'Sunday', '365', '1514678400']);
    expect(typeOf('toDate', '2006', '2017')).toBe('time.Time');
  });

  it('stands still, and says so', () => {
    const noted: Noted = { unknown: [], reads: [] };
    expect(shownText(apply('date', ['2006', apply('now', [], noted)], noted)).text).toBe('2020');
    apply('ago', [SECONDS], noted);
    apply('htmlDate', ['a text'], noted);
    expect(noted.unknown).toEqual(['now', 'ago', 'now']);
    expect(shown('htmlDate', SECONDS)).toBe('2019-06-13');
  });
});
