import { type Environment, rankOf } from './environment.ts';

/** Tells whether one environment is on the way to another: `oslo-dev` is to `oslo-prod`, and not to `lima-prod`. */
export function waysOf(environments: readonly Environment[]): (earlier: Environment, later: Environment) => boolean {
  const byName = new Map(environments.map((environment) => [environment.name, environment]));
  const ways = new Map<Environment, Way>();
  const wayTo = (environment: Environment): Way => {
    const known = ways.get(environment);
    if (known) return known;
    const names = new Set<string>();
    let openBelow = environment.promotesFrom.length === 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
    const open = [environment];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (const name of at.promotesFrom) {
        if (names.has(name)) continue;
        names.add(name);
        const before = byName.get(name);
        if (before) open.push(before);
        else openBelow = Math.max(openBelow, rankOf(at));
      }
    }
    const way = { names, openBelow };
    ways.set(environment, way);
    return way;
  };
  return (earlier, later) => {
    if (rankOf(earlier) < 0 || rankOf(earlier) >= rankOf(later)) return false;
    const { names, openBelow } = wayTo(later);
    return rankOf(earlier) < openBelow || names.has(earlier.name);
  };
}

interface Way {
  readonly names: ReadonlySet<string>;
  /** Where the way leads through an environment that the app is not in, it is lost: all that comes before that may be on it. */
  readonly openBelow: number;
}
