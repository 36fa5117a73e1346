import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, type TextEdit } from '../../src/text/edit.ts';
import { compareLocations, compareText, startOf } from '../../src/text/location.ts';
import { SourceFile } from '../../src/text/source-file.ts';

const file = new SourceFile('apps/ledger.yaml', 'replicas: 1\nimage: ledger:1.0\n');
const edit = (start: number, end: number, newText: string): TextEdit => ({ location: { file, span: { start, end } }, newText });

describe('applyEdits', () => {
  it('applies edits in the order of the text, whatever order they come in', () => {
    expect(applyEdits(file.text, [edit(26, 29, '1.1'), edit(10, 11, '3')])).toBe('replicas: 3\nimage: ledger:1.1\n');
  });

  it('lets edits touch, and keeps the order of insertions at one place', () => {
    expect(applyEdits('ab', [edit(0, 1, 'x'), edit(1, 2, 'y')])).toBe('xy');
    expect(applyEdits('ab', [edit(1, 1, '1'), edit(1, 1, '2')])).toBe('a12b');
  });

  it('refuses edits that overlap', () => {
    expect(() => applyEdits(file.text, [edit(0, 5, ''), edit(4, 6, '')])).toThrow('edits of apps/ledger.yaml overlap at offset 4');
  });

  it('leaves all that lies outside of the edits as it is', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.array(fc.tuple(fc.nat(40), fc.string({ maxLength: 5 })), { maxLength: 6 }), (content, cuts) => {
        const places = [...new Set(cuts.map(([at]) => Math.min(at, content.length)))].sort((a, b) => a - b);
        const edits = places.map((at, index) => edit(at, Math.min(at + 1, places[index + 1] ?? content.length), cuts[index]?.[1] ?? ''));
        const kept = content.split('').filter((_, at) => !edits.some(({ location: { span } }) => span.start <= at && at < span.end));
        const marked = applyEdits(
          content,
          edits.map(({ location }) => ({ location, newText: '' })),
        );
        expect(marked).toBe(kept.join(''));
        expect(applyEdits(content, edits)).toHaveLength(kept.length + edits.reduce((sum, { newText }) => sum + newText.length, 0));
      }),
    );
  });
});

describe('order', () => {
  it('is by path, then by place, in code units', () => {
    const other = new SourceFile('apps/Ledger.yaml', '');
    const locations = [{ file, span: { start: 3, end: 4 } }, { file, span: { start: 3, end: 3 } }, startOf(file), startOf(other)];
    expect([...locations].sort(compareLocations)).toEqual([...locations].reverse());
    expect(['é', 'a', 'B'].sort(compareText)).toEqual(['B', 'a', 'é']);
  });
});
