import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wrapped } from '../../src/text/wrap.ts';

describe('a text that is too long for a line', () => {
  it('is broken between words', () => {
    expect(wrapped('a tag that moves is not a version', 12)).toEqual(['a tag that', 'moves is not', 'a version']);
    expect(wrapped('registry.shop.example/storefront is long', 10)).toEqual(['registry.shop.example/storefront', 'is long']);
    expect(wrapped('', 10)).toEqual(['']);
  });

  it('loses nothing, and no line is too long but for one word', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 40 }), (text, width) => {
        const lines = wrapped(text, width);
        expect(lines.join(' ')).toBe(text);
        for (const line of lines) expect(line.length <= width || !/\S +\S/.test(line)).toBe(true);
      }),
    );
  });
});
