import type { Draw } from './draw.ts';
import type { Stage } from './stages.ts';

/** Files by path. */
export type Files = Readonly<Record<string, string>>;

/** A place that an edit may aim at: some lines of a file, and what they are. */
export interface Mark {
  /** What stands there, such as `config` for a key of a ConfigMap. */
  readonly what: string;
  readonly name: string;
  readonly app: string;
  /** The environment that the file belongs to; undefined where all share it. */
  readonly env: string | undefined;
  readonly path: string;
  /** From one. */
  readonly line: number;
  /** How many lines it takes. */
  readonly lines: number;
}

/** A small repository with nothing wrong in it, and where its parts stand. */
export interface Repository {
  readonly layout: string;
  readonly stages: readonly Stage[];
  readonly files: Files;
  readonly marks: readonly Mark[];
}

/** A file as a generator writes it: a line that ends in `#@ what name`, or `#@3 what name` for three lines, is marked. */
export interface Draft {
  readonly path: string;
  readonly app: string;
  readonly env?: string | undefined;
  readonly text: string;
}

const MARK = /\s*#@(\d*) (\S+) (\S+)$/;

/** Writes the drafts as files, with comments where people put them, and notes what was marked. */
export function repositoryOf(layout: string, stages: readonly Stage[], drafts: readonly Draft[], draw: Draw): Repository {
  const files: Record<string, string> = {};
  const marks: Mark[] = [];
  for (const { path, app, env, text } of drafts) {
    const written: string[] = [];
    let rest = 0;
    for (const line of linesOf(text)) {
      const [whole = '', count = '', what, name] = MARK.exec(line) ?? [];
      const bare = whole ? line.slice(0, -whole.length) : line;
      if (what !== undefined && rest <= 0 && draw.chance(0.06)) written.push(`${/^ */.exec(bare)?.[0] ?? ''}# ${draw.one(REMARKS)}`);
      written.push(bare);
      rest -= 1;
      if (what === undefined || name === undefined) continue;
      const lines = count === '' ? 1 : Number(count);
      marks.push({ what, name, app, env, path, line: written.length, lines });
      rest = Math.max(rest, lines - 1);
    }
    const end = draw.chance(0.05) ? '\r\n' : '\n';
    files[path] = written.join(end) + end;
  }
  return { layout, stages, files, marks };
}

const REMARKS = ['agreed with the team', 'see the runbook', 'asked for by finance', 'as in the old shop', 'keep in step with the wiki'];

/** The lines of a text that may begin and end with a line break, without the indentation that all have. */
export function linesOf(text: string): string[] {
  const lines = text.replace(/^\n/, '').trimEnd().split('\n');
  const filled = lines.filter((line) => line.trim() !== '');
  const indent = Math.min(...filled.map((line) => line.length - line.trimStart().length));
  return lines.map((line) => line.slice(indent));
}
