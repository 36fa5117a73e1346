import { goPathPattern } from '../../../text/path-pattern.ts';

interface Rule {
  readonly isNegated: boolean;
  readonly onlyFolders: boolean;
  matches(path: string): boolean;
}

/** What a `.helmignore` leaves out, or why Helm refuses the file. */
export type IgnoreRules =
  | { readonly ok: true; ignores(path: string, isFolder: boolean): boolean }
  /** `line` counts from one. */
  | { readonly ok: false; readonly line: number; readonly message: string };

/** What Helm leaves out of every chart: hidden files of `templates/`. */
const DEFAULT = 'templates/.?*';

/**
 * The rules of a `.helmignore`, which look like those of git and are not: the first one that matches decides, `**` is
 * refused, a pattern with a slash is that of a whole path, and `!` leaves out all that does not match it.
 * (Helm, `pkg/ignore/rules.go`.)
 */
export function ignoreRules(text: string): IgnoreRules {
  const rules: Rule[] = [];
  const lines = text.replace(/^\ufeff/, '').split('\n');
  for (const [index, line] of [...lines, DEFAULT].entries()) {
    const pattern = line.trim();
    if (pattern === '' || pattern.startsWith('#')) continue;
    const rule = pattern.includes('**') ? undefined : ruleOf(pattern);
    if (!rule) {
      const message = pattern.includes('**') ? '"**" is not supported in a .helmignore' : `"${pattern}" is not a valid pattern`;
      return { ok: false, line: index + 1, message };
    }
    rules.push(rule);
  }
  return { ok: true, ignores: (path, isFolder) => isIgnored(rules, path, isFolder) };
}

function ruleOf(pattern: string): Rule | undefined {
  const isNegated = pattern.startsWith('!');
  const positive = isNegated ? pattern.slice(1) : pattern;
  const onlyFolders = positive.endsWith('/');
  const plain = onlyFolders ? positive.slice(0, -1) : positive;
  const match = goPathPattern(plain.startsWith('/') ? plain.slice(1) : plain);
  if (!match) return undefined;
  const isName = !plain.includes('/');
  return { isNegated, onlyFolders, matches: (path) => match(isName ? path.slice(path.lastIndexOf('/') + 1) : path) };
}

function isIgnored(rules: readonly Rule[], path: string, isFolder: boolean): boolean {
  for (const { isNegated, onlyFolders, matches } of rules) {
    const isOther = onlyFolders && !isFolder;
    if (isNegated) {
      if (isOther || !matches(path)) return true;
    } else if (!isOther && matches(path)) return true;
  }
  return false;
}
