import { describe, expect, it } from 'vitest';
import { authorsIn, messagesIn, pathOf, pathsIn, readPaths } from './sets.ts';

const GO = 'goTemplate: true\n';
const matrix = (...generators: readonly string[]) => `- matrix: {generators: [${generators.map((one) => `{${one}}`).join(', ')}]}`;
const merge = (keys: string, ...generators: readonly string[]) =>
  `- merge: {mergeKeys: [${keys}], generators: [${generators.map((one) => `{${one}}`).join(', ')}]}`;
const list = (...elements: readonly string[]) => `list: {elements: [${elements.map((one) => `{${one}}`).join(', ')}]}`;

describe('a matrix', () => {
  it('combines each with each, in the order of the first', () => {
    const reading = readPaths(matrix(list('app: checkout', 'app: ledger'), list('env: dev', 'env: prod-eu')), '{{app}}/{{env}}');
    expect(pathsIn(reading)).toEqual(['checkout/dev', 'checkout/prod-eu', 'ledger/dev', 'ledger/prod-eu']);
    expect(reading).toMatchObject({ problems: [], gaps: [] });
  });

  it('fills the second generator with the parameters of the first', () => {
    const tree = { 'dev/apps/checkout/x.yaml': '', 'prod-eu/apps/ledger/x.yaml': '', 'prod-eu/apps/checkout/x.yaml': '' };
    const git = "git: {repoURL: '{shop}', directories: [{path: '{{env}}/apps/*'}], values: {name: '{{env}}-{{path.basename}}'}}";
    const reading = readPaths(matrix(list('env: dev', 'env: prod-eu'), git), '{{path}}:{{values.name}}', { tree });
    expect(pathsIn(reading)).toEqual(['dev/apps/checkout:dev-checkout', 'prod-eu/apps/checkout:prod-eu-checkout', 'prod-eu/apps/ledger:prod-eu-ledger']);
  });

  it('does so in Go templates, leaving what the second has itself', () => {
    const tree = { 'prod-eu/apps/ledger/x.yaml': '' };
    const git = "git: {repoURL: '{shop}', directories: [{path: '{{.env}}/apps/*'}], values: {name: '{{.env}}-{{.path.basename}}'}}";
    const head = 'goTemplate: true\ngoTemplateOptions: ["missingkey=error"]\n';
    const reading = readPaths(matrix(list('env: prod-eu'), git), '{{.values.name}}', { tree, head });
    expect(pathsIn(reading)).toEqual(['prod-eu-ledger']);
    expect(reading).toMatchObject({ problems: [], gaps: [] });
  });

  it.each(['toJson', 'toYaml'])('makes elements of a file by %s, and finds their lines there', (writer) => {
    const tree = { 'apps.yaml': 'key:\n  components:\n    - name: checkout\n    - name: ledger\n' };
    const generators = matrix("git: {repoURL: '{shop}', files: [{path: apps.yaml}]}", `list: {elementsYaml: "{{ .key.components | ${writer} }}"}`);
    const reading = readPaths(generators, 'apps/{{.name}}', { tree, head: GO });
    expect(pathsIn(reading)).toEqual(['apps/checkout', 'apps/ledger']);
    expect(authorsIn(pathOf(reading.made[1])).at(-1)).toBe('ledger < apps.yaml:4');
  });

  it('does not know elements that are made of what is not known', () => {
    const reading = readPaths(matrix('plugin: {}', 'list: {elementsYaml: "{{ .apps | toJson }}"}'), 'apps/{{.name}}', { head: GO });
    expect(pathsIn(reading)).toEqual(['apps/{{.name}}']);
    expect(messagesIn(reading.gaps)).toContain('"elementsYaml" holds what is not known here');
  });

  it('is open where one of both is', () => {
    const reading = readPaths(
      matrix(list('app: checkout'), 'clusters: {selector: {matchLabels: {app: "{{app}}"}}}'),
      '{{app}}/{{metadata.labels.app}}/{{name}}',
    );
    expect(pathsIn(reading)).toEqual(['checkout/checkout/{{name}}']);
    expect(reading.made[0]?.isOpen).toBe(true);
  });

  it('refuses two values for one name, but for Go templates: there the first counts', () => {
    const twice = matrix(list('env: dev, app: checkout'), list('env: prod-eu', 'env: dev'));
    expect(messagesIn(readPaths(twice, '{{env}}').problems)).toEqual(['both generators of a matrix give "env", and not the same']);
    const go = readPaths(matrix(list('env: dev, x: {a: first}'), list('env: prod-eu, x: {a: second, b: more}')), '{{.env}}/{{.x.a}}/{{.x.b}}', { head: GO });
    expect(pathsIn(go)).toEqual(['dev/first/more']);
    expect(go.problems).toEqual([]);
  });

  it('needs two generators, each of one kind', () => {
    expect(readPaths(matrix(list('a: b')), 'x')).toMatchObject({ made: [] });
    expect(messagesIn(readPaths(matrix(list('a: b')), 'x').problems)).toEqual(['a matrix combines two generators, and has fewer']);
    expect(messagesIn(readPaths(matrix(list('a: b'), `${list('c: d')}, clusters: {}`), 'x').problems)).toEqual([
      'an entry of a combined generator has more than one generator',
    ]);
  });

  it('may be nested, but not without end', () => {
    const deep = (depth: number): string => (depth === 0 ? list('z: z') : `matrix: {generators: [{${list(`k${depth}: v`)}}, {${deep(depth - 1)}}]}`);
    expect(pathsIn(readPaths(`- ${deep(3)}`, '{{k1}}{{k2}}{{k3}}{{z}}'))).toEqual(['vvvz']);
    const reading = readPaths(`- ${deep(4)}`, '{{k1}}');
    expect(reading.made).toEqual([]);
    expect(messagesIn(reading.gaps)).toEqual(['generators are nested more than 3 deep']);
  });

  it('stops at as many as anybody would look at', () => {
    const many = Array.from({ length: 60 }, (_, index) => index);
    const reading = readPaths(matrix(list(...many.map((index) => `a: "${index}"`)), list(...many.map((index) => `b: "${index}"`))), '{{a}}/{{b}}');
    expect(reading.made).toHaveLength(2000);
    expect(messagesIn(reading.gaps)).toEqual(['of all that the set makes, only 2000 applications are looked at']);
    const few = readPaths(`- ${list(...Array.from({ length: 2000 }, (_, index) => `a: "${index}"`))}`, '{{a}}');
    expect(few.made).toHaveLength(2000);
    expect(few.gaps).toEqual([]);
  });
});

