import type { FieldPath } from '../../tree/field-path.ts';
import type { Node } from '../../tree/node.ts';
import type { Resource } from '../resource.ts';

/** An image that something in a resource runs. */
export interface ImageUse {
  readonly text: string;
  readonly path: FieldPath;
  /** It is a container's, or a step's; otherwise the field may mean something else, and only looks like an image. */
  readonly isOfContainer: boolean;
}

/** Kinds that describe other objects: an `image` in their schema is no image. */
const DESCRIPTIONS = new Set(['CustomResourceDefinition', 'ConfigMap', 'Secret', 'ImageRepository', 'ImagePolicy']);
const TEMPLATED = /\$\(|\$\{|\{\{|^<.*>$/;

/**
 * The images of a resource of any kind: containers, Tekton steps, custom resources. A text under a key `image` counts
 * when it is a container's, or when it has a tag or a digest: without one it may name a repository, or an operating
 * system. Templated text is unresolved, not an image.
 */
export function imagesOf(resource: Resource): readonly ImageUse[] {
  let images = known.get(resource);
  if (!images) {
    images = DESCRIPTIONS.has(resource.id.kind) ? [] : [...imagesBelow(resource.node, [], false)];
    known.set(resource, images);
  }
  return images;
}

/** Many rules ask. */
const known = new WeakMap<Resource, readonly ImageUse[]>();

const CONTAINER_LISTS = new Set(['containers', 'initContainers', 'ephemeralContainers', 'steps', 'sidecars']);

function* imagesBelow(node: Node, path: FieldPath, inContainer: boolean): Generator<ImageUse> {
  if (node.kind === 'sequence') {
    const last = path.at(-1);
    const containers = typeof last === 'string' && CONTAINER_LISTS.has(last);
    for (const [index, item] of node.items.entries()) yield* imagesBelow(item, [...path, index], containers);
    return;
  }
  if (node.kind !== 'mapping') return;
  // Half a reference: `image: driver` beside `version:` or `tag:` is completed by a controller.
  const isCompleted = () => node.entries.some(({ key }) => /^(?:tag|version|imageTag|digest|sha|repository)$/.test(key.text));
  for (const { key, value } of node.entries) {
    if (key.text === 'image' && value.kind === 'scalar') {
      const { text } = value;
      const looksLikeOne = /^[^\s:@]+(?::\d+\/[^\s:@]+)?[:@][^\s/]+$/.test(text) && !/^\w+:\/\//.test(text);
      if (text && !TEMPLATED.test(text) && (inContainer || (looksLikeOne && !isCompleted()))) {
        yield { text, path: [...path, key.text], isOfContainer: inContainer };
      }
    } else if (value.kind !== 'scalar') yield* imagesBelow(value, [...path, key.text], false);
  }
}
