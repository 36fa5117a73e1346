import { diffEnvironments, diffJson, diffMarkdown, diffText, openTrees, survey } from '../../index.ts';
import type { Flags } from '../args.ts';
import { formatOf } from '../format.ts';
import { matcherOf } from '../globs.ts';
import { nothingToCheck, openSession } from '../place.ts';
import type { Terminal } from '../terminal.ts';

/** Prints in what two environments differ, app by app. That they differ is no failure. */
export async function runDiff([left = '', right = '', dir]: readonly string[], flags: Flags, terminal: Terminal): Promise<number> {
  const format = formatOf('diff', ['stylish', 'markdown', 'json'], flags);
  const { place, workspace, settings } = await openSession(dir, flags, terminal);
  const trees = await openTrees(place.root, workspace, settings);
  const { discovery, repository } = await survey(trees, place.folder, settings);
  if (repository.variants.length === 0) throw nothingToCheck(dir ?? '.', discovery.leftOut);
  const diff = diffEnvironments({ left, right, isApp: matcherOf(flags.app) }, repository, trees, settings);
  if (format === 'json') terminal.print(diffJson(diff));
  else if (format === 'markdown') terminal.print(diffMarkdown(diff));
  else terminal.print(diffText(diff, { color: terminal.color && flags.color !== false, verbose: flags.verbose ?? false }));
  return flags.strictCoverage && repository.variants.some(({ gaps }) => gaps.length > 0) ? 2 : 0;
}
