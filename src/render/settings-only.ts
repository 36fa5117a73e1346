import type { VariantSource } from '../model/discovery.ts';
import type { Gap, RenderResult } from '../model/render-result.ts';
import { SourceFile } from '../text/source-file.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { READ_PROBLEMS, wholeFile } from './kustomize/files.ts';

/** Settings files of one environment: there is nothing to render. That is a gap, said at the most specific file, as is what has no text. */
export function settingsOnly(workspace: Workspace, { root, values = [] }: VariantSource): RenderResult {
  const gaps: Gap[] = [];
  let last: SourceFile | undefined;
  for (const path of values) {
    const result = workspace.read(path);
    if (result.ok) last = result.file;
    else
      gaps.push({
        cause: 'other',
        message: `"${path}" ${READ_PROBLEMS[result.problem]}`,
        origin: wholeFile(new SourceFile(path, '', 'utf-8', workspace.tree)),
      });
  }
  if (last) gaps.push({ cause: 'other', message: `the settings of "${root || '.'}" are read, and not compared key by key yet`, origin: wholeFile(last) });
  return { folder: root, renderer: 'files', kind: 'settings', status: 'values-only', resources: [], gaps, problems: [], effects: [], inputs: new Set(values) };
}
