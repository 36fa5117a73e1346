import picomatch from 'picomatch';

/** Whether a name is one of those that globs pick. */
type Matcher = (name: string) => boolean;

/** What the globs of a flag pick; undefined where the flag was not given. */
export function matcherOf(globs: readonly string[]): Matcher;
export function matcherOf(globs: readonly string[] | undefined): Matcher | undefined;
export function matcherOf(globs: readonly string[] | undefined): Matcher | undefined {
  if (!globs) return undefined;
  // A name may have a slash, where two apps share the last folder: it is a name all the same, and no path.
  const matches = picomatch([...globs], { bash: true, dot: true });
  return (name) => matches(name);
}