describe('a merge', () => {
  it('overrides the sets of the first generator that have the same keys', () => {
    const generators = merge(
      'env',
      list('env: dev, size: small', 'env: prod-eu, size: small'),
      list('env: prod-eu, size: big', 'env: qa, size: big'),
      list('env: prod-eu, zone: a'),
    );
    const reading = readPaths(generators, '{{env}}/{{size}}/{{zone}}');
    expect(pathsIn(reading)).toEqual(['dev/small/{{zone}}', 'prod-eu/big/a']);
    expect(reading.made.some(({ isConditional }) => isConditional)).toBe(false);
  });

  it('says which side wrote a value', () => {
    const reading = readPaths(
      '- merge:\n    mergeKeys: [env]\n    generators:\n      - list:\n          elements:\n            - env: dev\n              size: small\n      - list:\n          elements:\n            - env: dev\n              size: big',
      '{{env}}/{{size}}',
    );
    expect(authorsIn(pathOf(reading.made[0]))).toEqual(['dev < set.yaml:12', '/ < set.yaml:16', 'big < set.yaml:13']);
  });

  const clusters = 'clusters: {values: {root: apps/checkout, environment: staging, dir: base}}';

  it('makes a set of its own for each cluster that a list tells of', () => {
    const path = '{{values.root}}/{{values.environment}}/{{values.dir}}/{{nameNormalized}}';
    const generators = merge(
      'nameNormalized',
      clusters,
      list('nameNormalized: eu-1, values.dir: eu', 'nameNormalized: us-1, values.environment: prod-us, values.dir: ""', 'values.dir: nobody'),
    );
    const reading = readPaths(generators, path);
    expect(pathsIn(reading)).toEqual(['apps/checkout/staging/base/{{nameNormalized}}', 'apps/checkout/staging/eu/eu-1', 'apps/checkout/prod-us//us-1']);
    expect(reading.made.map(({ isOpen }) => isOpen)).toEqual([true, false, false]);
    expect(reading.made.map(({ isConditional }) => isConditional)).toEqual([false, true, true]);
    expect(reading).toMatchObject({ problems: [], gaps: [] });
  });

  it('stays open with a list that is empty yet', () => {
    const reading = readPaths(merge('nameNormalized', clusters, 'list: {elements: []}'), '{{values.environment}}');
    expect(pathsIn(reading)).toEqual(['staging']);
  });

  it('knows what all say of one cluster', () => {
    const generators = merge(
      'server',
      clusters,
      list('server: eu-1, values.dir: eu'),
      list('server: eu-1, values.environment: prod-eu', 'server: us-1, values.dir: us'),
    );
    expect(pathsIn(readPaths(generators, '{{server}}:{{values.environment}}/{{values.dir}}'))).toEqual([
      '{{server}}:staging/base',
      'us-1:staging/us',
      'eu-1:prod-eu/eu',
    ]);
  });

  it('takes clusters over clusters for more that there may be', () => {
    const generators = merge('server', clusters, 'clusters: {selector: {matchLabels: {tier: prod}}, values: {environment: prod-eu}}');
    const reading = readPaths(generators, '{{values.environment}}:{{metadata.labels.tier}}');
    expect(pathsIn(reading)).toEqual(['staging:{{metadata.labels.tier}}', 'prod-eu:prod']);
    expect(reading.made.map(({ isOpen, isConditional }) => [isOpen, isConditional])).toEqual([
      [true, false],
      [true, false],
    ]);
  });

  it('compares labels that a selector demands', () => {
    const generators = merge(
      'metadata.labels.tier',
      'clusters: {selector: {matchLabels: {tier: prod}}}',
      list('metadata.labels.tier: prod, dir: a', 'metadata.labels.tier: dev, dir: b'),
    );
    expect(pathsIn(readPaths(generators, '{{dir}}'))).toEqual(['a']);
  });

  it('merges trees of Go templates', () => {
    const generators = merge('env', list('env: dev, x: {a: one, b: two}'), list('env: dev, x: {b: three, c: ""}'));
    expect(pathsIn(readPaths(generators, '{{.x.a}}/{{.x.b}}/{{.x.c}}', { head: GO }))).toEqual(['one/three/']);
  });

  it('needs generators, keys, and sets that differ', () => {
    expect(messagesIn(readPaths(merge('env', list('env: dev')), 'x').problems)).toEqual(['a merge combines two generators or more, and has fewer']);
    expect(messagesIn(readPaths(merge('', list('env: dev'), list('env: dev')), 'x').problems)).toEqual(['a merge has no "mergeKeys"']);
    const twins = readPaths(merge('env', list('env: dev'), list('env: dev, a: b', 'env: dev, a: c')), '{{env}}');
    expect(messagesIn(twins.problems)).toEqual(['two sets of one generator have the same merge keys: "dev"']);
  });
});
