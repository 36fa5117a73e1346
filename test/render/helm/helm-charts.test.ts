import { describe, expect, it } from 'vitest';
import type { RenderResult } from '../../../src/model/render-result.ts';
import { createHelmRenderer } from '../../../src/render/helm/renderer.ts';
import { createRenderers } from '../../../src/render/index.ts';
import { memoryWorkspace } from '../../../src/workspace/memory-workspace.ts';
import { fieldOf, trail } from '../building.ts';

type Tree = Readonly<Record<string, string>>;

/** A chart that tells what it was given. Expectations are what kustomize 5.8.2 with helm 3.22 prints. */
const chart = (folder: string): Tree => ({
  [`${folder}/Chart.yaml`]: 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
  [`${folder}/values.yaml`]: 'a: 1\nb: 2\n',
  [`${folder}/crds/shop.yaml`]: 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: shops.example.org }\n',
  [`${folder}/templates/config.yaml`]: `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}
data:
  values: {{ .Values | toJson | quote }}
  namespace: {{ .Release.Namespace }}
  a: {{ .Values.a | quote }}
`,
  [`${folder}/templates/hooks.yaml`]: `apiVersion: v1
kind: Pod
metadata: { name: install, annotations: { helm.sh/hook: pre-install } }
---
apiVersion: v1
kind: Pod
metadata: { name: test, annotations: { helm.sh/hook: test } }
`,
});

const kustomizeOf = (tree: Tree) =>
  createRenderers({ workspace: memoryWorkspace({ ...chart('charts/web'), ...tree }), loadRestrictor: 'root', createHelm: createHelmRenderer }).kustomize;
const build = (tree: Tree, folder = ''): RenderResult => kustomizeOf(tree).render(folder);
const inflate = (item: string, more: Tree = {}) => build({ 'kustomization.yaml': `helmCharts:\n  - name: web\n${item.replace(/^(?=.)/gm, '    ')}`, ...more });
const names = ({ resources }: RenderResult) => resources.map(({ id }) => `${id.kind}/${id.name}`);
const valuesIn = (result: RenderResult, name = 'release-name') => JSON.parse(String(fieldOf(result, `ConfigMap/${name}`, 'data.values')));

