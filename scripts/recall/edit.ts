import type { Files, Mark, Repository } from './repository.ts';

/** A line of a file, from one. */
export interface Place {
  readonly path: string;
  readonly line: number;
}

/** Replaces lines of a file by others. */
export function replaceLines(files: Files, { path, line, lines = 1 }: Place & { readonly lines?: number }, by: readonly string[]): Files {
  const text = files[path];
  if (text === undefined) throw new Error(`there is no ${path} to edit`);
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const all = text.split(end);
  return { ...files, [path]: [...all.slice(0, line - 1), ...by, ...all.slice(line - 1 + lines)].join(end) };
}

/** The lines of a mark. */
export function textAt(files: Files, { path, line, lines }: Mark): string[] {
  return (files[path] ?? '').split(/\r?\n/).slice(line - 1, line - 1 + lines);
}

/** All files but those at some paths. */
export function without(files: Files, ...paths: readonly string[]): Files {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !paths.includes(path)));
}

export function dropMark(files: Files, mark: Mark): Files {
  return replaceLines(files, mark, []);
}

/** Writes the first line of a mark anew. Where nothing would change, the case is not what it says, and fails. */
export function rewrite(files: Files, mark: Mark, change: (line: string) => string): Files {
  const [first = '', ...rest] = textAt(files, mark);
  const changed = change(first);
  if (changed === first) throw new Error(`nothing to change in ${mark.path}:${mark.line}: ${first}`);
  return replaceLines(files, mark, [changed, ...rest]);
}

export function insertBehind(files: Files, { path, line, lines }: Mark, added: readonly string[]): Files {
  return replaceLines(files, { path, line: line + lines, lines: 0 }, added);
}

/** Marks of one kind, and of one name where it is given. */
export function marksOf({ marks }: Repository, what: string, name?: string): Mark[] {
  return marks.filter((mark) => mark.what === what && (name === undefined || mark.name === name));
}

/** The other marks of the same thing in the same app. */
export function twinsOf(repository: Repository, { what, name, app }: Mark): Mark[] {
  return marksOf(repository, what, name).filter((mark) => mark.app === app);
}

/** A slip of the pen: in the last step of a name, two letters in the middle change places, or one is lost. */
export function slip(word: string): string {
  const from = Math.max(word.lastIndexOf('.'), word.lastIndexOf('/')) + 1;
  const letters = [...word.slice(from)];
  for (let at = Math.floor(letters.length / 2); at < letters.length - 1; at += 1) {
    const [a = '', b = ''] = [letters[at], letters[at + 1]];
    if (a !== b && /[a-zA-Z]{2}/.test(a + b)) return word.slice(0, from) + [...letters.slice(0, at), b, a, ...letters.slice(at + 2)].join('');
  }
  return word.slice(0, -1);
}
