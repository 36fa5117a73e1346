import type { Additions } from '../model/additions.ts';
import type { RendererName, RenderResult } from '../model/render-result.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** Turns a folder into what a cluster would get. Bad input is a problem or a gap in the result, never an exception. */
export interface Renderer {
  readonly name: RendererName;
  /** Whether this folder is one of its roots. */
  detects(folder: string): boolean;
  /** `additions` are those of a deployer: what it writes into the folder's own settings before it builds. */
  render(folder: string, additions?: Additions): RenderResult;
}

export interface RenderOptions {
  readonly workspace: Workspace;
  /** Whether files outside of a kustomization's own folder may be read without saying so. */
  readonly loadRestrictor: 'root' | 'none';
  /** Whose reading of nulls in chart defaults counts; 3 where nothing is said, as deployers mostly embed that. */
  readonly helmVersion?: 3 | 4 | undefined;
  /** Paths that are not to be looked at. What a kustomization names is read all the same. */
  readonly isIgnored?: (path: string) => boolean;
}
