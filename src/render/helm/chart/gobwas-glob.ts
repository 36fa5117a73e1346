import { RE2JS } from 're2js';

const compiled = new Map<string, ((path: string) => boolean) | undefined>();

/**
 * A pattern of `.Files.Glob`: `*` and `?` stay between two slashes, `**` goes through them, `[abc]`, `[!a-z]`, `{a,b}`
 * and `\` work. Undefined for what is malformed. (github.com/gobwas/glob, with `/` as separator.)
 */
export function fileGlob(pattern: string): ((path: string) => boolean) | undefined {
  if (!compiled.has(pattern)) compiled.set(pattern, compile(pattern));
  return compiled.get(pattern);
}

function compile(pattern: string): ((path: string) => boolean) | undefined {
  const source = sourceOf(pattern);
  if (source === undefined) return undefined;
  try {
    // Charts write patterns, so the engine is one that no pattern makes slow.
    const regexp = RE2JS.compile(`^(?:${source})$`, RE2JS.DOTALL);
    return (path) => regexp.matcher(path).find();
  } catch {
    return undefined;
  }
}

function sourceOf(pattern: string): string | undefined {
  let source = '';
  let depth = 0;
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern[at] ?? '';
    if (character === '*') {
      const isSuper = pattern[at + 1] === '*';
      if (isSuper) at += 1;
      source += isSuper ? '.*' : '[^/]*';
    } else if (character === '?') source += '[^/]';
    else if (character === '{') {
      depth += 1;
      source += '(?:';
    } else if (character === '}' && depth > 0) {
      depth -= 1;
      source += ')';
    } else if (character === ',' && depth > 0) source += '|';
    else if (character === '[') {
      const end = pattern.indexOf(']', at + 2);
      const set = end === -1 ? undefined : classOf(pattern.slice(at + 1, end));
      if (set === undefined) return undefined;
      source += set;
      at = end;
    } else {
      if (character === '\\') at += 1;
      const literal = pattern[at];
      if (literal === undefined) return undefined;
      source += RE2JS.quote(literal);
    }
  }
  return depth === 0 ? source : undefined;
}

/** Either one range or a list of characters; both may be negated. */
function classOf(inner: string): string | undefined {
  const isNegated = inner.startsWith('!');
  const body = isNegated ? inner.slice(1) : inner;
  if (body === '') return undefined;
  const range = /^(.)-(.)$/su.exec(body);
  const escaped = (text: string) => [...text].map((one) => (/[\w/ ]/.test(one) ? one : `\\x{${(one.codePointAt(0) ?? 0).toString(16)}}`)).join('');
  const set = range ? `${escaped(range[1] ?? '')}-${escaped(range[2] ?? '')}` : escaped(body);
  return `[${isNegated ? '^' : ''}${set}]`;
}
