import { rules } from '../../rules/index.ts';
import { loadSettings } from '../../src/config/load.ts';
import { lint } from '../../src/engine/lint.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';
import type { Place } from './edit.ts';
import type { Files } from './repository.ts';

/** A finding, by rule and place. */
export interface Found extends Place {
  readonly rule: string;
  readonly message: string;
  readonly environments: readonly string[];
}

/** The day on which the cases play. */
const TODAY = '2026-06-15';

/** Lints files as the command line would, with all rules. */
export async function lintFiles(files: Files): Promise<Found[]> {
  const workspace = memoryWorkspace(files);
  const { settings } = await loadSettings(workspace, '', rules);
  const { findings, variants } = await lint({ workspace, folder: '', settings, rules, version: '0.0.0', now: TODAY });
  return findings
    .filter(({ suppressed }) => !suppressed)
    .map(({ ruleId, message, location, variants: wrong }) => {
      const names = variants.filter(({ id }) => wrong.includes(id)).map(({ environment }) => environment?.name ?? '');
      return { rule: ruleId, message, environments: [...new Set(names)].sort(), ...placeOf(location) };
    });
}

function placeOf({
  file,
  span,
}: {
  readonly file: { readonly path: string; positionAt(at: number): { readonly line: number } };
  readonly span: { readonly start: number };
}): Place {
  return { path: file.path, line: file.positionAt(span.start).line };
}
