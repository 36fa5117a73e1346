import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SourceFile } from '../../src/text/source-file.ts';
import { childOf, type Mapping, type Node, type Scalar } from '../../src/tree/node.ts';
import { plainOf } from '../../src/tree/plain.ts';
import { parseYaml, parseYamlAt } from '../../src/yaml/parse.ts';
import { plainValue } from '../tree/build.ts';

const parse = (text: string) => parseYaml(new SourceFile('apps/checkout.yaml', text));
const values = (text: string) => {
  const { documents, problem } = parse(text);
  if (problem) throw new Error(problem.reason);
  return documents.map(({ root }) => (root ? plainOf(root) : null));
};
const written = (node: Node | undefined) => node?.origin.file.text.slice(node.origin.start, node.origin.end);

function scalarsOf(node: Node | undefined): Scalar[] {
  if (!node) return [];
  if (node.kind === 'scalar') return [node];
  return node.kind === 'sequence' ? node.items.flatMap(scalarsOf) : node.entries.flatMap(({ key, value }) => [key, ...scalarsOf(value)]);
}

describe('documents', () => {
  it.each<[string, unknown[]]>([
    ['', []],
    ['# only a comment\n', []],
    ['a: 1\n', [{ a: 1 }]],
    ['---\na: 1\n', [{ a: 1 }]],
    ['a: 1\n---\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['a: 1\n---\n', [{ a: 1 }, null]],
    ['a: 1\n---\n# nothing\n---\nb: 2\n', [{ a: 1 }, null, { b: 2 }]],
    ['a: 1\n...\n---\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['---a: 1\n', [{ '---a': 1 }]],
    ['%YAML 1.1\n---\na: yes\n', [{ a: 'yes' }]],
    ['\ufeffa: 1\n', [{ a: 1 }]],
    ['a: 1\r\nb: |\r\n  x\r\n  y\r\n', [{ a: 1, b: 'x\ny\n' }]],
    ['a: 1\rb: 2\r', [{ a: 1, b: 2 }]],
    ['{"a": [1, null]}', [{ a: [1, null] }]],
  ])('%j', (text, expected) => {
    expect(values(text)).toEqual(expected);
  });

  it('parses a file once', () => {
    const file = new SourceFile('a.yaml', 'a: 1');
    expect(parseYaml(file)).toBe(parseYaml(file));
  });
});

describe('what go-yaml takes', () => {
  it.each<[string, unknown]>([
    ['a: "1"#c\nb: [1]#d\nc: 2\n', { a: '1', b: [1], c: 2 }],
    ['a: ["1"#c\n ,2]\n', { a: ['1', 2] }],
    ['env: {\n  app: ledger\n}\nb: 1\n', { env: { app: 'ledger' }, b: 1 }],
    ['- {\n  a: 1, # one\n  b: "#"\n}\n- 2\n', [{ a: 1, b: '#' }, 2]],
    ['a: [\n\tx,\n\ty\n\t]\n', { a: ['x', 'y'] }],
    ['a:\t[x]\n', { a: ['x'] }],
    ['a: "x\ny"\nb: 1\n', { a: 'x y', b: 1 }],
    ['a: "x\n\n  # y"\n', { a: 'x\n# y' }],
    ['a: "it\\\'s"\n', { a: "it's" }],
    ['a: x\u0085b: y\u2028', { a: 'x', b: 'y' }],
    ['a: b\n  \tc\n', { a: 'b c' }],
    ['a: |\n  x', { a: 'x' }],
    ['a: |+\n  x', { a: 'x' }],
    ['a: >-\n  x\n  y', { a: 'x y' }],
    ['a: |\n  x\n', { a: 'x\n' }],
    ['a: !Ref x\nb: !List [y]\n', { a: 'x', b: ['y'] }],
    ['? a\n: b\n', { a: 'b' }],
    [`? ${'k'.repeat(2000)}\n: 1\n`, { ['k'.repeat(2000)]: 1 }],
    ['# one\n\t# two\na: 1\n', { a: 1 }],
    ['a: "x\n%y"\n', { a: 'x %y' }],
  ])('%j', (text, expected) => {
    expect(values(text)).toEqual([expected]);
  });
});

describe('what go-yaml refuses', () => {
  it.each([
    ['a: 1\n...\nb: 2\n', 'after "..." a new document begins with "---"', 'b'],
    ['...\n', 'a document cannot begin with its end mark', '...'],
    ['%YAML 1.2\n---\na: 1\n', 'only version 1.1 of YAML can be asked for', '%YAML 1.2'],
    ['%SHOP x\n---\na: 1\n', 'unknown directive', '%SHOP x'],
    ['-\ta\n', 'a tab cannot be used for indentation', '\t'],
    ['- - \ta\n', 'a tab cannot be used for indentation', '\t'],
    ['a:\n  b: 1\n\t\n  c: 2\n', 'a tab cannot be used for indentation', '\t'],
    ['a: "1"\n\t\nb: 2\n', 'a tab cannot be used for indentation', '\t'],
    ['a: "a\\/b"\n', 'unknown escape sequence "\\/"', '\\/'],
    ['a: "\\ud83d\\ude00"\n', 'unknown escape sequence "\\ud83d"', '\\ud83d'],
    ['a: "\\U00110000"\n', 'unknown escape sequence "\\U00110000"', '\\U00110000'],
    ['# \u0001\na: 1\n', 'the control character U+0001 is not allowed', '\u0001'],
    [`${'k'.repeat(1025)}: 1\n`, 'a key has at most 1024 characters', 'k'.repeat(1025)],
    ['{a\n  b: 1}\n', 'a key and its colon stand in one line', 'a\n  b'],
    ['{a\n  : 1}\n', 'a key and its colon stand in one line', 'a'],
    [': 1\n', 'there is no key before the colon', ':'],
    ['a: {{ .Values.x }}\n', 'a collection cannot be a key', '{ .Values.x }'],
    ['a: *ledger\n', 'unknown anchor', '*ledger'],
    ['a: &x [*x]\n', 'the value of anchor "x" holds itself', '*x'],
    ['a: &x 1\nb: &x [*x]\n', 'the value of anchor "x" holds itself', '*x'],
    ['a: &a.b 1\n', 'an anchor name holds only letters, digits, "-" and "_"', '&a.b'],
    ['<<: 1\n', 'a merge key needs a mapping', '1'],
    ['a: &l [{x: 1}]\nb: {<<: *l}\n', 'a merge key needs a mapping', '*l'],
  ])('%j', (text, reason, place) => {
    const { documents, problem } = parse(text);
    expect(documents).toEqual([]);
    expect(problem?.reason).toBe(reason);
    expect(text.slice(problem?.span.start, problem?.span.end)).toBe(place);
  });

  it('takes what only looks like it', () => {
    expect(values('a: "a\\\\/b"\nb: \'\\/\'\nc: "\\\\ud83d"\nd: "\\U0001F600"\n')).toEqual([{ a: 'a\\/b', b: '\\/', c: '\\ud83d', d: '😀' }]);
    expect(values('a: |\n  \tx\n  %y\nb: x\ty\n')).toEqual([{ a: '\tx\n%y\n', b: 'x\ty' }]);
  });

  it('stops what expands without end', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 9; level += 1)
      lines.push(
        `a${level}: &a${level} [${Array(10)
          .fill(`*a${level - 1}`)
          .join(', ')}]`,
      );
    expect(parse(lines.join('\n')).problem?.reason).toBe('the aliases of this document expand to too many values');
  });

  // With anything quadratic, this one runs into the time limit.
  it('needs no time for texts that invite it to search', () => {
    parse(`a: "${'\\\\'.repeat(20_000)}"`);
    parse(`a: {\n${'"x": "y",\n'.repeat(2_000)}}\n`);
    parse(`a: |\n${'  \tx\n'.repeat(20_000)}`);
    expect(parse('# \n\t# x\n'.repeat(300)).problem).toBeUndefined();
  });
});

