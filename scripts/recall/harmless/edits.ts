import { harmless, type Kind } from '../case.ts';
import type { Draw } from '../draw.ts';
import { marksOf, rewrite, twinsOf } from '../edit.ts';
import type { Files, Mark, Repository } from '../repository.ts';

export type Edit = (files: Files, mark: Mark, draw: Draw, repository: Repository) => Files;
export type Condition = (mark: Mark, repository: Repository) => boolean;

/** A harmless edit of one mark of some kind. */
export function once(name: string, what: string, edit: Edit, isMeant: Condition = () => true): Kind {
  return harmless(name, (repository, draw) => {
    const marks = marksOf(repository, what).filter((mark) => isMeant(mark, repository));
    return marks.length === 0 ? undefined : edit(repository.files, draw.one(marks), draw, repository);
  });
}

/** The same edit of one thing in every environment. */
export function everywhere(name: string, what: string, edit: Edit, isMeant: Condition = () => true): Kind {
  return once(
    name,
    what,
    (files, mark, draw, repository) => upwards(twinsOf(repository, mark)).reduce((all, twin) => edit(all, twin, draw, repository), files),
    isMeant,
  );
}

/** From the last line to the first: an edit that adds or takes lines leaves those above it where they are. */
export function upwards(marks: readonly Mark[]): Mark[] {
  return [...marks].sort((a, b) => b.line - a.line);
}

/** An edit that writes the first line of a mark anew. */
export function writing(change: (line: string, mark: Mark, draw: Draw) => string): Edit {
  return (files, mark, draw) => rewrite(files, mark, (line) => change(line, mark, draw));
}

/** Whether a mark stands in a file of the last environment, which has no siblings. */
export function isLastAlone({ env }: Mark, { stages }: Repository): boolean {
  const last = stages.at(-1);
  return last?.name === env && stages.filter(({ rank }) => rank === last?.rank).length === 1;
}

/** Whether a line of settings is YAML, and not a literal or a line of a settings file. */
export function isYaml({ path }: Mark, { files }: Repository): boolean {
  return /kind: ConfigMap|^image:/m.test(files[path] ?? '');
}
