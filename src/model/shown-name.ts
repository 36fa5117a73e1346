import type { Resource } from './resource.ts';

/** The suffix that kustomize appends to generated names: its alphabet holds no vowels that could spell. */
const HASH = /-[2-9bcdfghkmt]{10}$/;

/** A name without the hash that generators hang on: it tells nothing apart that differs only in that. */
export function withoutHash(name: string): string {
  return name.replace(HASH, '');
}

/** The rendered name, of a generated object without its hash: that of a Secret tells of its content. */
export function shownName({ id, originalId }: Pick<Resource, 'id' | 'originalId'>): string {
  return id.name === originalId.name ? id.name : withoutHash(id.name);
}
