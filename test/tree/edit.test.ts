import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapEntries, mapItems, over, updateAt, withEntry, withItem, withoutEntry } from '../../src/tree/edit.ts';
import { childOf, entryOf, type Node, type Sequence } from '../../src/tree/node.ts';
import { authorsOf, originsOf } from '../../src/tree/origins.ts';
import { plainOf } from '../../src/tree/plain.ts';
import { map, plainValue, tree, word } from './build.ts';

const DEPLOYMENT = 'kind: Deployment\nspec:\n  replicas: 1\n  template: {labels: {app: ledger}}\n';

describe('edits', () => {
  it('withEntry exchanges one value and shares the rest', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), plainValue, { minKeys: 1, noNullPrototype: true }),
        fc.constantFrom('a', 'b', 'c', 'd', 'e'),
        (value, key) => {
          const before = map(JSON.stringify(value));
          const after = withEntry(before, word(key), word('new'));
          expect(plainOf(after)).toEqual({ ...value, [key]: 'new' });
          for (const { key: other, value: node } of before.entries) if (other.text !== key) expect(childOf(after, other.text)).toBe(node);
          expect(plainOf(before)).toEqual(value);
          expect(after.origin).toBe(before.origin);
          expect(after.replaces).toBeUndefined();
        },
      ),
    );
  });

  it('gives back the same node when nothing changes', () => {
    const node = map(DEPLOYMENT);
    const list = tree('[a, b]') as Sequence;
    expect(withEntry(node, word('kind'), childOf(node, 'kind') as Node)).toBe(node);
    expect(withoutEntry(node, 'status', node.origin)).toBe(node);
    expect(withItem(list, 0, list.items[0] as Node)).toBe(list);
    expect(mapEntries(node, (value) => value)).toBe(node);
    expect(mapItems(list, (item) => item)).toBe(list);
    expect(updateAt(node, [word('spec'), word('paused'), word('x')], () => word('1'))).toBe(node);
    expect(updateAt(node, [word('kind'), word('x')], () => word('1'), node.origin)).toBe(node);
  });

  it('keeps the key that stands there, with its origin and the way it came', () => {
    const node = map('base: &b {replicas: 1}\nprod: {<<: *b}\n');
    const prod = childOf(node, 'prod');
    if (prod?.kind !== 'mapping') throw new Error('no mapping');
    const after = withEntry(prod, word('replicas'), word('3'));
    expect(entryOf(after, 'replicas')?.key).toBe(entryOf(prod, 'replicas')?.key);
    expect(entryOf(after, 'replicas')?.via).toBe(entryOf(prod, 'replicas')?.via);
  });

  it('withoutEntry leaves a trace', () => {
    const node = map(DEPLOYMENT);
    const by = map('x: 1').origin;
    const after = withoutEntry(node, 'kind', by);
    expect(childOf(after, 'kind')).toBeUndefined();
    expect(after.removed).toEqual([{ key: 'kind', was: childOf(node, 'kind'), by }]);
  });

  it('withItem and mapItems change only what they must', () => {
    const list = tree('[{a: 1}, {b: 2}]') as Sequence;
    const after = withItem(list, 1, word('x'));
    expect(after.items[0]).toBe(list.items[0]);
    expect(plainOf(after)).toEqual([{ a: 1 }, 'x']);
    expect(mapItems(list, (item, index) => (index ? item : word('y'))).items[1]).toBe(list.items[1]);
  });

  it('updateAt makes what is missing on the way only when told by whom', () => {
    const node = map(DEPLOYMENT);
    const origin = map('namespace: shop').origin;
    const path = [word('metadata'), word('namespace')];
    expect(updateAt(node, path, () => word('shop'))).toBe(node);
    const after = updateAt(node, path, () => word('shop'), origin);
    expect(plainOf(after)).toMatchObject({ metadata: { namespace: 'shop' } });
    expect(childOf(after, 'metadata')?.origin).toBe(origin);
    expect(childOf(after, 'spec')).toBe(childOf(node, 'spec'));
  });
});

describe('originsOf', () => {
  const base = map(DEPLOYMENT, 'base/deployment.yaml');
  const patched = (text: string, on: Node = base) => updateAt(on, [word('spec'), word('replicas')], (old) => over(word(text), old));

  it('tells the newest author first, also of an equal value', () => {
    const twice = patched('1', patched('3'));
    expect(originsOf(twice, ['spec', 'replicas']).map(({ file }) => file.path)).toEqual(['apps/checkout.yaml', 'apps/checkout.yaml', 'base/deployment.yaml']);
    expect(originsOf(base, ['spec', 'replicas'])).toHaveLength(1);
    expect(originsOf(base, ['spec', 'nothing'])).toEqual([]);
  });

  it('follows what a write of the enclosing node put aside, by the names of items', () => {
    const old = map('containers: [{name: web, image: a}, {name: log, image: b}]', 'base/a.yaml');
    const next = map('containers: [{name: log, image: c}]', 'prod-eu/a.yaml');
    const root = withEntry(old, word('containers'), over(childOf(next, 'containers') as Node, childOf(old, 'containers')));
    expect(originsOf(root, ['containers', 0, 'image']).map(({ file, start, end }) => file.text.slice(start, end))).toEqual(['c', 'b']);
  });

  it('names each author of a text once', () => {
    const [a, b] = [map('a: 1').origin, map('b: 1').origin];
    const image = {
      ...word('ledger:1.0'),
      parts: [
        { start: 0, end: 6, origin: a },
        { start: 6, end: 7, origin: b },
        { start: 7, end: 10, origin: a },
      ],
    };
    expect(authorsOf(image)).toEqual([a, b]);
  });
});

describe('entryOf', () => {
  it('finds the same in small and in big mappings', () => {
    const keys = Array.from({ length: 40 }, (_, index) => `key-${index}`);
    for (const count of [3, 11, 12, 40]) {
      const node = map(JSON.stringify(Object.fromEntries(keys.slice(0, count).map((key, index) => [key, index]))));
      for (const [index, key] of keys.entries())
        expect(entryOf(node, key)?.value).toEqual(index < count ? expect.objectContaining({ text: String(index) }) : undefined);
    }
  });
});
