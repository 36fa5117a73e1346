import { readFileSync } from 'node:fs';
import path from 'node:path';
import { openTrees, type PinPlan, type PinRequest, pinJson, pinText, planPins, UsageError, writeReport } from '../../index.ts';
import type { Flags } from '../args.ts';
import { formatOf } from '../format.ts';
import { matcherOf } from '../globs.ts';
import { nothingToCheck, openSession } from '../place.ts';
import type { Terminal } from '../terminal.ts';

/** Puts digests beside the tags of images: those that environments know, and with `--online` those of the registry. */
export async function runPin([dir]: readonly string[], flags: Flags, terminal: Terminal): Promise<number> {
  const format = formatOf('pin', ['stylish', 'json'], flags);
  const { place, workspace, settings } = await openSession(dir, flags, terminal);
  const plan = await planPins({
    trees: await openTrees(place.root, workspace, settings),
    folder: place.folder,
    settings,
    scope: { isApp: matcherOf(flags.app), isEnvironment: matcherOf(flags.env) },
    ask: flags.online ? await registries() : undefined,
  });
  if (plan.variants === 0) throw nothingFor(dir ?? '.', flags, plan.leftOut);
  const written = flags.write === true && plan.files.length > 0;
  if (written) write(plan, place.root, terminal);
  terminal.print(format === 'json' ? pinJson({ ...plan, written }) : pinText({ ...plan, written }, { color: terminal.color && flags.color !== false }));
  return 0;
}

/** The only way to the network, and nobody loads it unless it is asked for. */
async function registries(): Promise<PinRequest['ask']> {
  const { openRegistries } = await import('../../registry/ask.ts');
  return openRegistries(process.env);
}

function nothingFor(dir: string, { app, env }: Flags, leftOut: PinPlan['leftOut']): UsageError {
  if (!app && !env) return nothingToCheck(dir, leftOut);
  const named = [...(app ?? []).map((glob) => `--app ${glob}`), ...(env ?? []).map((glob) => `--env ${glob}`)];
  return new UsageError(`there is nothing to check for ${named.join(' ')}`, '"gitops-lint environments" shows which apps and environments there are.');
}

/** All texts are there before the first one is written, and nothing that somebody wrote since the files were read is lost. */
function write({ files }: PinPlan, root: string, terminal: Terminal): void {
  const stale = files.find(({ file }) => readFileSync(path.join(root, file.path), 'utf8') !== file.text);
  if (stale) throw new UsageError(`"${stale.file.path}" was changed meanwhile`, 'Nothing was written: try again.');
  for (const { file, text, pins } of files) {
    writeReport(path.join(root, file.path), file.path, text);
    terminal.warn(`gitops-lint: wrote ${pins.length === 1 ? 'one digest' : `${pins.length} digests`} into ${file.path}\n`);
  }
}
