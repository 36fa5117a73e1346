import type { SourceFile } from '../text/source-file.ts';
import { type Entry, type Mapping, mapping, type Origin, type Scalar, scalar } from '../tree/node.ts';

/** Forms of settings with one key in a line. */
export type LineFormat = 'env' | 'properties' | 'ini';

/** `KEY=value`, `export KEY=value`, and a name alone. */
const ENV = /^\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*(?:=[^\S\n]*(.*))?$/;
/** Java's: a colon or a blank may stand for the sign. */
const PROPERTIES = /^\s*([^\s=:#!]+)(?:\s*[=:]\s*|\s+|$)(.*)$/;
const INI = /^\s*("[^"]*"|'[^']*'|[\w./@%*-]+(?: [\w./@%*-]+)*)\s*(?:=[^\S\n]*(.*))?$/;
const FORMS: Readonly<Record<LineFormat, RegExp>> = { env: ENV, properties: PROPERTIES, ini: INI };
const COMMENTS: Readonly<Record<LineFormat, RegExp>> = { env: /^\s*(?:#|$)/, properties: /^\s*(?:[#!]|$)/, ini: /^\s*(?:[#;]|$)/ };
const SECTION = /^\s*\[([^[\]]+)\]\s*(?:[#;].*)?$/;
/** One of several tables of TOML, which have no names. */
const ITEM = /^\s*\[\[.*\]\]/;

/**
 * The keys and values of a text, as a mapping whose nodes stand where they do in it; sections are mappings below. Undefined
 * where a line is none of that form. Values lose one pair of quotes around them.
 */
export function readSettingsLines(file: SourceFile, format: LineFormat): Mapping | undefined {
  const lines = linesOf(file.text);
  const root = new Section(originOf(file, 0, file.text.length));
  let section: Section | undefined = root;
  for (let index = 0; index < lines.length; index += 1) {
    const { text, start } = lines[index] ?? { text: '', start: 0 };
    if (COMMENTS[format].test(text)) continue;
    if (format === 'ini' && ITEM.test(text)) {
      section = undefined;
      continue;
    }
    const header = format === 'ini' ? SECTION.exec(text)?.[1] : undefined;
    if (header !== undefined) {
      const at = start + text.indexOf(header);
      section = root.sectionFor(scalar(header.trim(), 'plain', originOf(file, at, at + header.length)));
      continue;
    }
    const match = FORMS[format].exec(text);
    if (!match) return undefined;
    const [, written = '', value] = match;
    const at = start + text.indexOf(written);
    const from = start + text.length - (value ?? '').length;
    const last = lastLineOf(lines, index, value ?? '', format);
    if (last === undefined) return undefined;
    const end = index === last ? start + text.trimEnd().length : (lines[last]?.start ?? 0) + (lines[last]?.text.trimEnd().length ?? 0);
    index = last;
    const key = scalar(unquoted(written), 'plain', originOf(file, at, at + written.length));
    section?.add(key, settingAt(file, from, Math.max(from, end)));
  }
  return root.node();
}

class Section {
  readonly #origin: Origin;
  readonly #entries = new Map<string, Entry>();
  readonly #sections = new Map<string, Section>();

  constructor(origin: Origin) {
    this.#origin = origin;
  }

  add(key: Scalar, value: Scalar): void {
    this.#entries.set(key.text, { key, value });
  }

  sectionFor(key: Scalar): Section {
    const known = this.#sections.get(key.text);
    if (known) return known;
    const section = new Section(key.origin);
    this.#sections.set(key.text, section);
    this.#entries.set(key.text, { key, value: mapping([], key.origin) });
    return section;
  }

  node(): Mapping {
    const entries = [...this.#entries.values()].map((entry) => {
      const section = this.#sections.get(entry.key.text);
      return section ? { ...entry, value: section.node() } : entry;
    });
    return mapping(entries, this.#origin);
  }
}

interface Line {
  readonly text: string;
  readonly start: number;
}

function linesOf(text: string): Line[] {
  let start = 0;
  return text.split('\n').map((line) => {
    const found = { text: line.replace(/\r$/, ''), start };
    start += line.length + 1;
    return found;
  });
}

/** Where a value ends that goes on: behind a backslash, in quotes, in brackets, or indented. Undefined where it never does. */
function lastLineOf(lines: readonly Line[], index: number, value: string, format: LineFormat): number | undefined {
  if (format === 'properties') {
    let last = index;
    while (/(?<!\\)(?:\\\\)*\\$/.test(lines[last]?.text ?? '') && last + 1 < lines.length) last += 1;
    return last;
  }
  const marks = /^("""|''')/.exec(value)?.[1] ?? /^(["'])/.exec(value)?.[1];
  if (marks !== undefined && (marks.length === 3 || format === 'env')) {
    if (closes(value.slice(marks.length), marks)) return index;
    const last = lines.findIndex(({ text }, at) => at > index && closes(text, marks));
    // An apostrophe, and no quote.
    return last === -1 ? (marks.length === 3 ? undefined : index) : last;
  }
  if (format !== 'ini') return index;
  let depth = depthOf(value);
  let last = index;
  while (/^[[{]/.test(value) && depth > 0) {
    last += 1;
    const next = lines[last];
    if (!next) return undefined;
    depth += depthOf(next.text);
  }
  while (/^[^\S\n]+[^\s#;]/.test(lines[last + 1]?.text ?? '') && !INI_INDENTED.test(lines[last + 1]?.text ?? '')) last += 1;
  return last;
}

/** A line that is indented for its looks: it has a sign, or it begins a section. */
const INI_INDENTED = /^\s+(?:\[|[\w."'-]+\s*=)/;

function closes(text: string, marks: string): boolean {
  return new RegExp(`(?<!\\\\)${marks}\\s*(?:#.*)?$`).test(text);
}

function depthOf(text: string): number {
  const bare = text.replaceAll(/"(?:[^"\\]|\\.)*"|'[^']*'|#.*/g, '');
  return bare.replaceAll(/[^[{]/g, '').length - bare.replaceAll(/[^\]}]/g, '').length;
}

function settingAt(file: SourceFile, start: number, end: number): Scalar {
  const raw = file.text.slice(start, end);
  return scalar(unquoted(raw), 'plain', originOf(file, start, end));
}

function unquoted(text: string): string {
  return text.length > 1 && /^["']/.test(text) && text.at(-1) === text[0] ? text.slice(1, -1) : text;
}

function originOf(file: SourceFile, start: number, end: number): Origin {
  return { file, start, end, how: 'written', precision: 'exact' };
}
