import type { FieldPath } from '../../tree/field-path.ts';
import { type Mapping, type Node, textOf } from '../../tree/node.ts';
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
 * The images of a resource of any kind: containers, Tekton steps and bundles, volumes, custom resources, variables that name one for an operator. A
 * text under a key `image` counts when it is a container's, or when it has a tag or a digest: without one it may name a
 * repository, or an operating system. Templated text is unresolved, not an image.
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
/** Argo Workflows and Tekton have single containers, too. */
const CONTAINER_KEYS = new Set(['container', 'script', 'stepTemplate']);
/** Of CloudNativePG, and of Tekton's bundles of tasks. */
const IMAGE_KEYS = new Set(['image', 'imageName', 'bundle']);

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
  const named = imageInPair(node, path);
  if (named) yield named;
  for (const { key, value } of node.entries) {
    if (value.kind !== 'scalar') yield* imagesBelow(value, [...path, key.text], CONTAINER_KEYS.has(key.text));
    else if (IMAGE_KEYS.has(key.text)) {
      const { text } = value;
      const isOfContainer = inContainer && key.text === 'image';
      if (text && !TEMPLATED.test(text) && (isOfContainer || (looksLikeImage(text) && !isCompleted())))
        yield { text, path: [...path, key.text], isOfContainer };
    }
  }
}

/** With a tag or a digest. */
function looksLikeImage(text: string): boolean {
  return /^[^\s:@]+(?::\d+\/[^\s:@]+)?[:@][^\s/]+$/.test(text) && !/^\w+:\/\//.test(text);
}

/** Pairs whose one half says that the other is an image: a variable, a parameter of Tekton, a volume, a tag of an ImageStream. */
function imageInPair(node: Mapping, path: FieldPath): ImageUse | undefined {
  const name = textOf(node, 'name') ?? '';
  const key = /^(?:RELATED_IMAGE_\w+|\w+_IMAGE|bundle)$/.test(name)
    ? 'value'
    : path.at(-1) === 'image' && path.at(-3) === 'volumes'
      ? 'reference'
      : path.at(-1) === 'from' && textOf(node, 'kind') === 'DockerImage'
        ? 'name'
        : undefined;
  const text = key && textOf(node, key);
  return key && text && !TEMPLATED.test(text) && looksLikeImage(text) ? { text, path: [...path, key], isOfContainer: false } : undefined;
}
