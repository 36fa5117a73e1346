import type { Settings } from '../config/settings.ts';
import { createRenderers, type Renderers } from '../render/index.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** The renderers of one run, as the configuration wants them. */
export function renderersOf(workspace: Workspace, { loadRestrictor, helmVersion, declaration: { isIgnored } }: Settings): Renderers {
  return createRenderers({ workspace, loadRestrictor, helmVersion, isIgnored });
}
