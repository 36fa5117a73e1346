import type { FieldPath } from '../../tree/field-path.ts';
import { childOf, itemsOf, type Mapping, type Node, type Origin, textOf } from '../../tree/node.ts';
import { normalizeImageName, parseImageReference } from '../kubernetes/image-reference.ts';
import { imagesOf } from '../kubernetes/images.ts';
import type { Field, Resource } from '../resource.ts';

/** What a version is of. */
export type ArtifactKind = 'image' | 'chart' | 'source';

/** A version that a resource names: of an image that it runs, of a chart or of a git source that it has deployed. */
export interface VersionUse {
  readonly kind: ArtifactKind;
  /** What has the version: an image with its registry, a chart, the address of a source. */
  readonly artifact: string;
  /** A tag, a version or a range of them, a branch; undefined where there is none. */
  readonly version: string | undefined;
  readonly digest: string | undefined;
  /** What holds the version. */
  readonly field: Field;
  /** Where the version stands within the text of the field, else its digest. */
  readonly start: number;
  readonly end: number;
}

/** Where exactly a version is written. */
export function placeOfVersion({ field, start, end }: VersionUse): Origin {
  return field.slice(start, end);
}

const known = new WeakMap<Resource, readonly VersionUse[]>();

/** The versions that a resource names, in the order of the manifest. */
export function versionUsesOf(resource: Resource): readonly VersionUse[] {
  let uses = known.get(resource);
  if (!uses) {
    uses = [...imagesIn(resource), ...sourcesIn(resource)];
    known.set(resource, uses);
  }
  return uses;
}

function* imagesIn(resource: Resource): Generator<VersionUse> {
  for (const { text, path } of imagesOf(resource)) {
    const image = parseImageReference(text);
    if (!image) continue;
    const { name, tag, digest, tagStart = 0 } = image;
    const start = tag === undefined ? (digest === undefined ? 0 : name.length + 1) : tagStart;
    const end = tag === undefined ? text.length : tagStart + tag.length;
    yield { kind: 'image', artifact: normalizeImageName(name), version: tag, digest, field: resource.field(...path), start, end };
  }
}

function sourcesIn(resource: Resource): VersionUse[] {
  const { kind, group } = resource.id;
  const spec = childOf(resource.node, 'spec');
  if (!spec) return [];
  if (group === 'helm.toolkit.fluxcd.io' && kind === 'HelmRelease')
    return [...chartOfRelease(resource, spec), ...imagesOfValues(resource, childOf(spec, 'values'), ['spec', 'values'])];
  if (group === 'source.toolkit.fluxcd.io' && (kind === 'GitRepository' || kind === 'OCIRepository')) return sourceOfFlux(resource, spec, kind);
  if (group !== 'argoproj.io' || (kind !== 'Application' && kind !== 'ApplicationSet')) return [];
  const path: FieldPath = kind === 'Application' ? ['spec'] : ['spec', 'template', 'spec'];
  const own = kind === 'Application' ? spec : childOf(childOf(spec, 'template'), 'spec');
  if (!own) return [];
  const one = childOf(own, 'source');
  return [
    ...(one ? sourceOfArgo(resource, one, [...path, 'source']) : []),
    ...itemsOf(own, 'sources').flatMap((source, index) => sourceOfArgo(resource, source, [...path, 'sources', index])),
  ];
}

/** A use whose version is the whole text of a field, or that has none: then the field is the one that names the artifact. */
function whole(resource: Resource, kind: ArtifactKind, artifact: string, holder: Node, path: FieldPath, key: string, fallback: string): VersionUse {
  const version = textOf(holder, key);
  const field = resource.field(...path, version === undefined ? fallback : key);
  return { kind, artifact, version, digest: undefined, field, start: 0, end: (version ?? '').length };
}

/** A chart of a GitRepository has the version that is in its folder: there is none to name. */
function chartOfRelease(resource: Resource, spec: Node): VersionUse[] {
  const chart = childOf(childOf(spec, 'chart'), 'spec');
  const name = textOf(chart, 'chart');
  if (!chart || name === undefined || textOf(childOf(chart, 'sourceRef'), 'kind') !== 'HelmRepository') return [];
  return [whole(resource, 'chart', name, chart, ['spec', 'chart', 'spec'], 'version', 'chart')];
}

/** Of several, the one that Flux takes: `commit`, `name`, `semver`, `tag`, `branch`; of OCI `digest`, `semver`, `tag`. */
function sourceOfFlux(resource: Resource, spec: Node, kind: string): VersionUse[] {
  const address = textOf(spec, 'url');
  if (address === undefined) return [];
  const ref = childOf(spec, 'ref');
  const keys = kind === 'GitRepository' ? ['commit', 'name', 'semver', 'tag', 'branch'] : ['semver', 'tag'];
  const key = keys.find((name) => textOf(ref, name) !== undefined);
  const artifact = address.replace(/^oci:\/\//, '').replace(/\.git$/, '');
  const digest = kind === 'OCIRepository' ? textOf(ref, 'digest') : undefined;
  const use =
    ref && key ? whole(resource, 'source', artifact, ref, ['spec', 'ref'], key, key) : whole(resource, 'source', artifact, spec, ['spec'], 'ref', 'url');
  return [{ ...use, digest }];
}

function sourceOfArgo(resource: Resource, source: Node, path: FieldPath): VersionUse[] {
  const chart = textOf(source, 'chart');
  const address = textOf(source, 'repoURL');
  const values = childOf(childOf(source, 'helm'), 'valuesObject');
  const images = imagesOfValues(resource, values, [...path, 'helm', 'valuesObject']);
  if (chart !== undefined) return [whole(resource, 'chart', chart, source, path, 'targetRevision', 'chart'), ...images];
  return address === undefined ? images : [whole(resource, 'source', address.replace(/\.git$/, ''), source, path, 'targetRevision', 'repoURL'), ...images];
}

/** Images in the shapes that values of charts have: `{ registry, repository, tag, digest }`. A text `image:` is found as such. */
function imagesOfValues(resource: Resource, node: Node | undefined, path: FieldPath): VersionUse[] {
  if (node?.kind === 'sequence') return node.items.flatMap((item, index) => imagesOfValues(resource, item, [...path, index]));
  if (node?.kind !== 'mapping') return [];
  const own = imageShape(resource, node, path);
  return [...(own ? [own] : []), ...node.entries.flatMap(({ key, value }) => imagesOfValues(resource, value, [...path, key.text]))];
}

function imageShape(resource: Resource, node: Mapping, path: FieldPath): VersionUse | undefined {
  const repository = textOf(node, 'repository');
  const tag = textOf(node, 'tag');
  if (repository === undefined || tag === undefined || tag === '' || node.entries.length > 8) return undefined;
  const registry = textOf(node, 'registry');
  const image = parseImageReference(`${registry ? `${registry}/` : ''}${repository}`);
  if (!image || image.tag !== undefined || image.digest !== undefined) return undefined;
  // Whatever is no tag by its grammar names no version: it would become part of an address that a registry is asked for.
  const whole = parseImageReference(`${image.name}${tag.startsWith('@') ? '' : ':'}${tag}`);
  if (!whole) return undefined;
  const { tag: version, digest } = whole;
  const artifact = normalizeImageName(image.name);
  return {
    kind: 'image',
    artifact,
    version,
    digest: digest ?? (textOf(node, 'digest') || undefined),
    field: resource.field(...path, 'tag'),
    start: version === undefined ? 1 : 0,
    end: version === undefined ? tag.length : version.length,
  };
}
