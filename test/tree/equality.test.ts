import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differencesOf, itemKeyOf } from '../../src/tree/difference.ts';
import { sameMeaning, structuralHash } from '../../src/tree/equality.ts';
import { formatFieldPath } from '../../src/tree/field-path.ts';
import { plainOf } from '../../src/tree/plain.ts';
import { plainValue, tree, word } from './build.ts';

const json = (value: unknown) => tree(JSON.stringify(value) ?? 'null');

describe('sameMeaning', () => {
  it.each([
    ['80', '0x50', true],
    ['80', '"80"', false],
    ['"80"', "'80'", true],
    ['true', 'True', true],
    ['true', '"true"', false],
    ['~', 'null', true],
    ['""', '~', false],
    ['yes', '"yes"', true],
    ['1.0', '1', true],
    ['9007199254740993', '9007199254740992', false],
    ['!!str 80', '"80"', true],
    ['{a: 1, b: 2}', '{b: 2, a: 1}', true],
    ['[1, 2]', '[2, 1]', false],
    ['[1]', '{a: 1}', false],
    ['[]', '{}', false],
  ])('%s and %s: %s', (left, right, same) => {
    expect(sameMeaning(tree(left), tree(right))).toBe(same);
    if (same) expect(structuralHash(tree(left))).toBe(structuralHash(tree(right)));
  });

  it('holds exactly when the plain values are equal', () => {
    fc.assert(
      fc.property(plainValue, plainValue, (a, b) => {
        expect(sameMeaning(json(a), json(b))).toBe(isDeepStrictEqual(plainOf(json(a)), plainOf(json(b))));
        expect(sameMeaning(json(a), json(a))).toBe(true);
      }),
    );
  });
});

describe('differencesOf', () => {
  const paths = (left: string, right: string) => differencesOf(tree(left), tree(right)).map(({ path }) => formatFieldPath(path));

  it('finds none between equal trees', () => {
    fc.assert(
      fc.property(plainValue, (value) => {
        expect(differencesOf(json(value), json(value))).toEqual([]);
      }),
    );
  });

  it('is the same from both sides, but for the sides and the order', () => {
    fc.assert(
      fc.property(plainValue, plainValue, (a, b) => {
        const there = differencesOf(json(a), json(b));
        const back = differencesOf(json(b), json(a));
        expect(back).toHaveLength(there.length);
      }),
    );
  });

  it('names what is only on one side, and what differs', () => {
    const [changed, gone, added] = differencesOf(tree('{replicas: 1, paused: true}'), tree('{replicas: 3, strategy: {}}'));
    expect(changed).toMatchObject({ path: ['replicas'], left: { text: '1' }, right: { text: '3' } });
    expect(gone).toMatchObject({ path: ['paused'], left: { text: 'true' } });
    expect(gone?.right).toBeUndefined();
    expect(added).toMatchObject({ path: ['strategy'], right: { kind: 'mapping' } });
    expect(added?.left).toBeUndefined();
  });

  it('pairs items by what identifies them, wherever they stand', () => {
    expect(paths('[{name: a, value: 1}, {name: b, value: 2}]', '[{name: b, value: 3}, {name: a, value: 1}]')).toEqual(['[1].value']);
    expect(paths('[{containerPort: 80}]', '[{containerPort: 81}]')).toEqual(['[0]', '[0]']);
  });

  it('pairs by place where nothing identifies, or two are alike', () => {
    expect(paths('[{x: 1}, {x: 2}]', '[{x: 1}, {x: 3}, {x: 4}]')).toEqual(['[1].x', '[2]']);
    expect(paths('[{name: a, v: 1}, {name: a, v: 2}]', '[{name: a, v: 1}, {name: a, v: 3}]')).toEqual(['[1].v']);
  });

  it('sees the order of texts, not that of named things', () => {
    expect(paths('{args: [--fast, --loud]}', '{args: [--loud, --fast]}')).toEqual(['args']);
    expect(paths('[{name: a}, {name: b}]', '[{name: b}, {name: a}]')).toEqual([]);
  });

  it('knows what identifies an item', () => {
    expect(itemKeyOf(tree('{port: 80, name: http}'))).toBe('name=http');
    expect(itemKeyOf(tree('{mountPath: /data}'))).toBe('mountPath=/data');
    expect(itemKeyOf(word('a'))).toBe('=a');
    expect(itemKeyOf(tree('[a]'))).toBeUndefined();
    expect(itemKeyOf(tree('{x: 1}'))).toBeUndefined();
  });
});

describe('plainOf', () => {
  it('gives deeply frozen values, one for each node', () => {
    const root = tree('base: &b {replicas: 1}\nprod-eu: *b\n');
    const value = plainOf(root) as Record<string, object>;
    expect(Object.isFrozen(value) && Object.isFrozen(value['base'])).toBe(true);
    expect(value['base']).toBe(value['prod-eu']);
    expect(plainOf(root)).toBe(value);
  });

  it('reads with the eyes of the profile', () => {
    expect(plainOf(tree('{a: yes, b: 0777, c: 2024-01-02}'), 'kubectl')).toEqual({ a: true, b: 511, c: '2024-01-02' });
    expect(plainOf(tree('{a: yes, b: 0777, c: 2024-01-02}'))).toEqual({ a: 'yes', b: 511, c: '2024-01-02T00:00:00Z' });
  });

  it('keeps keys that JavaScript gives a meaning', () => {
    expect(Object.keys(plainOf(tree('__proto__: {a: 1}\nconstructor: 2\n')) as object)).toEqual(['__proto__', 'constructor']);
  });
});
