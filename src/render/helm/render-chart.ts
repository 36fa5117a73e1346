import type { RenderProblem } from '../../model/render-result.ts';
import { compareText } from '../../text/location.ts';
import { SourceFile } from '../../text/source-file.ts';
import type { Origin } from '../../tree/node.ts';
import { kubeVersionOf } from './chart/capabilities.ts';
import type { ChartFile, LoadedChart, Reading } from './chart/chart.ts';
import { isCompatible } from './chart/compatible.ts';
import { type ChartInstance, chartsIn } from './chart/instance.ts';
import { type SortedManifests, sortManifests, type TemplateOutput } from './chart/manifests.ts';
import { twinOf } from './chart/maps.ts';
import { type ChartScope, type Release, scopesOf } from './chart/objects.ts';
import { failure, inFile } from './chart/problems.ts';
import { checkSchemas, type SchemaResult } from './chart/schema.ts';
import { type UnitValues, unitValues } from './chart/values-layer.ts';
import type { ValuesSource } from './chart/values-source.ts';
import { HELM_FUNCTIONS } from './functions/registry.ts';
import { withoutNoValue } from './go-template/no-value.ts';
import { newBudget, type RenderScope } from './go-template/run/scope.ts';
import { TemplateSet } from './go-template/template-set.ts';
import { Lookups } from './lookups.ts';
import { type MapValue, map, TemplateFailure, text } from './value.ts';

/** A chart in one unit: what a deployer says of it. */
export interface ChartInput {
  readonly chart: LoadedChart;
  /** Oldest first, without the chart's own defaults. */
  readonly sources: readonly ValuesSource[];
  /** What a deployer takes for the chart's own `values.yaml`; oldest first. */
  readonly defaults?: readonly ValuesSource[] | undefined;
  readonly release: Release;
  readonly reading: Reading;
  /** What the environment is said to run; undefined where nothing tells. */
  readonly kubeVersion?: string | undefined;
  readonly apiVersions?: readonly string[] | undefined;
}

/** Something whose outcome only a cluster or a clock knows: `lookup`, `randAlphaNum`. */
export interface Unknown {
  readonly what: string;
  readonly origin: Origin;
}

export interface RenderedChart extends SortedManifests {
  readonly values: UnitValues;
  /** `.Values` as the templates got it, and what they asked of it; undefined where they were not run. */
  readonly run: { readonly values: MapValue; readonly lookups: Lookups } | undefined;
  readonly schemas: SchemaResult;
  /** The files of `crds/`, which are applied before all else and not rendered. */
  readonly crds: readonly SourceFile[];
  readonly unknowns: readonly Unknown[];
  /** What makes Helm refuse the chart: values, templates, what they put out. Of a template that fails, nothing is put out. */
  readonly problems: readonly RenderProblem[];
}

/** Renders a chart with its subcharts as `helm template` does, going on after a template that fails. Never throws. */
export function renderChart(input: ChartInput): RenderedChart {
  const values = unitValues(input.chart, input.sources, input);
  const nothing = { manifests: [], hooks: [], crds: [], unknowns: [], run: undefined };
  const { root, problems: mistakes } = values;
  if (!root || mistakes.length > 0) return { ...nothing, values, schemas: { problems: [], gaps: [] }, problems: mistakes };
  const problems: RenderProblem[] = [...refusals(input)];
  const run = { values: twinOf(values.values), lookups: new Lookups() };
  const { outputs, ...noted } = executed(root, run, input, problems);
  const sorted = sortManifests(
    outputs.filter(({ template }) => !template.endsWith('NOTES.txt')),
    input.reading,
  );
  return {
    ...sorted,
    ...noted,
    values,
    run,
    schemas: checkSchemas(root, values.values),
    crds: chartsIn(root).flatMap(crdsOf),
    problems: [...problems, ...sorted.problems],
  };
}

/** Charts that Helm does not install at all. The range of releases that one is for is held only against a release that is told. */
function* refusals({ chart, kubeVersion }: ChartInput): Iterable<RenderProblem> {
  const { metadata, file } = chart;
  const version = kubeVersionOf(kubeVersion);
  if (metadata.type === 'library') yield failure('other', 'a library chart cannot be installed', inFile(file));
  if (kubeVersion !== undefined && metadata.kubeVersion !== '' && !isCompatible(metadata.kubeVersion, version))
    yield failure('other', `the chart is for Kubernetes "${metadata.kubeVersion}", which "${version}" is not`, inFile(file));
}

