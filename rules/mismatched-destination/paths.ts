import { type Environment, type NamedPath, type Origin, type Repository, sameMeaning, sliceOf, type Variant } from '../../src/rule/index.ts';
import { areApart, environmentNamed, type Owned, ownVariants } from './whose.ts';

/** A path of another environment. */
export interface ForeignPath {
  readonly owned: Owned;
  /** `latent` is a folder that renders as that of the deployer's own environment does, for now. */
  readonly what: 'folder' | 'latent' | 'values';
  readonly path: NamedPath;
  /** Where it says so: the part of the path that names the other environment, whoever wrote it. */
  readonly at: Origin;
}

/** Deployers that point at a folder, or at values, of another environment. */
export function foreignPaths(all: readonly Owned[], repository: Repository): ForeignPath[] {
  return [...foreignFolders(all, repository), ...foreignValues(all, repository)];
}

function foreignFolders(all: readonly Owned[], { apps }: Repository): ForeignPath[] {
  const appsIn = ({ name }: Environment) => apps.filter(({ variants }) => variants.some(({ environment }) => environment.name === name)).length;
  return all.flatMap((owned) => {
    const { deployment, environment } = owned;
    const { source, variants, isConditional } = deployment;
    // A set may speak of all clusters that there are, and each installation has its own.
    if (isConditional) return [];
    const target = variants.find((variant) => areApart(variant.environment, environment) && !isMeant(owned, variant, all));
    // A chart is everybody's; its values are not.
    if (!target || target.renderer === 'helm') return [];
    // `letsencrypt-prod` is the name of a thing, and the environment of nothing else.
    if (source.word?.tier !== target.environment.tier && appsIn(target.environment) < 2) return [];
    const own = ownVariants(target, environment);
    // Before production, who has nothing of its own may well take what another has.
    if (own.length === 0 && environment.tier !== 'prod') return [];
    const isEqual = own.length > 0 && own.every((variant) => rendersAs(variant, target));
    return [{ owned, what: isEqual ? 'latent' : 'folder', path: source, at: placeIn(source, target) }];
  });
}

/** Whether a deployer is by its name the other environment's, or its folder holds those of several environments. */
function isMeant({ deployment, environment, isHeld }: Owned, target: Variant, all: readonly Owned[]): boolean {
  if (deployment.word?.tier === target.environment.tier) return true;
  const isOwn = (variant: Variant) => variant.app === target.app && variant.environment.tier === environment.tier;
  return isHeld && all.some(({ deployment: other }) => other.holder === deployment.holder && other.variants.some(isOwn));
}

function placeIn({ node, word }: NamedPath, { environment }: Variant): Origin {
  return node.kind === 'scalar' && word?.tier === environment.tier ? sliceOf(node, word.start, word.end) : node.origin;
}

function rendersAs(a: Variant, b: Variant): boolean {
  if (!a.complete || !b.complete || a.resources.size !== b.resources.size) return false;
  return [...a.resources].every((resource) => sameMeaning(resource.node, b.resources.get(resource.id)?.node));
}

/** A chart with the values of another environment, and none of its own. */
function foreignValues(all: readonly Owned[], { environments }: Repository): ForeignPath[] {
  return all.flatMap((owned) => {
    const { deployment, environment } = owned;
    const tierOf = ({ word }: NamedPath) => word && environmentNamed(word, environments)?.tier;
    const hasOwn = ({ deployment: { valuesFiles } }: Owned) => valuesFiles.some((file) => tierOf(file) === environment.tier);
    if (hasOwn(owned) || (environment.tier !== 'prod' && !all.some((other) => other.environment.tier === environment.tier && hasOwn(other)))) return [];
    return deployment.valuesFiles.flatMap((path): ForeignPath[] => {
      const { node, word } = path;
      const theirs = word && environmentNamed(word, environments);
      if (!word || !theirs || node.kind !== 'scalar' || !areApart(theirs, environment) || deployment.word?.tier === theirs.tier) return [];
      // The other environment takes the same file, and so it is theirs.
      const isTheirs = all.some(
        ({ deployment: other, environment: { tier } }) =>
          tier === theirs.tier && other.valuesFiles.some((file) => file.path !== undefined && file.path === path.path),
      );
      return isTheirs ? [{ owned, what: 'values', path, at: sliceOf(node, word.start, word.end) }] : [];
    });
  });
}
