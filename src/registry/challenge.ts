/** A way to identify oneself that a server offers: `Bearer realm="https://auth.docker.io/token",service="registry.docker.io"`. */
export interface Challenge {
  /** In lower case. */
  readonly scheme: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const SCHEME = /\s*,?\s*([A-Za-z][\w-]*)(?:\s+|(?=,)|$)/y;
const PARAMETER = /\s*,?\s*([A-Za-z][\w-]*)=(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))/y;

/** Reads a `WWW-Authenticate` header, which may hold several challenges; what follows a mistake in it is left out. */
export function challengesIn(header: string): Challenge[] {
  const challenges: Challenge[] = [];
  for (let at = 0; at < header.length; ) {
    SCHEME.lastIndex = at;
    const scheme = SCHEME.exec(header)?.[1];
    if (scheme === undefined) break;
    at = SCHEME.lastIndex;
    const parameters = new Map<string, string>();
    for (;;) {
      PARAMETER.lastIndex = at;
      const found = PARAMETER.exec(header);
      if (!found) break;
      at = PARAMETER.lastIndex;
      const [, name = '', quoted, plain = ''] = found;
      parameters.set(name.toLowerCase(), quoted?.replaceAll(/\\(.)/g, '$1') ?? plain);
    }
    challenges.push({ scheme: scheme.toLowerCase(), parameters });
  }
  return challenges;
}
