import {
  type App,
  type Container,
  childOf,
  configReferencesOf,
  containersOf,
  defineRule,
  definitionsOf,
  type EnvSource,
  entriesOf,
  envSourcesOf,
  type Field,
  groupBy,
  itemsOf,
  type Node,
  type Resource,
  sameMeaning,
  textOf,
  type Variant,
  withoutEnvironment,
} from '../../src/rule/index.ts';

export default defineRule({
  id: 'shadowed-key',
  meta: {
    summary: 'Disallow settings that no container gets, as another source of the same variable hides them',
    category: 'parity',
    severity: 'warning',
    ladder: 'laddered',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Remove the one that is hidden, or the one that hides it.',
    messages: {
      variable: '"{{key}}" has no effect: "env" of container "{{container}}" sets it',
      source: '"{{key}}" has no effect: container "{{container}}" takes it from {{by}}, which comes later',
      twice: 'Variable "{{key}}" of container "{{container}}" has no effect: it is set again further down',
    },
  },
  create({ report }) {
    return {
      app(app) {
        for (const { variant, hidden, hider } of deadIn(app)) {
          const { key, container, by, at, isSame } = hider;
          const related = [{ at, message: 'this one counts' }];
          const more = { at: hidden, related, variants: [variant], ...(isSame && { atMost: 'info' as const }) };
          if (by === undefined) report({ messageId: 'variable', data: { key, container }, ...more });
          else report({ messageId: 'source', data: { key, container, by }, ...more });
        }
      },
      resource(resource) {
        for (const container of containersOf(resource)) {
          const variables = itemsOf(container.node, 'env').map((variable) => ({ variable, name: textOf(variable, 'name') }));
          for (const [index, { name, variable }] of variables.entries()) {
            const last = variables.findLastIndex((other) => other.name === name);
            // Values of a chart are put behind what its template has, to win over it.
            if (name === undefined || last === index || childOf(variable, 'name')?.origin.how === 'helm-template' || isReadByOthers(container, name)) continue;
            // What a template prints twice counts all the same.
            if (sameMeaning(variable, variables[last]?.variable)) continue;
            report({
              messageId: 'twice',
              data: { key: name, container: container.name },
              at: resource.field(...container.path, 'env', index, 'name'),
              related: [{ at: resource.field(...container.path, 'env', last, 'name'), message: 'this one counts' }],
            });
          }
        }
      },
    };
  },
});

/** What hides a key in one container. */
interface Hider {
  /** As the container calls it. */
  readonly key: string;
  readonly container: string;
  /** The later source; undefined where it is a variable of `env`. */
  readonly by: string | undefined;
  readonly at: Field;
  readonly isSame: boolean;
}

interface Dead {
  readonly variant: Variant;
  readonly hidden: Field;
  readonly hider: Hider;
}

/** The keys that are hidden from all that read them, wherever the app has them. What one environment alone overrides is meant. */
function deadIn(app: App): Dead[] {
  const uses = app.variants.filter(({ complete }) => complete).flatMap((variant) => usesIn(variant).map((use) => ({ ...use, variant })));
  const byId = groupBy(uses, ({ id }) => id);
  return [...byId.values()].flatMap((same) => {
    const dead = same.flatMap(({ variant, hider, hidden }) => (hider ? [{ variant, hider, hidden }] : []));
    return dead.length === same.length ? dead : [];
  });
}

/** One container or volume that takes a key, and what hides it there. */
interface Use {
  readonly id: string;
  readonly hidden: Field;
  readonly hider: Hider | undefined;
}

function usesIn(variant: Variant): Use[] {
  const uses: Use[] = [];
  for (const resource of variant.resources) {
    for (const container of containersOf(resource)) uses.push(...usesOf(container, resource, variant));
    // All but `envFrom` takes a key as it is.
    for (const { kind, name, key, field } of configReferencesOf(resource)) {
      if (field.path.includes('envFrom')) continue;
      for (const source of objectsOf({ kind, definition: definitionsOf(variant).get(`${kind}/${name}`) })) {
        for (const taken of key === undefined ? source.keys : [key]) uses.push({ id: idOf(kind, name, taken, variant), hidden: field, hider: undefined });
      }
    }
  }
  return uses;
}

function idOf(kind: string, name: string, key: string, variant: Variant): string {
  return `${kind}/${withoutEnvironment(name, variant)}/${withoutEnvironment(key, variant)}`;
}

interface Source {
  readonly resource: Resource;
  readonly keys: readonly string[];
}

const FIELDS = ['data', 'stringData'];

/** The object itself, where it is here as it will be in the cluster. */
function objectsOf({ kind, definition }: Pick<EnvSource, 'kind' | 'definition'>): Source[] {
  const resource = definition?.field.resource;
  return resource && resource.id.kind === kind && definition.keys !== 'any' ? [{ resource, keys: [...definition.keys] }] : [];
}

function usesOf(container: Container, resource: Resource, variant: Variant): Use[] {
  const given = envSourcesOf(container, variant).flatMap((source) => objectsOf(source).map((object) => ({ ...source, ...object })));
  return given.flatMap((source, at) =>
    source.keys.flatMap((key): Use[] => {
      const variable = `${source.prefix}${key}`;
      const hidden = keyIn(source.resource, key);
      if (!hidden) return [];
      const id = idOf(source.kind, source.name, key, variant);
      if (isReadByOthers(container, variable)) return [{ id, hidden, hider: undefined }];
      const own = itemsOf(container.node, 'env').findLastIndex((item) => textOf(item, 'name') === variable);
      if (own !== -1) {
        const isSame = sameMeaning(hidden.node, childOf(itemsOf(container.node, 'env')[own], 'value'));
        const field = resource.field(...container.path, 'env', own, 'name');
        return [{ id, hidden, hider: { key: variable, container: container.name, by: undefined, at: field, isSame } }];
      }
      const later = given.slice(at + 1).findLast(({ prefix, keys }) => variable.startsWith(prefix) && keys.includes(variable.slice(prefix.length)));
      const field = later && keyIn(later.resource, variable.slice(later.prefix.length));
      if (!later || !field || later.resource === source.resource) return [{ id, hidden, hider: undefined }];
      const by = `${later.kind} "${later.resource.originalId.name}"`;
      return [{ id, hidden, hider: { key: variable, container: container.name, by, at: field, isSame: sameMeaning(hidden.node, field.node) } }];
    }),
  );
}

function keyIn(resource: Resource, key: string): Field | undefined {
  const field = FIELDS.find((name) => entriesOf(resource.node, name).some((entry) => entry.key.text === key));
  return field === undefined ? undefined : resource.key(field, key);
}

/** Whether another variable is made of it: before it is hidden, it counts. */
function isReadByOthers({ node }: Container, variable: string): boolean {
  return itemsOf(node, 'env').some((item: Node) => textOf(item, 'value')?.includes(`$(${variable})`));
}
