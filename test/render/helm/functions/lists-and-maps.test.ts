import { describe, expect, it } from 'vitest';
import type { MapValue } from '../../../../src/render/helm/value.ts';
import { apply, by, itFails, itGives, type Noted, shown, typeOf, value } from './calling.ts';

describe('lists', () => {
  itGives([
    ['first', [['a', 'b']], 'a'],
    ['last', [[]], '<nil>'],
    ['rest', [[1, 2, 3]], '[2 3]'],
    ['initial', [[1, 2, 3]], '[1 2]'],
    ['append', [[1], null], '[1 <nil>]'],
    ['prepend', [[1], 'x'], '[x 1]'],
    ['concat', [[1], [], ['a']], '[1 a]'],
    ['uniq', [['a', 1, 1n, 'a', [1], [1]]], '[a 1 1 [1]]'],
    ['without', [['a', 'b'], 'a', 'c'], '[b]'],
    ['has', [1n, [1]], 'false'],
    ['has', ['x', null], 'false'],
    ['slice', [[1, 2, 3], 1n], '[2 3]'],
    ['slice', [[]], '<nil>'],
    ['chunk', [2n, [1, 2, 3]], '[[1 2] [3]]'],
    ['compact', [[0, '', 'a', [], {}]], '[a]'],
    ['reverse', [[1, 2]], '[2 1]'],
    ['until', [3n], '[0 1 2]'],
    ['untilStep', [6n, 0n, -2n], '[6 4 2]'],
  ]);

  it('tells nil slices, which JSON writes as null', () => {
    for (const [name, ...args] of [['rest', []], ['regexFindAll', 'x', 'abc', -1n], ['concat']] as const) {
      expect(shown('toJson', apply(name, args)), name).toBe('null');
    }
    expect(shown('toJson', apply('compact', [[]]))).toBe('[]');
  });

  itFails([
    ['append', ['text', 1], 'Cannot push on type string'],
    ['first', [null], 'nil pointer dereference'],
    ['slice', [[1], 0n, 5n], 'out of bounds'],
    ['until', [3], 'wrong type for value; expected int; got float64'],
    ['until', [10n ** 9n], 'more than 1000000 items'],
  ]);
});

describe('maps', () => {
  itGives([
    ['dict', ['a', 1n, 'b'], 'map[a:1 b:]'],
    ['get', [{ a: 1 }, 'b'], ''],
    ['hasKey', [{ a: null }, 'a'], 'true'],
    ['hasKey', [undefined, 'a'], 'false'],
    ['keys', [{ b: 1, a: 2 }, { c: 1 }], '[a b c]'],
    ['values', [{ b: 1, a: 2 }], '[2 1]'],
    ['pick', [{ a: 1, b: 2 }, 'a', 'z'], 'map[a:1]'],
    ['omit', [{ a: 1, b: 2 }, 'a', 'z'], 'map[b:2]'],
    ['pluck', ['a', { a: 1 }, {}, { a: 2 }], '[1 2]'],
    ['dig', ['a', 'b', 'none', { a: { b: 'x' } }], 'x'],
    ['dig', ['a', 'z', 'none', { a: { b: 'x' } }], 'none'],
    [
      'merge',
      [
        { a: 1, e: '' },
        { a: 2, b: 3, e: 'x' },
      ],
      'map[a:1 b:3 e:x]',
    ],
    ['merge', [{ l: [1] }, { l: [2], m: [3] }], 'map[l:[1] m:[3]]'],
    ['merge', [{ m: { a: 1 } }, { m: { a: 2, b: 2 } }, { m: { c: 3 } }], 'map[m:map[a:1 b:2 c:3]]'],
    [
      'mergeOverwrite',
      [
        { a: 1, b: 1 },
        { a: '', b: null },
      ],
      'map[a: b:<nil>]',
    ],
    ['mergeOverwrite', [{ m: { a: 1 } }, { m: { b: 2 } }], 'map[m:map[a:1 b:2]]'],
    ['mergeOverwrite', [{ m: 'text' }, { m: { b: 2 } }], 'map[m:map[b:2]]'],
  ]);

  it('changes what it is given, as Go does', () => {
    const target = value({ a: 1 });
    expect(apply('set', [target, 'b', 2])).toBe(target);
    apply('unset', [target, 'a']);
    apply('merge', [target, { c: 3 }]);
    expect(shown('toJson', target)).toBe('{"b":2,"c":3}');
  });

  it('merges what it takes over without a copy, and copies deeply on demand', () => {
    const [target, source] = [value({}), value({ shop: { web: 1 } }) as MapValue];
    apply('merge', [target, source]);
    apply('mergeOverwrite', [target, { shop: { web: 2 } }]);
    expect(shown('toJson', source)).toBe('{"shop":{"web":2}}');
    const copy = apply('deepCopy', [source]);
    apply('mergeOverwrite', [copy, { shop: { web: 3 } }]);
    expect(shown('toJson', source)).toBe('{"shop":{"web":2}}');
  });

  it('keeps the leaves as they are', () => {
    const leaf = by('values', 'ledger');
    const merged = apply('merge', [apply('deepCopy', [{ a: leaf }]), { b: 1 }]) as MapValue;
    expect(merged.entries.get('a')).toBe(leaf);
  });

  it('takes maps of a named type, but not of texts', () => {
    const values = { ...(value({ a: 1 }) as MapValue), goType: 'chartutil.Values' };
    expect(typeOf('merge', values, {})).toBe('map[string]interface {}');
    expect(shown('hasKey', values, 'a')).toBe('true');
    expect(() => apply('dig', ['a', 'x', values])).toThrow('interface {} is chartutil.Values, not map[string]interface {}');
    expect(() => apply('keys', [apply('split', [',', 'a'])])).toThrow('got map[string]string');
  });

  it('notes which keys are asked for', () => {
    const noted: Noted = { unknown: [], reads: [] };
    for (const [name, ...args] of [
      ['get', { a: 1 }, 'a'],
      ['hasKey', {}, 'b'],
      ['dig', 'c', 'd', '', { c: {} }],
      ['pluck', 'e', {}],
      ['pick', {}, 'f'],
    ] as const)
      apply(name, args, noted);
    expect(noted.reads).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });

  itFails([
    ['set', [undefined, 'a', 1], 'assignment to entry in nil map'],
    ['set', ['text', 'a', 1], 'wrong type for value; expected map[string]interface {}; got string'],
    ['get', [{}], 'wrong number of args for get: want 2 got 1'],
    ['get', [{}, undefined], 'invalid value; expected string'],
    ['hasKey', [null, 'a'], 'expected map[string]interface {}; got interface {}'],
    ['dig', ['a', {}], 'dig needs at least three arguments'],
    ['deepCopy', [null], 'zero Value'],
  ]);

  it('does not follow a map that holds itself for ever', () => {
    const circle = value({}) as MapValue;
    circle.entries.set('self', circle);
    for (const name of ['toYaml', 'toJson', 'deepCopy', 'toToml']) expect(() => apply(name, [circle]), name).toThrow('holds itself');
  });
});
