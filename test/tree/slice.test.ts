import { describe, expect, it } from 'vitest';
import { SourceFile } from '../../src/text/source-file.ts';
import { childOf, type Origin, type Scalar, scalar } from '../../src/tree/node.ts';
import { sliceOf, writtenSlice } from '../../src/tree/slice.ts';
import { parseYaml } from '../../src/yaml/parse.ts';

const textIn = (yaml: string): Scalar => childOf(parseYaml(new SourceFile('a.yaml', yaml)).documents[0]?.root, 'text') as Scalar;
const shown = ({ file, start, end, precision }: Origin) =>
  `${precision} ${file.positionAt(start).line}:${file.positionAt(start).column} ${file.text.slice(start, end)}`;

/** Where the source shows a word of a text. */
function found(node: Scalar, word: string): string | undefined {
  const at = node.text.indexOf(word);
  const slice = writtenSlice(node, at, at + word.length);
  return slice && shown(slice);
}

describe('a stretch of a text', () => {
  it.each([
    ['text: one two\n', 'exact 1:11 two'],
    ['text: "one two"\n', 'exact 1:12 two'],
    ['text: |\n  one\n\n    # two\n', 'exact 4:7 two'],
    ['text: |2-\n    one\n  two\n', 'exact 3:3 two'],
    ['text: |\r\n  one\r\n  two\r\n', 'exact 3:3 two'],
    ['text: |\n  one\n  one two\n', 'exact 3:7 two'],
  ])('stands where the source shows it: %j', (yaml, place) => expect(found(textIn(yaml), 'two')).toBe(place));

  it.each(['text: "one\\ntwo"\n', 'text: >\n  one\n  two\n'])('has the place of the whole where it does not: %j', (yaml) => {
    const node = textIn(yaml);
    expect(found(node, 'two')).toBeUndefined();
    expect(sliceOf(node, 4, 7)).toEqual(node.origin);
  });

  it('stands with the author of its part', () => {
    const file = new SourceFile('b.yaml', 'x: one\ny: |\n  two\n    three\n');
    const at = (start: number, end: number): Origin => ({ file, start, end, how: 'written', precision: 'exact' });
    const origin = at(0, 1);
    const parts = [
      { start: 0, end: 4, origin: at(3, 6) },
      { start: 4, end: 15, origin: at(12, 28) },
    ];
    const node = scalar('one\ntwo\n  three', 'literal', origin, { parts });
    expect(found(node, 'three')).toBe('exact 4:5 three');
    expect(found(node, 'one')).toBeUndefined();
  });
});
