import type { SourceFile } from '../../text/source-file.ts';
import type { Named } from './steps.ts';

const OPENED = /\{\{-?\s*(?:if|with|range|define|block)\b/g;
const CLOSED = /\{\{-?\s*end\b/g;
/** A line that decides about others, or makes nothing: a condition, a comment, a variable. */
const SILENT = /^\{\{-?\s*(?:(?:if|else|with|range|define|block|end)\b|\/\*|\$\w+\s*:?=)/;
/** The environment that is asked for, whichever that is: it gets more values, and no name. */
const CURRENT = /^(["']?)\{\{-?\s*\.Environment\.Name\s*-?\}\}\1(?::|$)/;
const KEY = /^(["']?)([\w.-]+)\1:(?:\s|$)/;

/** Whether a key of `environments` is `{{ .Environment.Name }}`: one of those that have a name elsewhere. */
export function isCurrent(key: string): boolean {
  return CURRENT.test(key);
}

/**
 * The keys of a top-level `environments:` in a text that is no YAML before its templates are filled in. Undefined where
 * templates make keys, or decide about them; templates in what stands under a key do no harm.
 */
export function environmentLines(file: SourceFile, start: number, end: number): Named[] | undefined {
  const text = file.text.slice(start, end);
  const head = /^environments:[ \t]*(?:#.*)?\r?\n/m.exec(text);
  if (!head) return /^environments:/m.test(text) ? undefined : [];
  const names: Named[] = [];
  let level: number | undefined;
  let conditions = 0;
  let at = head.index + head[0].length;
  for (const line of text.slice(at).split('\n')) {
    const indent = line.length - line.trimStart().length;
    const content = line.trim();
    const from = start + at + indent;
    at += line.length + 1;
    if (content === '' || content.startsWith('#')) continue;
    if (isCurrent(content)) {
      level ??= indent;
    } else if (content.startsWith('{{')) {
      if (!isSilent(content) && indent <= (level ?? indent)) return undefined;
    } else if (indent === 0) {
      return names;
    } else {
      level ??= indent;
      if (indent < level) return undefined;
      if (indent === level) {
        const [, quote = '', name] = KEY.exec(content) ?? [];
        if (name === undefined || conditions > 0) return undefined;
        const origin = { file, start: from, end: from + name.length + 2 * quote.length, how: 'written', precision: 'exact' } as const;
        names.push({ name, origin });
      }
    }
    conditions += count(content, OPENED) - count(content, CLOSED);
  }
  return names;
}

function isSilent(content: string): boolean {
  const besides = content.replaceAll(/\{\{.*?\}\}/g, '').trim();
  return SILENT.test(content) && (besides === '' || besides.startsWith('#'));
}

function count(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}
