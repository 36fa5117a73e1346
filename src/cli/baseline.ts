import path from 'node:path';
import { type Baseline, ConfigError, readBaseline, UsageError } from '../index.ts';
import type { Flags } from './args.ts';
import { pathInRoot, type Session } from './place.ts';
import type { Terminal } from './terminal.ts';

/** What a baseline is called that nobody named. */
const DEFAULT_NAME = '.gitops-lint-baseline.json';

/** Where the file of known findings lies, relative to the root, whether it is there or not. */
export function baselinePath({ place, settings, file }: Session, flags: Flags, terminal: Terminal): string {
  if (flags.baseline !== undefined) return pathInRoot('--baseline', place, path.resolve(terminal.folder, flags.baseline), flags.baseline);
  // Beside the configuration that counts, or at the root.
  return settings.baseline?.path ?? path.posix.join(path.posix.dirname(file?.path ?? '.'), DEFAULT_NAME);
}

/** The findings that are known. One that is named must be there; the one that goes by the usual name may be. */
export function openBaseline(session: Session, flags: Flags, terminal: Terminal): Baseline | undefined {
  const name = baselinePath(session, flags, terminal);
  const found = session.workspace.read(name);
  if (found.ok) return readBaseline(found.file);
  const { baseline } = session.settings;
  const isNamed = flags.baseline !== undefined || baseline !== undefined;
  if (found.problem === 'missing' && !isNamed) return undefined;
  const why = `cannot read the baseline "${name}": ${found.problem}`;
  const hint =
    found.problem === 'missing'
      ? `"gitops-lint baseline" writes it${flags.staged ? ', and "git add" stages it' : ''}.`
      : 'A baseline is a text file inside the repository.';
  if (flags.baseline !== undefined || !baseline) throw new UsageError(why, hint);
  const { file, start, end } = baseline.origin;
  throw new ConfigError(why, { file, span: { start, end } }, hint);
}
