import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readApplicationSet } from '../../../src/discover/argo/application-set.ts';
import { fillGoTemplate } from '../../../src/discover/argo/go-template/fill.ts';
import { mayHaveGoTemplates } from '../../../src/discover/argo/language.ts';
import { plainOf } from '../../../src/tree/plain.ts';
import { memoryWorkspace } from '../../../src/workspace/memory-workspace.ts';
import { authorsIn, fieldOf, mappingOf, messagesIn, pathOf, pathsIn, readSpec } from './sets.ts';

const ENVIRONMENTS = 'generators: [{list: {elements: [{env: dev}, {env: prod-eu}]}}]\n';

function plainOfFirst(spec: string) {
  const reading = readSpec(spec);
  const [first] = reading.made;
  return { reading, plain: first && plainOf(first.application) };
}

describe('the template', () => {
  it('is filled as a whole', () => {
    const { plain } = plainOfFirst(`${ENVIRONMENTS}template:
  metadata: {name: 'checkout-{{env}}', labels: {'env/{{env}}': "yes", tier: '{{env}}'}}
  spec:
    project: default
    source: {path: 'apps/{{env}}', helm: {valueFiles: [values.yaml, 'values-{{env}}.yaml'], skipCrds: true}}
    destination: {server: '{{server}}', namespace: checkout}
`);
    expect(plain).toEqual({
      metadata: { name: 'checkout-dev', labels: { 'env/dev': 'yes', tier: 'dev' } },
      spec: {
        project: 'default',
        source: { path: 'apps/dev', helm: { valueFiles: ['values.yaml', 'values-dev.yaml'], skipCrds: true } },
        destination: { server: '{{server}}', namespace: 'checkout' },
      },
    });
  });

  it('yields to that of the generator, where that says something', () => {
    const { plain, reading } = plainOfFirst(`generators:
  - list:
      elements: [{env: dev}]
      template:
        metadata: {labels: {own: '{{env}}'}}
        spec: {project: "", source: {path: 'own/{{env}}'}, destination: {}, syncPolicy: {syncOptions: []}}
template:
  metadata: {name: 'checkout-{{env}}', labels: {team: red}}
  spec: {project: shop, source: {path: 'apps/{{env}}', repoURL: '{shop}'}, destination: {server: here}, syncPolicy: {syncOptions: [Replace=true]}}
`);
    expect(plain).toEqual({
      metadata: { name: 'checkout-dev', labels: { team: 'red', own: 'dev' } },
      spec: {
        project: 'shop',
        source: { path: 'own/dev', repoURL: 'https://git.example/shop.git' },
        destination: { server: 'here' },
        syncPolicy: { syncOptions: ['Replace=true'] },
      },
    });
    expect(authorsIn(pathOf(reading.made[0]))).toEqual(['own/ < set.yaml:7', 'dev < set.yaml:4']);
  });

  it('does not yield to that of a generator that others combine', () => {
    const inner = '{list: {elements: [{env: dev}], template: {spec: {source: {path: inner}}}}}';
    const spec = (outer: string) =>
      `generators: [{matrix: {generators: [${inner}, {list: {elements: [{app: a}]}}]${outer}}}]\ntemplate: {spec: {source: {path: 'apps/{{env}}'}}}\n`;
    expect(pathsIn(readSpec(spec('')))).toEqual(['apps/dev']);
    expect(pathsIn(readSpec(spec(', template: {spec: {source: {path: outer}}}')))).toEqual(['outer']);
  });

  it('is not read as one where there are no parameters', () => {
    const reading = readSpec("goTemplate: true\ngenerators: [{list: {elements: [{}]}}]\ntemplate: {spec: {source: {path: '{{.env}}'}}}\n");
    expect(pathsIn(reading)).toEqual(['{{.env}}']);
  });

  it('takes every generator of the set', () => {
    const reading = readSpec(
      "generators: [{list: {elements: [{env: dev}]}}, {clusters: {values: {env: live}}}]\ntemplate: {spec: {source: {path: '{{env}}{{values.env}}'}}}\n",
    );
    expect(pathsIn(reading)).toEqual(['dev{{values.env}}', '{{env}}live']);
    expect(reading.made.map(({ isOpen }) => isOpen)).toEqual([false, true]);
  });
});

