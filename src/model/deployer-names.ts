import { isUnfilled } from '../text/unfilled.ts';
import type { Deployment } from './deployment.ts';

/** `Application "web"`: what deploys, as the cluster has it; of a set, the Application that it makes. */
export function deployerName({ kind, name }: Deployment): string {
  return `${kind === 'ApplicationSet' ? 'Application' : kind} "${name}"`;
}

/** `ApplicationSet "web"`: the object, by the name that it was written with. */
export function writtenName({ kind, deployer }: Deployment): string {
  return `${kind} "${deployer.originalId.name}"`;
}

/** `Application "web-prod" of the set "web"`; the object alone where it is no set, or where only a cluster knows the name. */
export function elementName(deployment: Deployment): string {
  const { kind, name, deployer } = deployment;
  if (kind !== 'ApplicationSet' || name === deployer.id.name || isUnfilled(name)) return writtenName(deployment);
  return `Application "${name}" of the set "${deployer.originalId.name}"`;
}

/**
 * Without those that stand for any cluster in a set that tells clusters their own: what is for all others may be nobody's,
 * and need not be there.
 */
export function withoutStandIns(deployments: readonly Deployment[]): Deployment[] {
  const withClusters = new Set(deployments.filter(({ isConditional }) => isConditional).map(({ deployer }) => deployer));
  return deployments.filter(({ isOpen, deployer }) => !(isOpen && withClusters.has(deployer)));
}
