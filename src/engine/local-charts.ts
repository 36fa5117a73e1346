import { itemsOf, type Node, textOf } from '../tree/node.ts';
import { joinPath, type Workspace } from '../workspace/workspace.ts';
import { parseYaml } from '../yaml/parse.ts';

/** A chart of the repository that another one depends on, and where below that one a helm looks for it. */
export interface LocalChart {
  readonly folder: string;
  /** Such as `charts/common`. */
  readonly at: string;
}

/** Charts do not stand deeper in one another. */
const MAX_DEPTH = 10;

/**
 * The charts that `helm dependency build` would copy into a chart from folders beside it, those of theirs included;
 * each after the one that it goes into.
 */
export function localChartsOf(workspace: Workspace, folder: string, at = '', depth = 0): LocalChart[] {
  if (depth > MAX_DEPTH) return [];
  const met = new Set<string>();
  return ['Chart.yaml', 'requirements.yaml'].flatMap((name) =>
    itemsOf(rootOf(workspace, folder, name), 'dependencies').flatMap((item): LocalChart[] => {
      const chart = textOf(item, 'name') ?? '';
      const path = /^file:\/\/(.*)$/.exec(textOf(item, 'repository') ?? '')?.[1];
      const from = path === undefined ? undefined : joinPath(folder, path);
      if (chart === '' || chart.includes('/') || met.has(chart) || from === undefined || isVendored(workspace, folder, chart)) return [];
      if (textOf(rootOf(workspace, from, 'Chart.yaml'), 'name') !== chart) return [];
      met.add(chart);
      const own = { folder: from, at: `${at}charts/${chart}` };
      return [own, ...localChartsOf(workspace, from, `${own.at}/`, depth + 1)];
    }),
  );
}

function isVendored(workspace: Workspace, folder: string, chart: string): boolean {
  const start = `${joinPath(folder, 'charts') ?? ''}/${chart}`;
  return workspace.files().some((file) => file === `${start}/Chart.yaml` || (file.startsWith(`${start}-`) && file.endsWith('.tgz')));
}

function rootOf(workspace: Workspace, folder: string, name: string): Node | undefined {
  const read = workspace.read(joinPath(folder, name) ?? '');
  return read.ok ? parseYaml(read.file).documents[0]?.root : undefined;
}
