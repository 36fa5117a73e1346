import { loadSettings } from '../../src/config/load.ts';
import type { Settings } from '../../src/config/settings.ts';
import type { Rule } from '../../src/rule/rule.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';

/** What the one configuration of a repository says. Throws a `ConfigError` with all that is wrong. */
export async function readSettings(text: string, rules: readonly Rule[], path = '.gitopsrc'): Promise<Settings> {
  return (await loadSettings(memoryWorkspace({ [path]: text }), '', rules, path)).settings;
}
