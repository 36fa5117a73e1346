import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillGoTemplate } from '../../../src/discover/argo/go-template/fill.ts';
import { openSet, type ParameterSet, parameterSet } from '../../../src/discover/argo/parameters.ts';
import { gatherRemarks } from '../../../src/discover/argo/remarks.ts';
import { SourceFile } from '../../../src/text/source-file.ts';
import { scalar } from '../../../src/tree/node.ts';
import { authorsIn, mappingOf, messagesIn } from './sets.ts';

const VALUES = `env: Staging
app: checkout
replicas: 3
big: 1000000
live: true
nothing: null
zones: [eu, us]
path: {path: apps/checkout/prod-eu, basename: prod_EU, segments: [apps, checkout, prod-eu]}
values: {tier: gold, dotted.key: x}
teams: [{name: red}, {name: blue}]
`;

const known = valuesOf();

function valuesOf(): ParameterSet {
  return parameterSet(mappingOf(VALUES, 'values.yaml').entries.map(({ key, value }) => [key.text, value]));
}

function fill(text: string, set = known, isStrict = false) {
  const remarks = gatherRemarks();
  const origin = { file: new SourceFile('set.yaml', text), start: 0, end: text.length, how: 'written', precision: 'exact' } as const;
  return { filled: fillGoTemplate(scalar(text, 'single-quoted', origin), set, isStrict, remarks), remarks };
}

const textOf = (text: string, set = known, isStrict = false) => fill(text, set, isStrict).filled.text;

describe('what is known', () => {
  // Each expectation is what Go's text/template with Sprig prints.
  it.each([
    ['apps/{{.app}}/{{ .path.basename }}', 'apps/checkout/prod_EU'],
    ['{{index .path.segments 1}}', 'checkout'],
    ['{{index .values "dotted.key"}}', 'x'],
    ['{{$.app}}{{.replicas}}{{.live}}', 'checkout3true'],
    ['{{.big}}', '1e+06'],
    ['{{.zones}} {{.values}}', '[eu us] map[dotted.key:x tier:gold]'],
    ['{{.env | lower}}', 'staging'],
    ['{{.env | lower | replace "stag" "test" | trunc 4}}', 'test'],
    ['{{trunc -3 .app}}', 'out'],
    ['{{.app | trimPrefix "check"}}{{.app | trimSuffix "out"}}', 'outcheck'],
    ['{{normalize .path.basename}}', 'prod-eu'],
    ['{{ cat .env .app | slugify 12 }}', 'staging'],
    ['{{.path.path | splitList "/" | last}}', 'prod-eu'],
    ['{{(split "/" .path.path)._1}}', 'checkout'],
    ['{{ (index .teams 1).name }}', 'blue'],
    ['{{first .zones}}-{{join "+" .zones}}', 'eu-eu+us'],
    ['{{default "none" .absent}}{{.absent | default "none"}}{{default "none" .env}}', 'nonenoneStaging'],
    ['{{dig "values" "tier" "bronze" .}}{{dig "values" "zone" "home" .}}', 'goldhome'],
    ['{{get .values "tier"}}{{hasKey .values "zone"}}', 'goldfalse'],
    ['{{ternary "a" "b" .live}}{{.live | ternary "a" "b"}}', 'aa'],
    ['{{printf "%s-%02d" .app (int .replicas)}}', 'checkout-03'],
    ['{{.app | quote}}{{squote .app}}', `"checkout"'checkout'`],
    ['{{if eq .env "Staging"}}a{{else if .live}}b{{else}}c{{end}}', 'a'],
    ['{{if and .live (ne .values.tier "silver")}}yes{{end}}', 'yes'],
    ['{{if or .absent .nothing}}yes{{else}}no{{end}}', 'no'],
    ['{{with .values}}{{.tier}}{{$.app}}{{end}}', 'goldcheckout'],
    ['{{range $i, $zone := .zones}}{{$i}}{{$zone}}{{end}}', '0eu1us'],
    ['{{range .teams}}{{.name}},{{end}}{{range .nothing}}x{{else}}none{{end}}', 'red,blue,none'],
    ['{{$x := .env | lower}}{{$x}}/{{$x}}', 'staging/staging'],
    ['a  {{- /* nothing */ -}}  b {{- .app -}} c', 'abcheckoutc'],
    ['{{"{{"}}', '{{'],
    ['{{`raw`}}{{"\\t"}}', 'raw\t'],
    ['{{.absent}}{{.nothing}}{{.absent.deeper}}', '<no value><no value><no value>'],
    ['{{toJson .teams}}', '[{"name":"red"},{"name":"blue"}]'],
    ['{{len .zones | add 1}}', '3'],
    ['{{toYaml .values}}', 'dotted.key: x\ntier: gold'],
    ['{{(fromYaml "a: {b: 1}").a.b}}{{index (fromYamlArray "[eu, us]") 1}}', '1us'],
    ['{{(fromJson "{\\"a\\": [7]}").a}}{{fromJson "[1]"}}{{fromJson "no"}}', '[7][1]<no value>'],
    ['{{define "x"}}{{.tier}}{{end}}{{template "x" .values}}', 'gold'],
    ['{{$x := 1}}{{if .live}}{{$x = 2}}{{end}}{{$x}}', '2'],
    ['{{range .teams}}{{if eq .name "blue"}}{{break}}{{end}}{{.name}}{{end}}', 'red'],
    ['{{printf "%x %q" .app .env}}', '636865636b6f7574 "Staging"'],
    ['{{trunc 1 "süd"}}{{.app | sha256sum | trunc 7}}', 'sc7761e5'],
    ['{{regexReplaceAll "[0-9]+" "eu-1" "x"}}{{(semver "1.2.3").Minor}}', 'eu-x2'],
  ])('%s is %j', (text, expected) => {
    const { filled, remarks } = fill(text);
    expect(filled.text).toBe(expected);
    expect([...remarks.problems, ...remarks.gaps]).toEqual([]);
  });
});

