/** Folders whose children are environments, whatever these are called. */
const STRONG = new Set(['envs', 'environments', 'environment', 'env', 'stages']);
/** Folders whose children are environments where their names say so. */
const WEAK = new Set(['overlays', 'overlay', 'clusters', 'variants', 'overrides', 'previews', 'reviews', 'pull-requests']);
/** Steps of a rollout: they tell when a cluster follows, not which environment it is. */
const RINGS = /^(?:rings?|waves?)(?:-?\d+)?$/;

export function isStrongContainer(name: string): boolean {
  return STRONG.has(name.toLowerCase());
}

/** Whether a folder only leads to environments, and is part of no app's name. */
export function isContainer(name: string): boolean {
  const lower = name.toLowerCase();
  return STRONG.has(lower) || WEAK.has(lower) || RINGS.test(lower);
}
