import {
  type App,
  baseOf,
  configReferencesOf,
  counterpartsOf,
  defineRule,
  definitionsOf,
  familyOf,
  firstOf,
  folderOf,
  groupBy,
  headOf,
  isHardening,
  lacking,
  type Resource,
  rankOf,
  type Twin,
  textOf,
  type Variant,
  withoutEnvironment,
} from '../../src/rule/index.ts';

interface Options {
  readonly kinds: readonly string[];
}

export default defineRule({
  id: 'missing-resource',
  meta: {
    summary: 'Disallow resources that sibling environments have and one lacks',
    category: 'parity',
    severity: 'info',
    strictSeverity: 'warning',
    ladder: 'laddered',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Add it where it is missing; where the difference is meant, ignore the finding with a reason.',
    messages: {
      one: '{{kind}} "{{name}}" is missing',
      several: '{{count}} resources are missing: {{names}}',
    },
    options: {
      schema: {
        type: 'object',
        properties: { kinds: { type: 'array', items: { type: 'string' }, description: 'The kinds that are looked at; all of them when it is empty' } },
        required: [],
        additionalProperties: false,
      },
      defaults: { kinds: [] } as Options,
    },
  },
  create({ repository, options, report }) {
    // Folders that nothing deploys are the matter of another rule.
    const deployers = new Set(repository.deployments.filter(({ variants }) => variants.some(hasFolder)).map(({ deployer }) => deployer));
    return {
      app(app) {
        const missing = missingIn(app).filter(({ at }) => !deployers.has(at) && (options.kinds.length === 0 || options.kinds.includes(at.id.kind)));
        for (const [first, ...others] of oneForEachFolder(missing)) {
          const { kind, name } = first.at.originalId;
          const all = [first, ...others];
          const named = all.map(({ at: { originalId } }) => `${originalId.kind} "${originalId.name}"`);
          const related = first.wrong.flatMap((variant) => {
            const at = headOf(variant, repository.files);
            return at ? [{ at, message: `${others.length > 0 ? 'they belong' : 'it belongs'} here for ${variant.environment.name}` }] : [];
          });
          const about = all.map(({ at }) => at.field('metadata', 'name'));
          const places = { at: first.at.field('metadata', 'name'), about, variants: first.wrong, comparedWith: first.having, related };
          const weight = first.isTool && { atMost: 'info' as const, evenStrict: true as const };
          if (others.length === 0) report({ messageId: 'one', data: { kind, name }, ...places, ...weight });
          else report({ messageId: 'several', data: { count: String(named.length), names: firstOf(named) }, ...places, ...weight });
        }
      },
    };
  },
});

/** Whether a variant is a folder of its own, and not a chart that many share. */
function hasFolder({ renderer }: Variant): boolean {
  return renderer === 'kustomize' || renderer === 'plain';
}

interface Missing {
  /** In the lowest environment that has it. */
  readonly at: Resource;
  readonly wrong: readonly Variant[];
  readonly having: readonly Variant[];
  /** A helper of those who develop: production has no need of it. */
  readonly isTool: boolean;
}

function missingIn(app: App): Missing[] {
  const missing = counterpartsOf(app).flatMap((twins): Missing[] => {
    const [first] = twins;
    // Whether a chart puts an object out, its values tell, and not the line of the template.
    if (!first || first.resource.node.origin.how === 'helm-template') return [];
    const { lacking: absent, having } = lacking(app.variants, (variant) => presenceOf(twins, variant));
    const holder = twins.find(({ variant }) => having.includes(variant));
    if (!holder) return [];
    const last = Math.max(...having.map(({ environment }) => rankOf(environment)));
    if (isMisnamed(holder, app)) return [];
    const isSpared = (variant: Variant) => isHardening(holder.resource) && rankOf(variant.environment) < last;
    const wrong = absent.filter((variant) => !isSpared(variant) && !isDeleted(holder, variant) && !isMissed(holder, variant));
    return wrong.length > 0 ? [{ at: holder.resource, wrong, having, isTool: isTool(holder) }] : [];
  });
  const others = new Set(app.variants.filter((variant) => isAnother(variant, missing)));
  return missing.flatMap((one) => {
    const wrong = one.wrong.filter((variant) => !others.has(variant));
    return wrong.length > 0 ? [{ ...one, wrong }] : [];
  });
}

