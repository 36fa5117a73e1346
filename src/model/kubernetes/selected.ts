import type { FieldPath } from '../../tree/field-path.ts';
import type { Resource } from '../resource.ts';
import type { Variant } from '../variant.ts';
import { foundByOf, meets, type Selection } from './selectors.ts';

/** What selectors may find in a variant, and by which labels. */
export interface Selectable {
  readonly resource: Resource;
  readonly labels: ReadonlyMap<string, string>;
  /** Where the labels stand. */
  readonly path: FieldPath;
}

const known = new WeakMap<Variant, Readonly<Record<Selection['of'], readonly Selectable[]>>>();

/** All that has labels by which it is found. */
export function selectablesOf(variant: Variant, of: Selection['of']): readonly Selectable[] {
  let found = known.get(variant);
  if (!found) {
    const all = (kind: Selection['of']) =>
      [...variant.resources].flatMap((resource) => {
        const by = foundByOf(resource, kind);
        return by ? [{ resource, ...by }] : [];
      });
    found = { pods: all('pods'), services: all('services') };
    known.set(variant, found);
  }
  return found[of];
}

/** What a selection finds in a variant. */
export function selectedIn({ of, terms, namespaces }: Selection, variant: Variant): Resource[] {
  return selectablesOf(variant, of)
    .filter(({ resource, labels }) => isAmong(resource, namespaces) && terms.every((term) => meets(labels, term)))
    .map(({ resource }) => resource);
}

/** Whether a resource is in one of the namespaces. One that nobody gave is that of the deployer, and may be any. */
export function isAmong({ id }: Resource, namespaces: Selection['namespaces']): boolean {
  return namespaces === 'any' || id.namespace === '' || namespaces.includes('') || namespaces.includes(id.namespace);
}
