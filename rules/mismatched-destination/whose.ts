import { type Deployment, type Environment, type EnvironmentWord, type Repository, rankOf, type Variant } from '../../src/rule/index.ts';

/** A deployer, and the environment that it works for. */
export interface Owned {
  readonly deployment: Deployment;
  readonly environment: Environment;
  /** It stands in a folder of that environment; otherwise its own words tell. */
  readonly isHeld: boolean;
}

/** Whose each deployer is, as far as that can be told. One that deploys many environments, such as the root of all, is nobody's. */
export function ownersOf({ deployments, environments }: Repository): Owned[] {
  return deployments.flatMap((deployment): Owned[] => {
    const { holder, word } = deployment;
    if (isOnTheWay(holder.environment)) return [{ deployment, environment: holder.environment, isHeld: true }];
    // What it is called counts more than where it points: that is what is in question.
    const environment = (word && environmentNamed(word, environments)) ?? deployment.environment;
    return environment && isOnTheWay(environment) ? [{ deployment, environment, isHeld: false }] : [];
  });
}

/** Whether an environment has its place on the way to production: others come and go, or nobody knows what they are. */
export function isOnTheWay(environment: Environment): boolean {
  return rankOf(environment) >= 0;
}

/** The environment of the repository that a word names. */
export function environmentNamed({ name, tier, isPlain }: EnvironmentWord, environments: readonly Environment[]): Environment | undefined {
  return environments.find((environment) => environment.name === name) ?? (isPlain ? environments.find((environment) => environment.tier === tier) : undefined);
}

/** Whether two environments are stages apart; those of one tier are siblings, and what they share is their affair. */
export function areApart(a: Environment, b: Environment): boolean {
  return isOnTheWay(a) && isOnTheWay(b) && a.tier !== b.tier;
}

/** The variants of an app that an environment has, or else those of its tier. */
export function ownVariants({ app }: Variant, environment: Environment): Variant[] {
  const ofTier = app.variants.filter((variant) => variant.environment.tier === environment.tier);
  const own = ofTier.filter((variant) => variant.environment.name === environment.name);
  return own.length > 0 ? own : ofTier;
}

/** Who is accused of a deployer's mistake: the folder that holds it, or else what its environment has of the app. */
export function accusedOf({ deployment: { holder, variants }, environment, isHeld }: Owned): Variant[] {
  return isHeld ? [holder] : [...new Set(variants.flatMap((variant) => ownVariants(variant, environment)))];
}

/** The most that a mistake may count where nobody is accused, from whose tier it would follow. */
export function limitOf(owned: Owned, isLatent = false): 'error' | 'warning' | 'info' {
  const { tier } = owned.environment;
  if (accusedOf(owned).length > 0 || tier === 'prod') return isLatent ? 'warning' : 'error';
  return (tier === 'staging' || tier === 'uat') && !isLatent ? 'warning' : 'info';
}
