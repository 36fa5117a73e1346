/** What a path must look like, and what its segments name: `clusters/{env}/{cluster}/{app}`. */
export interface PathPattern {
  readonly text: string;
  /** The names in braces, in order. */
  readonly names: readonly string[];
  /** The values of those names, or undefined when the path does not match. */
  match(path: string): Readonly<Record<string, string>> | undefined;
}

/** Why a pattern is none, for the error at its line. */
export interface PatternProblem {
  readonly problem: string;
}

/**
 * Reads a pattern. `{name}` takes part of one segment, `*` anything within one, `**` any number of segments.
 * The same name twice must have the same value in both places.
 */
export function compilePattern(text: string): PathPattern | PatternProblem {
  const names: string[] = [];
  let source = '';
  const token = /\{([^{}]*)\}|(\*\*\/?)|(\*)|([{}])|([^{}*]+)/g;
  for (const [, name, deep, star, brace, literal] of text.replace(/^\.\//, '').replace(/\/$/, '').matchAll(token)) {
    if (brace) return { problem: `"${text}" has a brace without its partner` };
    if (name !== undefined) {
      if (!/^[a-z][a-zA-Z0-9]*$/.test(name)) return { problem: `"{${name}}" is no name: write a word such as {app}, {env} or {cluster}` };
      source += names.includes(name) ? `\\k<${name}>` : `(?<${name}>[^/]+?)`;
      if (!names.includes(name)) names.push(name);
    } else if (deep) source += deep.endsWith('/') ? '(?:[^/]+/)*' : '.*';
    else if (star) source += '[^/]*';
    else source += (literal ?? '').replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  }
  const expression = new RegExp(`^${source}$`);
  return {
    text,
    names,
    match: (path) => {
      const found = expression.exec(path);
      return found ? { ...found.groups } : undefined;
    },
  };
}
