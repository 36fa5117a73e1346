import { RE2JS } from 're2js';

/** A compiled pattern; undefined stands for text that Go does not take for one. */
export interface GoRegexp {
  test(text: string): boolean;
}

const compiled = new Map<string, GoRegexp | undefined>();

/** Compiles a pattern as Go does. Plain names, by far the most, need no engine of their own. */
export function goRegexp(pattern: string): GoRegexp | undefined {
  if (compiled.has(pattern)) return compiled.get(pattern);
  const result = compile(pattern);
  compiled.set(pattern, result);
  return result;
}

/** A pattern for a whole text: `^(?:…)$`. */
export function anchored(pattern: string): GoRegexp | undefined {
  return goRegexp(`^(?:${pattern})$`);
}

/** Patterns that mean the same to Go and to JavaScript. */
const COMMON = /^\^?(?:\(\?:[\w./@:|-]*(?:\.\*)?[\w./@:|-]*\)|[\w./@:-]*(?:\.\*)?[\w./@:-]*)\$?$/;

function compile(pattern: string): GoRegexp | undefined {
  if (COMMON.test(pattern)) return new RegExp(pattern, 'u');
  try {
    const regexp = RE2JS.compile(pattern);
    return { test: (text) => regexp.matcher(text).find() };
  } catch {
    return undefined;
  }
}
