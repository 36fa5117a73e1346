import type { Settings } from '../config/settings.ts';
import { discover } from '../discover/index.ts';
import type { VariantSource } from '../model/discovery.ts';
import type { RenderResult } from '../model/render-result.ts';
import { compareText } from '../text/location.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { defaultsOf } from './default-values.ts';
import type { ReleaseRequest } from './release-request.ts';
import { keyOf, renderVariants } from './render-variants.ts';
import { renderersOf, withVersion } from './renderers.ts';

/** One release of a chart, rendered as `helm template` would. */
export interface ReleaseRender {
  /** The id of its variant. */
  readonly id: string;
  readonly source: VariantSource;
  readonly result: RenderResult;
}

/**
 * Renders each release below a folder of which a chart or values are here, in the order of their ids. What a deployer
 * does to the output of the chart is left out, as a helm knows nothing of it.
 */
export async function releasesBelow(workspace: Workspace, folder: string, settings: Settings, helmVersion: 3 | 4): Promise<ReleaseRender[]> {
  const { declaration } = settings;
  const renderers = await renderersOf(workspace, { ...settings, helmVersion });
  const { part } = discover({ workspace, declaration, renderers }, folder);
  const sources = part.variants.filter(({ renderer }) => renderer === 'helm').map((source) => withVersion(asChart(source), declaration));
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
export async function requestOf(source: VariantSource, workspace: Workspace): Promise<ReleaseRequest> {
  return (await import('./release-request.ts')).releaseRequest(source, workspace);
}
