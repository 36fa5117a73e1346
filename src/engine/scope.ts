import type { Variant } from '../model/variant.ts';
import { isWithin, joined } from '../text/path.ts';
import type { RawFinding } from './run-rules.ts';

/** Which part of a full run is wanted. */
export interface Scope {
  readonly rules?: ReadonlySet<string> | undefined;
  readonly isApp?: ((name: string) => boolean) | undefined;
  readonly isEnvironment?: ((name: string) => boolean) | undefined;
  /** Paths that changed: only what they reach is wanted. */
  readonly changed?: ReadonlySet<string> | undefined;
}

/** A scope, and the folder that was named; `''` is the root. */
export interface Part extends Scope {
  readonly folder: string;
  /** A variant as it was before the change, which may have read what is gone. */
  readonly before?: ((variant: Variant) => Variant | undefined) | undefined;
}

const MANIFEST = /\.(?:ya?ml|json)$/;
/** The folder of the chart that a template or a resource definition belongs to. */
const OF_CHART = /^(.*\/|)(?:templates|crds)\/[^/]/;

/** Whether a change reaches a variant: its render read, or looked for, one of the changed files. */
export function isReached(variant: Variant, changed: ReadonlySet<string>): boolean {
  // What changed are files of our own tree.
  if (variant.tree !== undefined) return false;
  for (const path of changed) {
    if (variant.inputs.has(path)) return true;
    // Nobody names the files of a plain folder, or the templates of a chart: one that is gone was a part of it, too.
    if (variant.renderer === 'plain' && MANIFEST.test(path) && isWithin(path, variant.root)) return true;
    const chart = OF_CHART.exec(path)?.[1];
    if (chart !== undefined && variant.inputs.has(joined(chart.replace(/\/$/, ''), 'Chart.yaml'))) return true;
  }
  return false;
}

/** The same of a variant as it is or was. */
export function isReachedIn({ before }: Pick<Part, 'before'>, variant: Variant, changed: ReadonlySet<string>): boolean {
  const old = before?.(variant);
  return isReached(variant, changed) || (old !== undefined && isReached(old, changed));
}

/**
 * The variants that the folder, the apps and the environments name, whatever changed. Where nothing is deployed from
 * the folder itself, they are those that read something in it: it holds a base, or a part of what is deployed.
 */
export function namedVariants(variants: readonly Variant[], { folder, isApp, isEnvironment }: Part): Variant[] {
  const own = variants.filter(({ root }) => isWithin(root, folder));
  const inFolder = own.length > 0 ? own : variants.filter(({ inputs }) => [...inputs].some((path) => path.startsWith(`${folder}/`)));
  return inFolder.filter(({ app, environment }) => (!isApp || isApp(app.name)) && (!isEnvironment || isEnvironment(environment.name)));
}

/**
 * The findings within a scope. Of a folder: those that lie in it, or are about a variant that is deployed from it. Of a
 * changed set: those that point at a changed file, or are about a variant that the change reaches.
 */
export function withinScope<F extends RawFinding>(findings: readonly F[], part: Part): F[] {
  const { folder, isApp, isEnvironment, changed } = part;
  const reached = new Map<Variant, boolean>();
  const isReachedOnce = (variant: Variant, paths: ReadonlySet<string>) => {
    let known = reached.get(variant);
    if (known === undefined) {
      known = isReachedIn(part, variant, paths);
      reached.set(variant, known);
    }
    return known;
  };
  return findings.filter(({ variants, location, related }) => {
    if (!isWithin(location.file.path, folder) && !variants.some(({ root }) => isWithin(root, folder))) return false;
    if (isApp && !variants.some(({ app }) => isApp(app.name))) return false;
    if (isEnvironment && !variants.some(({ environment }) => isEnvironment(environment.name))) return false;
    if (!changed) return true;
    return (
      [location, ...related.map((place) => place.location)].some(({ file }) => changed.has(file.name)) ||
      variants.some((variant) => isReachedOnce(variant, changed))
    );
  });
}
