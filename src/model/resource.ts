import type { IObjectMeta } from '@kubernetes-models/apimachinery/apis/meta/v1/ObjectMeta';
import { type FieldPath, nodeAt } from '../tree/field-path.ts';
import type { Entry, Mapping, Node, Origin, Scalar } from '../tree/node.ts';
import { childOf, entryOf, textOf } from '../tree/node.ts';
import { originsOf } from '../tree/origins.ts';
import { plainOf } from '../tree/plain.ts';
import { sliceOf } from '../tree/slice.ts';

/** What makes two manifests the same object to a cluster. `group` is empty for the core group, `namespace` when none is set. */
export interface ResourceId {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** The rendered object as plain values. Frozen: rules look, they do not touch. */
export interface Manifest {
  readonly apiVersion?: string;
  readonly kind: string;
  readonly metadata: Readonly<IObjectMeta>;
  readonly [field: string]: unknown;
}

/** A rendered Kubernetes object of one variant, and where every field of it came from. */
export class Resource {
  readonly node: Mapping;
  /** As rendered. */
  readonly id: ResourceId;
  /** Before prefixes, suffixes, hashes and namespaces: what the object is called across environments. */
  readonly originalId: ResourceId;

  constructor(node: Mapping, originalId?: ResourceId) {
    this.node = node;
    this.id = resourceIdOf(node);
    this.originalId = originalId ?? this.id;
  }

  get manifest(): Manifest {
    return plainOf(this.node) as Manifest;
  }

  /** Names a field. Its origin is looked up only if a finding points at it. */
  field(...path: FieldPath): Field {
    return new Field(this, path, 'value');
  }

  /** Names the key of a field, for findings about its presence. */
  key(...path: FieldPath): Field {
    return new Field(this, path, 'key');
  }
}

/** A place in a rendered resource, as rules know it; locations in files follow from it. */
export class Field {
  readonly resource: Resource;
  readonly path: FieldPath;
  readonly part: 'value' | 'key';

  constructor(resource: Resource, path: FieldPath, part: 'value' | 'key') {
    this.resource = resource;
    this.path = path;
    this.part = part;
  }

  get node(): Node | undefined {
    return nodeAt(this.resource.node, this.path);
  }

  /** The key that it stands under; undefined for an item of a list, and where it is not. */
  get keyNode(): Scalar | undefined {
    return this.#entry()?.key;
  }

  /**
   * Who made it what it is, newest first. Of a path that leads nowhere, those of its nearest ancestor; never empty.
   * The key of a field has one origin: where that key is written.
   */
  origins(): readonly [Origin, ...Origin[]] {
    if (this.part === 'key') {
      const entry = this.#entry();
      if (entry) return [entry.key.origin];
    }
    for (let length = this.path.length; length > 0; length -= 1) {
      const path = this.path.slice(0, length);
      if (!nodeAt(this.resource.node, path)) continue;
      const [first, ...others] = originsOf(this.resource.node, path);
      if (first) return [first, ...others];
    }
    return [this.resource.node.origin];
  }

  /**
   * Who wrote the stretch `start`–`end` of a text, narrowed to that stretch where the source shows it letter by letter.
   * For a tag within an image.
   */
  slice(start: number, end: number): Origin {
    const { node } = this;
    return node?.kind === 'scalar' ? sliceOf(node, start, end) : this.origins()[0];
  }

  #entry(): Entry | undefined {
    const last = this.path.at(-1);
    const parent = nodeAt(this.resource.node, this.path.slice(0, -1));
    return parent?.kind === 'mapping' && typeof last === 'string' ? entryOf(parent, last) : undefined;
  }
}

/** Where a report about a place points: to who made a field what it is last. */
export function originOf(place: Field | Origin): Origin {
  return place instanceof Field ? place.origins()[0] : place;
}

/** The identity that a manifest claims. Missing parts are empty. */
export function resourceIdOf(node: Mapping): ResourceId {
  const metadata = childOf(node, 'metadata');
  return {
    group: groupOf(textOf(node, 'apiVersion') ?? ''),
    kind: textOf(node, 'kind') ?? '',
    namespace: textOf(metadata, 'namespace') ?? '',
    name: textOf(metadata, 'name') ?? '',
  };
}

/** `apps/v1` → `apps`, `v1` → ``. */
function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}

/** Two ids are of one object exactly when their keys are equal; no namespace means `default`. */
export function resourceKey({ group, kind, namespace, name }: ResourceId): string {
  return `${group}/${kind}/${namespace === 'default' ? '' : namespace}/${name}`;
}

/** `Deployment/checkout`, as people write it. */
export function formatResourceId({ kind, name }: ResourceId): string {
  return `${kind}/${name}`;
}
