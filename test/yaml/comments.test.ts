import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commentsOf } from '../../src/yaml/comments.ts';

const found = async (text: string) => commentsOf(text).map(({ text, ownLine }) => `${ownLine ? 'own' : 'end'} ${text}`);

describe('commentsOf', () => {
  it('tells a comment from what only looks like one', async () => {
    const text = [
      '# gitops-lint-disable-file x',
      'a: 1 # one',
      'b: | # head',
      '  # text',
      'c: "# text" # two',
      "d: '# text'",
      'e: x#text',
      'f: [1, # three',
      '  2]',
      '  # four',
      'g: x # five',
      '  ',
      '---',
      '# six',
    ].join('\n');
    expect(await found(text)).toEqual([
      'own # gitops-lint-disable-file x',
      'end # one',
      'end # head',
      'end # two',
      'end # three',
      'own # four',
      'end # five',
      'own # six',
    ]);
  });

  it('takes what stands behind a quote without a space, as Go does', async () => {
    expect(await found('a: "1"#c\n')).toEqual(['end #c']);
  });

  it('leaves out line breaks and a byte order mark', async () => {
    const text = '\ufeff# one\r\na: 1 # two\r\n';
    const comments = commentsOf(text);
    expect(comments.map(({ start, end }) => text.slice(start, end))).toEqual(['# one', '# two']);
    expect(comments.map(({ ownLine }) => ownLine)).toEqual([true, false]);
  });

  it('covers each comment exactly, in order, in whatever text', async () => {
    const piece = fc.constantFrom('a: ', '- ', '\n', '  ', '"', "'", '[', ']', '# c', '#', 'x', '|\n', '---\n', '\t', '\r\n');
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 15 }), async (pieces) => {
        const text = pieces.join('');
        let at = 0;
        for (const comment of commentsOf(text)) {
          expect(comment.start).toBeGreaterThanOrEqual(at);
          expect(text.slice(comment.start, comment.end)).toBe(comment.text);
          expect(comment.text).toMatch(/^#[^\r\n]*$/);
          at = comment.end;
        }
      }),
    );
  });
});
