import { describe, expect, it } from 'vitest';
import type { Scalar } from '../../src/tree/node.ts';
import { isNull, scalarValue } from '../../src/tree/scalar-value.ts';
import { word } from '../tree/build.ts';

const both = (text: string, type: string, value: unknown) => [text, type, value, type, value] as const;
const text = (written: string) => both(written, 'string', written);

/** What is written, what kustomize reads, what kubectl reads. */
const CASES: readonly (readonly [string, string, unknown, string, unknown])[] = [
  // The words of YAML 1.1: only the older reader takes them for booleans.
  ...['yes', 'Yes', 'YES', 'on', 'On', 'ON', 'y', 'Y'].map((word) => [word, 'string', word, 'bool', true] as const),
  ...['no', 'No', 'NO', 'off', 'Off', 'OFF', 'n', 'N'].map((word) => [word, 'string', word, 'bool', false] as const),
  ...['true', 'True', 'TRUE'].map((word) => both(word, 'bool', true)),
  ...['false', 'False', 'FALSE'].map((word) => both(word, 'bool', false)),
  ...['~', 'null', 'Null', 'NULL', ''].map((word) => both(word, 'null', null)),
  ...['tRUE', 'nULL', 'yES', 'None', 'nil', 'oN'].map(text),
  // Whole numbers, in all bases that Go knows.
  both('8080', 'int', 8080),
  both('+8080', 'int', 8080),
  both('-1', 'int', -1),
  both('-0', 'int', 0),
  both('0640', 'int', 416),
  both('0o640', 'int', 416),
  both('0x1a', 'int', 26),
  both('-0x1A', 'int', -26),
  both('0b1010', 'int', 10),
  both('1_000_000', 'int', 1_000_000),
  both('9007199254740993', 'int', 9007199254740993n),
  both('18446744073709551615', 'int', 18446744073709551615n),
  // What looks like an octal number and is none is a float.
  both('09', 'float', 9),
  both('0189', 'float', 189),
  both('18446744073709551616', 'float', 18446744073709552000),
  both('1.0', 'float', 1),
  both('1.10', 'float', 1.1),
  both('.25', 'float', 0.25),
  both('7.', 'float', 7),
  both('2e3', 'float', 2000),
  both('2E+3', 'float', 2000),
  both('.inf', 'float', Number.POSITIVE_INFINITY),
  both('-.Inf', 'float', Number.NEGATIVE_INFINITY),
  both('.NaN', 'float', Number.NaN),
  // Versions, hashes, quantities, addresses and times are texts.
  ...[
    '1.2.3',
    'v1',
    '12e',
    '5e9999',
    '381e9876',
    '0x',
    '0o9',
    '0b2',
    '100m',
    '1Gi',
    '10:30',
    '12:30:45',
    '127.0.0.1',
    '.',
    '..',
    '+',
    '_1',
    '.5.',
    '1e',
    'e5',
  ].map(text),
  // Dates: a time to the younger reader, a text to the older one.
  ['2026-03-04', 'timestamp', '2026-03-04T00:00:00Z', 'string', '2026-03-04'],
  ['2026-03-04T05:06:07Z', 'timestamp', '2026-03-04T05:06:07Z', 'string', '2026-03-04T05:06:07Z'],
  ['2026-03-04 05:06:07.50', 'timestamp', '2026-03-04T05:06:07.5Z', 'string', '2026-03-04 05:06:07.50'],
  ...['2026-02-30', '2026-13-01', '2026-3', '20260304'].filter((date) => date !== '20260304').map(text),
  both('20260304', 'int', 20260304),
  // Quotes and tags decide.
  both('"8080"', 'string', '8080'),
  both("'true'", 'string', 'true'),
  both('"~"', 'string', '~'),
  both('!!str 8080', 'string', '8080'),
  both('!!int "8080"', 'int', 8080),
  both('!!float 1', 'float', 1),
  both('!!bool "true"', 'bool', true),
  both('!!null ""', 'null', null),
  both('!!binary c2hvcA==', 'binary', 'shop'),
  both('!<tag:yaml.org,2002:str> 1', 'string', '1'),
  both('!Ref ledger', 'string', 'ledger'),
  ['! 8080', 'int', 8080, 'string', '8080'],
];

describe('scalarValue', () => {
  it.each(CASES)('%s is a %s (%s) to kustomize, a %s (%s) to kubectl', (written, type, value, oldType, oldValue) => {
    const node = word(written);
    expect(scalarValue(node, 'kustomize')).toEqual({ type, value });
    expect(scalarValue(node)).toEqual({ type, value });
    expect(scalarValue(node, 'kubectl')).toEqual({ type: oldType, value: oldValue });
  });

  it.each(['literal', 'folded'] as const)('takes a %s block for text, whatever it holds', (style) => {
    const node: Scalar = { ...word('8080'), style };
    expect(scalarValue(node)).toEqual({ type: 'string', value: '8080' });
  });

  it('shows what is no base64, or no text, as it stands', () => {
    expect(scalarValue(word('!!binary "%"')).value).toBe('%');
    expect(scalarValue(word('!!binary /w==')).value).toBe('/w==');
  });

  it('knows null', () => {
    expect(['~', 'null', '""', 'nope'].map((written) => isNull(word(written)))).toEqual([true, true, false, false]);
  });
});
