import path from 'node:path';
import type { RenderResult } from '../index.ts';
import type { Terminal } from './terminal.ts';

/** Says where a render fails, and what it leaves out: what is printed of it may not be all. */
export function tellProblems({ problems, gaps }: RenderResult, terminal: Terminal): void {
  for (const { message, origin } of [...problems, ...gaps]) {
    const { line, column } = origin.file.positionAt(origin.start);
    terminal.warn(`${path.posix.normalize(origin.file.path)}:${line}:${column}: ${message}\n`);
  }
}
