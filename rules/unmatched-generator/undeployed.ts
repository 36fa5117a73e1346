import {
  APART,
  type App,
  childOf,
  type Deployment,
  type Environment,
  isUnfilled,
  type Repository,
  textOf,
  unfilledPath,
  type Variant,
} from '../../src/rule/index.ts';

/** Folders of one app in one environment that no deployer takes. */
export interface Undeployed {
  readonly variants: readonly Variant[];
  /** One of its siblings, of the same environment if there is one, and who deploys that. */
  readonly sibling: Variant;
  readonly by: Deployment;
  /** All siblings that are deployed. */
  readonly deployed: readonly Variant[];
}

/** Folders that are left behind by deployers that take others of the app, in environments of which something is deployed. */
export function undeployed(repository: Repository): Undeployed[] {
  const { deployments, apps } = repository;
  const deployers = new Map(deployments.flatMap((deployment) => deployment.variants.map((variant) => [variant, deployment] as const)));
  if (deployers.size === 0) return [];
  const alive = new Set([...deployers.keys()].map(({ environment }) => environment));
  const holders = new Set(deployments.map(({ holder }) => holder));
  const patterns = patternsOf(repository);
  const isLeft = (variant: Variant): boolean => {
    const { environment, renderer, resources, root } = variant;
    if (deployers.has(variant) || holders.has(variant) || !alive.has(environment)) return false;
    if (environment.tier === 'unknown' || APART.has(environment.tier) || resources.size === 0) return false;
    if (renderer !== 'kustomize' && renderer !== 'plain') return false;
    return !patterns.some((pattern) => pattern.test(root));
  };
  return apps.flatMap((app) => {
    const deployed = app.variants.filter((variant) => deployers.has(variant));
    if (deployed.length === 0) return [];
    const left = app.variants.filter(isLeft);
    return [...new Set(left.map(({ environment }) => environment))].flatMap((environment) => {
      const sibling = deployed.find((variant) => variant.environment === environment) ?? deployed[0];
      const by = sibling && deployers.get(sibling);
      if (!by || deployments.some((other) => isLost(other, by, environment, app))) return [];
      return [{ variants: left.filter((variant) => variant.environment === environment), sibling, by, deployed }];
    });
  });
}

/** Whether the environment has a deployer for the app whose path leads nowhere, or to another environment's folder, of which other rules speak. */
function isLost({ kind, source, deployer, environment, variants }: Deployment, by: Deployment, own: Environment, app: App): boolean {
  if (environment?.name !== own.name || kind !== by.kind) return false;
  if (source.whereabouts === 'missing') return deployer.id.name === by.deployer.id.name;
  return variants.length > 0 && variants.every((variant) => variant.app === app && variant.environment !== own);
}

/** The paths that may be any folder's: those with a part that only a cluster knows, and those of repositories that may be this one. */
function patternsOf({ deployments, deployerGaps }: Repository): RegExp[] {
  const isUnknown = ({ source: { whereabouts, text } }: Deployment) => whereabouts === 'unknown' || (whereabouts === 'elsewhere' && !isUnfilled(text));
  const open = deployments.filter(isUnknown).map(({ source }) => source.text);
  // What a set's patch makes of its path may be as little known.
  const patches = deployerGaps.flatMap(({ deployer: { node } }) => {
    const patch = textOf(childOf(node, 'spec'), 'templatePatch') ?? '';
    return [...patch.matchAll(/\bpath"?:\s*["']?([^"'\n]+)/g)].map(([, path = '']) => path);
  });
  // Flux builds the kustomizations that it finds on its way, and each is known; Argo CD takes the files as they are.
  const isArgo = ({ kind }: Deployment) => kind === 'Application' || kind === 'ApplicationSet';
  const recursive = deployments.filter((one) => isArgo(one) && one.recurses).flatMap(({ source: { path } }) => (path === undefined ? [] : [`${path}/{{any}}`]));
  return [...new Set([...open, ...patches, ...recursive])].map(unfilledPath);
}
