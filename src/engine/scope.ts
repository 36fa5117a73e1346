import type { Variant } from '../model/variant.ts';
import type { RawFinding } from './run-rules.ts';

/** Which part of a full run is wanted. */
export interface Scope {
  readonly rules?: ReadonlySet<string> | undefined;
  readonly isApp?: ((name: string) => boolean) | undefined;
  readonly isEnvironment?: ((name: string) => boolean) | undefined;
  /** Paths that changed: only what they reach is wanted. */
  readonly changed?: ReadonlySet<string> | undefined;
}

/** Whether a change reaches a variant: its render read, or looked for, one of the changed files. */
export function isReached(variant: Variant, changed: ReadonlySet<string>): boolean {
  for (const path of changed) if (variant.inputs.has(path)) return true;
  return false;
}

/**
 * The findings within a scope. Of a changed set: those that point at a changed file, or are about a variant that the
 * change reaches.
 */
export function withinScope(findings: readonly RawFinding[], { isApp, isEnvironment, changed }: Scope): RawFinding[] {
  const reached = new Map<Variant, boolean>();
  const isReachedOnce = (variant: Variant, paths: ReadonlySet<string>) => {
    let known = reached.get(variant);
    if (known === undefined) {
      known = isReached(variant, paths);
      reached.set(variant, known);
    }
    return known;
  };
  return findings.filter(({ variants, location, related }) => {
    if (isApp && !variants.some(({ app }) => isApp(app.name))) return false;
    if (isEnvironment && !variants.some(({ environment }) => isEnvironment(environment.name))) return false;
    if (!changed) return true;
    return (
      [location, ...related.map((place) => place.location)].some(({ file }) => changed.has(file.path)) ||
      variants.some((variant) => isReachedOnce(variant, changed))
    );
  });
}
