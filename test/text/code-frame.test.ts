import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeFrame } from '../../src/text/code-frame.ts';
import { SourceFile } from '../../src/text/source-file.ts';

const file = new SourceFile('a.yaml', 'kind: Service\n\nmetadata:\n  name: storefront\n\n\nspec: {}\n');
const frame = (start: number, end: number, context = 1, width = 80) => codeFrame({ file, span: { start, end } }, { context, width });

describe('codeFrame', () => {
  it('shows the lines around, marks the span, and drops blank lines at the rim', () => {
    const start = file.text.indexOf('storefront');
    expect(frame(start, start + 10)).toEqual([
      { line: 3, text: 'metadata:' },
      { line: 4, text: '  name: storefront', mark: { from: 8, to: 18 } },
    ]);
  });

  it('marks the first line only of a span over lines', () => {
    expect(frame(file.text.indexOf('metadata'), file.text.length, 0)).toEqual([{ line: 3, text: 'metadata:', mark: { from: 0, to: 9 } }]);
  });

  it('marks one column for an empty span, also behind the end of the line', () => {
    expect(frame(13, 13, 0)[0]?.mark).toEqual({ from: 13, to: 14 });
  });

  it('keeps the mark in view of a long line', () => {
    const long = new SourceFile('a.yaml', `args: ${'x'.repeat(200)} here ${'y'.repeat(200)}`);
    const start = long.text.indexOf('here');
    const [line] = codeFrame({ file: long, span: { start, end: start + 4 } }, { context: 0, width: 60 });
    expect(line?.text.length).toBeLessThanOrEqual(60);
    expect(line?.text.slice(line.mark?.from, line.mark?.to)).toBe('here');
  });

  it('never exceeds the width and never marks outside of it', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), fc.integer({ min: 10, max: 40 }), (from, length, width) => {
        for (const { text, mark } of frame(from, from + length, 2, width)) {
          expect(text.length).toBeLessThanOrEqual(width);
          if (mark) expect(mark.from < mark.to && mark.to <= text.length + 1).toBe(true);
        }
      }),
    );
  });
});
