import type { VariantSource } from '../model/discovery.ts';
import { kubeVersionOf } from '../render/helm/chart/capabilities.ts';
import { argoParameter } from '../render/helm/chart/values-source.ts';
import { joinPath } from '../text/path.ts';
import { textOf } from '../tree/node.ts';
import { plainOf } from '../tree/plain.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { parseYaml } from '../yaml/parse.ts';
import { defaultsOf } from './default-values.ts';
import { type LocalChart, localChartsOf } from './local-charts.ts';

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

/** What a helm has to be asked for, so that it renders what we render. */
export function releaseRequest({ root, values = [], helm, kubeVersion, app }: VariantSource, workspace: Workspace): ReleaseRequest {
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

/** The name of a release of which nobody says another. */
function chartNameOf(root: string, workspace: Workspace): string | undefined {
  const read = workspace.read(joinPath(root, 'Chart.yaml') ?? '');
  return read.ok ? textOf(parseYaml(read.file).documents[0]?.root, 'name') : undefined;
}
