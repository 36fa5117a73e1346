import { SourceFile } from '../text/source-file.ts';
import type { ReadResult, Workspace } from './workspace.ts';

/** A workspace beside the repository's own: a branch that is not checked out, or another repository. Nothing in it is ever written. */
export interface TreeWorkspace extends Workspace {
  /** What stands before its paths wherever trees meet: `env/prod`, `../prod`. */
  readonly tree: string;
}

/** Makes the files of a workspace say which tree they lie in. Paths stay those of that tree. */
export function withTree(workspace: Workspace, tree: string): TreeWorkspace {
  const files = new WeakMap<SourceFile, ReadResult>();
  return {
    tree,
    description: tree,
    files: () => workspace.files(),
    kindOf: (path) => workspace.kindOf(path),
    realPath: (path) => workspace.realPath(path),
    bytes: (path) => workspace.bytes(path),
    read: (path) => {
      const result = workspace.read(path);
      if (!result.ok) return result;
      let own = files.get(result.file);
      if (!own) {
        const { path: real, text, encoding } = result.file;
        own = { ok: true, file: new SourceFile(real, text, encoding, tree) };
        files.set(result.file, own);
      }
      return own;
    },
  };
}
