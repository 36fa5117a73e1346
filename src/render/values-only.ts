import type { VariantSource } from '../model/discovery.ts';
import type { Gap, RenderProblem, RenderResult } from '../model/render-result.ts';
import { SourceFile } from '../text/source-file.ts';
import { joinPath, type Workspace } from '../workspace/workspace.ts';
import { parseYaml } from '../yaml/parse.ts';
import { READ_PROBLEMS, wholeFile } from './kustomize/files.ts';

/** A Helm unit: its values files are read, its chart is not rendered. That is a gap, said at the most specific values file. */
export function valuesOnly(workspace: Workspace, { root, values = [] }: VariantSource): RenderResult {
  const problems: RenderProblem[] = [];
  const gaps: Gap[] = [];
  let last: SourceFile | undefined;
  for (const path of values) {
    const result = workspace.read(path);
    if (!result.ok) {
      const origin = wholeFile(new SourceFile(path, '', 'utf-8', workspace.tree));
      const message = `"${path}" ${READ_PROBLEMS[result.problem]}`;
      // Values are kept encrypted as a whole, too.
      if (result.problem === 'binary' || result.problem === 'not-utf-8') gaps.push({ cause: 'decryption', message, origin });
      // The chart's own defaults may be absent; `values-{env}.yaml` was found, so it is there.
      else if (result.problem !== 'missing') problems.push({ cause: 'other', message, origin, rule: 'syntax-error' });
      continue;
    }
    last = result.file;
    if (isTemplate(last)) {
      gaps.push({ cause: 'template', message: `"${path}" is a template, which is not filled in`, origin: wholeFile(last) });
      continue;
    }
    const { problem } = parseYaml(last);
    if (problem)
      problems.push({
        cause: 'yaml-error',
        message: problem.reason,
        origin: { ...wholeFile(last), ...problem.span, precision: 'exact' },
        rule: 'syntax-error',
      });
  }
  const chartPath = joinPath(root, 'Chart.yaml');
  const chart = chartPath !== undefined && workspace.kindOf(chartPath) === 'file' ? workspace.read(chartPath) : undefined;
  const message = chart
    ? `chart "${root || '.'}" is not rendered, its values are read only`
    : `the chart of "${root || '.'}" is not here, its values are read only`;
  // A chart that stands in the folder of its environment needs no values of its own.
  const place = last ?? (chart?.ok ? chart.file : undefined);
  if (place) gaps.push({ cause: 'helm', message, origin: wholeFile(place) });
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

/** Values for `helmfile`, which fills them in, and those that cannot be read as they stand for that reason. */
function isTemplate(file: SourceFile): boolean {
  return file.path.endsWith('.gotmpl') || (/\{\{|\{%/.test(file.text) && parseYaml(file).problem !== undefined);
}
