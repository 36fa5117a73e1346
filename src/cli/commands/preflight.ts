import path from 'node:path';
import {
  historySearch,
  lint,
  openTrees,
  preflightJson,
  preflightMarkdown,
  preflightOf,
  preflightText,
  promote,
  rules,
  UsageError,
  unknownName,
  VERSION,
  writeReport,
} from '../../index.ts';
import type { Flags } from '../args.ts';
import { formatOf } from '../format.ts';
import { matcherOf } from '../globs.ts';
import { nothingToCheck, openSession } from '../place.ts';
import type { Terminal } from '../terminal.ts';
import { today } from '../today.ts';

/** The gate of an environment: what promoting to it would change and what is missing; exit code 1 when something must not go. */
export async function runPreflight([dir]: readonly string[], flags: Flags, terminal: Terminal): Promise<number> {
  const format = formatOf('preflight', ['stylish', 'markdown', 'json'], flags);
  const { to } = flags;
  if (to === undefined) throw new UsageError('"preflight" needs to know the environment', 'Name it: --to production.');
  const { place, workspace, settings } = await openSession(dir, flags, terminal);
  const isApp = matcherOf(flags.app);
  const run = await lint({
    workspace,
    trees: await openTrees(place.root, workspace, settings),
    folder: place.folder,
    settings,
    rules,
    version: VERSION,
    history: () => historySearch(place.root),
    isGated: (name) => name === to,
    now: flags.now ?? today(process.env, new Date()),
  });
  if (run.named === 0) throw nothingToCheck(dir ?? '.', run.discovery.leftOut);
  const target = run.repository.environments.find(({ name }) => name === to);
  const namesOf = (all: readonly { readonly name: string }[]) => all.map(({ name }) => name);
  if (!target) throw unknownName('environment', to, namesOf(run.repository.environments));
  const names = namesOf(run.repository.apps);
  if (isApp && !names.some(isApp)) throw unknownName('app', (flags.app ?? []).join(', '), names);
  const report = preflightOf(run, target, isApp ?? (() => true));
  if (format === 'json') terminal.print(preflightJson(report));
  else terminal.print(format === 'markdown' ? preflightMarkdown(report) : preflightText(report, { color: terminal.color && flags.color !== false }));
  if (report.apps.some(({ isBlocked }) => isBlocked)) return 1;
  if (flags.apply) apply(report, place.root, terminal);
  return 0;
}

/** Writes the versions into the files of the environment. What cannot be written is told, and stays as it is. */
function apply({ apps }: ReturnType<typeof preflightOf>, root: string, terminal: Terminal): void {
  const { files, left } = promote(apps.flatMap(({ steps }) => steps));
  for (const { file, text, steps } of files) {
    writeReport(path.join(root, file.path), file.path, text);
    terminal.warn(`gitops-lint: wrote ${steps.length === 1 ? 'one version' : `${steps.length} versions`} into ${file.path}\n`);
  }
  for (const { step, why } of left) terminal.warn(`gitops-lint: ${step.artifact.name} of ${step.app.name} stays as it is: ${why}\n`);
}
