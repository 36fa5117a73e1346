#!/usr/bin/env node
import { withoutCommands } from '../index.ts';
import { hasHyperlinks } from './hyperlinks.ts';
import { runCommandLine } from './run.ts';
import type { Terminal } from './terminal.ts';

/** The only place that prints, and that sets the exit code. */
const terminal: Terminal = {
  print: (text) => void process.stdout.write(text),
  // A CI looks for commands in it as well.
  warn: (text) => void process.stderr.write(withoutCommands(text)),
  folder: process.cwd(),
  color:
    process.env['FORCE_COLOR'] !== undefined
      ? process.env['FORCE_COLOR'] !== '0'
      : Boolean(process.stdout.isTTY) && process.env['NO_COLOR'] === undefined && process.env['TERM'] !== 'dumb',
  width: process.stdout.columns ?? 120,
  isInteractive: Boolean(process.stdout.isTTY),
  hasLinks: hasHyperlinks(process.env, Boolean(process.stdout.isTTY)),
  ...(process.stderr.isTTY && process.env['CI'] === undefined && process.env['TERM'] !== 'dumb' && { status: showStatus }),
};

function showStatus(text: string): void {
  process.stderr.write(`\r\u001B[2K${text}`);
}

// A reader that has seen enough, such as "head", closes the pipe: that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await runCommandLine(process.argv.slice(2), terminal);
