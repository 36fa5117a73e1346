/** How close to users an environment is. `unknown` is what nobody declared and no name tells. */
export type Tier = 'local' | 'dev' | 'int' | 'test' | 'uat' | 'staging' | 'prod' | 'ephemeral' | 'unknown';

/** Lower comes earlier on the way to production; ephemeral and unknown ones are not on it. */
export const TIER_RANK: Readonly<Record<Tier, number>> = {
  ephemeral: -1,
  unknown: -1,
  local: 0,
  dev: 10,
  int: 20,
  test: 30,
  uat: 40,
  staging: 50,
  prod: 60,
};

/** A stage that things are promoted through. */
export interface Environment {
  readonly name: string;
  readonly tier: Tier;
  /** Names of the environments just before this one. */
  readonly promotesFrom: readonly string[];
  /** How far along the way to production it is; that of its tier unless a declared promotion says more. */
  readonly rank?: number;
  /** What else its name says, such as `region: eu`. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Lower comes earlier; below zero is not on the way to production. */
export function rankOf({ rank, tier }: Environment): number {
  return rank ?? TIER_RANK[tier];
}

/** Earlier environments first; what is not on the way to production comes behind what is, and of one rank the names decide. */
export function compareEnvironments(a: Environment, b: Environment): number {
  return compareRanks(rankOf(a), rankOf(b)) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

/** Lower ranks first, and those below zero last. */
export function compareRanks(a: number, b: number): number {
  return a < 0 || b < 0 ? Number(a < 0) - Number(b < 0) : a - b;
}
