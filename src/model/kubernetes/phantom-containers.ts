import { isSlip } from '../../text/slip.ts';
import { textOf } from '../../tree/node.ts';
import type { Resource } from '../resource.ts';
import { parseImageReference } from './image-reference.ts';
import { type Container, containersOf } from './pod-template.ts';

/** A container that a patch adds where it means to change another. */
export interface PhantomContainer {
  readonly container: Container;
  /** The container that it is nearly called like and shares the image with; undefined where it has no image. */
  readonly twin?: Container;
}

/** OpenShift fills the image in, from the image stream that a trigger names. */
const MAY_LACK_IMAGE = new Set(['DeploymentConfig']);

/** The containers that patches add to a workload without an image, or as the twin of one that is there. */
export function phantomContainersOf(resource: Resource): readonly PhantomContainer[] {
  const containers = containersOf(resource);
  return containers.flatMap((container): PhantomContainer[] => {
    const { name, list, node, path } = container;
    const [{ how }] = resource.field(...path, 'name').origins();
    if (how !== 'patch' && how !== 'json-patch') return [];
    const image = textOf(node, 'image');
    if (image === undefined) return MAY_LACK_IMAGE.has(resource.id.kind) ? [] : [{ container }];
    const twin = containers.find(
      (other) => other !== container && other.list === list && isSlip(other.name, name) && sameImage(textOf(other.node, 'image'), image),
    );
    return twin && resource.field(...twin.path, 'name').origins()[0].how !== how ? [{ container, twin }] : [];
  });
}

function sameImage(a: string | undefined, b: string): boolean {
  const name = a === undefined ? undefined : parseImageReference(a)?.name;
  return name !== undefined && name === parseImageReference(b)?.name;
}
