import { SourceFile } from '../text/source-file.ts';
import type { Workspace } from './workspace.ts';

/** A workspace as if some of its files had other texts, each under its real path, or were not there any more. Nothing is written. */
export function withTexts(workspace: Workspace, texts: ReadonlyMap<string, string | undefined>): Workspace {
  const files = new Map([...texts].flatMap(([path, text]) => (text === undefined ? [] : [[path, new SourceFile(path, text, 'utf-8', workspace.tree)]])));
  const gone = new Set([...texts].flatMap(([path, text]) => (text === undefined ? [path] : [])));
  const isGone = (path: string): boolean => {
    if (gone.size === 0) return false;
    const real = workspace.realPath(path);
    return real !== undefined && gone.has(real);
  };
  return {
    description: workspace.description,
    tree: workspace.tree,
    files: () => (gone.size === 0 ? workspace.files() : workspace.files().filter((path) => !isGone(path))),
    kindOf: (path) => (isGone(path) ? undefined : workspace.kindOf(path)),
    read: (path) => {
      if (isGone(path)) return { ok: false, problem: 'missing' };
      const result = workspace.read(path);
      const file = result.ok ? files.get(result.file.path) : undefined;
      return file ? { ok: true, file } : result;
    },
    bytes: (path) => {
      if (isGone(path)) return { ok: false, problem: 'missing' };
      const result = workspace.bytes(path);
      const file = result.ok ? files.get(result.path) : undefined;
      return result.ok && file ? { ...result, bytes: new TextEncoder().encode(file.text) } : result;
    },
    realPath: (path) => (isGone(path) ? undefined : workspace.realPath(path)),
  };
}
