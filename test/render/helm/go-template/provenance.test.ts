import { describe, expect, it } from 'vitest';
import { bool, float, list, map, NIL, type Stretch, type Text, text } from '../../../../src/render/helm/value.ts';
import type { Origin } from '../../../../src/tree/node.ts';
import { leaf, rendered } from './rendering.ts';

const DOT = map([
  ['image', text('shop/storefront', [leaf('shop/storefront')])],
  ['tag', text('1.4', [leaf('"1.4"')])],
  ['replicas', float(3, [leaf('3')])],
  ['debug', bool(false, [leaf('false')])],
  ['region', { ...NIL, origins: [leaf('~')] }],
  ['hosts', list([text('eu.shop.example', [leaf('eu.shop.example')])])],
]);

const written = ({ file, start, end }: Origin): string => file.text.slice(start, end);

/** Each stretch with what its authors wrote, and the conditions behind a `?`. */
function trail({ text: whole, stretches }: Text): string[] {
  return stretches.map(({ start, end, origins, weak }: Stretch) => {
    const conditions = weak ? ` ? ${weak.map(written).join(', ')}` : '';
    return `${JSON.stringify(whole.slice(start, end))} < ${origins.map(written).join(', ')}${conditions}`;
  });
}

const trailOf = (template: string): string[] => trail(rendered(template, DOT));

describe('authors', () => {
  it('of text are its lines', () => {
    expect(trailOf('a: 1\nb: 2\n')).toEqual(['"a: 1\\n" < a: 1\n', '"b: 2\\n" < b: 2\n']);
  });

  it('of an action are those of its value', () => {
    expect(trailOf('image: {{ .image }}')).toEqual(['"image: " < image: ', '"shop/storefront" < shop/storefront']);
    expect(trailOf('{{ .replicas }}')).toEqual(['"3" < 3']);
  });

  it('of a part of a format are those of the format and of its arguments', () => {
    expect(trailOf('{{ printf "%s:%s" .image .tag }}')).toEqual(['"shop/storefront" < shop/storefront', '":" < :', '"1.4" < "1.4"']);
  });

  it('of a literal are the literal', () => {
    expect(trailOf('{{ "ngi\\x6ex" }}')).toEqual(['"nginx" < "ngi\\x6ex"']);
    expect(trailOf('{{ "nginx" }}{{ 80 }}{{ $x := true }}{{ $x }}')).toEqual(['"nginx" < nginx', '"80" < 80', '"true" < true']);
  });

  it('of what nobody wrote are the action', () => {
    expect(trailOf('a{{ print .debug nil }}')).toEqual(['"a" < a', '"false" < false', '" <nil>" < {{ print .debug nil }}']);
  });

  it('of a map or list are those of each leaf', () => {
    expect(trailOf('{{ list .tag .replicas }}')).toEqual(['"[" < {{ list .tag .replicas }}', '"1.4" < "1.4"', '"3" < 3', '"]" < {{ list .tag .replicas }}']);
  });

  it('survive variables, loops and other templates', () => {
    const template = '{{define "host"}}https://{{ . }}{{end}}{{ range $i, $h := .hosts }}{{ include "host" $h }}{{ end }}';
    expect(trailOf(template)).toEqual(['"https://" < https:// ? eu.shop.example', '"eu.shop.example" < eu.shop.example ? eu.shop.example']);
  });

  it('of a key are those of its value, to the entry', () => {
    const { stretches } = rendered('{{ range $k, $v := . }}{{ $k }}{{ break }}{{ end }}', DOT);
    expect(stretches[0]?.origins.map((origin) => `${origin.precision} ${written(origin)}`)).toEqual(['entry false']);
  });

  it('of a template in a value are the value', () => {
    const greeting = text('{{ .tag }} in eu', [leaf('shop/storefront')]);
    const { stretches, text: whole } = rendered('{{ tpl .greeting . }}', map([...DOT.entries, ['greeting', greeting] as const]));
    expect(whole).toBe('1.4 in eu');
    expect(stretches.map(({ start, end, origins }) => [whole.slice(start, end), origins[0]?.how])).toEqual([
      ['1.4', 'helm-value'],
      [' in eu', 'helm-value'],
    ]);
  });

  it('of an integer that is compared are both sides', () => {
    expect(trailOf('{{ eq .tag "1.4" }}')).toEqual(['"true" < "1.4", 1.4']);
  });
});

describe('conditions', () => {
  it('stand behind all that is put out under them', () => {
    expect(trailOf('{{ if .debug }}a{{ else }}b{{ .tag }}{{ end }}c')).toEqual(['"b" < b ? false', '"1.4" < "1.4" ? false', '"c" < c']);
  });

  it('are collected from the outside in', () => {
    expect(trailOf('{{ if not .debug }}{{ with .tag }}{{ . }}{{ end }}{{ end }}')).toEqual(['"1.4" < "1.4" ? false, "1.4"']);
  });

  it('are those of each operand that was looked at', () => {
    expect(trailOf('{{ if or .debug .tag .image }}a{{ end }}')).toEqual(['"a" < a ? false, "1.4"']);
  });

  it('reach into included templates, and out of those that a condition asks', () => {
    expect(trailOf('{{define "a"}}x{{end}}{{ if .tag }}{{ include "a" . }}{{ end }}')).toEqual(['"x" < x ? "1.4"']);
    expect(trailOf('{{define "on"}}{{ if .debug }}on{{ end }}{{end}}{{ if not (include "on" .) }}a{{ end }}')).toEqual(['"a" < a ? false']);
  });

  it('of a null are who wrote it', () => expect(trailOf('{{ if .region }}{{ else }}a{{ end }}')).toEqual(['"a" < a ? ~']));

  it('of a key that is missing are nobody', () => expect(trailOf('{{ if .zone }}{{ else }}a{{ end }}')).toEqual(['"a" < a']));
});
