import {
  type App,
  type ConfigReference,
  configReferencesOf,
  counterpartsOf,
  defineRule,
  definitionsOf,
  groupBy,
  lacking,
  type Repository,
  type Twin,
  type Variant,
  withoutEnvironment,
} from '../../src/rule/index.ts';

export default defineRule({
  id: 'silenced-absence',
  meta: {
    summary: 'Disallow settings that sibling environments define, whose absence "optional" hides',
    category: 'references',
    severity: 'info',
    ladder: 'laddered',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Define it for this environment, or take the reference out where it is not needed.',
    messages: {
      object: '{{kind}} "{{name}}" is not defined, and "optional" hides it',
      key: 'Key "{{key}}" of {{kind}} "{{name}}" is not defined, and "optional" hides it',
    },
  },
  create({ repository, isExternal, report }) {
    return {
      app(app) {
        for (const mentions of optionalMentionsOf(app)) {
          const presenceIn = (variant: Variant) => {
            const mention = mentions.find((own) => own.variant === variant);
            if (!mention) return 'unknown';
            if (definedBy(mention)) return 'yes';
            return variant.complete && !isExternal(mention.reference, variant) && !isDefinedNearby(mention, repository) ? 'no' : 'unknown';
          };
          const { lacking: wrong, having } = lacking(app.variants, presenceIn);
          const related = mentions.flatMap((mention) => {
            const field = having.includes(mention.variant) ? definedBy(mention) : undefined;
            return field ? [{ at: field, message: `defined here for ${mention.variant.environment.name}` }] : [];
          });
          for (const { reference, variant } of mentions) {
            if (!wrong.includes(variant) || !reference.optional) continue;
            const { kind, name, key } = reference;
            const places = { at: reference.field, variants: [variant], comparedWith: having, related };
            if (key === undefined) report({ messageId: 'object', data: { kind, name }, ...places });
            else report({ messageId: 'key', data: { kind, name, key }, ...places });
          }
        }
      },
    };
  },
});

/** One mention of a ConfigMap, a Secret or a key in one variant. */
interface Mention {
  readonly variant: Variant;
  readonly reference: ConfigReference;
}

/** The mentions that are optional somewhere, each with those of the same thing in the twins of its resource. */
function optionalMentionsOf(app: App): Mention[][] {
  return counterpartsOf(app).flatMap((twins) => {
    if (!twins.some(({ resource }) => configReferencesOf(resource).some(({ optional }) => optional))) return [];
    const byThing = groupBy(twins.flatMap(mentionsIn), ({ variant, reference: { kind, name, key = '' } }) =>
      [kind, withoutEnvironment(name, variant), withoutEnvironment(key, variant)].join('/'),
    );
    return [...byThing.values()].filter((mentions) => mentions.some(({ reference }) => reference.optional));
  });
}

function mentionsIn({ resource, variant }: Twin): Mention[] {
  return configReferencesOf(resource).map((reference) => ({ variant, reference: named(reference, variant) }));
}

/** Of a generated object the name as written: its hash follows from its content, and tells its twins apart. */
function named(reference: ConfigReference, variant: Variant): ConfigReference {
  const resource = definitionsOf(variant).get(`${reference.kind}/${reference.name}`)?.field.resource;
  return resource?.id.kind === reference.kind ? { ...reference, name: resource.originalId.name } : reference;
}

/** What defines it in its own variant, by the name as rendered or as written. */
function definedBy({ reference: { kind, name, key }, variant }: Mention) {
  const definition = [...variant.resources].find(({ id, originalId }) => id.kind === kind && originalId.name === name);
  const found = definitionsOf(variant).get(`${kind}/${definition?.id.name ?? name}`);
  return found && (key === undefined || found.keys === 'any' || found.keys.has(key)) ? found.field : undefined;
}

/** Whether another app brings it to the same environment. */
function isDefinedNearby({ reference: { kind, name }, variant: { environment, app } }: Mention, { variants }: Repository): boolean {
  return variants.some((other) => other.app !== app && other.environment === environment && definitionsOf(other).has(`${kind}/${name}`));
}