describe('helmCharts', () => {
  it('gives what `helm template` prints, under the name that Helm has for releases without one', () => {
    const result = inflate('');
    expect(names(result)).toEqual(['ConfigMap/release-name', 'Pod/install', 'Pod/test']);
    expect([result.status, result.problems, result.gaps]).toEqual(['rendered', [], []]);
  });

  it.each([
    ['releaseName: shop\nskipTests: true\n', ['ConfigMap/shop', 'Pod/install']],
    ['releaseName: shop\nskipHooks: true\n', ['ConfigMap/shop']],
    ['releaseName: shop\nskipHooks: true\nincludeCRDs: true\n', ['CustomResourceDefinition/shops.example.org', 'ConfigMap/shop']],
  ])('%j', (item, expected) => {
    expect(names(inflate(item))).toEqual(expected);
  });

  it.each([
    ['a values file', 'valuesFile: v.yaml\n', { a: 1, b: 3, c: 4 }],
    ['values over it', 'valuesFile: v.yaml\nvaluesInline: { b: 5, d: 6 }\n', { a: 1, b: 5, c: 4, d: 6 }],
    ['values below it', 'valuesFile: v.yaml\nvaluesMerge: merge\nvaluesInline: { b: 5, d: 6 }\n', { a: 1, b: 3, c: 4, d: 6 }],
    ['values in its place', 'valuesFile: v.yaml\nvaluesMerge: replace\nvaluesInline: { d: 6 }\n', { a: 1, b: 2, d: 6 }],
    ['a null takes the value of the file away, not the default', 'valuesFile: v.yaml\nvaluesInline: { b: null }\n', { a: 1, b: 2, c: 4 }],
    ['a null in the place of a file takes the default away', 'valuesMerge: replace\nvaluesInline: { b: null }\n', { a: 1 }],
    ['further files count most', 'additionalValuesFiles: [w.yaml]\nvaluesInline: { c: 5 }\n', { a: 1, b: 2, c: 9 }],
  ])('%s', (_, item, expected) => {
    expect(valuesIn(inflate(item, { 'v.yaml': 'b: 3\nc: 4\n', 'w.yaml': 'c: 9\n' }))).toEqual(expected);
  });

  it('knows who wrote a value', () => {
    const result = inflate('valuesInline:\n  a: 7\n');
    expect(trail(result, 'ConfigMap/release-name', 'data.a')[0]).toBe('kustomization.yaml:4:10 helm-value exact');
  });

  it('goes to the namespace of the nearest kustomization that has one, and no transformer moves it', () => {
    const tree: Tree = {
      ...chart('base/charts/web'),
      'base/kustomization.yaml': 'helmCharts: [{ name: web, releaseName: q }]\n',
      'over/kustomization.yaml': 'resources: [../base]\nnamespace: shop\nnamePrefix: a-\n',
      'other/kustomization.yaml': 'resources: [../base]\nnamespace: market\nnamePrefix: b-\n',
      'top/kustomization.yaml': 'resources: [../over, ../other]\nnamespace: top\n',
    };
    const result = build(tree, 'top');
    expect(['a', 'b'].map((name) => fieldOf(result, `ConfigMap/${name}-q`, 'data.namespace'))).toEqual(['shop', 'market']);
    expect(result.resources.map(({ id }) => id.namespace)).toEqual(result.resources.map(() => ''));
  });

  it.each([[['dev', 'prod']], [['prod', 'dev']]])('an overlay without a namespace and one with share a base in the order %j', (order) => {
    const kustomize = kustomizeOf({
      ...chart('base/charts/web'),
      'base/kustomization.yaml': 'helmCharts: [{ name: web, releaseName: q }]\n',
      'dev/kustomization.yaml': 'resources: [../base]\n',
      'prod/kustomization.yaml': 'resources: [../base]\nnamespace: shop\n',
    });
    const given = new Map(order.map((folder) => [folder, fieldOf(kustomize.render(folder), 'ConfigMap/q', 'data.namespace')]));
    expect([given.get('dev'), given.get('prod')]).toEqual(['default', 'shop']);
  });

  it('keeps a namespace of its own', () => {
    const result = build({ 'kustomization.yaml': 'namespace: shop\nhelmCharts: [{ name: web, releaseName: q, namespace: own }]\n' });
    expect(fieldOf(result, 'ConfigMap/q', 'data.namespace')).toBe('own');
  });

  it('a generator has a chart, too, and is not told of the namespace', () => {
    const generator = 'apiVersion: builtin\nkind: HelmChartInflationGenerator\nmetadata: { name: x }\nname: web\nreleaseName: q\nvaluesInline: { a: 7 }\n';
    const result = build({ 'kustomization.yaml': 'namespace: shop\ngenerators: [gen.yaml]\n', 'gen.yaml': generator });
    expect([valuesIn(result, 'q'), fieldOf(result, 'ConfigMap/q', 'data.namespace')]).toEqual([{ a: 7, b: 2 }, 'default']);
  });

  it('patches apply', () => {
    const result = build({
      'kustomization.yaml':
        'helmCharts: [{ name: web, releaseName: q }]\npatches:\n  - patch: |-\n      apiVersion: v1\n      kind: ConfigMap\n      metadata: { name: q }\n      data: { a: patched }\n',
    });
    expect(fieldOf(result, 'ConfigMap/q', 'data.a')).toBe('patched');
  });

  it('lies below chartHome', () => {
    const tree = {
      ...chart('vendor/web'),
      'app/kustomization.yaml': 'helmGlobals: { chartHome: ../vendor }\nhelmCharts: [{ name: web, repo: ../vendor, valuesFile: v.yaml }]\n',
      'app/v.yaml': 'b: 3\n',
    };
    expect(valuesIn(build(tree, 'app'))).toEqual({ a: 1, b: 3 });
  });

  it.each([
    ['that is not here', 'repo: https://charts.example.org\nversion: 2.0.0\n'],
    ['of another version', 'repo: https://charts.example.org\nversion: 1.0.0\n'],
  ])('a chart %s is a gap', (_, item) => {
    const result = inflate(item);
    expect([result.status, result.gaps.map(({ message }) => message)]).toEqual(['partial', ['chart "web" is not inflated']]);
  });

  it.each([
    ['valuesFile: missing.yaml\n', '"missing.yaml" does not exist'],
    ['valuesMerge: mix\nvaluesInline: { a: 1 }\n', '"mix" is no way to merge values'],
  ])('%j is refused', (item, expected) => {
    const { status, problems } = inflate(item);
    expect([status, problems.map(({ message }) => message)]).toEqual(['failed', [expected]]);
  });

  it('what the chart refuses is a problem of the kustomization', () => {
    const result = inflate('', { 'charts/web/templates/config.yaml': '{{ fail "no" }}' });
    expect(result.problems.map(({ message, origin }) => `${origin.file.path} ${message}`)).toEqual([
      expect.stringContaining('charts/web/templates/config.yaml'),
    ]);
  });
});
