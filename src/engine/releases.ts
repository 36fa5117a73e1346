import type { Settings } from '../config/settings.ts';
import { discover } from '../discover/index.ts';
import type { VariantSource } from '../model/discovery.ts';
import type { RenderResult } from '../model/render-result.ts';
import { kubeVersionOf } from '../render/helm/chart/capabilities.ts';
import { argoParameter } from '../render/helm/chart/values-source.ts';
import { compareText } from '../text/location.ts';
import { textOf } from '../tree/node.ts';
import { plainOf } from '../tree/plain.ts';
import { joinPath, type Workspace } from '../workspace/workspace.ts';
import { parseYaml } from '../yaml/parse.ts';
import { type LocalChart, localChartsOf } from './local-charts.ts';
import { keyOf, renderVariants } from './render-variants.ts';
import { renderersOf } from './renderers.ts';

/** One release of a chart, rendered as `helm template` would. */
export interface ReleaseRender {
  /** The id of its variant. */
  readonly id: string;
  readonly source: VariantSource;
  readonly result: RenderResult;
}

/** What to ask a helm for, in its own terms. Paths are relative to the root of the workspace. */
export interface ReleaseRequest {
  readonly chart: string;
  /** Charts beside it that a helm wants to find in it. */
  readonly localCharts: readonly LocalChart[];
  readonly name: string;
  readonly namespace: string;
  /** Oldest first: files, and texts that stand within a deployer. */
  readonly values: readonly ({ readonly path: string } | { readonly text: string })[];
  /** Lines of `--set` or, where `isString`, of `--set-string`. */
  readonly sets: readonly { readonly line: string; readonly isString: boolean }[];
  readonly kubeVersion: string;
  readonly apiVersions: readonly string[];
  readonly includesCrds: boolean;
}

/**
 * Renders each release below a folder of which a chart or values are here, in the order of their ids. What a deployer
 * does to the output of the chart is left out, as a helm knows nothing of it.
 */
export function releasesBelow(workspace: Workspace, folder: string, settings: Settings, helmVersion: 3 | 4): ReleaseRender[] {
  const { declaration } = settings;
  const renderers = renderersOf(workspace, { ...settings, helmVersion });
  const { part } = discover({ workspace, declaration, renderers }, folder);
  const sources = part.variants.filter(({ renderer }) => renderer === 'helm').map(asChart);
  const byKey = new Map(sources.map((source) => [keyOf(source), source]));
  const results = new Map<string, RenderResult>();
  const apps = renderVariants({ ...part, variants: sources }, (source) => {
    const result = renderers.render(source);
    results.set(keyOf(source), result);
    return result;
  });
  const renders = apps.flatMap(({ variants }) =>
    variants.flatMap(({ id, key }): ReleaseRender[] => {
      const [source, result] = [byKey.get(key), results.get(key)];
      return source && result ? [{ id, source, result }] : [];
    }),
  );
  return renders.sort((a, b) => compareText(a.id, b.id));
}

function asChart(source: VariantSource): VariantSource {
  return { ...source, additions: undefined, helm: source.helm && { ...source.helm, postRenderers: [] } };
}

/** Why there is nothing to compare with the answer of a helm; empty where there is. */
export function obstaclesOf({ source, result }: ReleaseRender): string[] {
  if (result.gaps.length > 0) return [...new Set(result.gaps.map(({ message }) => message))];
  if (result.kind !== 'Chart' || result.status === 'values-only') return ['its chart is not here'];
  const replaces = source.helm?.replacesDefaults && source.values?.some((path) => path !== defaultsOf(source));
  return replaces ? ['its values files take the place of those of the chart, for which helm has no option'] : [];
}

/** What a helm has to be asked for, so that it renders what we render. */
export function requestOf({ root, values = [], helm, kubeVersion, app }: VariantSource, workspace: Workspace): ReleaseRequest {
  const isHere = (path: string): boolean => workspace.kindOf(path) === 'file';
  // A chart's own values count anyway. Named after others, they would count more than those.
  const files = values.filter((path, index) => isHere(path) && !(index === 0 && path === defaultsOf({ root })));
  const inline = (helm?.inline ?? []).map((each) => ({ text: each.kind === 'text' ? each.node.text : JSON.stringify(plainOf(each.node)) }));
  const parameters = (helm?.parameters ?? []).flatMap(({ name, value, isString }) => {
    const set = argoParameter(name, value, isString);
    return set.kind === 'set' ? { line: set.line.text, isString } : [];
  });
  return {
    chart: root,
    localCharts: localChartsOf(workspace, root),
    name: helm?.releaseName ?? chartNameOf(root, workspace) ?? app,
    namespace: helm?.namespace ?? 'default',
    values: [...files.map((path) => ({ path })), ...inline],
    sets: parameters,
    kubeVersion: kubeVersionOf(helm?.kubeVersion ?? kubeVersion),
    apiVersions: helm?.apiVersions ?? [],
    includesCrds: !helm?.skipsCrds,
  };
}

function defaultsOf({ root }: Pick<VariantSource, 'root'>): string | undefined {
  return joinPath(root, 'values.yaml');
}

/** The name of a release of which nobody says another. */
function chartNameOf(root: string, workspace: Workspace): string | undefined {
  const read = workspace.read(joinPath(root, 'Chart.yaml') ?? '');
  return read.ok ? textOf(parseYaml(read.file).documents[0]?.root, 'name') : undefined;
}
