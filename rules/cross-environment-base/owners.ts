import { baseOf, type Environment, folderOf, type Repository } from '../../src/rule/index.ts';

/** Tells to which environments a folder of a tree belongs; none where nothing tells. */
export type Owners = (folder: string, tree: string | undefined) => readonly Environment[];

/**
 * A folder belongs to what is deployed from it, or from the nearest folder above. What others list is not deployed by
 * itself: of that, a step of the path that is the name of an environment tells.
 */
export function ownersIn({ variants, environments }: Pick<Repository, 'variants' | 'environments'>): Owners {
  const byRoot = new Map<string, Environment[]>();
  for (const { root, tree, environment } of variants) byRoot.set(keyOf(root, tree), [...(byRoot.get(keyOf(root, tree)) ?? []), environment]);
  const byName = new Map(environments.map((environment) => [environment.name, environment]));
  return (folder, tree) => {
    for (let at = folder; at !== ''; at = folderOf(at)) {
      const deployed = byRoot.get(keyOf(at, tree));
      if (deployed) return deployed;
      const named = byName.get(baseOf(at));
      if (named) return [named];
    }
    return [];
  };
}

function keyOf(folder: string, tree = ''): string {
  return `${tree}\0${folder}`;
}
