import { isWithin } from '../text/path.ts';
import { isUnfilled } from '../text/unfilled.ts';
import { childOf, textOf } from '../tree/node.ts';
import { type ClusterTree, clusterOf, clusterTreesOf } from './cluster-tree.ts';
import type { Deployment } from './deployment.ts';
import type { Repository } from './repository.ts';
import { type Resource, type ResourceId, resourceKey } from './resource.ts';

/** Two deployers of one cluster that both apply the same objects. */
export interface SharedObjects {
  readonly first: Deployment;
  readonly second: Deployment;
  /** Each as either brings it. */
  readonly objects: readonly { readonly first: Resource; readonly second: Resource }[];
  /** The folder of the first lies around that of the second. */
  readonly isNested: boolean;
}

const known = new WeakMap<readonly Deployment[], readonly SharedObjects[]>();

/**
 * Deployers that apply the same objects to one cluster. Namespaces and definitions of resources are left aside: they are
 * shared on purpose, and whoever comes second finds them as they are.
 */
export function sharedObjectsOf(repository: Pick<Repository, 'deployments'>): readonly SharedObjects[] {
  let pairs = known.get(repository.deployments);
  if (!pairs) {
    pairs = clusterTreesOf(repository).flatMap(sharedIn);
    known.set(repository.deployments, pairs);
  }
  return pairs;
}

interface Share {
  readonly deployment: Deployment;
  readonly resource: Resource;
}

function sharedIn({ deployments }: ClusterTree): SharedObjects[] {
  const byObject = new Map<string, Share[]>();
  const byPlace = new Map<string, Share[]>();
  const add = (index: Map<string, Share[]>, key: string, share: Share): void => {
    const shares = index.get(key) ?? [];
    index.set(key, shares);
    // What one object deploys by several ways is its own affair.
    if (!shares.some(({ deployment }) => ownerOf(deployment) === ownerOf(share.deployment))) shares.push(share);
  };
  for (const deployment of deployments) {
    const cluster = clusterOf(deployment);
    if (cluster === undefined || deployment.isConditional || isSuspended(deployment)) continue;
    for (const resource of deployment.variants.flatMap((variant) => [...variant.resources])) {
      const id = idIn(deployment, resource);
      if (LEFT_ASIDE.has(id.kind) || id.name === '' || isUnfilled(id.name) || isUnfilled(id.namespace)) continue;
      const { file, start } = resource.node.origin;
      add(byObject, `${cluster}\0${resourceKey(id)}`, { deployment, resource });
      add(byPlace, `${cluster}\0${file.path}\0${start}`, { deployment, resource });
    }
  }
  const pairs = new Map<string, { readonly first: Deployment; readonly second: Deployment; readonly objects: Map<Resource, Resource> }>();
  const addPair = (one: Share, two: Share): void => {
    const [a, b] = isAround(two.deployment, one.deployment) ? [two, one] : [one, two];
    const key = `${ownerOf(a.deployment)}\0${ownerOf(b.deployment)}`;
    const pair = pairs.get(key) ?? { first: a.deployment, second: b.deployment, objects: new Map<Resource, Resource>() };
    pairs.set(key, pair);
    pair.objects.set(a.resource, b.resource);
  };
  // Of many owners each is named with the first, and not with every other one.
  for (const [first, ...others] of byObject.values())
    for (const other of others) if (first && mayCollide(first.deployment, other.deployment)) addPair(first, other);
  // A file that two take is taken twice, whatever namespace each gives it.
  for (const shares of byPlace.values()) {
    for (const [index, one] of shares.entries()) {
      for (const two of shares.slice(index + 1)) {
        const isNested = isAround(one.deployment, two.deployment) || isAround(two.deployment, one.deployment);
        if (isNested && mayCollide(one.deployment, two.deployment)) addPair(one, two);
      }
    }
  }
  return [...pairs.values()].map(({ first, second, objects }) => {
    const shared = [...objects].map(([ofFirst, ofSecond]) => ({ first: ofFirst, second: ofSecond }));
    return { first, second, objects: shared, isNested: isAround(first, second) };
  });
}

const LEFT_ASIDE = new Set(['Namespace', 'CustomResourceDefinition']);

/** Kinds without a namespace that deployers bring: they are one object wherever the rest goes. */
const CLUSTER_WIDE =
  /^Cluster|^(?:PriorityClass|StorageClass|IngressClass|GatewayClass|RuntimeClass|PersistentVolume|APIService|CSIDriver)$|WebhookConfiguration$/;

/** The object that makes a cluster deploy something; an Application goes by its own name, whoever made it. */
function ownerOf({ kind, name, deployer: { id } }: Deployment): string {
  return [kind === 'ApplicationSet' ? 'Application' : kind, id.namespace, name].join('/');
}

/** What an object is called once it is in the cluster: Argo CD gives those without a namespace that of its destination. */
function idIn({ kind, namespace }: Deployment, { id }: Resource): ResourceId {
  if (id.namespace !== '' || (kind !== 'Application' && kind !== 'ApplicationSet') || CLUSTER_WIDE.test(id.kind)) return id;
  return { ...id, namespace: namespace?.node.text ?? '' };
}

function isSuspended({ deployer }: Deployment): boolean {
  return textOf(childOf(deployer.node, 'spec'), 'suspend') === 'true';
}

/** Deployers of two environments do not meet here, and a folder may be deployed to several namespaces. */
function mayCollide(a: Deployment, b: Deployment): boolean {
  if (a.environment && b.environment && a.environment.name !== b.environment.name) return false;
  return a.source.path !== b.source.path || (a.namespace?.node.text ?? '') === (b.namespace?.node.text ?? '');
}

/** Whether the folder of one lies around that of the other. */
function isAround({ source: { path: outer } }: Deployment, { source: { path: inner } }: Deployment): boolean {
  return outer !== undefined && inner !== undefined && outer !== inner && isWithin(inner, outer);
}
