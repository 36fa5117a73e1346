import { cpSync, lstatSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type ReleaseRender, type ReleaseRequest, requestOf, type Workspace } from '../../index.ts';
import { helmArguments } from './helm-arguments.ts';

/** Where a workspace lies on the disk. */
interface OnDisk {
  readonly root: string;
  readonly workspace: Workspace;
}

/**
 * What a helm is told to render a release. What it wants to have in files, and has none, is written below `folder`:
 * values that stand within a deployer, and a copy of a chart that depends on charts beside it.
 */
export async function argumentsFor({ source }: Pick<ReleaseRender, 'source'>, folder: string, { root, workspace }: OnDisk): Promise<string[]> {
  const request = await requestOf(source, workspace);
  mkdirSync(folder, { recursive: true });
  const files = request.values.map((each, index) => {
    if ('path' in each) return path.join(root, each.path);
    const file = path.join(folder, `values-${index}.yaml`);
    writeFileSync(file, each.text, { mode: 0o600 });
    return file;
  });
  return helmArguments(request, chartFor(request, folder, root), files);
}

/** The folder of the chart; where it depends on charts beside it, a copy that has them inside, as helm wants it. */
function chartFor({ chart, localCharts }: ReleaseRequest, folder: string, root: string): string {
  if (localCharts.length === 0) return path.join(root, chart);
  const copy = path.join(folder, path.basename(chart) || 'chart');
  copyFolder(path.join(root, chart), copy);
  for (const local of localCharts) copyFolder(path.join(root, local.folder), path.join(copy, local.at));
  return copy;
}

/** Links stay links to where they lead; what is neither file nor folder nor link is left out. */
function copyFolder(from: string, to: string): void {
  const filter = (source: string): boolean => {
    const stat = lstatSync(source);
    return stat.isFile() || stat.isDirectory() || stat.isSymbolicLink();
  };
  cpSync(from, to, { recursive: true, filter });
}
