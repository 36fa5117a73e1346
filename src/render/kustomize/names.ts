import { over } from '../../tree/edit.ts';
import type { Node, Scalar } from '../../tree/node.ts';
import { editField, type FieldSpec, routeOf } from './field-paths.ts';
import { type Gvk, isSelected } from './gvk.ts';
import { type LayeredResource, originalId, remember } from './layered-resource.ts';
import { Refusal } from './refusal.ts';
import { isNameSpec } from './transformer-config.ts';
import { join, originAs, pieceOf } from './writing.ts';

/** Kinds whose names mean something to the cluster. */
const UNRENAMED: readonly Partial<Gvk>[] = [
  { kind: 'CustomResourceDefinition' },
  { group: 'apiregistration.k8s.io', kind: 'APIService' },
  { kind: 'Namespace' },
];

/** Puts a text before or behind the names of all objects, and notes what they were called. */
export function affixNames(resources: readonly LayeredResource[], affix: Scalar, side: 'prefix' | 'suffix', specs: readonly FieldSpec[]): LayeredResource[] {
  const how = side === 'prefix' ? 'name-prefix' : 'name-suffix';
  const piece = { text: affix.text, parts: undefined, origin: originAs(affix.origin, how) };
  const set = (old: Node | undefined): Node => {
    if (old?.kind !== 'scalar') throw new Refusal('other', 'the field for the name is no text', old?.origin);
    const pieces = side === 'prefix' ? [piece, pieceOf(old)] : [pieceOf(old), piece];
    return over(join(pieces, old.style, piece.origin), old);
  };
  return resources.map((resource) => {
    const { gvk } = originalId(resource);
    if (UNRENAMED.some((kind) => isSelected(gvk, kind))) return resource;
    let result = resource;
    for (const spec of specs) {
      if (!isSelected(gvk, spec)) continue;
      if (isNameSpec(spec)) result = noted(result, affix.text, side);
      if (isSelected(gvk, spec)) result = { ...result, node: editField(result.node, routeOf(spec), set) };
    }
    return result;
  });
}

function noted(resource: LayeredResource, text: string, side: 'prefix' | 'suffix'): LayeredResource {
  if (text === '') return resource;
  const { prefixes, suffixes } = resource;
  return remember({
    ...resource,
    prefixes: side === 'prefix' ? [...prefixes, text] : prefixes,
    suffixes: side === 'suffix' ? [...suffixes, text] : suffixes,
  });
}
