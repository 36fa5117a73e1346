import { describe, expect, it } from 'vitest';
import type { Reading } from '../../../../src/render/helm/chart/chart.ts';
import { chartsIn } from '../../../../src/render/helm/chart/instance.ts';
import { type UnitValues, unitValues } from '../../../../src/render/helm/chart/values-layer.ts';
import { argoParameter, type ValuesSource } from '../../../../src/render/helm/chart/values-source.ts';
import { originsOf } from '../../../../src/render/helm/value.ts';
import { SourceFile } from '../../../../src/text/source-file.ts';
import { childOf, type Node, type Scalar } from '../../../../src/tree/node.ts';
import { parseYaml } from '../../../../src/yaml/parse.ts';
import { chartIn, chartYaml, plainOf, shown, valuesFile } from './shop.ts';

type Tree = Readonly<Record<string, string>>;

function unit(tree: Tree, sources: readonly (string | ValuesSource)[] = [], reading: Reading = 'helm-3'): UnitValues {
  const read = sources.map((source, index) => (typeof source === 'string' ? valuesFile(source, `values-${index}.yaml`) : source));
  return unitValues(chartIn(tree), read, { reading });
}

const valuesOf = (...args: Parameters<typeof unit>): unknown => plainOf(unit(...args).values);

/** `storefront` with the given `values.yaml`. */
const shop = (values: string, more: Tree = {}, chart = ''): Tree => ({
  'storefront/Chart.yaml': chartYaml('storefront', chart),
  'storefront/values.yaml': values,
  ...more,
});

const ledger = (values: string, chart = ''): Tree => ({
  'storefront/charts/ledger/Chart.yaml': chartYaml('ledger', chart),
  'storefront/charts/ledger/values.yaml': values,
});

/** The value under a key of a manifest. */
function nodeIn(text: string, ...keys: string[]): Node {
  let node: Node | undefined = parseYaml(new SourceFile('app.yaml', text)).documents[0]?.root;
  for (const key of keys) node = childOf(node, key);
  if (!node) throw new Error(`no ${keys.join('.')}`);
  return node;
}

describe('values', () => {
  it('reads YAML as Helm does, by way of JSON', () => {
    const text = 'port: 0644\nbig: 12345678901234567890\nratio: 1.10\non: yes\n80: x\nday: 2024-01-02\ntime: 12:30:45\n';
    expect(valuesOf(shop(text))).toEqual({ port: 420, big: 12345678901234567000, ratio: 1.1, true: true, 80: 'x', day: '2024-01-02', time: '12:30:45' });
    expect(unit(shop('port: 80\n')).values.entries.get('port')?.kind).toBe('float');
  });

  it('merges maps, and replaces all else', () => {
    const given = ['image: { tag: v2 }\nports: [1]\n', 'image: { pull: Always }\nhost: { a: 1 }\n'];
    expect(valuesOf(shop('image: { name: web, tag: v1 }\nports: [80, 443]\nhost: plain\n'), given)).toEqual({
      image: { name: 'web', tag: 'v2', pull: 'Always' },
      ports: [1],
      host: { a: 1 },
    });
  });

  it('deletes by null what the chart has, and keeps a null of its own', () => {
    const given = ['a: null\nb: { c: null, new: null }\n'];
    expect(valuesOf(shop('a: 1\nb: { c: 1, d: 2 }\n'), given)).toEqual({ b: { d: 2, new: null } });
  });

  it('takes nulls of the chart for values under Helm 3, and for nothing under Helm 4', () => {
    const tree = shop('a: null\nb: { c: null, d: 1 }\n');
    expect(valuesOf(tree)).toEqual({ a: null, b: { c: null, d: 1 } });
    expect(valuesOf(tree, [], 'helm-4')).toEqual({ b: { d: 1 } });
    expect(valuesOf(tree, ['b: { e: 2 }\n'], 'helm-4')).toEqual({ b: { d: 1, e: 2 } });
  });

  it('takes one document of a file under Helm 3, and all of them under Helm 4', () => {
    const given = ['a: 1\n---\nb: 2\n'];
    expect(valuesOf(shop(''), given)).toEqual({ a: 1 });
    expect(valuesOf(shop(''), given, 'helm-4')).toEqual({ a: 1, b: 2 });
  });

  it('does not change what it was given: charts and files are shared', () => {
    const tree = shop('a: { b: 1 }\n', ledger('x: { z: 1 }\n'));
    const chart = chartIn(tree);
    const source = valuesFile('a: { c: 2 }\nledger: { x: { z: null } }\n');
    const first = plainOf(unitValues(chart, [source], { reading: 'helm-3' }).values);
    expect(plainOf(unitValues(chart, [source], { reading: 'helm-3' }).values)).toEqual(first);
    expect(plainOf(unitValues(chart, [], { reading: 'helm-3' }).values)).toMatchObject({ a: { b: 1 }, ledger: { x: { z: 1 } } });
  });

  it('tells of a map where the chart has none, and takes it', () => {
    const { mismatches, values } = unit(shop('a: text\nb: { c: { d: 1 } }\n'), ['a: { x: 1 }\nb: { c: off }\n']);
    expect(mismatches.map(({ path }) => path.join('.'))).toEqual(['a', 'b.c']);
    expect(plainOf(values)).toEqual({ a: { x: 1 }, b: { c: false } });
  });

  it('merges sources alone where there is no chart', () => {
    const { values } = unitValues(undefined, [valuesFile('a: 1\nb: 1\n', 'one.yaml'), valuesFile('b: null\n', 'two.yaml')], { reading: 'helm-3' });
    expect(plainOf(values)).toEqual({ a: 1, b: null });
  });

  it('takes other files for the defaults of the chart, as Flux does', () => {
    const chart = chartIn(shop('a: 1\nb: 1\n'));
    const result = unitValues(chart, [valuesFile('c: 3\n')], { reading: 'helm-3', defaults: [valuesFile('a: 2\n', 'other.yaml')] });
    expect(plainOf(result.values)).toEqual({ a: 2, c: 3 });
    expect(originsOf(result.values).map(shown)).toEqual(['values-prod.yaml:1: 3', 'other.yaml:1: 2']);
  });

  it.each([
    ['a list', '- a\n', 'values are a mapping'],
    ['no YAML', 'a: b: c\n', 'bad indentation of a mapping entry'],
    ['infinity', 'a: .inf\n', '".inf" is no number that JSON knows'],
  ])('tells of values that are %s', (_, text, message) => {
    expect(unit(shop(''), [text]).problems.map((problem) => problem.message)).toEqual([message]);
  });

  it('looks into no templates', () => {
    const { gaps, problems } = unit(shop(''), [valuesFile('a: {{ .Values.b }}\n', 'values.yaml.gotmpl'), valuesFile('{{ if x }}\na: 1\n{{ end }}\n')]);
    expect(problems).toEqual([]);
    expect(gaps.map(({ cause }) => cause)).toEqual(['template', 'template']);
  });
});

