import { describe, expect, it } from 'vitest';
import type { MapValue, Text } from '../../../../src/render/helm/value.ts';
import { apply, by, itGives, shown, stretches, value, written } from './calling.ts';

const LONG = `${'storefront '.repeat(9)}ends`;

describe('toYaml', () => {
  itGives([
    ['toYaml', [{ b: [1, { c: 'x' }, []], a10: null, a9: {} }], 'a9: {}\na10: null\nb:\n- 1\n- c: x\n- []'],
    ['toYaml', [[[1, 2], { a: [3] }]], '- - 1\n  - 2\n- a:\n  - 3'],
    ['toYaml', ['true'], '"true"'],
    ['toYaml', ['yes'], '"yes"'],
    ['toYaml', ['1_000'], '"1_000"'],
    ['toYaml', ['12:30:45'], '"12:30:45"'],
    ['toYaml', ['2020-01-01'], '"2020-01-01"'],
    ['toYaml', [''], '""'],
    ['toYaml', ['a: b'], "'a: b'"],
    ['toYaml', ["it's: so"], "'it''s: so'"],
    ['toYaml', ['- x'], "'- x'"],
    ['toYaml', ['tab\there'], '"tab\\there"'],
    ['toYaml', ['😀'], '"\\U0001F600"'],
    ['toYaml', ['a\nb'], '|-\n  a\n  b'],
    ['toYaml', ['a\n\n'], '|+\n  a\n'],
    ['toYaml', ['  a\nb\n'], '|2\n    a\n  b'],
    ['toYaml', [{ k: 'a\nb\n', l: 1 }], 'k: |\n  a\n  b\nl: 1'],
    ['toYaml', [LONG], `${'storefront '.repeat(8).trim()}\n  storefront ends`],
    ['toYaml', [1e7], '10000000'],
    ['toYaml', [1e21], '1e+21'],
    ['toYaml', [1.1], '1.1'],
    ['toYaml', [1e-7], '1e-07'],
    ['toYaml', [Number.NaN], ''],
    ['toYaml', [2n ** 62n], '4611686018427387904'],
    ['toYaml', [null], 'null'],
    ['toYaml', [{ 'two\nlines': [1] }], '? |-\n  two\n  lines\n: - 1'],
    ['toYamlPretty', [{ a: [1, { b: 2 }], c: 1e7, d: LONG }], `a:\n  - 1\n  - b: 2\nc: 1e+07\nd: ${LONG}`],
  ]);

  it('is known by its leaves', () => {
    const values = {
      image: by('image', 'shop/web'),
      list: [by('first', 'yes'), 2],
      quoted: apply('join', ['', [by('a', "it's: "), by('b', 'so')]]),
      text: apply('join', ['\n', [by('c', 'one'), by('d', 'two')]]),
      empty: { ...(value({}) as MapValue), origins: by('e', 'x').stretches[0]?.origins ?? [] },
    };
    expect(written('toYaml', values)).toEqual(['e:{}', 'image:shop/web', 'first:"yes"', "a:it''s: ", 'b:so', 'c:one', 'd:two']);
  });

  it('is blank for what cannot be written, but an error where it must', () => {
    expect(() => apply('mustToYaml', [[Number.POSITIVE_INFINITY]])).toThrow('unsupported value');
  });
});

describe('fromYaml', () => {
  itGives([
    ['fromYaml', ['a: 0644\nb: yes\nc: 1_000\nd: 1.0\ne: 12:30:45\nf: 2020-01-01\non: ~'], 'map[a:420 b:true c:1000 d:1 e:12:30:45 f:2020-01-01 true:<nil>]'],
    ['fromYaml', [''], 'map[]'],
    [
      'fromYaml',
      ['- a'],
      'map[Error:error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type map[string]interface {}]',
    ],
    ['fromYaml', ['a: 1\n---\nb: 2'], 'map[a:1]'],
    ['fromYamlArray', ['[a, 2]'], '[a 2]'],
    ['fromYamlArray', ['a: 1'], '[error unmarshaling JSON: while decoding JSON: json: cannot unmarshal object into Go value of type []interface {}]'],
  ]);

  it('tells of what is no YAML', () => {
    expect(shown('fromYaml', 'a: b: c')).toMatch(/^map\[Error:error converting YAML to JSON: yaml: line 1: /);
  });

  it('gives the leaves back to who wrote them', () => {
    const [name, tag] = [by('name', 'shop/web'), by('tag', '1.2')];
    const source = apply('join', [
      '',
      ['plain: ', name, ':', tag, "\nquoted: 'it''s ", name, "'\nblock: |\n  x\n  ", tag, '\nport: ', by('port', '8080'), '\n'],
    ]);
    const read = apply('fromYaml', [source]) as MapValue;
    const leaf = (key: string) => stretches(read.entries.get(key) as Text);
    expect(leaf('plain')).toEqual(['name:shop/web', 'tag:1.2']);
    expect(leaf('quoted')).toEqual(['name:shop/web']);
    expect(leaf('block')).toEqual(['tag:1.2']);
    const port = read.entries.get('port');
    expect(port && 'origins' in port && port.origins.map(({ file }) => file.path)).toEqual(['port']);
  });

  it('reads what toYaml writes', () => {
    const whole = { a: ['x', 1, true, null, { b: LONG }], c: "it's: 'so'\t", d: '  lead\nline \n', e: '😀 \u00e9\\' };
    expect(shown('toJson', apply('fromYaml', [apply('toYaml', [whole])]))).toBe(shown('toJson', whole));
  });
});
