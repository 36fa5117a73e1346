import { ConfigError } from '../../errors.ts';
import type { Rule } from '../../rule/rule.ts';
import { withFile } from '../../workspace/with-file.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { loadSettings } from '../load.ts';
import type { Settings } from '../settings.ts';

/** The settings of a folder as if a configuration with this text lay at the path; undefined where it would be a mistake. */
export async function settingsWith(
  { path, text }: { readonly path: string; readonly text: string },
  { workspace, folder, rules }: { readonly workspace: Workspace; readonly folder: string; readonly rules: readonly Rule[] },
): Promise<Settings | undefined> {
  try {
    return (await loadSettings(withFile(workspace, path, text), folder, rules)).settings;
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}
