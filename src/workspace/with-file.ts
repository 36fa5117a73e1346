import { compareText } from '../text/location.ts';
import { SourceFile } from '../text/source-file.ts';
import type { Workspace } from './workspace.ts';

/** A workspace as if one more file lay in it. Nothing is written. */
export function withFile(workspace: Workspace, path: string, text: string): Workspace {
  const file = new SourceFile(path, text);
  const bytes = new TextEncoder().encode(text);
  return {
    description: workspace.description,
    files: () => [...workspace.files().filter((other) => other !== path), path].sort(compareText),
    kindOf: (asked) => (asked === path ? 'file' : workspace.kindOf(asked)),
    read: (asked) => (asked === path ? { ok: true, file } : workspace.read(asked)),
    bytes: (asked) => (asked === path ? { ok: true, path, bytes } : workspace.bytes(asked)),
    realPath: (asked) => (asked === path ? path : workspace.realPath(asked)),
  };
}
