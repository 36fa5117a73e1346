import {
  affectedBy,
  affectedJson,
  affectedLabels,
  affectedText,
  departedFrom,
  departureFrom,
  departureFromHead,
  openTrees,
  partialNotes,
  readChanged,
  UsageError,
} from '../../index.ts';
import type { Flags } from '../args.ts';
import { formatOf } from '../format.ts';
import { matcherOf } from '../globs.ts';
import { openSession } from '../place.ts';
import type { Terminal } from '../terminal.ts';

/** Tells which apps, environments and clusters a change reaches, and how. That it reaches any is no failure. */
export async function runAffected([dir]: readonly string[], flags: Flags, terminal: Terminal): Promise<number> {
  const format = formatOf('affected', ['stylish', 'json', 'labels'], flags);
  const { since, staged } = flags;
  if ((since === undefined) === !staged)
    throw new UsageError('"affected" needs to know the change', 'Name one: --since main for a branch, --staged for the next commit.');
  const { place, workspace, settings } = await openSession(dir, flags, terminal);
  const departure = since === undefined ? departureFromHead(place.root) : departureFrom(place.root, since);
  const trees = await openTrees(place.root, workspace, settings);
  const { repository, change } = await readChanged(trees, departedFrom(trees, departure), place.folder, settings);
  const [isApp, isEnvironment] = [matcherOf(flags.app), matcherOf(flags.env)];
  const variants = affectedBy(repository, change).filter(
    ({ variant: { app, environment } }) => isApp?.(app.name) !== false && isEnvironment?.(environment.name) !== false,
  );
  const unknown = variants.filter(({ outcome }) => outcome === 'unknown').map(({ variant }) => variant);
  const report = { base: since ?? 'HEAD', files: departure.files, variants, notes: partialNotes(unknown) };
  if (format === 'json') terminal.print(affectedJson(report));
  else terminal.print(format === 'labels' ? affectedLabels(report) : affectedText(report, { color: terminal.color && flags.color !== false }));
  return 0;
}
