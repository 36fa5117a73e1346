import type { Additions } from '../../model/additions.ts';
import type { Resource } from '../../model/resource.ts';
import { isWithin, joinPath } from '../../text/path.ts';
import { childOf, itemsOf, mapping, type Node, scalar, textOf } from '../../tree/node.ts';
import { artifactFolder } from './artifacts.ts';
import { noAdditions, pairsOf, renamedFields, scalarOf } from './fields.ts';
import { readPostBuild } from './post-build.ts';
import { releaseOf } from './release.ts';
import { repositoryKey } from './repositories.ts';
import type { Lookup, Said } from './said.ts';

const KUSTOMIZE = 'kustomize.toolkit.fluxcd.io';
const HELM = 'helm.toolkit.fluxcd.io';
const SOURCE = 'source.toolkit.fluxcd.io';

/** Whether an object is one that Flux acts upon. */
export function isFluxDeployer({ id }: Resource): boolean {
  return (id.group === KUSTOMIZE && id.kind === 'Kustomization') || (id.group === HELM && id.kind === 'HelmRelease');
}

/** What a Flux Kustomization or HelmRelease deploys. `lookupNear` finds objects that its own cluster gets. */
export function readFlux(deployer: Resource, lookup: Lookup, lookupNear: Lookup): Said {
  return deployer.id.kind === 'HelmRelease' ? readRelease(deployer, lookup, lookupNear) : readKustomization(deployer, lookup, lookupNear);
}

function readKustomization(deployer: Resource, lookup: Lookup, lookupNear: Lookup): Said {
  const { node, id } = deployer;
  const spec = childOf(node, 'spec');
  const path = scalarOf(spec, 'path');
  const source = sourceOf(childOf(spec, 'sourceRef'), id.namespace, path?.text ?? '', lookup);
  const postBuild = readPostBuild(deployer, lookupNear);
  return {
    kind: 'Kustomization',
    name: id.name,
    deployer,
    ...source,
    path: path ?? scalarOf(childOf(spec, 'sourceRef'), 'name'),
    valuesFiles: [],
    additions: { ...additionsOf(spec ?? node), ...(postBuild && { substitution: postBuild.substitution }) },
    remarks: postBuild?.remarks,
    cluster: scalarOf(childOf(childOf(spec, 'kubeConfig'), 'secretRef'), 'name'),
    namespace: scalarOf(spec, 'targetNamespace'),
    dependsOn: dependenciesOf(deployer),
    recurses: true,
    hints: [{ text: id.name, form: 'name', what: `Kustomization "${id.name}"` }],
    isEphemeral: false,
    isConditional: false,
    isOpen: false,
  };
}

/** The fields of a Flux Kustomization that Flux writes into the kustomization that it builds. */
const FIELDS = {
  targetNamespace: 'namespace',
  namePrefix: 'namePrefix',
  nameSuffix: 'nameSuffix',
  patches: 'patches',
  images: 'images',
  components: 'components',
};

function additionsOf(spec: Node): Additions {
  const metadata = childOf(spec, 'commonMetadata');
  return {
    fields: mapping(renamedFields(spec, FIELDS), spec.origin),
    labels: pairsOf(metadata, 'labels'),
    annotations: pairsOf(metadata, 'annotations'),
  };
}

/** A release with a chart in a git repository names a path; of any other one the values may be here all the same. */
function readRelease(deployer: Resource, lookup: Lookup, lookupNear: Lookup): Said {
  const { node, id } = deployer;
  const spec = childOf(node, 'spec');
  const chart = childOf(childOf(spec, 'chart'), 'spec');
  const name = scalarOf(chart, 'chart') ?? scalarOf(childOf(spec, 'chartRef'), 'name');
  const reference = childOf(chart, 'sourceRef');
  const isInGit = name !== undefined && textOf(reference, 'kind') === 'GitRepository';
  const optional = textOf(chart, 'ignoreMissingValuesFiles') === 'true';
  const source = isInGit ? sourceOf(reference, id.namespace, name.text, lookup) : { repository: undefined, revision: '', folder: undefined };
  return {
    kind: 'HelmRelease',
    name: id.name,
    deployer,
    ...source,
    path: isInGit ? name : undefined,
    chart: isInGit ? undefined : (name ?? scalarOf(childOf(node, 'metadata'), 'name')),
    valuesFiles: itemsOf(chart, 'valuesFiles').flatMap((item) => (item.kind === 'scalar' ? [{ node: item, optional }] : [])),
    helm: releaseOf(deployer, lookupNear),
    additions: noAdditions(node),
    cluster: undefined,
    namespace: scalarOf(spec, 'targetNamespace') ?? scalarOf(childOf(node, 'metadata'), 'namespace'),
    dependsOn: dependenciesOf(deployer),
    recurses: true,
    hints: [{ text: id.name, form: 'name', what: `HelmRelease "${id.name}"` }],
    isEphemeral: false,
    isConditional: false,
    isOpen: false,
  };
}

