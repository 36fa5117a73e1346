import type { Additions } from '../../model/additions.ts';
import type { VariantSource } from '../../model/discovery.ts';
import type { Gap, RenderProblem, RenderResult } from '../../model/render-result.ts';
import { Resource } from '../../model/resource.ts';
import { joinPath } from '../../text/path.ts';
import { SourceFile } from '../../text/source-file.ts';
import { type Mapping, textOf } from '../../tree/node.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { parseYaml } from '../../yaml/parse.ts';
import type { Inflate, Inflated, Inflation } from '../inflation.ts';
import { isTemplate, notFilledIn } from '../values-only.ts';
import type { ChartLoading, LoadedChart, Reading } from './chart/chart.ts';
import { loadChart } from './chart/load-chart.ts';
import type { Hook, Manifest } from './chart/manifests.ts';
import { inFile } from './chart/problems.ts';
import { argoParameter, type ValuesSource } from './chart/values-source.ts';
import { chartValuesOf } from './chart-values.ts';
import { objectsOf } from './documents.ts';
import { type RenderedChart, renderChart } from './render-chart.ts';
import { text } from './value.ts';

type PostRender = (resources: readonly Resource[], additions: Additions) => Pick<RenderResult, 'resources' | 'gaps' | 'problems' | 'effects' | 'inputs'>;

/** Renders charts that are here, in process. */
export interface HelmRenderer {
  /** Undefined where the chart is not here: then there is nothing to render. */
  render(source: VariantSource): RenderResult | undefined;
  /** Renders a chart as a kustomization asks for it. */
  inflate: Inflate;
}

export interface HelmOptions {
  readonly workspace: Workspace;
  /** Takes what a release renders to through the steps of kustomize that its deployer names. */
  readonly postRender: PostRender;
  /** Whose reading of nulls in chart defaults counts. */
  readonly helmVersion?: 3 | 4 | undefined;
}

export function createHelmRenderer({ workspace, postRender, helmVersion = 3 }: HelmOptions): HelmRenderer {
  const reading: Reading = helmVersion === 3 ? 'helm-3' : 'helm-4';
  const charts = new Map<string, ChartLoading>();
  const load = (folder: string): ChartLoading => {
    const known = charts.get(folder) ?? loadChart(workspace, folder);
    charts.set(folder, known);
    return known;
  };
  return {
    render: (source) => {
      const loading = load(source.root);
      if (!loading.chart) return workspace.kindOf(joinPath(source.root, 'Chart.yaml') ?? '') === 'file' ? unloaded(source, loading) : undefined;
      return render(source, loading, loading.chart, { workspace, postRender, reading });
    },
    inflate: (inflation) => {
      const loading = load(inflation.chart);
      return loading.chart && inflated(inflation, loading, loading.chart, reading);
    },
  };
}

interface Scene {
  readonly workspace: Workspace;
  readonly postRender: PostRender;
  readonly reading: Reading;
}

/** A chart that Helm refuses before it renders anything. */
function unloaded({ root, values = [] }: VariantSource, { problems, gaps, inputs }: ChartLoading): RenderResult {
  const status = problems.length > 0 ? 'failed' : 'values-only';
  return { folder: root, renderer: 'helm', kind: 'Chart', status, resources: [], gaps, problems, effects: [], inputs: new Set([...inputs, ...values]) };
}

function render(source: VariantSource, loading: ChartLoading, chart: LoadedChart, scene: Scene): RenderResult {
  const { helm, root } = source;
  const replaces = helm?.replacesDefaults === true && source.values !== undefined && source.values.length > 0;
  const { files, gaps: unread } = filesOf(source, replaces ? undefined : chart.valuesFile?.path, chart, scene.workspace);
  const sources = [...(replaces ? [] : files), ...inlineOf(source)];
  const rendered = renderChart({
    chart,
    sources,
    ...(replaces && { defaults: files }),
    release: { name: text(helm?.releaseName ?? chart.metadata.name), namespace: text(helm?.namespace ?? 'default') },
    reading: scene.reading,
    kubeVersion: helm?.kubeVersion ?? source.kubeVersion,
    apiVersions: helm?.apiVersions,
  });
  const { problems, gaps } = verdictOf(rendered, chart, { hasSecrets: helm?.hasSecrets, lacksValues: unread.length > 0 || (helm?.gaps ?? []).length > 0 });
  const { resources, steps } = resourcesOf(rendered, helm, scene.postRender);
  const allGaps = [...loading.gaps, ...(helm?.gaps ?? []), ...unread, ...gaps, ...steps.flatMap((step) => step.gaps)];
  const allProblems = [...loading.problems, ...problems, ...steps.flatMap((step) => step.problems)];
  const status = allProblems.length > 0 ? 'failed' : allGaps.length > 0 ? 'partial' : 'rendered';
  return {
    folder: root,
    renderer: 'helm',
    kind: 'Chart',
    status,
    resources,
    charts: [chartValuesOf({ release: '', sources, unit: rendered.values, reading: scene.reading, run: status === 'rendered' ? rendered.run : undefined })],
    gaps: allGaps,
    problems: allProblems,
    effects: steps.flatMap(({ effects }) => effects),
    inputs: new Set([...loading.inputs, ...(source.values ?? []), ...steps.flatMap(({ inputs }) => [...inputs])]),
  };
}

