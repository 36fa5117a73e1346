type Token = { readonly type: 'star' } | { readonly type: 'one'; readonly test: (character: string) => boolean };

/**
 * A pattern of Go's `path/filepath.Match`: `*`, `?`, `[a-z]`, `[^a]`, `\`; none of them matches a slash. Undefined for
 * what Go calls malformed.
 */
export function pathMatcher(pattern: string): ((path: string) => boolean) | undefined {
  const tokens: Token[] = [];
  const characters = [...pattern];
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? '';
    if (character === '*') tokens.push({ type: 'star' });
    else if (character === '?') tokens.push({ type: 'one', test: (other) => other !== '/' });
    else if (character === '[') {
      const found = classAt(characters, at + 1);
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
  return (path) => matches(tokens, [...path]);
}

interface CharacterClass {
  /** The index of the closing bracket. */
  readonly end: number;
  readonly test: (character: string) => boolean;
}

function classAt(characters: readonly string[], start: number): CharacterClass | undefined {
  const isNegated = characters[start] === '^';
  const ranges: { readonly from: string; readonly to: string }[] = [];
  let at = isNegated ? start + 1 : start;
  while (characters[at] !== ']' || ranges.length === 0) {
    const from = one(characters, at);
    if (!from) return undefined;
    at = from.next;
    let to = from;
    if (characters[at] === '-') {
      const end = one(characters, at + 1);
      if (!end) return undefined;
      to = end;
      at = end.next;
    }
    ranges.push({ from: from.character, to: to.character });
  }
  const has = (character: string) => ranges.some(({ from, to }) => from <= character && character <= to);
  return { end: at, test: (character) => has(character) !== isNegated };
}

/** One character of a class; Go wants a dash or a bracket escaped there. */
function one(characters: readonly string[], at: number): { readonly character: string; readonly next: number } | undefined {
  const isEscaped = characters[at] === '\\';
  const character = characters[isEscaped ? at + 1 : at];
  if (character === undefined || (!isEscaped && (character === '-' || character === ']'))) return undefined;
  return { character, next: at + (isEscaped ? 2 : 1) };
}

/** Goes back to the last star only: no pattern makes it slow. */
function matches(tokens: readonly Token[], path: readonly string[]): boolean {
  let token = 0;
  let star = -1;
  let from = 0;
  for (let at = 0; at < path.length; ) {
    const next = tokens[token];
    const character = path[at] ?? '';
    if (next?.type === 'star') {
      star = token;
      from = at;
      token += 1;
    } else if (next?.test(character)) {
      token += 1;
      at += 1;
    } else if (star !== -1 && path[from] !== '/') {
      from += 1;
      at = from;
      token = star + 1;
    } else return false;
  }
  while (tokens[token]?.type === 'star') token += 1;
  return token === tokens.length;
}
