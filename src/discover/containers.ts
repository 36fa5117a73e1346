/** Folders whose children are environments, whatever these are called. */
const STRONG = new Set(['envs', 'environments', 'environment', 'env', 'stages']);
/** Folders whose children are environments where their names say so. */
const WEAK = new Set(['overlays', 'overlay', 'clusters', 'variants', 'overrides']);
/** Folders whose children come and go, whatever these are called. */
const PREVIEWS = new Set(['previews', 'reviews', 'pull-requests']);
/** Folders that may be environments themselves; what is in them comes and goes if its name says so, too. */
const PASSING = new Set(['preview', 'review', 'ephemeral']);
/** Steps of a rollout: they tell when a cluster follows, not which environment it is. */
const RINGS = /^(?:rings?|waves?)(?:-?\d+)?$/;

export function isStrongContainer(name: string): boolean {
  return STRONG.has(name.toLowerCase());
}

/** Whether a folder only leads to environments, and is part of no app's name. */
export function isContainer(name: string): boolean {
  const lower = name.toLowerCase();
  return STRONG.has(lower) || WEAK.has(lower) || PREVIEWS.has(lower) || RINGS.test(lower);
}

/** Whether all that a folder holds comes and goes. */
export function isPreviewContainer(name: string): boolean {
  return PREVIEWS.has(name.toLowerCase());
}

/** Whether a folder agrees with names in it that say that they come and go: `preview/pr-12`. */
export function isForPreviews(name: string): boolean {
  return isPreviewContainer(name) || PASSING.has(name.toLowerCase());
}
