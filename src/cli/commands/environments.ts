import { environmentsJson, environmentsText, notesOf, openTrees, survey, variantInfo } from '../../index.ts';
import type { Flags } from '../args.ts';
import { formatOf } from '../format.ts';
import { nothingToCheck, openSession } from '../place.ts';
import type { Terminal } from '../terminal.ts';

/** Shows the matrix app × environment, the order, and the evidence. */
export async function runEnvironments([dir]: readonly string[], flags: Flags, terminal: Terminal): Promise<number> {
  const format = formatOf('environments', ['stylish', 'json'], flags);
  const { place, workspace, settings } = await openSession(dir, flags, terminal);
  const { discovery, repository } = await survey(await openTrees(place.root, workspace, settings), place.folder, settings);
  const report = { discovery, variants: repository.variants.map(variantInfo), notes: notesOf(discovery, settings, repository) };
  terminal.print(format === 'json' ? environmentsJson(report) : environmentsText(report, { color: terminal.color && flags.color !== false }));
  if (repository.variants.length === 0) throw nothingToCheck(dir ?? '.', discovery.leftOut);
  return 0;
}
