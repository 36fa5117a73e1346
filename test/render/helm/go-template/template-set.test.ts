import { describe, expect, it } from 'vitest';
import { withoutNoValue } from '../../../../src/render/helm/go-template/no-value.ts';
import { TemplateSet } from '../../../../src/render/helm/go-template/template-set.ts';
import { type MapValue, NIL, text } from '../../../../src/render/helm/value.ts';
import { FUNCTIONS, file, output, refusal, scopeWith, value } from './rendering.ts';

function setOf(...contents: readonly string[]): TemplateSet {
  const set = new TemplateSet(FUNCTIONS);
  for (const [index, content] of contents.entries()) set.parse({ name: `t${index}`, file: file(content, `t${index}`) });
  return set;
}

describe('definitions', () => {
  it('are shared by all files, and the later one wins, but for a blank one', () => {
    const set = setOf(
      '{{define "name"}}ledger{{end}}',
      '{{define "name"}}checkout{{end}}',
      '{{define "name"}}  {{/* none */}}\n{{end}}',
      '{{template "name"}}',
    );
    expect(set.render('t3', NIL, scopeWith()).text).toBe('checkout');
  });

  it('a file is a template of its name', () => {
    const set = setOf('a: {{.}}', '{{include "t0" 1}}');
    expect(set.has('t0')).toBe(true);
    expect(set.has('t2')).toBe(false);
    expect(set.render('t1', NIL, scopeWith()).text).toBe('a: 1');
  });

  it('a block is defined and put out', () => {
    expect(setOf('{{block "a" .x}}[{{.}}]{{end}}').render('t0', value({ x: 1 }), scopeWith()).text).toBe('[1]');
    expect(setOf('{{block "a" .}}old{{end}}', '{{define "a"}}new{{end}}').render('t0', NIL, scopeWith()).text).toBe('new');
  });

  it('templates see no variables but $ of the one that invokes them', () => {
    expect(output('{{define "a"}}{{$}}{{end}}{{$x := 1}}{{template "a" 5}}{{include "a" 6}}')).toBe('56');
  });

  it('a template that is missing is refused where it is asked for', () => {
    expect(refusal('{{template "x" .}}')).toBe('template "x" not defined <{{template "x" .}}>');
    expect(refusal('{{include "x" .}}')).toContain('no template "x" associated');
    expect(() => setOf().render('t9', NIL, scopeWith())).toThrow('template "t9" not defined');
  });

  it('a failure keeps the innermost place', () =>
    expect(refusal('{{define "a"}}{{.x.y}}{{end}}{{include "a" (pass .)}}', {})).toBe('nil pointer evaluating interface {}.y <.x.y>'));

  it('one file can stand under several names', () => {
    const shared = file('{{define "a"}}x{{end}}{{template "a"}}', 'charts/common.tpl');
    const set = new TemplateSet(FUNCTIONS);
    for (const name of ['checkout', 'ledger']) set.parse({ name, file: shared });
    expect(set.render('checkout', NIL, scopeWith()).text + set.render('ledger', NIL, scopeWith()).text).toBe('xx');
  });
});

describe('tpl', () => {
  it('renders a text with the templates around it', () => {
    expect(output('{{define "a"}}<{{.}}>{{end}}{{tpl .t .}}', { t: '{{include "a" .env}}{{.none}}', env: 'dev' })).toBe('<dev>');
  });

  it('what it defines is seen by it alone', () => {
    const template = '{{define "b"}}{{include "a" .}}{{end}}{{tpl .t .}}{{hasTemplate "a"}}';
    expect(output(template, { t: '{{define "a"}}inner{{end}}{{include "b" .}}{{hasTemplate "a"}}' })).toBe('innertruefalse');
  });

  it('is refused at the text that does not parse', () => {
    const t = { ...text('{{ nosuch }}') };
    expect(refusal('{{tpl .t .}}', { t })).toBe('function "nosuch" not defined <{{tpl .t .}}>');
  });
});

describe('limits', () => {
  it('a template that includes itself without end is refused', () => {
    expect(refusal('{{define "a"}}{{include "a" .}}{{end}}{{include "a" .}}')).toContain('rendering template has a nested reference name: a');
    expect(refusal('{{define "a"}}{{if true}}{{template "a"}}{{end}}{{end}}{{template "a"}}')).toContain('nested reference name');
    expect(refusal('{{tpl .t .}}', { t: '{{tpl .t .}}' })).toContain('nested reference name');
  });

  it('a hundred levels are none too many', () => {
    const template = '{{define "a"}}{{with .}}{{range $i, $x := .}}{{if true}}({{include "a" $x}}){{end}}{{end}}{{end}}{{end}}{{include "a" .}}';
    let data: unknown[] = [];
    for (let level = 0; level < 100; level += 1) data = [data];
    expect(output(template, data)).toBe('('.repeat(100) + ')'.repeat(100));
  });

  it('a budget ends what takes too long or puts out too much', () => {
    const budget = () => ({ steps: 1000, output: 1000 });
    expect(refusal('{{range 1000000000}}{{end}}', null, { budget: budget() })).toContain('too many steps');
    expect(refusal('{{range 900}}0123456789{{end}}', null, { budget: budget() })).toContain('put out too much');
    expect(refusal('{{$x := "ab"}}{{range 100}}{{$x = print $x $x}}{{end}}', null, { budget: budget() })).toContain('put out too much');
  });

  it('a budget is spent by all templates that are rendered with it', () => {
    const set = setOf('{{range 30}}{{end}}');
    const scope = scopeWith({ budget: { steps: 50, output: 1000 } });
    expect(set.render('t0', NIL, scope).text).toBe('');
    expect(() => set.render('t0', NIL, scope)).toThrow('too many steps');
  });
});

describe('notes', () => {
  it('tell what is not known, and which action asked', () => {
    const unknown: string[] = [];
    output('a{{ clock }}', null, { noteUnknown: (what, { start, end }) => unknown.push(`${what} ${start}-${end}`) });
    expect(unknown).toEqual(['clock 1-12']);
  });

  it('tell which keys are looked up, there or not', () => {
    const reads: string[] = [];
    const dot = value({ image: { tag: '1' } }) as MapValue;
    output('{{.image.tag}}{{.imag}}{{index .image "digest"}}', dot, {
      watch: { carriers: new Set(), taken: () => undefined, asked: (from, key) => reads.push(`${from === dot ? '' : 'image.'}${key}`) },
    });
    expect(reads).toEqual(['image', 'image.tag', 'imag', 'image', 'image.digest']);
  });
});

describe('no value', () => {
  it('is erased wherever it stands', () => {
    expect(withoutNoValue(text('a: <no value>\nb: "<no value>"'))).toMatchObject({ text: 'a: \nb: ""' });
    const plain = text('a: 1');
    expect(withoutNoValue(plain)).toBe(plain);
  });
});
