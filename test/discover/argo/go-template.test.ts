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
  ])('%s is %j', (text, expected) => {
    const { filled, remarks } = fill(text);
    expect(filled.text).toBe(expected);
    expect([...remarks.problems, ...remarks.gaps]).toEqual([]);
  });
});

describe('authors', () => {
  it('are those of the parameters, and of the template for what it makes itself', () => {
    expect(authorsIn(fill('apps/{{.app}}/{{lower .env}}').filled)).toEqual([
      'apps/ < set.yaml:1',
      'checkout < values.yaml:2',
      '/ < set.yaml:1',
      'staging < set.yaml:1',
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

describe('what Go refuses', () => {
  it.each([
    ['{{.app', 'a "{{" has no "}}"'],
    ['{{if .live}}a', 'a block has no "{{end}}"'],
    ['a{{end}}', '"{{end}}" without a beginning'],
    ['{{ .app }', 'unexpected "}" in "{{ .app }"'],
    ['{{"app}}', 'a quoted text has no end'],
    ['{{.app.name}}', '".app.name" is a field of what has none'],
    ['{{lower .replicas}}', '"lower" takes a text, and gets none'],
    ['{{index .zones 7}}', '"index" goes beyond its list'],
    ['{{eq .replicas 3}}', 'a number is compared with a whole number'],
    ['{{eq .env 3}}', 'a text is compared with a whole number'],
    ['{{.app "x"}}', 'a value is used like a function'],
    ['{{$x}}', 'undefined variable "$x"'],
    ['{{lower .app .env}}', '"lower" takes 1 argument, and gets 2'],
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
  });
});

describe('what is not followed', () => {
  it.each([
    ['{{now}}', '"now" in a template is not followed'],
    ['{{.app}}-{{toYaml .values}}', '"toYaml" in a template is not followed'],
    ['{{define "x"}}{{end}}', '"define" in a template is not followed'],
    ['{{$x := 1}}{{$x = 2}}', 'a variable that changes is not followed'],
    ['{{printf "%x" .app}}', 'the format "%x" is not followed'],
    ['{{trunc 2 "süd"}}', 'a cut of a text that is not ASCII is not followed'],
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

  it('is a template too deep', () => {
    expect(messagesIn(fill(`{{${'('.repeat(500)}1${')'.repeat(500)}}}`).remarks.gaps)).toEqual(['a template of this depth is not followed']);
  });
});
