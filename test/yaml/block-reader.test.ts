import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { globbySync } from 'globby';
import { describe, expect, it } from 'vitest';
import { SourceFile } from '../../src/text/source-file.ts';
import { readBlocks } from '../../src/yaml/block-reader.ts';
import { parseAny } from '../../src/yaml/parse.ts';

/** What is read fast must be what the parser reads: the same nodes, at the same places. Reading nothing is always right. */
function expectSame(text: string, path = 'apps/checkout.yaml'): boolean {
  const file = new SourceFile(path, text);
  const documents = readBlocks(file, text, 0);
  if (documents) expect({ file, documents }, JSON.stringify(text)).toEqual(parseAny(file, text, 0));
  return documents !== undefined;
}

describe('what is read fast', () => {
  it.each([
    '',
    '# only a comment',
    'kind: Deployment\nmetadata:\n  name: checkout\n',
    '---\nkind: Service\n---\n# nothing\n---\nkind: Secret',
    'args:\n- --port=8080\n- "a\\tb"\n-\n- name: x\n  value:\n- - nested\n',
    'data:\n  a: |\n\n    text\n      more\n\n  b: >-\n    folded\n    text\n  c: |+\n    kept\n\n',
    'description: words that\n  go on\n\n  and on # until here\nnext: "in quotes\n  as well"\n',
    'image:\n  registry.example.com/checkout:1.2.3\n',
    'labels: {app: checkout, "tier": "web", none: {}}\nports: [80, "443", http://x]\nempty: []\n',
    "'quoted key': 'it''s'\n\"other\" : x\n",
  ])('%j', (text) => {
    expect(expectSame(text)).toBe(true);
  });

  it.each([
    'a: &x 1\nb: *x\n',
    'a: !!str 1\n',
    '<<: {a: 1}\n',
    'a: 1\na: 2\n',
    '? a\n: 1\n',
    'a:\t1\n',
    'a: 1\r\n',
    'a: |2\n   x\n',
    'a: [1,\n  2]\n',
    'a: "\\x41"\n',
    'a: b: c\n',
    'a: 1\n  b: 2\n',
    'a: 1\n...\n',
    '%YAML 1.1\n---\na: 1\n',
    '\ufeffa: 1\n',
    ' --- a: 1\n',
    'text',
  ])('%j is left to the parser', (text) => {
    expect(expectSame(text)).toBe(false);
  });
});

describe('whatever is generated', () => {
  const word = fc.constantFrom('a', 'b', 'name', 'x y', '-x', '80', 'http://x:1', '"q"', "'it''s'", '"\\n"', '"open', '~', '', '#c', 'a #c', 'a#b', '*', 'é');
  const value = fc.oneof(
    word,
    fc.constantFrom(
      '|',
      '>',
      '|-',
      '>+',
      '| # c',
      '|2',
      '{}',
      '[]',
      '[a, b]',
      '{a: b}',
      '[a',
      '{a:b}',
      '[{a: 1}, "x"]',
      '[a,]',
      '{a: , b}',
      'a: b',
      '- a',
      '---',
      '...',
      '&a x',
    ),
  );
  const line = fc.record({
    indent: fc.nat(7),
    lead: fc.constantFrom('', '', '- ', '- - ', '-', '-  '),
    key: fc.constantFrom('', 'a', 'b', 'key', '"k"', "'k'", 'k ', '<<', '?', 'é'),
    colon: fc.constantFrom(': ', ':', ':  ', ''),
    value,
    end: fc.constantFrom('', '', '', ' ', ' # c', '#c', '\t'),
  });
  const special = fc.constantFrom('', '   ', '---', '--- ', '--- # c', '--- a', '# c', '  # c', '...', '%a', '\r', '\ufeff');
  const text = fc
    .tuple(fc.array(fc.oneof({ weight: 8, arbitrary: line }, { weight: 1, arbitrary: special }), { maxLength: 9 }), fc.constantFrom('\n', '', '\n\n', '\n  '))
    .map(
      ([lines, end]) =>
        lines.map((one) => (typeof one === 'string' ? one : ' '.repeat(one.indent) + one.lead + one.key + one.colon + one.value + one.end)).join('\n') + end,
    );

  it('means the same to both, or is left to the parser', () => {
    fc.assert(
      fc.property(text, (generated) => void expectSame(generated)),
      { numRuns: 3000 },
    );
  });

  it('holds for lines that fit together', () => {
    // Few indents and few ways to write: most of these texts are read.
    const plain = fc.record({
      indent: fc.constantFrom(0, 0, 2, 2, 4),
      lead: fc.constantFrom('', '', '', '- '),
      key: fc.uuid().map((id) => `k${id.slice(0, 4)}`),
      value: fc.constantFrom('', ' x', ' x', ' "x"', ' |', ' >-', ' [a, b]', ' {a: b}', ' x # c', " 'x'"),
    });
    const texts = fc
      .array(plain, { maxLength: 8 })
      .map((lines) => lines.map(({ indent, lead, key, value: of }) => `${' '.repeat(indent)}${lead}${key}:${of}\n`).join(''));
    fc.assert(
      fc.property(texts, (generated) => void expectSame(generated)),
      { numRuns: 3000 },
    );
  });
});

describe('the fixtures', () => {
  it('mean the same to both, and nearly all are read', () => {
    const paths = globbySync(['fixtures/**/*.{yaml,yml,json}', 'fixtures/**/Kustomization']);
    const read = paths.filter((path) => expectSame(readFileSync(path, 'utf8'), path));
    expect(read.length).toBeGreaterThan(paths.length * 0.8);
  });
});