describe('a template patch', () => {
  const base = `goTemplate: true
generators: [{list: {elements: [{env: dev, files: [a.yaml, b.yaml], prune: true}, {env: prod-eu}]}}]
template:
  metadata: {name: 'checkout-{{.env}}', labels: {team: red}}
  spec: {project: shop, source: {path: apps, helm: {valueFiles: [values.yaml]}}}
`;

  it('is laid over each application', () => {
    const { reading, plain } = plainOfFirst(`${base}templatePatch: |
  metadata:
    labels: {env: '{{ .env }}'}
  spec:
    project: other
    source:
      path: "apps/{{ .env }}"
      helm:
        valueFiles:
        {{- range .files }}
          - {{ . }}
        {{- end }}
    {{- if .prune }}
    syncPolicy: {automated: {prune: {{ .prune }}}}
    {{- end }}
`);
    expect(plain).toEqual({
      metadata: { name: 'checkout-dev', labels: { team: 'red', env: 'dev' } },
      spec: { project: 'shop', source: { path: 'apps/dev', helm: { valueFiles: ['a.yaml', 'b.yaml'] } }, syncPolicy: { automated: { prune: true } } },
    });
    expect(authorsIn(pathOf(reading.made[0]))).toEqual(['apps/ < set.yaml:13', 'dev < set.yaml:3']);
    expect(fieldOf(reading.made[1], 'spec', 'syncPolicy')).toBeUndefined();
    expect(reading).toMatchObject({ problems: [], gaps: [] });
  });

  it('keeps its own lines where nothing is filled in', () => {
    const { reading } = plainOfFirst(`${base}templatePatch: |\n  spec:\n    source:\n      path: live\n`);
    expect(authorsIn(pathOf(reading.made[0]))).toEqual(['live < set.yaml:10']);
    expect(pathOf(reading.made[0]).replaces).toMatchObject({ text: 'apps' });
  });

  it('removes with a null, and replaces where it says so', () => {
    const patch = 'metadata: null\nspec: {source: {helm: null, $patch: merge}, extra: {$patch: replace, a: 1}}\n';
    const { plain } = plainOfFirst(`${base}templatePatch: |\n${patch.replaceAll(/^(?=.)/gm, '  ')}`);
    expect(plain).toEqual({ spec: { project: 'shop', source: { path: 'apps' }, extra: { a: 1 } } });
  });

  it('may be the operations of a JSON patch', () => {
    const { plain } = plainOfFirst(`${base}templatePatch: |\n  [{"op": "replace", "path": "/spec/source/path", "value": "live/{{ .env }}"}]\n`);
    expect(plain).toMatchObject({ spec: { source: { path: 'live/dev' } } });
    const { reading } = plainOfFirst(`${base}templatePatch: |\n  [{"op": "replace", "path": "/spec/no/path", "value": 1}]\n`);
    expect(messagesIn(reading.problems)).toHaveLength(1);
    expect(pathsIn(reading)).toEqual(['apps', 'apps']);
  });

  it('is a gap where it is not known, and a problem where it is no YAML', () => {
    const open = readSpec(
      'goTemplate: true\ngenerators: [{clusters: {}}]\ntemplate: {spec: {source: {path: apps}}}\ntemplatePatch: \'spec: {source: {path: "{{.name}}"}}\'\n',
    );
    expect(messagesIn(open.gaps)).toEqual(['the "templatePatch" of the set holds what is not known here']);
    expect(pathsIn(open)).toEqual(['apps']);
    const { reading } = plainOfFirst(`${base}templatePatch: 'hello {{.env}}'\n`);
    expect(messagesIn(reading.problems)).toEqual(['the "templatePatch" of the set is no YAML once it is filled in']);
    expect(messagesIn(plainOfFirst(`${base}templatePatch: '{ "{{.env}}"'\n`).reading.problems)).toEqual([
      'the "templatePatch" of the set is no YAML once it is filled in',
    ]);
  });
});