describe('authors', () => {
  it('are those of the parameters, also where a function changes them, and of the template for what it makes itself', () => {
    expect(authorsIn(fill('apps/{{.app}}/{{lower .env}}').filled)).toEqual([
      'apps/ < set.yaml:1',
      'checkout < values.yaml:2',
      '/ < set.yaml:1',
      'staging < values.yaml:1',
    ]);
  });

  it('stay where a function picks a value, or has nothing to change', () => {
    const line = (text: string) => authorsIn(fill(text).filled);
    expect(line('{{index .path.segments 1}}')).toEqual(['checkout < values.yaml:8']);
    expect(line('{{.values.tier | default "bronze"}}')).toEqual(['gold < values.yaml:9']);
    expect(line('{{lower .app}}')).toEqual(['checkout < values.yaml:2']);
    expect(line('{{.absent | default "bronze"}}')).toEqual(['bronze < set.yaml:1']);
  });

  it('of a condition are weak ones', () => {
    const { filled } = fill('apps/{{if eq .env "Staging"}}test{{end}}');
    expect(filled.weak?.map(({ file, start }) => `${file.path}:${file.positionAt(start).line}`)).toEqual(['values.yaml:1']);
    expect(authorsIn(filled)).toEqual(['apps/ < set.yaml:1', 'test < set.yaml:1']);
  });
});

