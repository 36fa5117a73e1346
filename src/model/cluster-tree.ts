import { isUnfilled } from '../text/unfilled.ts';
import type { Deployment } from './deployment.ts';
import type { Repository } from './repository.ts';
import type { Variant } from './variant.ts';

/** A folder that no deployer in the repository deploys, what its objects deploy, what these deploy, and so on: one cluster, or what one Argo CD does. */
export interface ClusterTree {
  readonly root: Variant;
  readonly deployments: readonly Deployment[];
  /** The root, and all that is deployed from it. */
  readonly variants: ReadonlySet<Variant>;
  /** All folders that are deployed are here, and so is all that deploys: a deployer that is not in the tree is nowhere. */
  readonly closed: boolean;
}

const known = new WeakMap<readonly Deployment[], readonly ClusterTree[]>();

/** The trees of a repository, in the order of its deployments. What two clusters share is part of both. */
export function clusterTreesOf({ deployments }: Pick<Repository, 'deployments'>): readonly ClusterTree[] {
  let trees = known.get(deployments);
  if (!trees) {
    trees = growTrees(deployments);
    known.set(deployments, trees);
  }
  return trees;
}

function growTrees(deployments: readonly Deployment[]): ClusterTree[] {
  const byHolder = new Map<Variant, Deployment[]>();
  for (const deployment of deployments) {
    const own = byHolder.get(deployment.holder) ?? [];
    own.push(deployment);
    byHolder.set(deployment.holder, own);
  }
  const reach = new Map([...byHolder.keys()].map((holder) => [holder, reachOf(holder, byHolder)]));
  const roots: Variant[] = [];
  for (const [holder, reached] of reach) {
    const isDeployed = [...reach].some(([other, theirs]) => theirs.has(holder) && !reached.has(other));
    // Of folders that deploy each other, one stands for all.
    if (!isDeployed && !roots.some((root) => reach.get(root)?.has(holder))) roots.push(holder);
  }
  return roots.map((root) => {
    const variants = reach.get(root) ?? new Set([root]);
    const own = [...variants].flatMap((variant) => byHolder.get(variant) ?? []);
    const holders = [...variants].filter((variant) => byHolder.has(variant));
    const closed =
      own.every(({ kind, source, variants: deployed }) => kind === 'HelmRelease' || (source.whereabouts === 'here' && deployed.length > 0)) &&
      holders.every(({ complete }) => complete) &&
      [...variants].every(({ status }) => status !== 'failed');
    return { root, deployments: own, variants, closed };
  });
}

function reachOf(start: Variant, byHolder: ReadonlyMap<Variant, readonly Deployment[]>): Set<Variant> {
  const reached = new Set([start]);
  for (const variant of reached) for (const { variants } of byHolder.get(variant) ?? []) for (const target of variants) reached.add(target);
  return reached;
}

/** The words for the cluster in which a deployer itself runs. */
const OWN_CLUSTER = new Set(['', 'in-cluster', 'https://kubernetes.default.svc']);

/** Which cluster a deployer names: empty for the one in which it runs itself, undefined where only that one knows. */
export function clusterOf({ cluster }: Pick<Deployment, 'cluster'>): string | undefined {
  const text = cluster?.node.text ?? '';
  if (isUnfilled(text)) return undefined;
  return OWN_CLUSTER.has(text) ? '' : text;
}