describe('broken sets', () => {
  it.each([
    ['generators: [{list: {elements: [{a: b}]}}]\n', ['the set has no template']],
    ['template: [1]\n', ['the set has no template']],
    ['template: {}\ngenerators: [clusters, {clusters: null}]\n', ['a generator is no mapping', 'the generator "clusters" has no settings, and makes nothing']],
    ['template: {}\ngenerators: {list: 1}\n', []],
    ['template: {}\n', []],
  ])('%j', (spec, problems) => {
    const reading = readSpec(spec);
    expect(reading.made).toEqual([]);
    expect(messagesIn(reading.problems)).toEqual(problems);
  });

  it('have each problem told once', () => {
    const reading = readSpec(
      "goTemplate: true\ngoTemplateOptions: [missingkey=error]\ngenerators: [{list: {elements: [{env: dev}, {env: qa}]}}]\ntemplate: {spec: {source: {path: '{{.app}}'}}}\n",
    );
    expect(messagesIn(reading.problems)).toEqual(['the template is refused: no parameter ".app"']);
  });

  it('never throw, whatever stands where', () => {
    const words = [
      'generators',
      'template',
      'spec',
      'matrix',
      'merge',
      'list',
      'git',
      'clusters',
      'elements',
      'selector',
      'matchLabels',
      'mergeKeys',
      'directories',
      'path',
      'values',
      'goTemplate',
      'templatePatch',
      'plugin',
      'repoURL',
      'elementsYaml',
    ];
    const texts = ['{{', '{{.a}}', '{{a}}', 'true', '*', '[', '{{range .}}{{.}}{{end}}', '{{if .a}}', 'here', '- a: 1', '{{index . 1}}', '{{.a | toJson}}'];
    const value = fc.letrec((tie) => ({
      any: fc.oneof({ depthSize: 'medium', withCrossShrink: true }, tie('text'), tie('list'), tie('map')),
      text: fc.oneof(fc.constantFrom(...texts), fc.constant(null), fc.integer()),
      list: fc.array(tie('any'), { maxLength: 3 }),
      map: fc.dictionary(fc.constantFrom(...words), tie('any'), { maxKeys: 4, noNullPrototype: true }),
    })).any;
    const workspace = memoryWorkspace({ 'a/b.json': '{"a": [1]}' });
    fc.assert(
      fc.property(fc.array(value, { maxLength: 3 }), value, fc.boolean(), value, (generators, template, goTemplate, templatePatch) => {
        const set = { spec: { generators, template: { spec: template }, goTemplate, templatePatch } };
        expect(() => readApplicationSet(mappingOf(JSON.stringify(set)), workspace, () => true, fillGoTemplate)).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });
});

describe('the reader of Go templates', () => {
  const set = "spec:\n  goTemplate: true\n  generators: [{list: {elements: [{env: dev}]}}]\n  template: {spec: {source: {path: 'apps/{{.env}}'}}}\n";

  it('is told when it is not there', () => {
    const reading = readApplicationSet(mappingOf(set), memoryWorkspace({}), () => true);
    expect(pathsIn(reading)).toEqual(['apps/{{.env}}']);
    expect(messagesIn(reading.gaps)).toEqual(['Go templates are not read here']);
    const plain = readApplicationSet(mappingOf(set.replace('goTemplate: true', 'goTemplate: false').replace('.env', 'env')), memoryWorkspace({}), () => true);
    expect(pathsIn(plain)).toEqual(['apps/dev']);
    expect(plain.gaps).toEqual([]);
  });

  it.each([
    [{ 'sets/shop.yaml': set }, true],
    [{ 'chart/templates/set.tpl': set }, true],
    [{ 'shop.yaml': 'kind: ApplicationSet\n', 'readme.md': 'goTemplate: true\n' }, false],
    [{}, false],
  ])('is needed where somebody writes for it', (tree, expected) => expect(mayHaveGoTemplates(memoryWorkspace(tree))).toBe(expected));
});
