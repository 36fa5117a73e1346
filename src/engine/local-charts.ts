import type { LoadedChart } from '../render/helm/chart/chart.ts';
import { loadChart } from '../render/helm/chart/load-chart.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** A chart of the repository that another one depends on, and where below that one a helm looks for it. */
export interface LocalChart {
  readonly folder: string;
  /** Such as `charts/common`. */
  readonly at: string;
}

/**
 * The charts that `helm dependency build` would copy into a chart from folders beside it, those of theirs included;
 * each after the one that it goes into.
 */
export function localChartsOf(workspace: Workspace, folder: string): LocalChart[] {
  const { chart } = loadChart(workspace, folder);
  return chart ? localChartsIn(chart, '') : [];
}

function localChartsIn({ folder, dependencies }: LoadedChart, at: string): LocalChart[] {
  const start = folder === '' ? '' : `${folder}/`;
  return dependencies.flatMap((dependency): LocalChart[] => {
    const { name } = dependency.metadata;
    // What is packed has all that it needs inside; a name may not lead out of the chart.
    if (dependency.isArchive || /^\.*$|\//.test(name)) return [];
    const isInside = dependency.folder.startsWith(`${start}charts/`);
    const place = `${at}${isInside ? dependency.folder.slice(start.length) : `charts/${name}`}`;
    return [...(isInside ? [] : [{ folder: dependency.folder, at: place }]), ...localChartsIn(dependency, `${place}/`)];
  });
}
