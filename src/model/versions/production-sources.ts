import { nodeAt } from '../../tree/field-path.ts';
import { childOf, textOf } from '../../tree/node.ts';
import type { Deployment } from '../deployment.ts';
import type { Repository } from '../repository.ts';
import type { Resource } from '../resource.ts';
import type { Variant } from '../variant.ts';
import { type VersionUse, versionUsesOf } from './version-uses.ts';

/** A chart or a source that production is deployed from. */
export interface ProductionSource {
  readonly use: VersionUse;
  /** The variants of production that it concerns. */
  readonly variants: readonly Variant[];
  /** It is in another repository, as far as what is deployed from it tells; false where nothing does. */
  readonly isElsewhere: boolean;
}

const known = new WeakMap<Repository, readonly ProductionSource[]>();

/** The charts and sources that objects of Flux and Argo CD name for production, in the order of the variants. */
export function productionSourcesOf(repository: Repository): readonly ProductionSource[] {
  let sources = known.get(repository);
  if (!sources) {
    sources = gather(repository);
    known.set(repository, sources);
  }
  return sources;
}

function gather({ variants, deployments }: Repository): ProductionSource[] {
  const byDeployer = new Map<Resource, Deployment[]>();
  for (const deployment of deployments) byDeployer.set(deployment.deployer, [...(byDeployer.get(deployment.deployer) ?? []), deployment]);
  return variants.flatMap((variant) =>
    [...variant.resources].flatMap((resource) => {
      const uses = versionUsesOf(resource).filter(({ kind }) => kind !== 'image');
      const own = uses.length > 0 ? (byDeployer.get(resource) ?? []) : [];
      const concerned = inProduction(variant, own);
      if (concerned.length === 0) return [];
      return uses.map((use) => ({ use, variants: concerned, isElsewhere: use.kind === 'chart' || isElsewhere(use, resource, variant, own, deployments) }));
    }),
  );
}

/** The folder that holds an object is of an environment, or else what it deploys is. */
function inProduction(holder: Variant, own: readonly Deployment[]): readonly Variant[] {
  if (holder.environment.tier === 'prod') return [holder];
  if (holder.environment.tier !== 'unknown') return [];
  return [...new Set(own.flatMap(({ variants }) => variants))].filter(({ environment }) => environment.tier === 'prod');
}

function isElsewhere({ field: { path } }: VersionUse, resource: Resource, holder: Variant, own: readonly Deployment[], all: readonly Deployment[]): boolean {
  const { kind, name, namespace } = resource.id;
  if (kind === 'OCIRepository') return true;
  if (kind === 'GitRepository') {
    const reading = all.filter((deployment) => deployment.holder.environment === holder.environment && reads(deployment, kind, name, namespace));
    return areElsewhere(reading);
  }
  const source = nodeAt(resource.node, path.slice(0, -1));
  const said = childOf(source, 'path') ?? childOf(source, 'chart');
  const exact = own.filter((deployment) => deployment.source.node === said);
  return areElsewhere(path.includes('sources') ? exact : own);
}

function areElsewhere(deployments: readonly Deployment[]): boolean {
  return deployments.length > 0 && deployments.every(({ source }) => source.whereabouts === 'elsewhere');
}

/** Whether an object of Flux takes what it deploys from a source. */
function reads({ deployer: { node, id } }: Deployment, kind: string, name: string, namespace: string): boolean {
  const spec = childOf(node, 'spec');
  const ref = childOf(spec, 'sourceRef') ?? childOf(childOf(childOf(spec, 'chart'), 'spec'), 'sourceRef');
  return textOf(ref, 'kind') === kind && textOf(ref, 'name') === name && (textOf(ref, 'namespace') ?? id.namespace) === namespace;
}
