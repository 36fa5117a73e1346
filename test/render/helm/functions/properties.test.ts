import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Stretch, type Text, text, type Value } from '../../../../src/render/helm/value.ts';
import { apply, author, value } from './calling.ts';

const AUTHORS = ['values', 'prod-eu', 'template'].map(author);

/** Pieces that printers treat in their own ways. */
const piece = fc.constantFrom('a', 'B', ' ', '  ', '\n', ': ', '- ', '#', "'", '"', '\\', '<', '1', '.', '/', 'é', '😀', '\t', 'word ', 'true', '{', '|');

/** A text whose parts were written by different authors, or by nobody who is known. */
const written = fc.array(fc.tuple(fc.array(piece, { maxLength: 12 }), fc.option(fc.constantFrom(...AUTHORS))), { maxLength: 4 }).map((parts): Text => {
  const stretches: Stretch[] = [];
  let whole = '';
  for (const [pieces, origin] of parts) {
    const part = pieces.join('');
    if (origin && part !== '') stretches.push({ start: whole.length, end: whole.length + part.length, origins: [origin] });
    whole += part;
  }
  return { kind: 'string', text: whole, stretches };
});

/** Calls that take one text, and give texts or what holds them. */
const CALLS: readonly (readonly [name: string, before?: readonly unknown[], behind?: readonly unknown[]])[] = [
  ['trim'],
  ['upper'],
  ['lower'],
  ['title'],
  ['untitle'],
  ['swapcase'],
  ['nospace'],
  ['initials'],
  ['camelcase'],
  ['snakecase'],
  ['quote'],
  ['squote'],
  ['cat'],
  ['toYaml'],
  ['toYamlPretty'],
  ['toJson'],
  ['toPrettyJson'],
  ['toRawJson'],
  ['toToml'],
  ['fromYaml'],
  ['fromJson'],
  ['fromToml'],
  ['b64enc'],
  ['base'],
  ['dir'],
  ['clean'],
  ['ext'],
  ['trunc', [7n]],
  ['trunc', [-7n]],
  ['indent', [3n]],
  ['nindent', [3n]],
  ['wrap', [5n]],
  ['wrapWith', [4n, '|']],
  ['abbrev', [8n]],
  ['abbrevboth', [5n, 9n]],
  ['replace', ['a', 'xy']],
  ['replace', ['', '-']],
  ['split', [' ']],
  ['splitList', ['']],
  ['trimAll', ['a ']],
  ['regexReplaceAll', ['(\\w)(\\s)?'], ['$2<$1>']],
  ['regexFindAll', ['[a-z]+'], [-1n]],
  ['regexSplit', ['\\s'], [-1n]],
];

function textsIn(result: Value): Text[] {
  if (result.kind === 'string') return [result];
  if (result.kind === 'list') return result.items.flatMap(textsIn);
  return result.kind === 'map' ? [...result.entries.values()].flatMap(textsIn) : [];
}

function outcome(name: string, args: readonly unknown[]): readonly Text[] {
  try {
    return textsIn(apply(name, args));
  } catch (error) {
    return [text(String(error))];
  }
}

describe('texts and their authors', () => {
  it.each(CALLS.map(([name, before = [], behind = []]) => ({ name, before, behind })))('$name', ({ name, before, behind }) => {
    fc.assert(
      fc.property(written, (source) => {
        const results = outcome(name, [...before, source, ...behind]);
        const bare = outcome(name, [...before, source.text, ...behind]);
        // Who wrote a text never changes what comes of it.
        expect(results.map((one) => one.text)).toEqual(bare.map((one) => one.text));
        for (const { text: whole, stretches } of results) {
          let end = 0;
          for (const stretch of stretches) {
            expect(stretch.start).toBeGreaterThanOrEqual(end);
            expect(stretch.end).toBeGreaterThan(stretch.start);
            end = stretch.end;
          }
          expect(end).toBeLessThanOrEqual(whole.length);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('what is written as YAML reads as it was, by the same authors', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('a', 'b', 'c'), written), (entries) => {
        const back = apply('fromYaml', [apply('join', ['', [apply('toYaml', [value(entries)]), '\n']])]);
        expect(back.kind).toBe('map');
        for (const [key, source] of Object.entries(entries)) {
          const read = back.kind === 'map' ? back.entries.get(key) : undefined;
          expect(read?.kind === 'string' && read.text).toBe(source.text);
          const namesOf = ({ stretches }: Text): string[] => stretches.flatMap(({ origins }) => origins.map(({ file }) => file.path));
          expect(namesOf(source)).toEqual(expect.arrayContaining(read?.kind === 'string' ? namesOf(read) : []));
        }
      }),
      { numRuns: 100 },
    );
  });
});
