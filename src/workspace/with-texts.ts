import { SourceFile } from '../text/source-file.ts';
import type { Workspace } from './workspace.ts';

/** A workspace as if some of its files had other texts, each under its real path. Nothing is written. */
export function withTexts(workspace: Workspace, texts: ReadonlyMap<string, string>): Workspace {
  const files = new Map([...texts].map(([path, text]) => [path, new SourceFile(path, text, 'utf-8', workspace.tree)]));
  return {
    description: workspace.description,
    tree: workspace.tree,
    files: () => workspace.files(),
    kindOf: (path) => workspace.kindOf(path),
    read: (path) => {
      const result = workspace.read(path);
      const file = result.ok ? files.get(result.file.path) : undefined;
      return file ? { ok: true, file } : result;
    },
    bytes: (path) => {
      const result = workspace.bytes(path);
      const file = result.ok ? files.get(result.path) : undefined;
      return result.ok && file ? { ...result, bytes: new TextEncoder().encode(file.text) } : result;
    },
    realPath: (path) => workspace.realPath(path),
  };
}
