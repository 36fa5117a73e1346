#!/usr/bin/env node
import { runCommandLine } from './run.ts';
import type { Terminal } from './terminal.ts';

/** The only place that prints, and that sets the exit code. */
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

process.exitCode = await runCommandLine(process.argv.slice(2), terminal);