/** From here on, it is not forgotten objects that tell an installation from its siblings. */
const MANY = 8;

/** Whether a variant lacks more than it has: it is made otherwise, and no slip explains that. */
function isAnother(variant: Variant, missing: readonly Missing[]): boolean {
  const count = missing.filter(({ wrong, isTool }) => !isTool && wrong.includes(variant)).length;
  return count >= MANY && count > variant.resources.size;
}

function presenceOf(twins: readonly Twin[], variant: Variant): 'yes' | 'no' | 'unknown' {
  if (twins.some((twin) => twin.variant === variant)) return 'yes';
  // An environment in which the app does not run yet lacks nothing.
  if (!variant.complete || variant.resources.size === 0) return 'unknown';
  return twins.some((twin) => hasOtherwise(twin, variant)) ? 'yes' : 'no';
}

const families = new WeakMap<Variant, ReadonlySet<string>>();

/** Whether a variant has the same by another kind: a Rollout for a Deployment, an ExternalSecret for a Secret. */
function hasOtherwise({ resource, variant: holder }: Twin, variant: Variant): boolean {
  let own = families.get(variant);
  if (!own) {
    own = new Set([...variant.resources].map((other) => `${familyOf(other)}/${withoutEnvironment(other.originalId.name, variant)}`));
    families.set(variant, own);
  }
  if (own.has(`${familyOf(resource)}/${withoutEnvironment(resource.originalId.name, holder)}`)) return true;
  const made = [...definitionsOf(holder)].filter(([, { field }]) => field.resource === resource).map(([key]) => withoutEnvironment(key, holder));
  return made.length > 0 && [...definitionsOf(variant).keys()].some((key) => made.includes(withoutEnvironment(key, variant)));
}

/** Whether a patch takes it away there: that is meant. */
function isDeleted({ resource: { originalId } }: Twin, { effects }: Variant): boolean {
  return effects.some(({ patch = [] }) =>
    patch.some((object) => {
      const metadata = object.kind === 'mapping' ? object.entries.find(({ key }) => key.text === 'metadata')?.value : undefined;
      return textOf(object, '$patch') === 'delete' && textOf(object, 'kind') === originalId.kind && textOf(metadata, 'name') === originalId.name;
    }),
  );
}

/** Whether something in the variant refers to it: then it dangles, which is another mistake. */
function isMissed({ resource: { originalId }, variant: holder }: Twin, variant: Variant): boolean {
  if (originalId.kind !== 'ConfigMap' && originalId.kind !== 'Secret') return false;
  const name = withoutEnvironment(originalId.name, holder);
  return [...variant.resources].flatMap(configReferencesOf).some((reference) => withoutEnvironment(reference.name, variant) === name);
}

/** Whether it has another name than those expect who use it there: what they refer to dangles, which is another mistake. */
function isMisnamed({ resource: { id }, variant }: Twin, { variants }: App): boolean {
  if (id.kind !== 'ConfigMap' && id.kind !== 'Secret') return false;
  const references = [...variant.resources].flatMap(configReferencesOf).filter(({ kind, optional }) => kind === id.kind && !optional);
  if (references.some(({ name }) => name === id.name)) return false;
  return references.some(({ kind, name }) => {
    const key = `${kind}/${name}`;
    return !definitionsOf(variant).has(key) && variants.some((other) => definitionsOf(other).has(key));
  });
}

const TOOL =
  /(?:^|[-_.])(?:mail(?:hog|pit|dev|catcher)|(?:wire)?mocks?|stubs?|fakes?|localstack|azurite|debug(?:ger)?|toolbox|pgadmin|adminer|phpmyadmin|sandbox|seed(?:er)?|e2e|smoke|load-?tests?|tests?|playground|demo|dev-only)(?:$|[-_.])/i;

/** By the words of its name, or of the file that it is written in. */
function isTool({ resource: { originalId, node }, variant }: Twin): boolean {
  return [originalId.name, baseOf(node.origin.file.path)].some((name) => TOOL.test(withoutEnvironment(name, variant)));
}

/** A folder that was not taken over is one mistake, however many files it has. */
function oneForEachFolder(all: readonly Missing[]): [Missing, ...Missing[]][] {
  return [...groupBy(all, ({ at, isTool, wrong }) => [folderOf(at.node.origin.file.name), isTool, ...wrong.map(({ key }) => key)].join('\0')).values()];
}
