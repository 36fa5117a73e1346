import { describe, expect, it } from 'vitest';
import { apply, author, itFails, itGives, typeOf } from './calling.ts';

describe('numbers', () => {
  itGives([
    ['int', ['0x1F'], '31'],
    ['int', ['08'], '0'],
    ['int', ['010'], '8'],
    ['int', ['1.0'], '1'],
    ['int', ['1.5'], '0'],
    ['int', [1.9], '1'],
    ['int', [null], '0'],
    ['int', [1e30], '-9223372036854775808'],
    ['float64', ['1_000.5'], '1000.5'],
    ['float64', ['0x1p-2'], '0.25'],
    ['float64', ['x'], '0'],
    ['add', ['1', 2.9, true], '4'],
    ['add', [2n ** 63n - 1n, 1n], '-9223372036854775808'],
    ['sub', [3n, 5n], '-2'],
    ['div', [-7n, 2n], '-3'],
    ['mod', [-7n, 3n], '-1'],
    ['mul', [2n, 3n, 4n], '24'],
    ['max', [1, '7', 3], '7'],
    ['min', [1, '7', 3], '1'],
    ['addf', [0.1, 0.2], '0.3'],
    ['subf', [1, 0.9], '0.1'],
    ['mulf', [1.1, 3], '3.3'],
    ['divf', [1, 3], '0.3333333333333333'],
    ['round', [2.345, 2n], '2.35'],
    ['round', [-2.5, 0n], '-3'],
    ['ceil', ['1.2'], '2'],
    ['floor', [-1.5], '-2'],
    ['seq', [1n, 2n, 6n], '1 3 5'],
    ['seq', [-2n], '1 0 -1 -2'],
    ['toDecimal', ['0777'], '511'],
    ['atoi', ['12x'], '0'],
  ]);

  it('tells ints from int64s', () => {
    expect([typeOf('int', 1), typeOf('int64', 1), typeOf('add', 1), typeOf('add1f', 1)]).toEqual(['int', 'int64', 'int64', 'float64']);
    expect(() => apply('until', [apply('add', [1, 2])])).toThrow('wrong type for value; expected int; got int64');
  });

  it('knows who had a hand in a sum', () => {
    const [a, b] = [author('a'), author('b')];
    const sum = apply('add', [
      { kind: 'float', value: 1, origins: [a] },
      { kind: 'float', value: 2, origins: [b] },
    ]);
    expect('origins' in sum && sum.origins).toEqual([a, b]);
  });

  itFails([
    ['div', [1n, 0n], 'integer divide by zero'],
    ['divf', [1, 0], 'decimal division by 0'],
    ['addf', ['inf'], 'Cannot create a Decimal from +Inf'],
  ]);
});
