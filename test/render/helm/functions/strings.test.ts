import { describe, expect, it } from 'vitest';
import type { Text } from '../../../../src/render/helm/value.ts';
import { apply, author, by, itGives, stretches, typeOf, written } from './calling.ts';

describe('texts', () => {
  itGives([
    ['trim', ['\u00a0 storefront\n'], 'storefront'],
    ['trimAll', ['-', '--a-b--'], 'a-b'],
    ['trimSuffix', ['-', 'checkout--'], 'checkout-'],
    ['trimPrefix', ['v', 'v1.2'], '1.2'],
    ['trunc', [5n, 'storefront'], 'store'],
    ['trunc', [-5n, 'storefront'], 'front'],
    ['trunc', [4n, 'éé-'], 'éé'],
    ['substr', [1n, 3n, 'ledger'], 'ed'],
    ['substr', [-1n, 3n, 'ledger'], 'led'],
    ['repeat', [3n, 'ab'], 'ababab'],
    ['replace', ['', '-', 'ab'], '-a-b-'],
    ['replace', ['.', '-', 'a.b.c'], 'a-b-c'],
    ['quote', ['a "b"', null, 3n], '"a \\"b\\"" "3"'],
    ['quote', ['é\u200b\x00'], '"é\\u200b\\x00"'],
    ['squote', ["it's", 1.5], "'it's' '1.5'"],
    ['cat', ['a', null, 1e7], 'a 1e+07'],
    ['indent', [2n, 'a\n\nb'], '  a\n  \n  b'],
    ['nindent', [2n, 'a'], '\n  a'],
    ['plural', ['one', 'many', 2n], 'many'],
    ['join', ['-', ['a', null, 1]], 'a-1'],
    ['sortAlpha', [[3, 'b', 'B', '😀', '\uff5e']], '[3 B b \uff5e 😀]'],
    ['split', ['.', 'a.b'], 'map[_0:a _1:b]'],
    ['splitn', ['.', 2n, 'a.b.c'], 'map[_0:a _1:b.c]'],
    ['splitList', ['', 'ab'], '[a b]'],
    ['toString', [{ b: [1, null], a: true }], 'map[a:true b:[1 <nil>]]'],
    ['title', ['hello wORLD a-b it_is'], 'Hello WORLD A-B It_is'],
    ['snakecase', ['HTTP2xxServer'], 'http_2xx_server'],
    ['kebabcase', ['Bld4Floor3rd'], 'bld4-floor-3rd'],
    ['camelcase', ['_foo__bar-baz'], '_Foo_BarBaz'],
    ['swapcase', ['aB c'], 'Ab C'],
    ['initials', ['First try'], 'Ft'],
    ['nospace', ['a b\tc'], 'abc'],
    ['abbrev', [7n, 'storefront'], 'stor...'],
    ['wrap', [5n, 'aa bb cccccc dd'], 'aa bb\ncccccc\ndd'],
    ['wrapWith', [3n, '|', 'abcdef'], 'abc|def'],
  ]);

  it('gives lists the type that they have in Go', () => {
    expect([typeOf('splitList', ',', 'a'), typeOf('split', ',', 'a'), typeOf('toStrings', [1])]).toEqual(['[]string', 'map[string]string', '[]string']);
  });
});

describe('who wrote a text', () => {
  const image = (): unknown => apply('join', ['', [by('registry', 'ghcr.io'), '/', by('name', 'shop/web')]]);

  it.each([
    ['trunc', [9n], ['registry:ghcr.io', 'name:s']],
    ['trimPrefix', ['ghcr.'], ['registry:io', 'name:shop/web']],
    ['upper', [], ['registry:GHCR.IO', 'name:SHOP/WEB']],
    ['title', [], ['registry:Ghcr.Io', 'name:Shop/Web']],
    ['replace', ['/', by('mark', '::')], ['registry:ghcr.io', 'mark:::', 'name:shop', 'mark:::', 'name:web']],
    ['nindent', [2n], ['registry:ghcr.io', 'name:shop/web']],
    ['quote', [], ['registry:ghcr.io', 'name:shop/web']],
    ['sha256sum', [], [expect.stringMatching(/^registry\+name:[\da-f]{64}$/)]],
    ['regexFind', ['[a-z]+/[a-z]+$'], ['name:shop/web']],
    ['base', [], ['name:web']],
    ['dir', [], ['registry:ghcr.io', 'name:shop']],
    ['toYaml', [], ['registry:ghcr.io', 'name:shop/web']],
    ['toJson', [], ['registry:ghcr.io', 'name:shop/web']],
  ] as const)('%s moves it along', (name, before, expected) => expect(written(name, ...before, image())).toEqual(expected));

  it('a replacement takes groups along', () => {
    expect(written('regexReplaceAll', '^(.*?)/(.*)$', image(), '$2@${1}')).toEqual(['name:shop/web', 'registry:ghcr.io']);
  });

  it('escapes do not blur it', () => {
    const both = apply('join', ['', [by('a', '"x"\n'), by('b', '<y>')]]);
    expect(written('quote', both)).toEqual(['a:\\"x\\"\\n', 'b:<y>']);
    expect(written('toJson', both)).toEqual(['a:\\"x\\"\\n', 'b:\\u003cy\\u003e']);
  });

  it('indents within what one wrote belong to it, those between do not', () => {
    const lines = apply('join', ['\n', [by('a', 'one\ntwo'), by('b', 'three')]]);
    expect(written('indent', 2n, lines)).toEqual(['a:one\n  two', 'b:three']);
  });

  it('keeps who decided that it is there', () => {
    const weak = [author('switch')];
    const source: Text = { kind: 'string', text: 'a\nb ', stretches: [{ start: 0, end: 4, origins: [author('a')], weak }] };
    for (const [name, ...args] of [
      ['indent', 1n],
      ['trim'],
      ['trunc', 2n],
      ['quote'],
      ['b64enc'],
      ['upper'],
      ['toYaml'],
      ['toJson'],
      ['splitList', '!'],
    ] as const) {
      const result = apply(name, [...args, source]);
      const texts = result.kind === 'list' ? result.items : [result];
      expect(
        texts.flatMap((one) => (one.kind === 'string' ? one.stretches.map((stretch) => stretch.weak) : [])),
        name,
      ).toEqual([weak]);
    }
  });

  it('gives a value that passes through as it is', () => {
    const name = by('values', 'ledger');
    for (const [fn, args] of [
      ['default', ['x', name]],
      ['coalesce', [null, name]],
      ['ternary', [name, 'x', true]],
      ['required', ['needed', name]],
      ['first', [[name]]],
      ['get', [{ a: name }, 'a']],
      ['dig', ['a', 'b', 'x', { a: { b: name } }]],
      ['toString', [name]],
      ['trim', [name]],
    ] as const) {
      expect(apply(fn, args), fn).toBe(name);
    }
    expect(stretches(name)).toEqual(['values:ledger']);
  });
});
