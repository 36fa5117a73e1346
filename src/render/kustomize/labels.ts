import { compareText } from '../../text/location.ts';
import { over, withEntry } from '../../tree/edit.ts';
import { childOf, type Entry, entryOf, type Mapping, type Node, type Origin, textOf } from '../../tree/node.ts';
import { editField, type FieldSpec, routesFor } from './field-paths.ts';
import { gvkOf } from './gvk.ts';
import type { LayeredResource } from './layered-resource.ts';
import { Refusal } from './refusal.ts';
import { mergeSpecs, type TransformerConfig } from './transformer-config.ts';
import { isNullNode, originAs, stringFrom } from './writing.ts';

/** Sets labels or annotations at every place that the specs name. */
export function setPairs(
  resources: readonly LayeredResource[],
  pairs: readonly Entry[],
  specs: readonly FieldSpec[],
  how: 'label' | 'annotation',
): LayeredResource[] {
  const written = pairs
    .flatMap(({ key, value }) =>
      value.kind === 'scalar' ? [{ key: { ...key, style: 'plain' as const, origin: originAs(key.origin, how) }, value: stringFrom(value, how) }] : [],
    )
    .sort((a, b) => compareText(a.key.text, b.key.text));
  const [first] = written;
  if (!first) return resources.slice();
  const set = (old: Node | undefined): Node => {
    if (old?.kind !== 'mapping') throw new Refusal('other', `the field for ${how}s is no mapping`, old?.origin);
    let map: Mapping = old;
    for (const { key, value } of written) map = withEntry(map, key, over(value, entryOf(map, key.text)?.value));
    return map;
  };
  const creation = { as: 'mapping', origin: first.key.origin } as const;
  return resources.map((resource) => {
    let { node } = resource;
    for (const route of routesFor(specs, gvkOf(node))) node = editField(node, route, set, creation);
    return node === resource.node ? resource : { ...resource, node };
  });
}

const METADATA_LABELS: readonly FieldSpec[] = [{ path: 'metadata/labels', create: true }];

const tables = new WeakMap<Node, Map<TransformerConfig, readonly FieldSpec[]>>();

/** Where the labels of one item of `labels` go. Throws a `Refusal` when its own fields contradict the defaults. */
export function labelSpecs(item: Node, config: TransformerConfig): readonly FieldSpec[] {
  const byConfig = tables.get(item) ?? new Map<TransformerConfig, readonly FieldSpec[]>();
  tables.set(item, byConfig);
  const known = byConfig.get(config);
  if (known) return known;
  let specs = mergeSpecs(fieldSpecsOf(childOf(item, 'fields')), config.labels);
  if (isTrue(item, 'includeSelectors')) specs = mergeSpecs(specs, config.commonLabels);
  else {
    if (isTrue(item, 'includeTemplates')) specs = mergeSpecs(specs, config.templateLabels);
    if (isTrue(item, 'includeVolumeClaimTemplates')) specs = mergeSpecs(specs, config.volumeClaimTemplateLabels);
    specs = mergeSpecs(specs, METADATA_LABELS);
  }
  byConfig.set(config, specs);
  return specs;
}

/** The field specs that a list of a typed file spells out. */
export function fieldSpecsOf(node: Node | undefined): readonly FieldSpec[] {
  if (node?.kind !== 'sequence') return [];
  return node.items.map((item) => ({
    group: textOf(item, 'group') ?? '',
    version: textOf(item, 'version') ?? '',
    kind: textOf(item, 'kind') ?? '',
    path: textOf(item, 'path') ?? '',
    create: isTrue(item, 'create'),
  }));
}

/** Whether a typed field is there and true. */
export function isTrue(node: Node | undefined, key: string): boolean {
  return textOf(node, key) === 'true';
}

/** The origin of what a field holds, or of the whole where it is missing. */
export function placeOf(node: Node, key: string): Origin {
  const value = childOf(node, key);
  return value && !isNullNode(value) ? value.origin : node.origin;
}
