import { describe, expect, it } from 'vitest';
import { type ChartInput, type RenderedChart, renderChart } from '../../../src/render/helm/render-chart.ts';
import { originsOf, text } from '../../../src/render/helm/value.ts';
import { chartIn, chartYaml, shown, valuesFile } from './chart/shop.ts';

type Tree = Readonly<Record<string, string>>;

function render(tree: Tree, given = '', more: Partial<ChartInput> = {}): RenderedChart {
  const files = { 'storefront/Chart.yaml': chartYaml('storefront'), ...tree };
  const release = { name: text('shop'), namespace: text('prod') };
  return renderChart({ chart: chartIn(files), sources: [valuesFile(given)], release, reading: 'helm-3', ...more });
}

const outputs = ({ manifests }: RenderedChart): string[] => manifests.map(({ template, text: { text: content } }) => `${template}: ${content}`);
const complaints = ({ problems }: RenderedChart): string[][] => problems.map(({ message, origin }) => [message, shown(origin)]);

describe('renderChart', () => {
  it('renders with the values of an environment, each by its place', () => {
    const { manifests, problems } = render(
      { 'storefront/templates/a.yaml': 'image: {{ .Values.image }}:{{ .Values.tag }}\n', 'storefront/values.yaml': 'image: web\ntag: v1\n' },
      'tag: v2\n',
    );
    expect(problems).toEqual([]);
    expect(manifests[0]?.text.text).toBe('image: web:v2');
    expect(manifests[0] && originsOf(manifests[0].text).map(shown)).toEqual(
      expect.arrayContaining(['storefront/values.yaml:1: web', 'values-prod.yaml:1: v2']),
    );
  });

  it('reads files with a byte order mark', () => {
    const tree = { 'storefront/templates/a.yaml': '\ufeffa: {{ .Values.b }}\n', 'storefront/values.yaml': '\ufeffb: 1\n' };
    expect(outputs(render(tree))).toEqual(['storefront/templates/a.yaml: a: 1']);
  });

  it('lets a chart redefine what its subcharts define', () => {
    const tree = {
      'storefront/templates/_helpers.tpl': '{{ define "name" }}outer{{ end }}',
      'storefront/charts/ledger/Chart.yaml': chartYaml('ledger'),
      'storefront/charts/ledger/templates/_helpers.tpl': '{{ define "name" }}inner{{ end }}',
      'storefront/charts/ledger/templates/a.yaml': 'name: {{ include "name" . }}, {{ .Template.Name }}, {{ .Template.BasePath }}\n',
    };
    expect(outputs(render(tree))).toEqual([
      'storefront/charts/ledger/templates/a.yaml: name: outer, storefront/charts/ledger/templates/a.yaml, storefront/charts/ledger/templates',
    ]);
  });

  it('takes only partials of library charts, and installs none', () => {
    const library = {
      'storefront/charts/lib/Chart.yaml': chartYaml('lib', 'type: library\n'),
      'storefront/charts/lib/templates/_a.tpl': '{{ define "lib" }}x{{ end }}',
      'storefront/charts/lib/templates/b.yaml': 'b: 1\n',
      'storefront/templates/a.yaml': 'a: {{ include "lib" . }}\n',
    };
    expect(outputs(render(library))).toEqual(['storefront/templates/a.yaml: a: x']);
    expect(complaints(render({ 'storefront/Chart.yaml': chartYaml('storefront', 'type: library\n') }))[0]?.[0]).toBe('a library chart cannot be installed');
  });

  it('shares the values of a chart between its templates, and keeps its own', () => {
    const tree = {
      'storefront/values.yaml': 'web: { a: 1 }\n',
      'storefront/templates/b.yaml': '{{ $_ := set .Values.web "a" 2 }}a: {{ .Values.web.a }}\n',
      'storefront/templates/a.yaml': 'a: {{ .Values.web.a }}\n',
    };
    const first = render(tree);
    // Templates run in descending order of their names.
    expect(outputs(first)).toEqual(['storefront/templates/a.yaml: a: 2', 'storefront/templates/b.yaml: a: 2']);
    expect(originsOf(first.values.values).map(shown)).toEqual(['storefront/values.yaml:1: 1']);
  });

  it('goes on after a template that fails', () => {
    const tree = {
      'storefront/templates/a.yaml': 'a: 1\n',
      'storefront/templates/b.yaml': '\nb: {{ required "a host is needed" .Values.host }}\n',
      'storefront/templates/c.yaml': 'c: {{ nope }}\n',
      'storefront/templates/d.yaml': 'd: {{ .Values.x.y }}\n',
    };
    const result = render(tree);
    expect(outputs(result)).toEqual(['storefront/templates/a.yaml: a: 1']);
    expect(result.problems.map(({ message, origin }) => [message, origin.file.path, origin.file.positionAt(origin.start).line])).toEqual([
      ['function "nope" not defined', 'storefront/templates/c.yaml', 1],
      [expect.stringContaining('nil pointer evaluating interface {}.y'), 'storefront/templates/d.yaml', 1],
      ['a host is needed', 'storefront/templates/b.yaml', 2],
    ]);
  });

  it('runs nothing without its partials: all else would fail for that', () => {
    const { problems, manifests } = render({
      'storefront/templates/_a.tpl': '{{ define "a" }}{{ if }}',
      'storefront/templates/b.yaml': 'b: {{ include "a" . }}\n',
    });
    expect([problems.length, problems[0]?.origin.file.path, manifests.length]).toEqual([1, 'storefront/templates/_a.tpl', 0]);
  });

  it('survives a template that calls itself', () => {
    const { problems } = render({ 'storefront/templates/a.yaml': '{{ define "a" }}{{ include "a" . }}{{ end }}a: {{ include "a" . }}\n' });
    expect(problems).toHaveLength(1);
  });

  it('keeps notes, CRDs and hooks apart', () => {
    const result = render({
      'storefront/templates/NOTES.txt': 'Open {{ .Release.Name }}',
      'storefront/crds/a.yaml': 'kind: CustomResourceDefinition\n',
      'storefront/crds/README.md': '',
      'storefront/templates/job.yaml': 'kind: Job\nmetadata:\n  annotations:\n    helm.sh/hook: pre-install\n',
    });
    expect([result.crds.map(({ path }) => path), result.hooks.length, result.manifests.length]).toEqual([['storefront/crds/a.yaml'], 1, 0]);
  });

  it('tells of what only a cluster knows', () => {
    const { unknowns } = render({
      'storefront/templates/a.yaml': 'a: {{ lookup "v1" "Secret" "" "" }}\nb: {{ .Capabilities.APIVersions.Has "cert-manager.io/v1" }}\n',
    });
    expect(unknowns.map(({ what }) => what)).toEqual(['lookup', '.Capabilities.APIVersions.Has "cert-manager.io/v1"']);
  });

  it('holds the release of an environment against that of the chart, where one is told', () => {
    const tree = { 'storefront/Chart.yaml': chartYaml('storefront', 'kubeVersion: ">=1.30.0-0"\n') };
    expect(render(tree, '', { kubeVersion: '1.29' }).problems.map(({ message }) => message)).toEqual([
      'the chart is for Kubernetes ">=1.30.0-0", which "v1.29.0" is not',
    ]);
    expect([render(tree, '', { kubeVersion: '1.31' }).problems, render(tree).problems]).toEqual([[], []]);
  });

  it('renders nothing with values that Helm refuses', () => {
    const { problems, manifests } = render({ 'storefront/templates/a.yaml': 'a: 1\n' }, 'a: b: c\n');
    expect([problems.length, manifests.length]).toEqual([1, 0]);
  });
});
