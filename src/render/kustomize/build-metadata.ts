import type { Mapping } from '../../tree/node.ts';
import type { Target } from './build.ts';
import type { LayeredResource } from './layered-resource.ts';
import type { MetadataWishes } from './session.ts';

export function annotateOrigins(resources: readonly LayeredResource[], _path: string, _target: Target): readonly LayeredResource[] {
  return resources;
}

export function annotateGenerated(resource: LayeredResource, _kind: string, _target: Target): LayeredResource {
  return resource;
}

export function annotateTransformed(resources: readonly LayeredResource[], _kind: string, _target: Target): readonly LayeredResource[] {
  return resources;
}

export function wishesOf(_node: Mapping, _root: string): MetadataWishes | undefined {
  return undefined;
}

export function labelManagedBy(resources: readonly LayeredResource[], _target: Target): readonly LayeredResource[] {
  return resources;
}
