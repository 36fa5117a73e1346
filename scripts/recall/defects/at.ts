import type { Edited, Expected, Kind } from '../case.ts';
import type { Draw } from '../draw.ts';
import { marksOf, slip } from '../edit.ts';
import type { Mark, Repository } from '../repository.ts';

/** Edits one mark of some kind. */
export function at(
  name: string,
  what: string,
  edit: (mark: Mark, repository: Repository, draw: Draw) => Edited | undefined,
  isMeant: (mark: Mark, repository: Repository) => boolean = () => true,
): Kind {
  return {
    name,
    plan: (repository, draw) => {
      const marks = marksOf(repository, what).filter((mark) => isMeant(mark, repository));
      return marks.length === 0 ? undefined : edit(draw.one(marks), repository, draw);
    },
  };
}

/** What is expected at the line of a mark itself, for the environment of its file or else for all. */
export function wrongAt(rule: string, { path, line, env }: Pick<Mark, 'path' | 'line' | 'env'>): Expected {
  return { rule, path, line, ...(env !== undefined && { environments: [env] }) };
}

/** The last mark of some kind above a mark, in the same file: the entry that a line belongs to. */
export function entryAbove(repository: Repository, mark: Mark, what: string): Mark {
  const entry = marksOf(repository, what).findLast(({ path, line }) => path === mark.path && line <= mark.line);
  if (!entry) throw new Error(`no ${what} above ${mark.path}:${mark.line}`);
  return entry;
}

/** Writes the name of what is marked with a slip of the pen. */
export const misspelled =
  ({ name }: Mark) =>
  (line: string): string => {
    const last = name.split('.').at(-1) ?? name;
    return line.includes(name) ? line.replace(name, slip(name)) : line.replace(last, slip(last));
  };
