import {
  type ClusterTree,
  childOf,
  clusterTreesOf,
  type Field,
  isUnfilled,
  itemsOf,
  nearestWord,
  type Repository,
  type Resource,
  textOf,
  type Variant,
} from '../../src/rule/index.ts';

/** A name of another object, which nothing in its cluster has. */
export interface DanglingName {
  readonly what: 'source' | 'dependency';
  readonly deployer: string;
  readonly name: string;
  readonly near: string;
  readonly at: Field;
  readonly holder: Variant;
}

/** What Flux objects name, where all that is in their cluster is known. */
export function danglingNames(repository: Repository): DanglingName[] {
  const trees = clusterTreesOf(repository);
  return trees.flatMap((tree) => {
    // What has no common root may be applied to the same cluster all the same.
    const neighbours = trees.filter(({ root }) => root.environment.name === tree.root.environment.name);
    if (!neighbours.every(({ closed }) => closed)) return [];
    const objects = objectsOf(tree, repository);
    return [...tree.variants].flatMap((holder) => [...holder.resources].filter(isFlux).flatMap((resource) => danglingIn(resource, holder, objects)));
  });
}

function objectsOf({ root, variants }: ClusterTree, repository: Repository): Resource[] {
  const around = repository.variants.filter(({ environment }) => environment.name === root.environment.name);
  return [...new Set([...variants, ...around])].flatMap(({ resources }) => [...resources]).filter((resource) => isFlux(resource) || isSource(resource));
}

function isFlux({ id: { group, kind } }: Resource): boolean {
  return (group === 'kustomize.toolkit.fluxcd.io' && kind === 'Kustomization') || (group === 'helm.toolkit.fluxcd.io' && kind === 'HelmRelease');
}

function isSource({ id: { group } }: Resource): boolean {
  return group === 'source.toolkit.fluxcd.io';
}

interface Reference {
  readonly what: DanglingName['what'];
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly at: Field;
}

function danglingIn(resource: Resource, holder: Variant, objects: readonly Resource[]): DanglingName[] {
  const deployer = `${resource.id.kind} "${resource.id.name}"`;
  return [...sourcesOf(resource), ...dependenciesOf(resource)].flatMap(({ what, kind, name, namespace, at }) => {
    // What Flux was installed with stands in no repository; a name with a variable in it is not known.
    if (name === 'flux-system' || isUnfilled(name)) return [];
    const near = objects.filter(({ id }) => isSameNamespace(id.namespace, namespace));
    if (near.some(({ id }) => id.kind === kind && id.name === name)) return [];
    // Where the repository defines no source of a namespace, others make them.
    if (what === 'source' && !near.some(isSource)) return [];
    const word = nearestWord(
      name,
      near.filter(({ id }) => id.kind === kind).map(({ id }) => id.name),
    );
    return [{ what, deployer, name: `${kind} "${name}"`, near: word === undefined ? '' : `; there is "${word}"`, at, holder }];
  });
}

/** A namespace that is not written is given by whoever applies the object. */
function isSameNamespace(a: string, b: string): boolean {
  return a === b || a === '' || b === '';
}

const SOURCES = new Set(['GitRepository', 'OCIRepository', 'HelmRepository', 'Bucket', 'HelmChart']);

function sourcesOf(resource: Resource): Reference[] {
  const spec = childOf(resource.node, 'spec');
  const places = [['sourceRef'], ['chart', 'spec', 'sourceRef'], ['chartRef']];
  return places.flatMap((path) => {
    const reference = path.reduce<ReturnType<typeof childOf>>((node, key) => childOf(node, key), spec);
    const kind = textOf(reference, 'kind') ?? '';
    const name = textOf(reference, 'name');
    if (name === undefined || !SOURCES.has(kind)) return [];
    return [{ what: 'source', kind, name, namespace: textOf(reference, 'namespace') ?? resource.id.namespace, at: resource.field('spec', ...path, 'name') }];
  });
}

function dependenciesOf(resource: Resource): Reference[] {
  return itemsOf(childOf(resource.node, 'spec'), 'dependsOn').flatMap((item, index) => {
    const name = textOf(item, 'name');
    if (name === undefined) return [];
    const { kind, namespace } = resource.id;
    return [{ what: 'dependency', kind, name, namespace: textOf(item, 'namespace') ?? namespace, at: resource.field('spec', 'dependsOn', index, 'name') }];
  });
}