function dependenciesOf({ node, id }: Resource): Said['dependsOn'] {
  return itemsOf(childOf(node, 'spec'), 'dependsOn').flatMap((item, index) => {
    const name = textOf(item, 'name');
    return name === undefined ? [] : [{ name, namespace: textOf(item, 'namespace') ?? id.namespace, path: ['spec', 'dependsOn', index, 'name'] }];
  });
}

/**
 * Which repository a source stands for. One that is not in git is known by its name: the source that Flux was
 * bootstrapped with often is not.
 */
function sourceOf(
  reference: Node | undefined,
  ownNamespace: string,
  path: string,
  lookup: Lookup,
): Pick<Said, 'repository' | 'revision' | 'folder' | 'absent'> {
  const kind = textOf(reference, 'kind') ?? '';
  const name = textOf(reference, 'name') ?? '';
  const namespace = textOf(reference, 'namespace') ?? ownNamespace;
  if (kind === 'ExternalArtifact') {
    const artifact = artifactFolder(name, namespace, path, lookup);
    if (!artifact || 'near' in artifact) return { repository: undefined, revision: '', folder: undefined, absent: artifact };
    return { ...sourceOf(artifact.source, artifact.namespace, '', lookup), folder: artifact.folder };
  }
  if (kind !== 'GitRepository') return { repository: undefined, revision: '', folder: undefined };
  const spec = childOf(lookup(kind, name, namespace)?.node, 'spec');
  const included = includedFolder(spec, path);
  // What is included of another repository is taken as it is there, without what that includes itself.
  if (included) return { ...sourceOf(included.repository, namespace, '', lookup), folder: included.folder };
  const url = textOf(spec, 'url');
  const ref = childOf(spec, 'ref');
  const revision = textOf(ref, 'branch') ?? textOf(ref, 'tag') ?? textOf(ref, 'commit') ?? textOf(ref, 'semver') ?? '';
  return { repository: url === undefined ? `flux/${name}` : repositoryKey(url), revision, folder: undefined };
}

/** Where a path of a GitRepository comes from that is copied there from another one; the longest `toPath` counts. */
function includedFolder(spec: Node | undefined, path: string): { readonly repository: Node; readonly folder: string } | undefined {
  const wanted = joinPath('', path);
  const copies = itemsOf(spec, 'include').flatMap((item) => {
    const reference = childOf(item, 'repository');
    const to = joinPath('', textOf(item, 'toPath') || (textOf(reference, 'name') ?? ''));
    const from = joinPath('', textOf(item, 'fromPath') ?? '');
    if (reference?.kind !== 'mapping' || wanted === undefined || !to || from === undefined || !isWithin(wanted, to)) return [];
    const kind = { key: scalar('kind', 'plain', reference.origin), value: scalar('GitRepository', 'plain', reference.origin) };
    return [{ repository: { ...reference, entries: [...reference.entries, kind] }, folder: [from, wanted.slice(to.length + 1)].filter(Boolean).join('/'), to }];
  });
  return copies.sort((a, b) => b.to.length - a.to.length)[0];
}

/** Whether an object describes a source that others refer to, or may hold values for a release or for variables. */
export function isFluxSource({ id }: Resource): boolean {
  if (id.group === SOURCE || id.group === 'source.extensions.fluxcd.io') return true;
  return id.kind === 'SealedSecret' || (id.group === '' && (id.kind === 'ConfigMap' || id.kind === 'Secret'));
}