describe('keys', () => {
  it('keeps the last of duplicate keys, and tells of the others', () => {
    const [document] = parse('a: 1\nb: 2\n"a": 3\n').documents;
    expect(plainOf(document?.root as Node)).toEqual({ a: 3, b: 2 });
    expect(document?.duplicates.map(({ key, first }) => [written(key), written(first)])).toEqual([['"a"', 'a']]);
  });

  it('counts a second merge key as a duplicate', () => {
    const [document] = parse('a: &a {x: 1}\nb: &b {y: 2}\nc:\n  <<: *a\n  <<: *b\n').documents;
    expect(document?.duplicates).toHaveLength(1);
    expect(plainOf(document?.root as Node)).toMatchObject({ c: { x: 1, y: 2 } });
  });

  it('merges behind what is written, earlier mappings first, and says through what', () => {
    const [document] = parse('a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  z: 3\n  <<: [*a, *b]\n').documents;
    const merged = childOf(document?.root, 'c') as Mapping;
    expect(plainOf(merged)).toEqual({ z: 3, x: 1, y: 1 });
    expect(merged.entries.map(({ via }) => via?.file.text.slice(via.start, via.end))).toEqual([undefined, '<<', '<<']);
  });

  it('shares the node of an alias, and says that there was one', () => {
    const [document] = parse('a: &a {x: 1}\nb: *a\n').documents;
    const root = document?.root as Mapping;
    expect(childOf(root, 'b')).toBe(childOf(root, 'a'));
    expect(root.entries.map(({ via }) => via?.file.text.slice(via.start, via.end))).toEqual([undefined, '*a']);
  });

  it('takes a quoted "<<" for a key like any other', () => {
    expect(values('"<<": {a: 1}\n')).toEqual([{ '<<': { a: 1 } }]);
  });
});

