import { describe, expect, it } from 'vitest';
import { text } from '../../../../src/render/helm/value.ts';
import { output, refusal } from './rendering.ts';

const host = {
  kind: 'host',
  type: '*chart.Files',
  field: (name: string) => (name === 'Count' ? text('2') : undefined),
  method: (name: string) => (name === 'Get' ? ([path]: readonly unknown[]) => text(`content of ${(path as { text: string }).text}`) : undefined),
  plain: () => ({ kind: 'map', entries: new Map([['a.txt', text('A')]]), origins: [] }),
};

describe('the two nils', () => {
  const values = { image: null, checkout: {}, items: [null] };

  it.each([
    ['{{.image}}', '<no value>'],
    ['{{.missing}}', '<no value>'],
    ['{{.checkout.tag}}', '<no value>'],
    ['{{(.image).tag}}', '<no value>'],
    ['{{((.missing).a).b}}', '<no value>'],
    ['{{$image := .image}}{{$image.tag}}', '<no value>'],
    ['{{(index .checkout "tag").x}}', '<no value>'],
    ['{{(pass .image).tag}}', '<no value>'],
    ['{{print .image}}', '<nil>'],
    ['{{.image | print}}', '<nil>'],
    ['{{print .missing nil}}', '<nil> <nil>'],
    ['{{range list .missing}}{{print .}}{{end}}', '<nil>'],
  ])('%s puts out %s', (template, expected) => expect(output(template, values)).toBe(expected));

  it.each([
    ['{{.image.tag}}', 'nil pointer evaluating interface {}.tag <.image.tag>'],
    ['{{.missing.a.b}}', 'nil pointer evaluating interface {}.a <.missing.a.b>'],
    ['{{range .items}}{{.tag}}{{end}}', 'nil pointer evaluating interface {}.tag <.tag>'],
    ['{{range list .missing}}{{.tag}}{{end}}', 'nil pointer evaluating interface {}.tag <.tag>'],
    ['{{nil}}', 'nil is not a command <nil>'],
    ['{{index .image "tag"}}', 'index of untyped nil <index>'],
    ['{{len .image}}', 'len of nil pointer <len>'],
  ])('%s is refused', (template, expected) => expect(refusal(template, values)).toBe(expected));

  it('without missingkey=zero a missing key has missing fields', () => {
    expect(output('{{.missing.a.b}}', values, { missingKey: 'default' })).toBe('<no value>');
    expect(refusal('{{.image.a}}', values, { missingKey: 'default' })).toContain('nil pointer');
  });

  it('with missingkey=error a missing key is refused, a null is not', () => {
    expect(refusal('{{.missing}}', values, { missingKey: 'error' })).toBe('map has no entry for key "missing" <.missing>');
    expect(output('{{.image}}', values, { missingKey: 'error' })).toBe('<no value>');
  });

  it('the dot of a template that is given nil has missing fields', () => {
    expect(output('{{define "a"}}{{.x.y}}{{end}}{{template "a"}}{{include "a" .image}}', values)).toBe('<no value><no value>');
    expect(output('{{.x}}', null)).toBe('<no value>');
  });
});

describe('fields', () => {
  it.each([
    ['{{.name.first}}', "can't evaluate field first in type interface {} <.name.first>"],
    ['{{$x := .name}}{{$x.first}}', "can't evaluate field first in type string <$x.first>"],
    ['{{.name 1}}', 'name is not a method but has arguments <.name>'],
    ['{{1 | .name}}', 'name is not a method but has arguments <.name>'],
    ['{{$ 1}}', "can't give argument to non-function <$>"],
    ['{{(1) 2}}', "can't give argument to non-function <(1)>"],
  ])('%s is refused', (template, expected) => expect(refusal(template, { name: 'storefront' })).toBe(expected));

  it('objects of Helm have fields and methods with arguments', () => {
    expect(output('{{.Files.Count}} {{.Files.Get "a.txt"}} {{"b" | .Files.Get}} {{(.Files.Get "c") | len}}', { Files: host })).toBe(
      '2 content of a.txt content of b 12',
    );
    expect(output('{{range $k, $v := .Files}}{{$k}}={{$v}}{{end}} {{index .Files "a.txt"}} {{len .Files}}', { Files: host })).toBe('a.txt=A A 1');
    expect(refusal('{{.Files.Nothing}}', { Files: host })).toBe("can't evaluate field Nothing in type *chart.Files <.Files.Nothing>");
    expect(refusal('{{.Files.Count 1}}', { Files: host })).toBe('Count has arguments but cannot be invoked as function <.Files.Count>');
  });

  it('keys that look like members of objects are keys', () =>
    expect(output('{{.constructor}}{{.__proto__}}{{index . "toString"}}', { a: 1 })).toBe('<no value>'.repeat(3)));
});

describe('printing', () => {
  it.each([
    [10_000_000, '1e+07'],
    [123_456, '123456'],
    [1.1, '1.1'],
    [12345678901234567000, '1.2345678901234567e+19'],
    [0.00001, '1e-05'],
    [-0, '-0'],
    [80n, '80'],
    [true, 'true'],
    [{ b: [1, 'x', null], a: { c: false } }, 'map[a:map[c:false] b:[1 x <nil>]]'],
    [[], '[]'],
    [{}, 'map[]'],
    ['a "b"', 'a "b"'],
  ] as [unknown, string][])('%s is printed as %s', (data, expected) => expect(output('{{.x}}', { x: data })).toBe(expected));

  it('maps are printed and gone through in the order of bytes', () => {
    expect(output('{{.}}{{range $k, $v := .}}{{$k}}{{end}}', { '\u{1f600}': 1, '\uff5e': 2, Z: 3, a: 4 })).toBe('map[Z:3 a:4 ～:2 😀:1]Za～😀');
  });
});