/** CRDs are files with the ending of a manifest; others in that folder are not looked at. */
function crdsOf({ chart }: ChartInstance): SourceFile[] {
  return chart.files.filter(({ name }) => /^crds\/.*\.(?:ya?ml|json)$/i.test(name)).flatMap((file) => file.source() ?? []);
}

interface Named {
  readonly name: string;
  readonly file: SourceFile;
  readonly of: ChartScope;
}

interface Executed {
  readonly outputs: readonly TemplateOutput[];
  readonly unknowns: readonly Unknown[];
}

/** Parses all templates, then runs them one after the other; they share their values and can change them. */
function executed(root: ChartInstance, { values, lookups }: NonNullable<RenderedChart['run']>, input: ChartInput, problems: RenderProblem[]): Executed {
  const functions = HELM_FUNCTIONS;
  const toYaml = functions.get('toYaml') ?? (() => text(''));
  const unknowns: Unknown[] = [];
  const scope: RenderScope = {
    functions,
    budget: newBudget(),
    missingKey: 'zero',
    noteUnknown: (what, origin) => void unknowns.push({ what, origin }),
    watch: lookups,
  };
  const templates = inParseOrder(scopesOf(root, values, { ...input, toYaml }).flatMap(templatesOf));
  const set = new TemplateSet(functions);
  const outputs: TemplateOutput[] = [];
  const { parsed, isWhole } = parseAll(set, templates, problems);
  // Without its partials, every other template would fail for that one reason.
  for (const { name, file, of } of isWhole ? parsed : []) {
    if (isPartial(name)) continue;
    of.scope.entries.set('Template', {
      ...map([['Name', text(name)] as const, ['BasePath', text(`${of.path}/templates`)] as const]),
      goType: 'chartutil.Values',
    });
    const output = attempt(file, problems, () => withoutNoValue(set.render(name, of.scope, scope)));
    if (output) outputs.push({ template: name, text: output, file });
  }
  return { outputs, unknowns };
}

function parseAll(set: TemplateSet, templates: readonly Named[], problems: RenderProblem[]): { readonly parsed: readonly Named[]; readonly isWhole: boolean } {
  let isWhole = true;
  const parsed = templates.filter((template) => {
    const before = problems.length;
    attempt(template.file, problems, () => set.parse(template));
    const isParsed = problems.length === before;
    isWhole &&= isParsed || !isPartial(template.name);
    return isParsed;
  });
  return { parsed, isWhole };
}

/** Undefined where the template fails: that is a problem then. */
function attempt<T>(file: SourceFile, problems: RenderProblem[], step: () => T): T | undefined {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof TemplateFailure)) throw error;
    problems.push(failure('template', error.message, error.origin ?? inFile(file)));
    return undefined;
  }
}

function isPartial(name: string): boolean {
  return name.slice(name.lastIndexOf('/') + 1).startsWith('_');
}

/** Of a library chart, only the partials count. */
function templatesOf(of: ChartScope): Named[] {
  const { templates, metadata } = of.instance.chart;
  const isLibrary = metadata.type.toLowerCase() === 'library';
  return templates.flatMap((template: ChartFile): Named[] => {
    const file = withoutMark(template.source());
    return file && (!isLibrary || isPartial(template.name)) ? [{ name: `${of.path}/${template.name}`, file, of }] : [];
  });
}

const unmarked = new WeakMap<SourceFile, SourceFile>();

/** Helm drops the byte order mark of a file; the columns of its first line are one less then. */
function withoutMark(file: SourceFile | undefined): SourceFile | undefined {
  if (!file?.text.startsWith('\ufeff')) return file;
  const known = unmarked.get(file) ?? new SourceFile(file.path, file.text.slice(1), file.encoding, file.tree);
  unmarked.set(file, known);
  return known;
}

/** Deepest first, and of equal depth in descending order, so that charts further up redefine what is below. */
function inParseOrder(templates: readonly Named[]): Named[] {
  const depth = ({ name }: Named): number => name.split('/').length;
  return [...templates].sort((a, b) => depth(b) - depth(a) || compareText(b.name, a.name));
}
