import { ConfigError, RuleError, UsageError, VERSION } from '../index.ts';
import { parseArguments } from './args.ts';
import { runAffected } from './commands/affected.ts';
import { runBaseline } from './commands/baseline.ts';
import { runDiff } from './commands/diff.ts';
import { runDoctor } from './commands/doctor.ts';
import { runEnvironments } from './commands/environments.ts';
import { runExplain } from './commands/explain.ts';
import { runInit } from './commands/init.ts';
import { runLint } from './commands/lint.ts';
import { runPin } from './commands/pin.ts';
import { runPreflight } from './commands/preflight.ts';
import { runRender } from './commands/render.ts';
import { runVersions } from './commands/versions.ts';
import { runWhy } from './commands/why.ts';
import type { Terminal } from './terminal.ts';

const COMMANDS = {
  lint: runLint,
  environments: runEnvironments,
  diff: runDiff,
  init: runInit,
  render: runRender,
  why: runWhy,
  explain: runExplain,
  affected: runAffected,
  doctor: runDoctor,
  versions: runVersions,
  preflight: runPreflight,
  pin: runPin,
  baseline: runBaseline,
};

/** Runs the tool once, and tells what went wrong. Gives the exit code. */
export async function runCommandLine(words: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const request = parseArguments(words);
    if (!('help' in request)) return await COMMANDS[request.command](request.words, request.flags, terminal);
    terminal.print(request.help);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) tellMistakes(error, terminal);
    else tellBug(error, terminal);
    return 2;
  }
}

function tellMistakes(error: UsageError, terminal: Terminal): void {
  for (const each of error instanceof ConfigError ? [error, ...error.others] : [error]) {
    const { location } = each instanceof ConfigError ? each : { location: undefined };
    const position = location?.file.positionAt(location.span.start);
    const place = location && position ? `${location.file.path}:${position.line}:${position.column}: ` : '';
    terminal.warn(`gitops-lint: ${place}${each.message}\n${each.hint ? `  ${each.hint}\n` : ''}`);
  }
}

function tellBug(error: unknown, terminal: Terminal): void {
  const cause = error instanceof RuleError ? error.cause : error;
  const what = error instanceof RuleError ? ` (${error.message})` : '';
  terminal.warn(`gitops-lint ${VERSION}: this is a bug in gitops-lint${what}, not a mistake of yours; please report it with the lines below.\n`);
  terminal.warn(`${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}\n`);
}
