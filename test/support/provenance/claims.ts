import type { RenderResult } from '../../../src/model/render-result.ts';
import type { FieldPath } from '../../../src/tree/field-path.ts';
import type { Node, Origin, Scalar } from '../../../src/tree/node.ts';

/** What the renderer says of a stretch of one value: `text.slice(start, end)` was written at `origin`. */
export interface Claim {
  readonly folder: string;
  /** The place of the resource in the output. */
  readonly index: number;
  readonly path: FieldPath;
  readonly start: number;
  readonly end: number;
  readonly origin: Origin;
}

/** The suffix that kustomize derives from the content of what it generates. */
export const HASH = /^-[2-9bcdfghkmt]{10}$/;

/** Every stretch of every scalar of a render. Marks between two parts of an image, and hashes, claim nothing. */
export function* claimsOf({ folder, resources }: RenderResult): Generator<Claim> {
  for (const [index, { node }] of resources.entries()) {
    for (const { path, scalar } of scalarsBelow(node, [])) {
      for (const { start, end, origin } of partsOf(scalar)) {
        const text = scalar.text.slice(start, end);
        if (scalar.parts && (/^[:@]$/.test(text) || HASH.test(text))) continue;
        yield { folder, index, path, start, end, origin };
      }
    }
  }
}

export function* scalarsBelow(node: Node, path: FieldPath): Generator<{ readonly path: FieldPath; readonly scalar: Scalar }> {
  if (node.kind === 'scalar') yield { path, scalar: node };
  else if (node.kind === 'mapping') for (const { key, value } of node.entries) yield* scalarsBelow(value, [...path, key.text]);
  else for (const [index, item] of node.items.entries()) yield* scalarsBelow(item, [...path, index]);
}

export function partsOf(scalar: Scalar): readonly { readonly start: number; readonly end: number; readonly origin: Origin }[] {
  return scalar.parts ?? [{ start: 0, end: scalar.text.length, origin: scalar.origin }];
}
