/** Tells whether a path matches. */
export type PathPattern = (path: string) => boolean;

type Token = { readonly type: 'star'; readonly crosses: boolean } | { readonly type: 'one'; readonly test: (character: string) => boolean };

/**
 * A pattern as Go's `path.Match` reads it, for Argo CD's folders and Helm's `.helmignore`: `*`, `?` and `[a-z]` stay between
 * two slashes, and `**` means no more than `*`. Undefined for what Go calls malformed.
 */
export function goPathPattern(pattern: string): PathPattern | undefined {
  const tokens = tokensOf(pattern, false);
  const start = literalStart(pattern);
  return tokens && ((path) => path.startsWith(start) && matches(tokens, [...path]));
}

/**
 * A pattern as git reads a pathspec: `*` goes through slashes, and the name of a folder stands for all
 * that is in it. Argo CD asks git, unless its controller was told to glob otherwise.
 */
export function gitPathPattern(pattern: string): PathPattern {
  const plain = pattern.replace(/^(?:\.\/)+/, '').replaceAll(/\/(?:\.?\/)+/g, '/');
  const folder = plain.endsWith('/') ? plain : `${plain}/`;
  const tokens = tokensOf(plain, true);
  const start = literalStart(plain);
  const isMatch: PathPattern = (path) => tokens !== undefined && path.startsWith(start) && matches(tokens, [...path]);
  return (path) => plain === '' || plain === '.' || path === plain || path.startsWith(folder) || isMatch(path);
}

/** What every path that matches begins with: most paths of a repository need no closer look. */
function literalStart(pattern: string): string {
  return /^[^*?[\\]*/.exec(pattern)?.[0] ?? '';
}

function tokensOf(pattern: string, crosses: boolean): Token[] | undefined {
  const characters = [...pattern];
  const tokens: Token[] = [];
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? '';
    if (character === '*') tokens.push({ type: 'star', crosses });
    else if (character === '?') tokens.push({ type: 'one', test: (other) => crosses || other !== '/' });
    else if (character === '[') {
      const found = classAt(characters, at + 1, crosses);
      if (!found) return undefined;
      tokens.push({ type: 'one', test: found.test });
      at = found.end;
    } else {
      if (character === '\\') at += 1;
      const literal = characters[at];
      if (literal === undefined) return undefined;
      tokens.push({ type: 'one', test: (other) => other === literal });
    }
  }
  return tokens;
}

interface Range {
  readonly from: string;
  readonly to: string;
}

/** A class such as `[a-z]`; `end` is where its bracket closes. Git knows `!` besides `^`, and takes what Go refuses. */
function classAt(
  characters: readonly string[],
  start: number,
  isGit: boolean,
): { readonly test: (character: string) => boolean; readonly end: number } | undefined {
  let at = start;
  const isNegated = characters[at] === '^' || (isGit && characters[at] === '!');
  if (isNegated) at += 1;
  const ranges: Range[] = [];
  for (let isFirst = true; isFirst || characters[at] !== ']'; isFirst = false) {
    const from = memberAt(characters, at, isGit, isFirst);
    if (!from) return undefined;
    at = from.next;
    let to = from.member;
    if (characters[at] === '-' && (!isGit || characters[at + 1] !== ']')) {
      const last = memberAt(characters, at + 1, isGit, false);
      if (!last) return undefined;
      to = last.member;
      at = last.next;
    }
    ranges.push({ from: from.member, to });
  }
  const isIn = (character: string) => ranges.some(({ from, to }) => comesBefore(from, character) && comesBefore(character, to));
  return { test: (character) => isIn(character) !== isNegated, end: at };
}

/** By code point, as both count. */
function comesBefore(a: string, b: string): boolean {
  return (a.codePointAt(0) ?? 0) <= (b.codePointAt(0) ?? 0);
}

function memberAt(characters: readonly string[], at: number, isGit: boolean, isFirst: boolean): { readonly member: string; readonly next: number } | undefined {
  const character = characters[at];
  if (character === undefined) return undefined;
  if (!isGit && (character === '-' || character === ']')) return undefined;
  if (isGit && character === ']' && !isFirst) return undefined;
  if (character !== '\\') return { member: character, next: at + 1 };
  const escaped = characters[at + 1];
  return escaped === undefined ? undefined : { member: escaped, next: at + 2 };
}

/** Goes back to the last star only, as what stands before it matched as early as it could: no pattern makes it slow. */
function matches(tokens: readonly Token[], path: readonly string[]): boolean {
  let [token, at, star, from] = [0, 0, -1, 0];
  while (at < path.length) {
    const next = tokens[token];
    const character = path[at] ?? '';
    if (next?.type === 'star') {
      [star, from] = [token, at];
      token += 1;
    } else if (next?.test(character)) {
      token += 1;
      at += 1;
    } else if (star !== -1 && mayCross(tokens[star], path[from])) {
      from += 1;
      [token, at] = [star + 1, from];
    } else return false;
  }
  while (tokens[token]?.type === 'star') token += 1;
  return token === tokens.length;
}

function mayCross(star: Token | undefined, character: string | undefined): boolean {
  return star?.type === 'star' && (star.crosses || character !== '/');
}
