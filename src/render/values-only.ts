import type { VariantSource } from '../model/discovery.ts';
import type { Gap, RenderProblem, RenderResult } from '../model/render-result.ts';
import { SourceFile } from '../text/source-file.ts';
import type { Mapping, Node } from '../tree/node.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { parseYaml } from '../yaml/parse.ts';
import { parameterTree, valuesOf } from './given-values.ts';
import { embeddedYaml } from './kustomize/embedded-yaml.ts';
import { READ_PROBLEMS, wholeFile } from './kustomize/files.ts';

/** A Helm unit whose chart is not here: its values files are read. That is a gap, said at the most specific values file. */
export function valuesOnly(workspace: Workspace, { root, values = [], helm }: VariantSource): RenderResult {
  const problems: RenderProblem[] = [];
  const gaps: Gap[] = [...(helm?.gaps ?? [])];
  const roots: Mapping[] = [];
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
      gaps.push(notFilledIn(last));
      continue;
    }
    const { problem, documents } = parseYaml(last);
    roots.push(...mappingsOf(documents[0]?.root));
    if (problem)
      problems.push({
        cause: 'yaml-error',
        message: problem.reason,
        origin: { ...wholeFile(last), ...problem.span, precision: 'exact' },
        rule: 'syntax-error',
      });
  }
  if (last) gaps.push({ cause: 'helm', message: `the chart of "${root || '.'}" is not here, its values are read only`, origin: wholeFile(last) });
  return {
    folder: root,
    renderer: 'helm',
    kind: 'values',
    status: problems.length > 0 ? 'failed' : 'values-only',
    resources: [],
    gaps,
    problems,
    effects: [],
    charts: [valuesOf([...roots, ...inlineRoots(helm)])],
    inputs: new Set(values),
  };
}

/** Values for `helmfile`, which fills them in, and those that cannot be read as they stand for that reason. */
export function isTemplate(file: SourceFile): boolean {
  return file.path.endsWith('.gotmpl') || (/\{\{|\{%/.test(file.text) && parseYaml(file).problem !== undefined);
}

/** Says that a values file is such a template. */
export function notFilledIn(file: SourceFile): Gap {
  return { cause: 'template', message: `"${file.path}" is a template, which is not filled in`, origin: wholeFile(file) };
}

/** What the deployer says itself, which counts more than files. */
function inlineRoots(helm: VariantSource['helm']): Mapping[] {
  const inline = (helm?.inline ?? []).flatMap(({ kind, node }) => mappingsOf(kind === 'text' ? embeddedYaml(node).documents[0]?.root : node));
  return [...inline, ...(helm?.parameters ?? []).flatMap(({ name, value }) => parameterTree(name, value) ?? [])];
}

function mappingsOf(node: Node | undefined): Mapping[] {
  return node?.kind === 'mapping' ? [node] : [];
}