describe('origins', () => {
  it.each([
    ['a: one two # c\n', 'a', 'one two'],
    ["a: 'it''s'\n", 'a', "'it''s'"],
    ['a: |\n  x\n  y\n\n\nb: 1\n', 'a', '  x\n  y'],
    ['a: [1, # ]\n  2 ]  # c\n', 'a', '[1, # ]\n  2 ]'],
    ['a: {x: [1], } # c\n', 'a', '{x: [1], }'],
    ['a: []\nb: {}\n', 'b', '{}'],
    ['a:\n  - x\n  - y: 1\n    z: "2"\nb: 1\n', 'a', '- x\n  - y: 1\n    z: "2"'],
    ['a: !!str 1\n', 'a', '1'],
    ['a: &x one\n', 'a', 'one'],
  ])('%j: %s', (text, key, expected) => {
    expect(written(childOf(parse(text).documents[0]?.root, key))).toBe(expected);
  });

  it.each([
    ['a:\nb: 1\n', 2],
    ['a : # none\nb: 1\n', 3],
    ['a: &x\nb: 1\n', 5],
    ['a: &x !!str\nb: 1\n', 11],
    ['a: !!str &x\nb: 1\n', 11],
    ['? a\n: # none\n', 5],
  ])('%j: a blank value stands behind what announces it', (text, at) => {
    expect(childOf(parse(text).documents[0]?.root, 'a')?.origin).toMatchObject({ start: at, end: at });
  });

  it('finds the dash of a blank item behind comments', () => {
    const text = '- a\n# - no\n- # -\n- b\n';
    const root = parse(text).documents[0]?.root;
    expect(root?.kind === 'sequence' && root.items[1]?.origin.start).toBe(text.indexOf('- # -') + 1);
  });

  it('counts from the start of the file for YAML inside of YAML', () => {
    const file = new SourceFile('kustomization.yaml', 'patches:\n- patch: |-\n    replicas: 3\n    bad: *x\n');
    const at = file.text.indexOf('replicas');
    const [document] = parseYamlAt(file, 'replicas: 3', at).documents;
    expect(written(childOf(document?.root, 'replicas'))).toBe('3');
    for (const inner of ['bad: *x', 'bad: [', 'bad: "\\/"', '-\tbad', '[a]: bad']) {
      const { problem } = parseYamlAt(file, inner, at);
      expect(problem?.span.start).toBeGreaterThanOrEqual(at);
      expect(problem?.span.end).toBeLessThanOrEqual(at + inner.length);
    }
  });

  it('cover texts that parse to the same scalar again', () => {
    fc.assert(
      fc.property(plainValue, fc.integer({ min: 0, max: 4 }), (value, indent) => {
        const root = parse(JSON.stringify({ value }, null, indent)).documents[0]?.root;
        for (const node of scalarsOf(root)) expect(scalarsOf(parse(written(node) ?? '').documents[0]?.root).map(({ text }) => text)).toEqual([node.text]);
        expect(plainOf(root as Node)).toEqual({ value });
      }),
    );
  });

  it('cover texts of every style', () => {
    const style = fc.constantFrom('storefront', '"a b"', "'c'", '"x\\ny"', 'one two', '[a, "b"]', '{k: v}', '|-\n    text\n    more', '~', '&x 1', '!!str 2');
    fc.assert(
      fc.property(fc.array(fc.tuple(style, fc.constantFrom('', '  # c', '\n\n')), { minLength: 1, maxLength: 6 }), (items) => {
        const text = items.map(([item, end], index) => `k${index}: ${item}${item.startsWith('|') ? '' : end}\n`).join('');
        const root = parse(text).documents[0]?.root;
        expect(root?.kind === 'mapping' && root.entries).toHaveLength(items.length);
        for (const node of scalarsOf(root)) {
          const slice = written(node) ?? '';
          if (node.style === 'literal') expect(slice).toBe('    text\n    more');
          else expect(scalarsOf(parse(slice).documents[0]?.root)[0]?.text).toBe(node.text);
        }
      }),
    );
  });

  it('lie inside of each other', () => {
    fc.assert(
      fc.property(plainValue, (value) => {
        const check = (node: Node): void => {
          const children = node.kind === 'mapping' ? node.entries.flatMap(({ key, value }) => [key, value]) : node.kind === 'sequence' ? node.items : [];
          let at = node.origin.start;
          for (const child of children) {
            expect(child.origin.start).toBeGreaterThanOrEqual(at);
            expect(child.origin.end).toBeLessThanOrEqual(node.origin.end);
            at = child.origin.end;
            check(child);
          }
        };
        const root = parse(JSON.stringify({ value }, null, 2)).documents[0]?.root;
        if (root) check(root);
      }),
    );
  });
});
