import type { VariantSource } from '../model/discovery.ts';
import { payloadOfFile } from '../model/payload.ts';
import type { Gap, RenderResult } from '../model/render-result.ts';
import { SourceFile } from '../text/source-file.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { READ_PROBLEMS, wholeFile } from './kustomize/files.ts';

/** Settings files of one environment: there is nothing to render, but there are keys to compare. What has none that can be read is a gap. */
export function settingsOnly(workspace: Workspace, { root, values = [] }: VariantSource): RenderResult {
  const gaps: Gap[] = [];
  const settings: SourceFile[] = [];
  for (const path of values) {
    const result = workspace.read(path);
    if (!result.ok) {
      const origin = wholeFile(new SourceFile(path, '', 'utf-8', workspace.tree));
      gaps.push({ cause: 'other', message: `"${path}" ${READ_PROBLEMS[result.problem]}`, origin });
    } else if (/\S/.test(result.file.text) && !payloadOfFile(result.file)) {
      gaps.push({ cause: 'other', message: `"${path}" holds no keys that can be compared`, origin: wholeFile(result.file) });
    } else settings.push(result.file);
  }
  const status = gaps.length > 0 ? 'partial' : 'rendered';
  return { folder: root, renderer: 'files', kind: 'settings', status, resources: [], gaps, problems: [], effects: [], settings, inputs: new Set(values) };
}
