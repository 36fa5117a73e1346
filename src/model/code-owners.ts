import type { SourceFile } from '../text/source-file.ts';
import type { Origin } from '../tree/node.ts';
import { compileOwnerPattern, type Forge } from './owner-pattern.ts';

/** A line that gives paths to owners, or to nobody. */
export interface OwnerLine {
  readonly owners: readonly string[];
  readonly origin: Origin;
}

/** Who has to agree to a change of a path. */
export interface Ownership {
  /** Sorted, each once; empty where nobody has to be asked. */
  readonly owners: readonly string[];
  /** The line that decides; of several sections the last. Undefined where no line speaks of the path. */
  readonly line: OwnerLine | undefined;
}

/** A file of code owners, as its forge reads it. */
export interface CodeOwners {
  /** Its first line: the place for what it does not say. */
  readonly start: Origin;
  /** Who owns a file of the repository, by its path from the root. */
  ownershipOf(path: string): Ownership;
}

interface Entry {
  readonly line: OwnerLine;
  readonly excludes: boolean;
  readonly matches: (path: string) => boolean;
}

/** On GitHub there is one section, which has no name. */
interface Section {
  readonly optional: boolean;
  readonly defaults: readonly string[];
  readonly entries: Entry[];
}

/**
 * Reads a file of code owners. In each section the last line that matches a path decides. What the forge skips as
 * invalid is skipped; nothing throws.
 */
export function readCodeOwners(file: SourceFile, forge: Forge): CodeOwners {
  const sections = sectionsOf(file, forge);
  const known = new Map<string, Ownership>();
  return {
    start: originIn(file, 0, file.lineAt(1).length),
    ownershipOf: (path) => {
      let ownership = known.get(path);
      if (!ownership) {
        ownership = decide(sections, path);
        known.set(path, ownership);
      }
      return ownership;
    },
  };
}

/** Whether a file uses what only GitLab knows: sections. */
export function hasSections({ text }: SourceFile): boolean {
  return /^\^?\[[^\]\n]+\]/m.test(text);
}

function sectionsOf(file: SourceFile, forge: Forge): Section[] {
  const unnamed: Section = { optional: false, defaults: [], entries: [] };
  const sections = new Map<string, Section>([['', unnamed]]);
  let current = unnamed;
  for (const { text, start } of linesOf(file)) {
    const heading = forge === 'gitlab' ? HEADING.exec(text) : null;
    if (heading) {
      const [, optional, name = '', owners = ''] = heading;
      // Sections of one name are one, and its first heading counts.
      current = sections.get(name.toLowerCase()) ?? { optional: optional === '^', defaults: ownersIn(owners.split(/\s+/)), entries: [] };
      sections.set(name.toLowerCase(), current);
      continue;
    }
    const entry = entryOf(file, text, start, current, forge);
    if (entry) current.entries.push(entry);
  }
  return [...sections.values()];
}

/** `[Name]`, `^[Optional]`, `[Name][2] @owner`. */
const HEADING = /^(\^)?\[([^\]]+)\](?:\[\d*\])?(?:\s+(.*))?$/;

function entryOf(file: SourceFile, text: string, start: number, { defaults }: Section, forge: Forge): Entry | undefined {
  // A blank in a path has a backslash before it.
  const [written = '', ...rest] = text.match(/(?:\\.|\S)+/g) ?? [];
  const comment = rest.findIndex((word) => word.startsWith('#'));
  const words = comment === -1 ? rest : rest.slice(0, comment);
  const named = ownersIn(words);
  // A line with a word that can be no owner counts for nothing on GitHub.
  if (forge === 'github' && named.length < words.length) return undefined;
  const excludes = forge === 'gitlab' && written.startsWith('!');
  const matches = compileOwnerPattern(excludes ? written.slice(1) : written, forge);
  if (!matches) return undefined;
  const owners = named.length > 0 || excludes ? named : defaults;
  return { line: { owners, origin: originIn(file, start, start + text.length) }, excludes, matches };
}

function originIn(file: SourceFile, start: number, end: number): Origin {
  return { file, start, end, how: 'written', precision: 'exact' };
}

/** `@user`, `@group/team`, `@@role` and addresses of e-mail. */
function ownersIn(words: readonly string[]): string[] {
  return words.filter((word) => /^@{1,2}[\w-]|^[^@\s]+@[^@\s]+$/.test(word));
}

function decide(sections: readonly Section[], path: string): Ownership {
  const found = sections.flatMap(({ entries, optional }) => {
    const matching = entries.filter(({ matches }) => matches(path));
    const last = matching.at(-1);
    // What a section excludes once, none of its lines takes back.
    return last && !matching.some(({ excludes }) => excludes) ? [{ line: last.line, optional }] : [];
  });
  const lastExcluding = sections.flatMap(({ entries }) => entries.filter(({ excludes, matches }) => excludes && matches(path))).at(-1);
  const needed = found.filter(({ line, optional }) => !optional && line.owners.length > 0);
  const owners = [...new Set(needed.flatMap(({ line }) => line.owners.map((owner) => owner.toLowerCase())))].sort();
  return { owners, line: (needed.at(-1) ?? found.at(-1))?.line ?? lastExcluding?.line };
}

/** The lines that say something, without blanks around them. */
function linesOf({ text }: SourceFile): { readonly text: string; readonly start: number }[] {
  return [...text.matchAll(/^[^\S\n]*([^\s#][^\n]*?)[^\S\n]*$/gm)].map(({ 0: whole, 1: line = '', index }) => ({
    text: line,
    start: index + whole.indexOf(line),
  }));
}
