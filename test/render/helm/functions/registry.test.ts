import { describe, expect, it } from 'vitest';
import { HELM_FUNCTIONS } from '../../../../src/render/helm/functions/registry.ts';
import { text } from '../../../../src/render/helm/value.ts';
import { apply, itFails, itGives, type Noted, shown } from './calling.ts';

describe('all functions', () => {
  it('has those of Sprig that Helm lets through, and those of Helm', () => {
    // Sprig has 211 with `env` and `expandenv`; Helm adds 11 in version 3, and 13 in version 4.
    expect(HELM_FUNCTIONS.size).toBe(233);
    expect(HELM_FUNCTIONS.has('env') || HELM_FUNCTIONS.has('expandenv')).toBe(false);
  });

  it('throws nothing but failures, whatever it is given', () => {
    const odd = [null, '', 'x', 1, 1n, -1n, true, [], [1, 'a', null], {}, { a: { b: [] } }, text('é😀')];
    for (const name of HELM_FUNCTIONS.keys()) {
      for (const first of odd) {
        for (const args of [[first], [first, 'a'], [first, first], ['a', first, first], [first, 1n, 'a']]) {
          try {
            apply(name, args);
          } catch (error) {
            expect((error as Error).name, `${name} ${String(first)}: ${error}`).toBe('TemplateFailure');
          }
        }
      }
    }
  });

  itGives([
    ['default', ['d', 0], 'd'],
    ['default', ['d', ' '], ' '],
    ['default', ['d'], 'd'],
    ['coalesce', [null, '', 0], '<nil>'],
    ['empty', [{}], 'true'],
    ['all', [1, ''], 'false'],
    ['any', [1, ''], 'true'],
    ['ternary', ['y', 'n', false], 'n'],
    ['required', ['needed', 0], '0'],
    ['include', ['name', {}], '<name>'],
    ['tpl', ['text', {}], 'text'],
    ['typeOf', [null], '<nil>'],
    ['kindOf', [[1]], 'slice'],
    ['kindIs', ['invalid', null], 'true'],
    ['typeIs', ['float64', 1], 'true'],
    ['typeIsLike', ['semver.Version', apply('semver', ['1'])], 'true'],
    ['deepEqual', [{ a: [1] }, { a: [1] }], 'true'],
    ['deepEqual', [1, 1n], 'false'],
    ['hello', [], 'Hello!'],
  ]);
  itFails([
    ['required', ['needed', null], 'needed'],
    ['required', ['needed', ''], 'needed'],
    ['fail', ['no'], 'no'],
    ['ternary', ['y', 'n', 'true'], 'wrong type for value; expected bool; got string'],
    ['upper', [undefined], 'invalid value; expected string'],
    ['upper', [null], 'expected string; got interface {}'],
    ['upper', [1], 'wrong type for value; expected string; got float64'],
    ['upper', [], 'wrong number of args for upper: want 1 got 0'],
    ['round', [1], 'wrong number of args for round: want at least 2 got 1'],
    ['trunc', [5, 'x'], 'expected int; got float64'],
    ['repeat', [-1n, 'x'], 'negative Repeat count'],
    ['repeat', [10n ** 9n, 'x'], 'longer than 50 MiB'],
    ['nindent', [10n ** 9n, 'x'], 'longer than 50 MiB'],
  ]);

  it('asks no cluster and no network, and says so', () => {
    const noted: Noted = { unknown: [], reads: [] };
    expect(shown('toJson', apply('lookup', ['v1', 'Secret', 'ns', 'name'], noted))).toBe('{}');
    apply('getHostByName', ['shop.example'], noted);
    expect(noted.unknown).toEqual(['lookup', 'getHostByName']);
  });
});
