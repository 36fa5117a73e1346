import {
  isShallow,
  lostRevsFile,
  notesOf,
  openTrees,
  partialNotes,
  survey,
  unknownName,
  versionHistories,
  versionRowsOf,
  versionsJson,
  versionsMarkdown,
  versionsText,
} from '../../index.ts';
import type { Flags } from '../args.ts';
import { formatOf } from '../format.ts';
import { matcherOf } from '../globs.ts';
import { nothingToCheck, openSession } from '../place.ts';
import type { Terminal } from '../terminal.ts';

/** Shows which version is where; with `--history` since when, by whom, and what was there before. */
export async function runVersions([dir]: readonly string[], flags: Flags, terminal: Terminal): Promise<number> {
  const format = formatOf('versions', ['stylish', 'markdown', 'json'], flags);
  const { place, workspace, settings } = await openSession(dir, flags, terminal);
  const { discovery, repository } = await survey(await openTrees(place.root, workspace, settings), place.folder, settings);
  if (repository.variants.length === 0) throw nothingToCheck(dir ?? '.', discovery.leftOut);
  const [isApp, isEnvironment] = [matcherOf(flags.app), matcherOf(flags.env)];
  const rows = versionRowsOf(repository).flatMap((row) => {
    const cells = row.cells.filter(({ environment }) => isApp?.(row.app) !== false && isEnvironment?.(environment.name) !== false);
    return cells.length > 0 ? [{ ...row, cells }] : [];
  });
  const shown = repository.variants.filter(({ app, environment }) => isApp?.(app.name) !== false && isEnvironment?.(environment.name) !== false);
  if (shown.length === 0) {
    const [what, name] = flags.app && !repository.apps.some((app) => isApp?.(app.name)) ? (['app', flags.app] as const) : (['environment', flags.env] as const);
    const names = what === 'app' ? repository.apps : repository.environments;
    throw unknownName(
      what,
      (name ?? []).join(', '),
      names.map((one) => one.name),
    );
  }
  const historyOf = flags.history ? versionHistories(place.root) : undefined;
  const report = {
    environments: discovery.environments,
    rows,
    historyOf,
    notes: [...partialNotes(shown), ...notesOf(discovery, settings, repository), ...(flags.history ? historyNotes(place.root) : [])],
  };
  if (format === 'json') terminal.print(versionsJson(report));
  else terminal.print(format === 'markdown' ? versionsMarkdown(report) : versionsText(report, { color: terminal.color && flags.color !== false }));
  return 0;
}

function historyNotes(root: string): string[] {
  const lost = lostRevsFile(root);
  return [
    ...(isShallow(root) ? ['the clone is shallow: what is older than its first commit is not known'] : []),
    ...(lost === undefined ? [] : [`there is no history: git tells none while "blame.ignoreRevsFile" names "${lost}", which is not there`]),
  ];
}
