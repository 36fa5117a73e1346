import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SourceFile } from '../../src/text/source-file.ts';

const text = fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\r\n', 'é', '😀', '\t'), maxLength: 60 });

describe('SourceFile', () => {
  it('counts lines and columns from one, in UTF-16 units', () => {
    const file = new SourceFile('apps/checkout.yaml', 'a: 😀b\nc: d');
    expect(file.positionAt(0)).toEqual({ line: 1, column: 1 });
    expect(file.positionAt(5)).toEqual({ line: 1, column: 6 });
    expect(file.positionAt(7)).toEqual({ line: 2, column: 1 });
  });

  it('takes offsets past the end for the end, and negative ones for the start', () => {
    const file = new SourceFile('a.yaml', 'a\nbc');
    expect(file.positionAt(99)).toEqual({ line: 2, column: 3 });
    expect(file.positionAt(-1)).toEqual({ line: 1, column: 1 });
  });

  it('finds the offset of each position again', () => {
    fc.assert(
      fc.property(text, fc.nat(60), (content, at) => {
        const file = new SourceFile('a.yaml', content);
        const offset = Math.min(at, content.length);
        expect(file.offsetAt(file.positionAt(offset))).toBe(offset);
      }),
    );
  });

  it('gives lines that join to the text, without their breaks', () => {
    fc.assert(
      fc.property(text, (content) => {
        const file = new SourceFile('a.yaml', content);
        const lines = Array.from({ length: file.lineCount }, (_, index) => file.lineAt(index + 1));
        expect(lines).toEqual(content.split(/\r?\n/));
      }),
    );
    expect(new SourceFile('a.yaml', 'a').lineAt(2)).toBe('');
  });
});
