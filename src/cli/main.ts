#!/usr/bin/env node
import { ConfigError, RuleError, UsageError, VERSION } from '../index.ts';
import { parseArguments } from './args.ts';
import { runDoctor } from './commands/doctor.ts';
import { runEnvironments } from './commands/environments.ts';
import { runExplain } from './commands/explain.ts';
import { runInit } from './commands/init.ts';
import { runLint } from './commands/lint.ts';
import { runRender } from './commands/render.ts';
import { runWhy } from './commands/why.ts';
import type { Terminal } from './terminal.ts';

const COMMANDS = { lint: runLint, environments: runEnvironments, init: runInit, render: runRender, why: runWhy, explain: runExplain, doctor: runDoctor };

/** Runs the tool once: the only place that prints, and that decides the exit code. */
async function main(words: readonly string[], terminal: Terminal): Promise<number> {
  const request = parseArguments(words);
  if ('help' in request) {
    terminal.print(request.help);
    return 0;
  }
  return COMMANDS[request.command](request.words, request.flags, terminal);
}

const terminal: Terminal = {
  print: (text) => void process.stdout.write(text),
  warn: (text) => void process.stderr.write(text),
  folder: process.cwd(),
  color:
    process.env['FORCE_COLOR'] !== undefined
      ? process.env['FORCE_COLOR'] !== '0'
      : Boolean(process.stdout.isTTY) && process.env['NO_COLOR'] === undefined && process.env['TERM'] !== 'dumb',
  width: process.stdout.columns ?? 120,
};

// A reader that has seen enough, such as "head", closes the pipe: that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  process.exitCode = await main(process.argv.slice(2), terminal);
} catch (error) {
  process.exitCode = 2;
  if (error instanceof UsageError) {
    for (const each of error instanceof ConfigError ? [error, ...error.others] : [error]) {
      const { location } = each instanceof ConfigError ? each : { location: undefined };
      const position = location?.file.positionAt(location.span.start);
      const place = location && position ? `${location.file.path}:${position.line}:${position.column}: ` : '';
      terminal.warn(`gitops-lint: ${place}${each.message}\n${each.hint ? `  ${each.hint}\n` : ''}`);
    }
  } else {
    const cause = error instanceof RuleError ? error.cause : error;
    const what = error instanceof RuleError ? ` (${error.message})` : '';
    terminal.warn(`gitops-lint ${VERSION}: this is a bug in gitops-lint${what}, not a mistake of yours; please report it with the lines below.\n`);
    terminal.warn(`${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}\n`);
  }
}
