import { describe, expect, it } from 'vitest';
import type { MapValue, Text } from '../../../../src/render/helm/value.ts';
import { apply, by, itFails, itGives, shown, stretches, typeOf, written } from './calling.ts';

describe('JSON', () => {
  itGives([
    ['toJson', [{ b: [1, null, true], a: '<&>\u2028\b' }], '{"a":"\\u003c\\u0026\\u003e\\u2028\\b","b":[1,null,true]}'],
    ['toRawJson', ['<é>'], '"<é>"'],
    ['toPrettyJson', [{ a: [1, {}], b: [] }], '{\n  "a": [\n    1,\n    {}\n  ],\n  "b": []\n}'],
    ['toJson', [1e21], '1e+21'],
    ['toJson', [Number.NaN], ''],
    ['fromJson', ['{"a": [1, "\\u00e9", null]}'], 'map[a:[1 é <nil>]]'],
    ['fromJson', ['[1]'], 'map[Error:json: cannot unmarshal array into Go value of type map[string]interface {}]'],
    ['fromJson', [''], 'map[Error:unexpected end of JSON input]'],
    ['fromJson', ['x'], "map[Error:invalid character 'x' looking for beginning of value]"],
    ['fromJsonArray', ['[1, "a"]'], '[1 a]'],
    ['fromJsonArray', ['{}'], '[json: cannot unmarshal object into Go value of type []interface {}]'],
    ['mustFromJson', ['"a"'], 'a'],
  ]);
  itFails([
    ['mustFromJson', ['{} x'], "invalid character 'x' after top-level value"],
    ['mustToJson', [[Number.NaN]], 'unsupported value'],
  ]);

  it('keeps who wrote what, there and back', () => {
    const source = apply('toJson', [{ image: by('image', 'shop/"web"'), list: [by('item', 'x')] }]) as Text;
    expect(stretches(source)).toEqual(['image:"shop/\\"web\\""', 'item:"x"']);
    const read = apply('fromJson', [source]) as MapValue;
    expect(stretches(read.entries.get('image') as Text).map((stretch) => stretch.slice(0, 6))).toEqual(['image:', 'image:', 'image:', 'image:']);
  });
});

describe('TOML', () => {
  itGives([
    ['toToml', [{ b: 1n, a: 'x"\n', f: 8080, g: 1e7, l: [1, 'y', []] }], 'a = "x\\"\\n"\nb = 1\nf = 8080.0\ng = 1e+07\nl = [1.0, "y", []]\n'],
    ['toToml', [{ t: { u: { v: 1n }, w: 2n }, x: null }], '[t]\n  w = 2\n  [t.u]\n    v = 1\n'],
    ['toToml', [{ a: 1n, t: [{ 'k k': 1n }, { b: 2n }] }], 'a = 1\n\n[[t]]\n  "k k" = 1\n\n[[t]]\n  b = 2\n'],
    ['toToml', [{ l: [{ a: 1n }, 2n] }], 'l = [{a = 1}, 2]\n'],
    ['toToml', [{ l: [null] }], 'toml: cannot encode array with nil element'],
    ['toToml', [[{ a: 1n }]], 'toml: top-level values must be Go maps or structs'],
    [
      'fromToml',
      ['a = 1\nb.c = [1.5, "x\\ty"] # why\n[t.u]\nk = 0x1F\n[[l]]\nz = true\n[[l]]\n'],
      'map[a:1 b:map[c:[1.5 x\ty]] l:[map[z:true] map[]] t:map[u:map[k:31]]]',
    ],
    [
      'fromToml',
      ["s = '''\nraw \\n'''\nd = 2020-01-02T03:04:05Z\ni = {a = 1, b.c = 2}"],
      'map[d:2020-01-02 03:04:05 +0000 UTC i:map[a:1 b:map[c:2]] s:raw \\n]',
    ],
    ['fromToml', ['one'], "map[Error:toml: line 1: unexpected EOF; expected key separator '=']"],
    ['fromToml', ['a = 1\na = 2'], "map[Error:toml: line 2: Key 'a' has already been defined.]"],
  ]);
  itFails([
    ['mustToToml', [{ l: [null] }], 'array with nil element'],
    ['toToml', [null], 'zero Value'],
  ]);

  it('keeps who wrote what, there and back', () => {
    const source = apply('toToml', [{ image: by('image', 'shop/web') }]) as Text;
    expect(stretches(source)).toEqual(['image:shop/web']);
    expect(stretches((apply('fromToml', [source]) as MapValue).entries.get('image') as Text)).toEqual(['image:shop/web']);
    expect(typeOf('get', apply('fromToml', ['a = 1']), 'a')).toBe('int64');
  });

  it('is not kept busy by values within values', () => {
    expect(shown('fromToml', `a = ${'['.repeat(10_000)}`)).toContain('too deep');
    expect(written('toJson', apply('fromJson', ['['.repeat(10_000)]))).toEqual([]);
  });
});
