import { counterpartsOf, withoutEnvironment } from './counterparts.ts';
import { type Container, containersOf } from './kubernetes/pod-template.ts';
import type { Resource } from './resource.ts';
import type { App, Variant } from './variant.ts';

/** A container of one variant. */
export interface ContainerPlace {
  readonly variant: Variant;
  readonly resource: Resource;
  readonly container: Container;
}

/** Each container of each workload, in the variants that have it; an environment's own name in theirs does not tell them apart. */
export function containersSideBySide(app: App): readonly ReadonlyMap<Variant, ContainerPlace>[] {
  return counterpartsOf(app).flatMap((twins) => {
    const byName = new Map<string, Map<Variant, ContainerPlace>>();
    for (const { variant, resource } of twins) {
      for (const container of containersOf(resource)) {
        const key = `${container.list}/${withoutEnvironment(container.name, variant)}`;
        const places = byName.get(key) ?? new Map<Variant, ContainerPlace>();
        byName.set(key, places.set(variant, { variant, resource, container }));
      }
    }
    return [...byName.values()].filter((places) => places.size > 1);
  });
}
