import type { Write } from '../../model/render-result.ts';
import { over } from '../../tree/edit.ts';
import { sameMeaning } from '../../tree/equality.ts';
import type { Node, Scalar } from '../../tree/node.ts';
import { editField, type FieldSpec, routeOf } from './field-paths.ts';
import { isSelected } from './gvk.ts';
import { allIds, type LayeredResource } from './layered-resource.ts';
import { originAs } from './writing.ts';

/** The resources with the replica count of those that are, or were, called so; and which those are. */
export function setReplicas(
  resources: readonly LayeredResource[],
  name: string,
  count: Scalar,
  specs: readonly FieldSpec[],
  writes: Write[],
): { readonly resources: LayeredResource[]; readonly targets: number } {
  const origin = originAs(count.origin, 'replica');
  const value: Scalar = { ...count, style: 'plain', origin };
  const set = (old: Node | undefined): Node => {
    writes.push({ origin, changed: !sameMeaning(old, value) });
    return over(value, old);
  };
  let targets = 0;
  const changed = resources.map((resource) => {
    let { node } = resource;
    const matching = specs.filter((spec) => allIds(resource).some((id) => id.name === name && isSelected(id.gvk, spec)));
    for (const spec of matching) node = editField(node, routeOf(spec), set, { as: 'scalar', origin });
    if (matching.length > 0) targets += 1;
    return node === resource.node ? resource : { ...resource, node };
  });
  return { resources: changed, targets };
}
