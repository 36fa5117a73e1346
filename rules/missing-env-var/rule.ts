import {
  type App,
  type Container,
  childOf,
  containersOf,
  counterpartsOf,
  defineRule,
  definitionsOf,
  itemsOf,
  lacking,
  type Resource,
  textOf,
  type Variant,
} from '../../src/rule/index.ts';

export default defineRule({
  id: 'missing-env-var',
  meta: {
    summary: 'Disallow container environment variables that sibling environments set and one lacks',
    category: 'parity',
    severity: 'error',
    ladder: 'laddered',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Set the variable where it is missing; where the difference is meant, ignore the finding with a reason.',
    messages: {
      missing: 'Variable "{{name}}" of container "{{container}}" is not set',
    },
  },
  create({ report }) {
    return {
      app(app) {
        for (const containers of containersSideBySide(app)) {
          for (const name of new Set([...containers.values()].flatMap((place) => variablesOf(place.container)))) {
            const { lacking: wrong, having } = lacking(app.variants, (variant) => presenceOf(name, containers.get(variant), variant));
            // What comes through `envFrom` is a key of a ConfigMap: missing-config-key speaks of it.
            const [, holder] = [...containers].find(([variant, place]) => having.includes(variant) && variablesOf(place.container).includes(name)) ?? [];
            if (!holder || wrong.length === 0) continue;
            const index = variablesOf(holder.container).indexOf(name);

            report({
              messageId: 'missing',
              data: { name, container: holder.container.name },
              at: holder.resource.field(...holder.container.path, 'env', index, 'name'),
              variants: wrong,
              comparedWith: having,
              related: wrong.flatMap((variant) => {
                const place = containers.get(variant);
                return place ? [{ at: placeFor(place), message: `the variable belongs here for ${variant.environment.name}` }] : [];
              }),
            });
          }
        }
      },
    };
  },
});

interface ContainerPlace {
  readonly resource: Resource;
  readonly container: Container;
}

/** Each container of each workload, in the variants that have it. */
function containersSideBySide(app: App): readonly ReadonlyMap<Variant, ContainerPlace>[] {
  return counterpartsOf(app).flatMap((twins) => {
    const byName = new Map<string, Map<Variant, ContainerPlace>>();
    for (const { variant, resource } of twins) {
      for (const container of containersOf(resource)) {
        const key = `${container.list}/${container.name}`;
        const places = byName.get(key) ?? new Map<Variant, ContainerPlace>();
        byName.set(key, places.set(variant, { resource, container }));
      }
    }
    return [...byName.values()].filter((places) => places.size > 1);
  });
}

function variablesOf({ node }: Container): string[] {
  return itemsOf(node, 'env').flatMap((variable) => textOf(variable, 'name') ?? '');
}

function presenceOf(name: string, place: ContainerPlace | undefined, variant: Variant): 'yes' | 'no' | 'unknown' {
  if (!place || !variant.complete) return 'unknown';
  if (variablesOf(place.container).includes(name)) return 'yes';
  for (const source of itemsOf(place.container.node, 'envFrom')) {
    const prefix = textOf(source, 'prefix') ?? '';
    const map = textOf(childOf(source, 'configMapRef'), 'name');
    const secret = textOf(childOf(source, 'secretRef'), 'name');
    const definition = definitionsOf(variant).get(map === undefined ? `Secret/${secret ?? ''}` : `ConfigMap/${map}`);
    // Made elsewhere: only the cluster knows what it brings.
    if (!definition || definition.keys === 'any') return 'unknown';
    if (name.startsWith(prefix) && definition.keys.has(name.slice(prefix.length))) return 'yes';
  }
  return 'no';
}

function placeFor({ resource, container }: ContainerPlace) {
  return itemsOf(container.node, 'env').length > 0 ? resource.key(...container.path, 'env') : resource.field(...container.path, 'name');
}