describe('values of deployers', () => {
  it('reads maps of objects, each leaf by its place', () => {
    const node = nodeIn('spec:\n  values:\n    image: { tag: v2 }\n', 'spec', 'values');
    const { values } = unit(shop('image: { tag: v1 }\n'), [{ kind: 'map', name: 'spec.values', node }]);
    expect(originsOf(values).map(shown)).toEqual(['app.yaml:3: v2']);
  });

  it('reads YAML in a text, each leaf by its place in the block', () => {
    const node = nodeIn('helm:\n  values: |\n    # more\n    image:\n      tag: v2\n', 'helm', 'values') as Scalar;
    const { values } = unit(shop(''), [{ kind: 'text', name: 'values', node }]);
    expect(plainOf(values)).toEqual({ image: { tag: 'v2' } });
    expect(originsOf(values).map(shown)).toEqual(['app.yaml:5: v2']);
  });

  it('sets parameters, whose commas part nothing unless they are a list', () => {
    const parameters = parseYaml(new SourceFile('app.yaml', 'hosts: a,b\nports: "{80,443}"\nn: "7"\nv: "8"\n')).documents[0]?.root;
    const entries = parameters?.kind === 'mapping' ? parameters.entries : [];
    const sources = entries.map(({ key, value }) => argoParameter(key, value as Scalar, key.text === 'v'));
    const { values } = unit(shop(''), sources);
    expect(plainOf(values)).toEqual({ hosts: 'a,b', ports: [80, 443], n: 7, v: '8' });
    expect(originsOf(values).map(shown)).toEqual(['app.yaml:1: a', 'app.yaml:1: ,b', 'app.yaml:2: "{80,443}"', 'app.yaml:3: "7"', 'app.yaml:4: "8"']);
  });

  it('tells of a parameter that is no line of values', () => {
    const node = nodeIn('name: a[x]\nvalue: b\n');
    const { problems } = unit(shop(''), [argoParameter(childOf(node, 'name') as Scalar, childOf(node, 'value') as Scalar, false)]);
    expect(problems.map(({ message }) => message)).toEqual(['"a[x]=b" is not a line of values: "x" is not the index of a list']);
  });
});

