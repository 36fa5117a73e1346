import {
  changeDiff,
  changeJson,
  changeMarkdown,
  changeText,
  departedFrom,
  departureFrom,
  diffEnvironments,
  diffJson,
  diffMarkdown,
  diffText,
  openTrees,
  partialNotes,
  readChanged,
  survey,
  UsageError,
  workspaceOfTree,
} from '../../index.ts';
import type { Flags } from '../args.ts';
import { formatOf } from '../format.ts';
import { matcherOf } from '../globs.ts';
import { nothingToCheck, openSession } from '../place.ts';
import type { Terminal } from '../terminal.ts';

/** Prints in what two environments differ, app by app, or what a change does to what is rendered. That they differ is no failure. */
export async function runDiff(words: readonly string[], flags: Flags, terminal: Terminal): Promise<number> {
  const format = formatOf('diff', ['stylish', 'markdown', 'json'], flags);
  if (flags.since !== undefined) return diffSince(words, flags.since, format, flags, terminal);
  const [left, right, dir] = words;
  if (left === undefined || right === undefined)
    throw new UsageError('"diff" needs two environments, or --since', 'Name them: diff staging prod-eu, or diff --since main.');
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

async function diffSince(words: readonly string[], since: string, format: string, flags: Flags, terminal: Terminal): Promise<number> {
  const [dir, ...others] = words;
  if (others.length > 0 || flags.staged)
    throw new UsageError('"diff --since" takes a folder and no environments', 'It shows what the change does to each of them.');
  const { place, workspace, settings } = await openSession(dir, flags, terminal);
  const departure = departureFrom(place.root, since);
  const trees = await openTrees(place.root, workspace, settings);
  const { repository, change } = await readChanged(trees, departedFrom(trees, departure), place.folder, settings);
  const sides = {
    settings,
    workspaceOf: ({ tree }: { readonly tree?: string | undefined }) => workspaceOfTree(trees, tree),
    workspaceBefore: departure.workspace,
  };
  const apps = changeDiff(repository, change, sides, matcherOf(flags.app) ?? (() => true));
  const unknown = apps.flatMap(({ affected }) => affected).filter(({ outcome }) => outcome === 'unknown');
  const report = { base: since, apps, notes: partialNotes(unknown.map(({ variant }) => variant)) };
  if (format === 'json') terminal.print(changeJson(report));
  else if (format === 'markdown') terminal.print(changeMarkdown(report));
  else terminal.print(changeText(report, { color: terminal.color && flags.color !== false, verbose: flags.verbose ?? false }));
  return flags.strictCoverage && unknown.length > 0 ? 2 : 0;
}
