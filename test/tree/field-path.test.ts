import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatFieldPath, nodeAt, parseFieldPath } from '../../src/tree/field-path.ts';
import { tree } from './build.ts';

describe('field paths', () => {
  it.each([
    ['spec.template.spec.containers[0].image', ['spec', 'template', 'spec', 'containers', 0, 'image']],
    ['data["app.properties"]', ['data', 'app.properties']],
    ['["a b"].c', ['a b', 'c']],
    ['[0][1]', [0, 1]],
    ['[""]', ['']],
    ['', []],
  ])('writes and reads %s', (text, path) => {
    expect(formatFieldPath(path)).toBe(text);
    expect(parseFieldPath(text)).toEqual(path);
  });

  it.each(['.a', 'a..b', 'a.', 'a[', 'a[x]', '[0]a', 'a b', 'a["\\q"]', 'a["x]'])('refuses %j', (text) => {
    expect(parseFieldPath(text)).toBeUndefined();
  });

  it('reads what it wrote', () => {
    const step = fc.oneof(fc.nat(), fc.string(), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(fc.array(step), (path) => {
        expect(parseFieldPath(formatFieldPath(path))).toEqual(path);
      }),
    );
  });

  it('leads to nodes, and nowhere without an error', () => {
    const root = tree('spec:\n  containers:\n    - image: ledger:1.0\n');
    expect(nodeAt(root, ['spec', 'containers', 0, 'image'])).toMatchObject({ text: 'ledger:1.0' });
    expect(nodeAt(root, [])).toBe(root);
    for (const path of [
      ['spec', 'x'],
      ['spec', 'containers', 'image'],
      ['spec', 'containers', 1],
      ['spec', 'containers', 0, 'image', 'tag'],
    ])
      expect(nodeAt(root, path)).toBeUndefined();
    expect(nodeAt(undefined, ['spec'])).toBeUndefined();
  });
});
