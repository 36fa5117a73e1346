import {
  type ClusterTree,
  clusterOf,
  clusterTreesOf,
  type Field,
  isUnfilled,
  type Origin,
  type Repository,
  type Resource,
  type SharedObjects,
  type Variant,
} from '../../src/rule/index.ts';

/** Two deployers of one name: the cluster keeps the one that comes last, and removes what the other had deployed. */
export interface Twins {
  readonly object: string;
  readonly at: Origin | Field;
  readonly other: Origin | Field;
  readonly holders: readonly Variant[];
}

interface Definition {
  readonly name: string;
  readonly at: Origin | Field;
  readonly origin: Origin;
  readonly holder: Variant;
}

/** Objects by which others are deployed, of which two have one name in one namespace of one cluster. */
export function twinsIn(repository: Repository): Twins[] {
  return clusterTreesOf(repository).flatMap((tree) => {
    const byName = new Map<string, Definition[]>();
    for (const { key, definition } of definitionsIn(tree)) {
      const known = byName.get(key) ?? [];
      byName.set(key, known);
      if (!known.some(({ origin }) => areSame(origin, definition.origin))) known.push(definition);
    }
    return [...byName.values()].flatMap(([first, ...others]) =>
      others.flatMap((other) => (first ? [{ object: other.name, at: other.at, other: first.at, holders: [...new Set([first.holder, other.holder])] }] : [])),
    );
  });
}

function* definitionsIn(tree: ClusterTree): Generator<{ readonly key: string; readonly definition: Definition }> {
  const homes = homesIn(tree);
  for (const holder of tree.variants) {
    const home = homes.get(holder);
    if (!home) continue;
    for (const resource of holder.resources) {
      const { id, node } = resource;
      if (!isDeployer(resource) || isUnfilled(id.name)) continue;
      const at = resource.field('metadata', 'name');
      yield { key: keyOf(home, id.kind, id.namespace, id.name), definition: { name: `${id.kind} "${id.name}"`, at, origin: node.origin, holder } };
    }
  }
  for (const { kind, name, source, deployer, holder, isConditional } of tree.deployments) {
    const home = homes.get(holder);
    if (kind !== 'ApplicationSet' || isConditional || isUnfilled(name) || !home) continue;
    const at = source.node.origin;
    // A set has one Application for each of its elements, and several sources of one are no twins.
    yield {
      key: keyOf(home, 'Application', deployer.id.namespace, name),
      definition: { name: `Application "${name}"`, at, origin: deployer.node.origin, holder },
    };
  }
}

/** Where the objects of a folder come to lie. */
interface Home {
  readonly cluster: string;
  readonly namespace: string;
}

/** Folders by where their objects go; those of which only a cluster knows are left out. */
function homesIn({ root, deployments }: ClusterTree): ReadonlyMap<Variant, Home> {
  const homes = new Map<Variant, Home>([[root, { cluster: '', namespace: '' }]]);
  for (const deployment of deployments) {
    const cluster = clusterOf(deployment);
    const namespace = deployment.namespace?.node.text ?? '';
    if (cluster === undefined || isUnfilled(namespace)) continue;
    for (const variant of deployment.variants) if (!homes.has(variant)) homes.set(variant, { cluster, namespace });
  }
  return homes;
}

function keyOf(home: Home, kind: string, namespace: string, name: string): string {
  return [home.cluster, kind, namespace || home.namespace, name].join('\0');
}

/** Whether an object that two bring is told of as two deployers of one name. */
export function areTwins({ first, second }: SharedObjects['objects'][number]): boolean {
  return isDeployer(first) && !areSame(first.node.origin, second.node.origin);
}

function areSame(a: Origin, b: Origin): boolean {
  return a.file === b.file && a.start === b.start;
}

/** Whether an object makes a cluster deploy others. */
function isDeployer({ id: { group, kind } }: Resource): boolean {
  if (group === 'argoproj.io') return kind === 'Application' || kind === 'ApplicationSet';
  return group === 'kustomize.toolkit.fluxcd.io' || group === 'helm.toolkit.fluxcd.io';
}