describe('what only a cluster knows', () => {
  const cluster = { ...openSet(['name', 'metadata']), values: known.values };

  it.each([
    ['{{.app}}-{{.name}}', 'checkout-{{.name}}'],
    ['{{.name | lower}}/{{ default "x" .name }}', '{{.name | lower}}/{{ default "x" .name }}'],
    ['{{index .metadata.labels "env"}}', '{{index .metadata.labels "env"}}'],
    ['{{.metadata}}', '{{.metadata}}'],
    ['a{{if .name}}{{.app}}{{end}}b', 'a{{if .name}}{{.app}}{{end}}b'],
    ['{{hasKey .metadata "labels"}}', '{{hasKey .metadata "labels"}}'],
    ['{{dig "name" "x" .}}', '{{dig "name" "x" .}}'],
    ['{{toJson .}}', '{{toJson .}}'],
    ['{{$x := .name}}{{$x}}/{{lower $x}}{{$.app}}', '{{$x}}/{{lower $x}}checkout'],
    ['{{$x := or .nothing .name}}{{$x}}', '{{$x}}'],
    // What is set in a block that is not followed is not known behind it.
    ['{{$x := .app}}{{if .name}}{{$x = "y"}}{{end}}{{$x}}', '{{if .name}}{{$x = "y"}}{{end}}{{$x}}'],
    ['{{if .nothing}}a{{else if .name}}b{{else}}c{{end}}{{.app}}', '{{if .nothing}}a{{else if .name}}b{{else}}c{{end}}checkout'],
    ['{{range .zones}}{{.}}{{with $.name}} of {{.}}{{end}},{{end}}', 'eu{{with $.name}} of {{.}}{{end}},us{{with $.name}} of {{.}}{{end}},'],
    ['a {{- if .name -}} b {{- end -}} c', 'a{{- if .name -}} b {{- end -}}c'],
    ['{{if .nothing}}a{{else}}{{with .name}}b{{end}}c{{end}}', '{{with .name}}b{{end}}c'],
    ['{{define "x"}}{{.name}}{{end}}{{template "x" .}}', '{{.name}}'],
    ['{{get . "name"}}{{get . "app"}}{{dig "metadata" "labels" "x" .}}', '{{get . "name"}}checkout{{dig "metadata" "labels" "x" .}}'],
    ['{{list .name .app | join "-"}}{{dict "a" .name}}', '{{list .name .app | join "-"}}{{dict "a" .name}}'],
    // What decides is known.
    ['{{or .app .name}}{{and .nothing .name}}', 'checkout<no value>'],
    ['{{.absent}}', '<no value>'],
  ])('stays: %s', (text, expected) => {
    const { filled, remarks } = fill(text, cluster);
    expect(filled.text).toBe(expected);
    expect([...remarks.problems, ...remarks.gaps]).toEqual([]);
  });

  it('leaves what is known beside it', () => {
    const labels = mappingOf('metadata: {labels: {env: prod}}\n').entries.map(({ key, value }) => [key.text, value] as const);
    const set = { ...openSet(['metadata', 'name']), values: new Map(labels) };
    expect(textOf('{{.metadata.labels.env}}/{{index .metadata.labels "env"}}/{{.metadata.labels.zone}}', set)).toBe('prod/prod/{{.metadata.labels.zone}}');
  });

  it('makes a text that is not finished unknown to functions, not to a plain placeholder', () => {
    const set = parameterSet(mappingOf('dir: "clusters/{{.name}}"\n').entries.map(({ key, value }) => [key.text, value]));
    expect(textOf('{{.dir}}/{{upper .dir}}/{{if .dir}}x{{end}}', set)).toBe('clusters/{{.name}}/{{upper .dir}}/{{if .dir}}x{{end}}');
  });
});

