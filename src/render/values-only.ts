import type { VariantSource } from '../model/discovery.ts';
import type { Gap, RenderProblem, RenderResult } from '../model/render-result.ts';
import { SourceFile } from '../text/source-file.ts';
import { joinPath, type Workspace } from '../workspace/workspace.ts';
import { parseYaml } from '../yaml/parse.ts';
import { READ_PROBLEMS, wholeFile } from './kustomize/files.ts';

/** A Helm unit: its values files are read, its chart is not rendered. That is a gap, said at the most specific values file. */
export function valuesOnly(workspace: Workspace, { root, values = [] }: VariantSource): RenderResult {
  const problems: RenderProblem[] = [];
  let last: SourceFile | undefined;
  for (const path of values) {
    const result = workspace.read(path);
    if (!result.ok) {
      // The chart's own defaults may be absent; `values-{env}.yaml` was found, so it is there.
      if (result.problem !== 'missing')
        problems.push({
          cause: 'other',
          message: `"${path}" ${READ_PROBLEMS[result.problem]}`,
          origin: wholeFile(new SourceFile(path, '')),
          rule: 'syntax-error',
        });
      continue;
    }
    last = result.file;
    const { problem } = parseYaml(last);
    if (problem)
      problems.push({
        cause: 'yaml-error',
        message: problem.reason,
        origin: { ...wholeFile(last), ...problem.span, precision: 'exact' },
        rule: 'syntax-error',
      });
  }
  const chart = joinPath(root, 'Chart.yaml');
  const isChart = chart !== undefined && workspace.kindOf(chart) === 'file';
  const message = isChart
    ? `chart "${root || '.'}" is not rendered, its values are read only`
    : `the chart of "${root || '.'}" is not here, its values are read only`;
  const gaps: Gap[] = last ? [{ cause: 'helm', message, origin: wholeFile(last) }] : [];
  return {
    folder: root,
    renderer: 'helm',
    kind: 'values',
    status: problems.length > 0 ? 'failed' : 'values-only',
    resources: [],
    gaps,
    problems,
    effects: [],
    inputs: new Set(values),
  };
}