/** What `helm template` prints, hooks included. */
function inflated(inflation: Inflation, { inputs, ...loading }: ChartLoading, chart: LoadedChart, reading: Reading): Inflated {
  const { values, releaseName, namespace = 'default', kubeVersion, apiVersions, includesCrds, skipsHooks, skipsTests } = inflation;
  const sources = values.map((source): ValuesSource => {
    if (source instanceof SourceFile) return { kind: 'file', name: source.path, file: source };
    return { kind: 'map', name: 'valuesInline', node: source };
  });
  const rendered = renderChart({
    chart,
    sources,
    release: { name: text(releaseName), namespace: text(namespace) },
    reading,
    kubeVersion,
    apiVersions,
  });
  const { problems, gaps } = verdictOf(rendered, chart);
  const all = { gaps: [...loading.gaps, ...gaps], problems: [...loading.problems, ...problems] };
  const isWhole = all.gaps.length === 0 && all.problems.length === 0;
  const hooks = skipsHooks ? [] : rendered.hooks.filter(({ events }) => !(skipsTests && events.includes('test')));
  return {
    objects: [...(includesCrds ? rendered.crds.flatMap(objectsIn) : []), ...[...rendered.manifests, ...hooks].flatMap(nodesOf)],
    ...all,
    values: chartValuesOf({ release: releaseName, sources, unit: rendered.values, reading, run: isWhole ? rendered.run : undefined }),
    inputs,
  };
}

/**
 * A template that fails in a chart of which a part is missing may fail for that: then nothing is said against it, nor, where values
 * are missing, for what a schema has against the others. Nor is it for whatever a chart has against what stands in for a secret.
 */
function verdictOf(
  { problems, schemas, values }: RenderedChart,
  chart: LoadedChart,
  { hasSecrets = false, lacksValues = false }: { readonly hasSecrets?: boolean | undefined; readonly lacksValues?: boolean } = {},
): { readonly problems: readonly RenderProblem[]; readonly gaps: readonly Gap[] } {
  const missing = values.missing.map(
    ({ requirement, why }): Gap => ({
      cause: 'helm',
      message: `chart "${requirement.name}", on which "${chart.metadata.name}" depends, is ${why === 'remote' ? 'not fetched' : 'not here'}`,
      origin: requirement.origin,
    }),
  );
  const all = [...problems, ...schemas.problems];
  const gaps = [...missing, ...values.gaps, ...schemas.gaps];
  if (missing.length === 0 && !hasSecrets && !lacksValues) return { problems: all, gaps };
  const ofSchemas = new Set<RenderProblem>(lacksValues ? schemas.problems : []);
  const isExcused = (problem: RenderProblem) => hasSecrets || problem.cause === 'template' || ofSchemas.has(problem);
  const excused = all.filter(isExcused).map((problem): Gap => {
    const { message, origin } = problem;
    if (hasSecrets) return { cause: 'decryption', message: 'the chart is not rendered without its secrets', origin };
    const who = ofSchemas.has(problem) ? 'the schema of the values' : 'a template';
    return { cause: 'template', message: `${who} fails without what is not here: ${message}`, origin };
  });
  return { problems: all.filter((problem) => !isExcused(problem)), gaps: [...gaps, ...excused] };
}

function filesOf(
  { values = [] }: VariantSource,
  defaults: string | undefined,
  chart: LoadedChart,
  workspace: Workspace,
): { readonly files: readonly ValuesSource[]; readonly gaps: readonly Gap[] } {
  const files: ValuesSource[] = [];
  const gaps: Gap[] = [];
  for (const [index, path] of values.entries()) {
    // Its defaults are the chart's own affair, unless they are named once more.
    if (index === 0 && path === defaults) continue;
    const result = workspace.read(path);
    if (result.ok && isTemplate(result.file)) gaps.push(notFilledIn(result.file));
    else if (result.ok) files.push({ kind: 'file', name: path, file: result.file });
    else if (result.problem !== 'missing') gaps.push({ cause: 'decryption', message: `"${path}" cannot be read`, origin: inFile(chart.file) });
  }
  return { files, gaps };
}

function inlineOf({ helm }: VariantSource): ValuesSource[] {
  return [...(helm?.inline ?? []), ...(helm?.parameters ?? []).map(({ name, value, isString }) => argoParameter(name, value, isString))];
}

/** What a cluster gets: CRDs, the release, which alone goes through the steps behind Helm, and what runs around it. Tests are run by hand. */
function resourcesOf({ crds, manifests, hooks }: RenderedChart, helm: VariantSource['helm'], postRender: PostRender) {
  const isMeant = (hook: Hook) => !hook.events.includes('test');
  const toResource = (node: Mapping) => new Resource(node);
  let release: readonly Resource[] = manifests.flatMap(nodesOf).map(toResource);
  const steps = (helm?.postRenderers ?? []).map((additions) => {
    const step = postRender(release, additions);
    release = step.resources;
    return step;
  });
  const first = helm?.skipsCrds ? [] : crds.flatMap(objectsIn).map(toResource);
  return { resources: [...first, ...release, ...hooks.filter(isMeant).flatMap(nodesOf).map(toResource)], steps };
}

function nodesOf({ yaml, text: rendered, file }: Manifest) {
  return objectsOf(yaml, rendered, inFile(file)).filter((node) => textOf(node, 'kind') !== undefined);
}

function objectsIn(file: SourceFile) {
  return parseYaml(file).documents.flatMap(({ root }) => (root?.kind === 'mapping' && textOf(root, 'kind') !== undefined ? [root] : []));
}