describe('whatever is written', () => {
  const piece = fc.constantFrom(
    ...['{{if .name}}', '{{if .app}}', '{{else}}', '{{else if .name}}', '{{end}}', '{{range .zones}}', '{{with .metadata}}', '{{break}}', '{{define "x"}}'],
    ...[
      '{{.name}}',
      '{{.app}}',
      '{{$x := .name}}',
      '{{$x = .app}}',
      '{{$x}}',
      '{{template "x" .}}',
      '{{- .zones -}}',
      '{{.app.no}}',
      '{{now}}',
      '{{nobody}}',
      ' a ',
    ],
  );
  const cluster = { ...openSet(['name', 'metadata']), values: known.values };

  it('is filled, or left and told of', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const { filled, remarks } = fill(pieces.join(''), cluster);
        if (remarks.problems.length + remarks.gaps.length > 0) expect(filled.text).toContain('{{');
        if (!filled.parts) return;
        expect(filled.parts.map(({ start, end }) => filled.text.slice(start, end)).join('')).toBe(filled.text);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('what Go refuses', () => {
  it.each([
    ['{{.app', 'unclosed action'],
    ['{{if .live}}a', 'unexpected EOF'],
    ['a{{end}}', 'unexpected {{end}}'],
    ['{{ .app }', 'unexpected "}" in operand'],
    ['{{"app}}', 'unterminated quoted string'],
    ['{{.app.name}}', "can't evaluate field name in type interface {}"],
    ['{{lower .replicas}}', 'error calling lower: wrong type for value; expected string; got float64'],
    ['{{index .zones 7}}', 'index out of range: 7'],
    ['{{eq .replicas 3}}', 'error calling eq: incompatible types for comparison: float64 and int'],
    ['{{eq .env 3}}', 'error calling eq: incompatible types for comparison: string and int'],
    ['{{.app "x"}}', 'app is not a method but has arguments'],
    ['{{$x}}', 'undefined variable "$x"'],
    ['{{lower .app .env}}', 'wrong number of args for lower: want 1 got 2'],
    ['{{app}}', '"app" is called like a function; a parameter of a Go template has a dot before it'],
    ['{{path.basename}}', '"path" is called like a function; a parameter of a Go template has a dot before it'],
  ])('%s: %s', (text, expected) => {
    const { filled, remarks } = fill(text);
    expect(messagesIn(remarks.problems)).toEqual([`the template is refused: ${expected}`]);
    expect(filled.text).toBe(text);
  });

  it('is a missing key where the set asks for it, and elsewhere "<no value>"', () => {
    const strict = fill('{{.app}}/{{.absent}}', known, true);
    expect(messagesIn(strict.remarks.problems)).toEqual(['the template is refused: no parameter ".absent"']);
    expect(strict.filled.text).toBe('checkout/{{.absent}}');
    expect(messagesIn(fill('{{.values.absent}}', known, true).remarks.problems)).toEqual(['the template is refused: no parameter ".values.absent"']);
    expect(fill('{{index .values "absent"}}{{dig "absent" "" .}}', known, true).remarks.problems).toEqual([]);
    expect(fill('{{.name}}', openSet(['name']), true).remarks.problems).toEqual([]);
    expect(messagesIn(fill('{{.absent}}', openSet(['name']), true).remarks.problems)).toEqual(['the template is refused: no parameter ".absent"']);
  });
});

describe('what is not followed', () => {
  it.each([
    ['{{now}}', '"now" in a template is not followed'],
    ['{{.app}}-{{randAlphaNum 5 | lower}}', '"randAlphaNum" in a template is not followed'],
    // Argo CD does not offer these, or not yet: the text may be meant for Helm.
    ['{{.app}}-{{expandenv "$HOME"}}', '"expandenv" in a template is not followed'],
    ['{{.app}}-{{include "name" .}}', '"include" in a template is not followed'],
    ['{{.app}}-{{toToml .values}}', '"toToml" in a template is not followed'],
  ])('%s is a gap', (text, expected) => {
    const { filled, remarks } = fill(text);
    expect(messagesIn(remarks.gaps)).toEqual([expected]);
    expect(remarks.problems).toEqual([]);
    expect(filled.text).toBe(text.replace('{{.app}}', 'checkout'));
  });

  it('is a loop without end', () => {
    const list = `[${'a, '.repeat(200)}a]`;
    const set = parameterSet(mappingOf(`list: ${list}\n`).entries.map(({ key, value }) => [key.text, value]));
    const text = '{{range .list}}{{range $.list}}{{.}}{{end}}{{end}}';
    const { filled, remarks } = fill(text, set);
    expect(filled.text).toBe(text);
    expect(messagesIn(remarks.gaps)).toEqual(['a template of this size is not followed']);
  });

  it('is a template too deep, or one without end', () => {
    const nested = (depth: number) => `{{${'('.repeat(depth)}1${')'.repeat(depth)}}}`;
    expect(textOf(nested(100))).toBe('1');
    expect(messagesIn(fill(nested(100_000)).remarks.problems)).toEqual(['the template is refused: max expression depth exceeded']);
    const endless = fill('{{define "x"}}{{template "x" .}}{{end}}a{{template "x" .}}');
    expect(messagesIn(endless.remarks.problems)).toEqual(['the template is refused: rendering template has a nested reference name: x']);
  });
});