describe('subcharts', () => {
  const names = ({ root }: UnitValues): string[] => (root ? chartsIn(root).map(({ path }) => path.join('/')) : []);

  it('get the values under their name, and the globals of the chart above', () => {
    const tree = shop('global: { region: eu, db: { host: a } }\nledger: { size: 2 }\n', ledger('size: 1\nglobal: { db: { port: 1 }, own: 1 }\n'));
    expect(valuesOf(tree)).toMatchObject({
      global: { region: 'eu', db: { host: 'a' } },
      ledger: { size: 2, global: { region: 'eu', db: { host: 'a', port: 1 }, own: 1 } },
    });
  });

  it('lose a default by a null from above', () => {
    expect(valuesOf(shop('ledger: { size: null }\n', ledger('size: 1\nname: x\n')))).toEqual({ ledger: { name: 'x', global: {} } });
    expect(valuesOf(shop('', ledger('size: 1\n')), ['ledger: { size: null }\n'])).toEqual({ ledger: { global: {} } });
  });

  it('stand under their aliases, several times', () => {
    const tree = shop(
      'eu: { size: 2 }\n',
      ledger('size: 1\n'),
      'dependencies:\n  - { name: ledger, version: 1.x, alias: eu }\n  - { name: ledger, version: 1.x, alias: us }\n',
    );
    const result = unit(tree);
    expect(names(result)).toEqual(['storefront', 'storefront/eu', 'storefront/us']);
    expect(plainOf(result.values)).toMatchObject({ eu: { size: 2 }, us: { size: 1 } });
  });

  it.each([
    ['on without a word', '', '', true],
    ['off by a condition', 'condition: ledger.enabled', 'ledger: { enabled: false }\n', false],
    [
      'on by the first condition that is a boolean',
      'condition: "ledger.none,other.first,ledger.enabled"',
      'other: { first: true }\nledger: { enabled: false }\n',
      true,
    ],
    ['on where a condition is no boolean', 'condition: ledger.enabled', 'ledger: { enabled: "false" }\n', true],
    ['off by a tag', 'tags: [money]', 'tags: { money: false }\n', false],
    ['on by one of several tags', 'tags: [money, books]', 'tags: { money: false, books: true }\n', true],
    ['on by a condition against a tag', 'tags: [money], condition: ledger.enabled', 'tags: { money: false }\nledger: { enabled: true }\n', true],
    ['off by a condition against a tag', 'tags: [money], condition: ledger.enabled', 'tags: { money: true }\nledger: { enabled: false }\n', false],
  ])('are %s', (_, entry, values, isOn) => {
    const tree = shop(values, ledger(''), `dependencies:\n  - { name: ledger, version: "*"${entry && `, ${entry}`} }\n`);
    expect(names(unit(tree))).toEqual(isOn ? ['storefront', 'storefront/ledger'] : ['storefront']);
  });

  it('are settled by values of an environment, and by the defaults of the subchart itself', () => {
    const tree = shop('', ledger('enabled: false\n'), 'dependencies:\n  - { name: ledger, version: "*", condition: ledger.enabled }\n');
    expect(names(unit(tree))).toEqual(['storefront']);
    expect(names(unit(tree, ['ledger: { enabled: true }\n']))).toEqual(['storefront', 'storefront/ledger']);
  });

  it('are missed only where they are on', () => {
    const tree = shop('', {}, 'dependencies:\n  - { name: redis, version: 1.0.0, repository: "https://charts.example", condition: redis.enabled }\n');
    expect(unit(tree, ['redis: { enabled: false }\n']).missing).toEqual([]);
    expect(unit(tree, ['redis: { enabled: true }\n']).missing.map(({ requirement }) => requirement.name)).toEqual(['redis']);
  });

  it('hand values up by import-values, in both forms', () => {
    const imports = 'import-values: [ports, { child: net, parent: network.ledger }]';
    const tree = shop(
      'http: 80\n',
      ledger('exports: { ports: { http: 8080, grpc: 9090 } }\nnet: { name: blue }\n'),
      `dependencies:\n  - { name: ledger, version: "*", ${imports} }\n`,
    );
    const result = unit(tree);
    expect(plainOf(result.values)).toMatchObject({ http: 80, grpc: 9090, network: { ledger: { name: 'blue' } } });
  });

  it('cannot be given anything but a map', () => {
    const { problems } = unit(shop('', ledger('')), ['ledger: off\n']);
    expect(problems.map(({ message, origin }) => [message, shown(origin)])).toEqual([
      ['the values of subchart "ledger" are not a map', 'values-0.yaml:1: off'],
    ]);
  });
});
