import {
  APART,
  type ConfigReference,
  configReferencesOf,
  defineRule,
  definitionsOf,
  nearestWord,
  type Repository,
  type Variant,
  withoutEnvironment,
  writtenDefinitionsOf,
} from '../../src/rule/index.ts';

export default defineRule({
  id: 'dangling-config-reference',
  meta: {
    summary: 'Disallow references to a ConfigMap, a Secret or a key that the environment does not define',
    category: 'references',
    severity: 'error',
    ladder: 'flat',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Define it for this environment, correct the name, or name it under "externals" in .gitopsrc when it is made elsewhere.',
    messages: {
      object: '{{kind}} "{{name}}" is not defined',
      near: '{{kind}} "{{name}}" is not defined; there is "{{near}}"',
      key: 'Key "{{key}}" of {{kind}} "{{name}}" is not defined',
    },
  },
  create({ repository, isExternal, report }) {
    return {
      resource(resource, variant) {
        // What is not there may be in the part that could not be rendered.
        if (!variant.complete) return;
        for (const reference of configReferencesOf(resource)) {
          const { kind, name, key, field, nameField, optional } = reference;
          if (optional || ALWAYS_THERE.has(name) || isExternal({ kind, name }, variant)) continue;
          const definition = definitionsOf(variant).get(`${kind}/${name}`);
          if (definition) {
            if (key === undefined || definition.keys === 'any' || definition.keys.has(key)) continue;
            // Of a generated object the name as written: its hash follows from its content.
            const { id, originalId } = definition.field.resource;
            const written = id.kind === kind ? originalId.name : name;
            report({ messageId: 'key', data: { key, kind, name: written }, at: field, related: [{ at: definition.field, message: `${kind} "${written}"` }] });
            continue;
          }
          const twins = definedForSiblings(reference, variant);
          if (isDefinedNearby(reference, variant, repository)) continue;
          if (twins.length > 0) {
            report({ messageId: 'object', data: { kind, name }, at: nameField, related: twins });
            continue;
          }
          // Defined nowhere at all: made by hand or by another repository, unless it is a slip of the pen.
          const near = unusedNear(reference, variant);
          const defined = near === undefined ? undefined : writtenDefinitionsOf(variant).get(`${kind}/${near}`);
          if (near !== undefined && defined)
            report({ messageId: 'near', data: { kind, name, near }, at: nameField, related: [{ at: defined.field, message: `${kind} "${near}"` }] });
        }
      },
    };
  },
});

/** Kubernetes puts it into each namespace. */
const ALWAYS_THERE = new Set(['kube-root-ca.crt', 'openshift-service-ca.crt']);

/** Usually the object exists, but somebody forgot to promote it. It may have the name of its environment in its own. */
function definedForSiblings({ kind, name }: ConfigReference, variant: Variant) {
  const id = `${kind}/${withoutEnvironment(name, variant)}`;
  return variant.app.variants.flatMap((sibling) => {
    // What a laptop or a preview makes for itself, others may get from elsewhere.
    if (sibling === variant || APART.has(sibling.environment.tier)) return [];
    const twin = [...writtenDefinitionsOf(sibling)].find(([key]) => {
      const [itsKind = '', itsName = ''] = key.split('/');
      return `${itsKind}/${withoutEnvironment(itsName, sibling)}` === id;
    });
    return twin ? [{ at: twin[1].field, message: `defined here for ${sibling.environment.name}` }] : [];
  });
}

/** Whether another app brings it to the same environment. */
function isDefinedNearby({ kind, name }: ConfigReference, { environment, app }: Variant, { variants }: Repository): boolean {
  return variants.some((other) => other.app !== app && other.environment === environment && definitionsOf(other).has(`${kind}/${name}`));
}

/** More slips than this make another name: one for each five letters, `country` for `countries` among them. */
const MAX_SLIPS = 3;

/** A defined object with nearly this name, to which nothing in the variant refers; by the name as written. */
function unusedNear({ kind, name }: ConfigReference, variant: Variant): string | undefined {
  const free = unusedOf(variant)
    .filter((key) => key.startsWith(`${kind}/`))
    .map((key) => key.slice(kind.length + 1));
  return nearestWord(name, free, Math.min(MAX_SLIPS, Math.floor(name.length / 5)));
}

const unused = new WeakMap<Variant, readonly string[]>();

/** The objects of a variant that no workload mentions, by `kind/name` as written. Looked up once: most references lead nowhere here. */
function unusedOf(variant: Variant): readonly string[] {
  let found = unused.get(variant);
  if (!found) {
    const used = new Set([...variant.resources].flatMap(configReferencesOf).map((reference) => `${reference.kind}/${reference.name}`));
    found = [...writtenDefinitionsOf(variant)]
      .filter(([, { field }]) => !used.has(`${field.resource.id.kind}/${field.resource.id.name}`))
      .map(([key]) => key)
      .filter((key) => !used.has(key));
    unused.set(variant, found);
  }
  return found;
}
