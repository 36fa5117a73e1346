/** Whose reading of a file of code owners counts. */
export type Forge = 'github' | 'gitlab';

/**
 * A pattern of code owners as a test of paths, which have no `/` in front. Undefined where the forge skips the line.
 * GitHub reads them as git reads ignore files: a slash within ties a pattern to the root, a folder stands for all in it, but
 * `docs/*` only for the files right there. GitLab ties only what begins with a slash, and a folder has to end with one.
 */
export function compileOwnerPattern(pattern: string, forge: Forge): ((path: string) => boolean) | undefined {
  if (forge === 'github' && (/^!|^\\#/.test(pattern) || /(?<!\\)[[\]]/.test(pattern))) return undefined;
  const steps = stepsOf(pattern.replace(/^\\#/, '#'), forge);
  if (!steps) return undefined;
  const last = steps.at(-1) ?? '';
  // A name may be that of a folder; a star in its place is that of a file.
  const descends = forge === 'github' && last !== '**' && last !== '*';
  const expression = expressionOf(`^${sourceOf(steps)}${descends ? '(?:/.*)?' : ''}$`);
  return expression && ((path) => expression.test(path));
}

/** Undefined for what is none, such as a set whose range runs backwards. */
function expressionOf(source: string): RegExp | undefined {
  try {
    return new RegExp(source, 's');
  } catch {
    return undefined;
  }
}

/** The steps of a pattern from the root; undefined where it has none. */
function stepsOf(pattern: string, forge: Forge): string[] | undefined {
  const isFolder = pattern.endsWith('/');
  const inner = pattern.replace(/^\//, '').replace(/\/$/, '');
  if (inner === '') return undefined;
  const isTied = pattern.startsWith('/') || (forge === 'github' && inner.includes('/'));
  const steps = [...(isTied ? [] : ['**']), ...(inner === '*' && !isTied ? ['**'] : inner.split('/')), ...(isFolder ? ['**'] : [])];
  return steps.filter((step, index) => step !== '**' || steps[index - 1] !== '**');
}

function sourceOf(steps: readonly string[]): string {
  return steps
    .map((step, index) => {
      const isLast = index === steps.length - 1;
      if (step === '**') return isLast ? '.+' : '(?:[^/]+/)*';
      return stepSource(step) + (isLast ? '' : '/');
    })
    .join('');
}

/** One step: `*` and `?` stay within it, a backslash takes the next sign as it is, and GitLab knows sets such as `[ab]`. */
function stepSource(step: string): string {
  return step.replaceAll(/\\(.)|\[(!?)((?:[^\]\\])+)\]|(\*+)|(\?)|([^\w])/gs, (whole, escaped, not, set, star, one, sign) => {
    if (escaped !== undefined) return literal(escaped);
    if (set !== undefined) return `[${not ? '^' : ''}${set.replaceAll(/[[\\^]/g, '\\$&')}]`;
    if (star !== undefined) return '[^/]*';
    if (one !== undefined) return '[^/]';
    return literal(sign ?? whole);
  });
}

function literal(sign: string): string {
  return sign.replaceAll(/[^\w]/g, '\\$&');
}
