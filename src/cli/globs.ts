import picomatch from 'picomatch';

/** Whether a name is one of those that a flag picks; undefined where the flag was not given. */
export function matcherOf(globs: readonly string[] | undefined): ((name: string) => boolean) | undefined {
  if (!globs) return undefined;
  // A name may have a slash, where two apps share the last folder: it is a name all the same, and no path.
  const matches = picomatch([...globs], { bash: true, dot: true });
  return (name) => matches(name);
}
