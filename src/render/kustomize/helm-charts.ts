import { isWithin, joinPath } from '../../text/path.ts';
import type { SourceFile } from '../../text/source-file.ts';
import { mergedOver } from '../../tree/merge.ts';
import { childOf, itemsOf, type Mapping, type Node, textOf } from '../../tree/node.ts';
import { parseYaml, type YamlDocument } from '../../yaml/parse.ts';
import type { Inflation } from '../inflation.ts';
import { absorb } from './absorb.ts';
import { annotateGenerated, type ConfiguredBy } from './build-metadata.ts';
import { type BuildRecord, isClosed } from './build-record.ts';
import { readNamed } from './files.ts';
import { fromManifest } from './from-manifests.ts';
import { isTrue } from './labels.ts';
import type { LayeredResource } from './layered-resource.ts';
import { manifestsIn } from './manifests.ts';
import { Refusal } from './refusal.ts';
import { readerOf, scalarsOf, type Target } from './session.ts';

/** Where charts lie, when nothing is said. */
export const CHART_HOME = 'charts';

/** What Helm calls a release that nobody named. */
const NO_NAME = 'release-name';

/** Says that a chart is not inflated. */
export function leaveHelmGap(record: BuildRecord, name: Node): void {
  record.gaps.push({ cause: 'helm', message: `chart ${name.kind === 'scalar' ? `"${name.text}" ` : ''}is not inflated`, origin: name.origin });
}

/**
 * The resources with the objects of a chart that an item of `helmCharts` names, as kustomize gets them of `helm template`.
 * Where the chart would have to be fetched, a gap is left. Throws a `Refusal`. (kustomize, `HelmChartInflationGenerator`.)
 */
export function withInflated(
  resources: readonly LayeredResource[],
  item: Node,
  chartHome: string,
  target: Target,
  config?: ConfiguredBy,
): readonly LayeredResource[] {
  let all = resources;
  // A generator with a file of its own is not told the namespace.
  const isTold = !config && !textOf(item, 'namespace');
  for (const made of inflated(item, chartHome, target, isTold)) {
    all = absorb(all, annotateGenerated(made, 'HelmChartInflationGenerator', target, config), isClosed(target.record)).resources;
  }
  return all;
}

function inflated(item: Node, chartHome: string, target: Target, isTold: boolean): readonly LayeredResource[] {
  const { record, session } = target;
  const name = childOf(item, 'name');
  if (name?.kind !== 'scalar' || name.text === '') throw new Refusal('invalid-kustomization', 'a chart has no name', item.origin);
  const chart = chartFolder(item, name.text, chartHome, target);
  const rendered = chart === undefined ? undefined : session.inflate?.(inflationOf(item, chart, target, isTold ? target.namespace?.text : undefined));
  if (!rendered) {
    leaveHelmGap(record, name);
    return [];
  }
  // That none is given matters as much: another overlay may give one.
  if (isTold) record.takesNamespace = true;
  record.gaps.push(...rendered.gaps);
  record.charts.push(rendered.values);
  record.problems.push(...rendered.problems);
  for (const input of rendered.inputs) record.inputs.add(input);
  const { objects, problems } = manifestsIn({ file: item.origin.file, documents: rendered.objects.map(documentOf) }, '');
  record.problems.push(...problems);
  return objects.map((object) => ({ ...fromManifest(object), isInflated: true }));
}

function documentOf(root: Mapping): YamlDocument {
  return { file: root.origin.file, root, duplicates: [] };
}

/** Charts of a repository with a version lie in a folder of that name. */
function chartFolder(item: Node, name: string, chartHome: string, { folder, session }: Target): string | undefined {
  const version = textOf(item, 'version') ?? '';
  const isFetched = version !== '' && (textOf(item, 'repo') ?? '') !== '';
  const chart = joinPath(folder, `${chartHome}/${isFetched ? `${name}-${version}/` : ''}${name}`);
  return chart !== undefined && session.workspace.kindOf(`${chart}/Chart.yaml`) === 'file' ? chart : undefined;
}

function inflationOf(item: Node, chart: string, target: Target, inherited: string | undefined): Inflation {
  const reader = readerOf(target);
  const file = childOf(item, 'valuesFile');
  const given = file?.kind === 'scalar' && file.text !== '' ? readNamed(reader, file) : undefined;
  // Without one, kustomize reads that of the chart, which has to lie below the kustomization.
  if (!given && !isWithin(chart, target.folder)) target.record.reachesOut = true;
  const text = (key: string): string | undefined => textOf(item, key) || undefined;
  return {
    chart,
    values: [...valuesOf(item, given, chart, target), ...scalarsOf(item, 'additionalValuesFiles').map((name) => readNamed(reader, name))],
    releaseName: text('releaseName') ?? NO_NAME,
    namespace: text('namespace') ?? inherited,
    kubeVersion: text('kubeVersion'),
    apiVersions: itemsOf(item, 'apiVersions').flatMap((version) => (version.kind === 'scalar' ? version.text : [])),
    includesCrds: isTrue(item, 'includeCRDs'),
    skipsHooks: isTrue(item, 'skipHooks'),
    skipsTests: isTrue(item, 'skipTests'),
  };
}

/** Kustomize merges the values that stand in the kustomization with the file before Helm sees either. */
function valuesOf(item: Node, given: SourceFile | undefined, chart: string, { session }: Target): readonly (SourceFile | Node)[] {
  const inline = childOf(item, 'valuesInline');
  if (inline?.kind !== 'mapping' || inline.entries.length === 0) return given ? [given] : [];
  const how = textOf(item, 'valuesMerge') || 'override';
  if (how === 'replace') return [inline];
  if (how !== 'override' && how !== 'merge')
    throw new Refusal('invalid-kustomization', `"${how}" is no way to merge values`, childOf(item, 'valuesMerge')?.origin);
  const own = session.workspace.read(`${chart}/values.yaml`);
  const file = given ?? (own.ok ? own.file : undefined);
  const root = file && parseYaml(file).documents[0]?.root;
  if (root?.kind !== 'mapping') return [inline];
  return [how === 'override' ? mergedOver(root, inline) : mergedOver(inline, root)];
}
