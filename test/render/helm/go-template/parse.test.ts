import { describe, expect, it } from 'vitest';
import { tokensOf } from '../../../../src/render/helm/go-template/parse/lexer.ts';
import { readNumber } from '../../../../src/render/helm/go-template/parse/number.ts';
import { unquote } from '../../../../src/render/helm/go-template/parse/unquote.ts';
import { output, refusal } from './rendering.ts';

describe('tokens', () => {
  it('know where they stand', () => {
    const template = 'a {{- .x | quote }}';
    expect(tokensOf(template).map(({ kind, start, end }) => `${kind} ${template.slice(start, end)}`)).toEqual([
      'text a',
      'left {{',
      'field .x',
      'space  ',
      'pipe |',
      'space  ',
      'identifier quote',
      'space  ',
      'right }}',
      'end-of-file ',
    ]);
  });

  it.each([
    ['a \n {{- 1 -}} \n b', 'a1b'],
    ['a {{-1}}', 'a -1'],
    ['{{1 -}}\t\r\n', '1'],
    ['a{{/* } {{ */}}b', 'ab'],
    ['a {{- /* no */ -}} b', 'ab'],
    ['{{"}}"}}', '}}'],
    ['{{`a\\n`}}', 'a\\n'],
    ['{ {.}', '{ {.}'],
    ['{{ 1 | }}', '1'],
  ])('%j puts out %j', (template, expected) => expect(output(template)).toBe(expected));
});

describe('literals', () => {
  it.each([
    ['"a\\tb"', 'a\tb'],
    ['"\\xe2\\x9c\\x93"', '✓'],
    ['"\\u2713\\U0001F600"', '✓😀'],
    ['`a\r\nb`', 'a\nb'],
    ['"\\101"', 'A'],
  ])('%s is %j', (literal, expected) => expect(unquote(literal)).toBe(expected));

  it.each(['"\\q"', '"\\\'"', '"\\ud800"', '"\\400"', '"\\x4"'])('%s is no text', (literal) => expect(unquote(literal)).toBeUndefined());

  it.each([
    ['0x1f', 31n],
    ['0o17', 15n],
    ['017', 15n],
    ['0b1_01', 5n],
    ['1_000', 1000n],
    ['-3', -3n],
    ['1e3', 1000n],
    ['-9223372036854775808', -(2n ** 63n)],
  ])('%s is the integer %d', (literal, expected) => expect(readNumber(literal, 'number')).toMatchObject({ int: expected }));

  it.each([
    ['1.5', 1.5],
    ['0x1p4', 16],
    ['0x1.8p1', 3],
    ['.5e1', 5],
  ])('%s is the float %d', (literal, expected) => expect(readNumber(literal, 'number')).toMatchObject({ float: expected }));

  it.each([
    ['1__0', 'illegal number syntax: "1__0"'],
    ['0x', 'illegal number syntax: "0x"'],
    ['089', 'integer overflow: "089"'],
    ['99999999999999999999', 'integer overflow: "99999999999999999999"'],
    ['1e999', 'illegal number syntax: "1e999"'],
  ])('%s is none: %s', (literal, reason) => expect(readNumber(literal, 'number')).toBe(reason));

  it('an integer without a point or exponent is an int, everything else a float', () => {
    expect(output('{{printf "%T %T %T %T %T" 80 80.0 8e1 0x1p3 \'a\'}}')).toBe('int float64 float64 float64 int');
  });

  it('an integer that fits no int is refused where it is used', () => {
    expect(refusal('{{if .x}}{{18446744073709551615}}{{end}}', { x: true })).toBe('18446744073709551615 overflows int <18446744073709551615>');
    expect(output('{{if .x}}{{18446744073709551615}}{{end}}', { x: false })).toBe('');
  });
});

describe('what is refused, and at which place', () => {
  it.each([
    ['{{ nosuch . }}', 'function "nosuch" not defined <nosuch>'],
    ['{{ $tag }}', 'undefined variable "$tag" <$tag>'],
    ['{{ .image, .tag }}', 'unexpected "," in operand <,>'],
    ['{{ if .debug }}', 'unexpected EOF <>'],
    ['{{ end }}', 'unexpected {{end}} <{{>'],
    ['{{ if .debug }}{{ else }}{{ else }}{{ end }}', 'expected end; found {{else}} <{{>'],
    ['{{ .image | "x" }}', 'non executable command in pipeline stage 2 <}}>'],
    ['{{ ( ) }}', 'missing value for parenthesized pipeline <)>'],
    ['{{ break }}', '{{break}} outside {{range}} <}}>'],
    ['{{range .}}{{else}}{{continue}}{{end}}', '{{continue}} outside {{range}} <}}>'],
    ['{{ "a".b }}', 'unexpected . after term "\\"a\\"" <.b>'],
    ['{{ define x }}{{ end }}', 'unexpected "x" in define clause <x>'],
    ['{{ template .x }}', 'unexpected ".x" in template clause <.x>'],
    ['{{ with $a, $b := . }}{{ end }}', 'too many declarations in with <,>'],
    ['{{ "\\q" }}', 'invalid syntax <"\\q">'],
    ['{{ .a“ }}', "bad character U+201C '“' <>"],
    ['{{ (.a }}', 'unclosed left paren <>'],
    ['{{ .averylongname+ }}', "bad character U+002B '+' <>"],
  ])('%s', (template, expected) => expect(refusal(template)).toBe(expected));

  it('an action that is not closed is said to begin where it does', () => {
    expect(refusal('a: 1\nb: {{ .tag\n2\n')).toBe('unclosed action started at storefront/templates/deployment.yaml:2 <>');
    expect(refusal('b: {{ "x\n" }}')).toBe('unterminated quoted string <>');
  });

  it('an unknown function goes before a mistake that comes later', () => {
    expect(refusal('{{ nosuch }}{{ end }}')).toBe('function "nosuch" not defined <nosuch>');
    expect(refusal('{{ end }}{{ nosuch }}')).toBe('unexpected {{end}} <{{>');
  });

  it('two definitions of one name in one file are refused, unless one is blank', () => {
    expect(refusal('{{define "a"}}1{{end}}{{define "a"}}2{{end}}')).toContain('multiple definition of template "a"');
    expect(output('{{define "a"}}1{{end}}{{define "a"}} \n{{end}}{{template "a"}}')).toBe('1');
  });

  it('nesting without end is refused, and does not exhaust the stack', () => {
    expect(refusal(`{{${'('.repeat(5000)}1${')'.repeat(5000)}}}`)).toContain('max expression depth exceeded');
    expect(refusal('{{if 1}}'.repeat(30_000))).toContain('max nesting depth exceeded');
    expect(output(`{{${'('.repeat(500)}1${')'.repeat(500)}}}`)).toBe('1');
  });

  it('long runs of white space cost no time', () => {
    const start = performance.now();
    expect(output(`${' '.repeat(200_000)}x{{- 1}}`)).toHaveLength(200_002);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
