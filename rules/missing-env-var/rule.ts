import {
  type App,
  type Container,
  type ContainerPlace,
  containersSideBySide,
  defineRule,
  envSourcesOf,
  type Field,
  groupBy,
  isOfTemplate,
  isSaidToStayBelow,
  itemsOf,
  lacking,
  linesOf,
  type Origin,
  phantomContainersOf,
  placeToAdd,
  type Slip,
  slipsAmong,
  textOf,
  type Variant,
  withoutEnvironment,
  withoutSlips,
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
      missing: 'Variable "{{name}}" of {{containers}} is not set',
      misspelled: 'Variable "{{name}}" of {{containers}} stands where others have "{{near}}"',
    },
  },
  create({ report }) {
    return {
      app(app) {
        for (const [first, ...others] of oneForEachLine(missingIn(app))) {
          const all = [first, ...others];
          const data = { name: first.name, containers: containerNames(all) };
          report({
            ...(first.near === undefined ? { messageId: 'missing', data } : { messageId: 'misspelled', data: { ...data, near: first.near } }),
            at: first.at,
            variants: app.variants.filter((variant) => all.some(({ wrong }) => wrong.includes(variant))),
            comparedWith: app.variants.filter((variant) => all.some(({ having }) => having.includes(variant))),
            related: all.flatMap(({ related }) => related),
          });
        }
      },
    };
  },
});

/** One variable that some variants of one container lack. */
interface Missing {
  readonly name: string;
  readonly container: string;
  /** The name that was meant, where the variable is there with a slip of the pen. */
  readonly near?: string;
  readonly at: Field;
  readonly wrong: readonly Variant[];
  readonly having: readonly Variant[];
  readonly related: readonly { readonly at: Field | Origin; readonly message: string }[];
}

function missingIn(app: App): Missing[] {
  return containersSideBySide(app).flatMap((containers) => {
    const places = [...containers.values()];
    const names = new Set(places.flatMap(({ container }) => variablesOf(container).filter((name) => name !== undefined)));
    const holdings = [...names].map((name) => {
      // Where siblings name the variable beside the same open source, that source does not bring it.
      const shared = new Set(places.filter(({ container }) => variablesOf(container).includes(name)).flatMap(openSourcesOf));
      return { name, ...lacking(app.variants, (variant) => presenceOf(name, containers.get(variant), shared)) };
    });
    const slips = slipsAmong(holdings).filter(({ written, variants }) => holderOf(written, variants, containers));
    const missing = withoutSlips(holdings, slips).flatMap(({ name, lacking: wrong, having }): Missing[] => {
      // What comes through `envFrom` is a key of a ConfigMap: missing-config-key speaks of it.
      const holder = holderOf(name, having, containers);
      if (!holder || wrong.length === 0) return [];
      const at = placeOf(name, holder);
      if (isOfTemplate(at.node) || isSaidToStayBelow(at.origins()[0])) return [];
      const related = wrong.flatMap((variant) => {
        const place = containers.get(variant);
        return place ? [{ at: placeFor(place), message: `the variable belongs here for ${variant.environment.name}` }] : [];
      });
      return [{ name, container: holder.container.name, at, wrong, having, related }];
    });
    return [...slips.flatMap((slip) => misspelled(slip, containers)), ...missing];
  });
}

function misspelled({ written, meant, variants, having }: Slip, containers: ReadonlyMap<Variant, ContainerPlace>): Missing[] {
  const [holder, example] = [holderOf(written, variants, containers), holderOf(meant, having, containers)];
  if (!holder || !example) return [];
  const related = [{ at: placeOf(meant, example), message: 'as others have it' }];
  return [{ name: written, near: meant, container: holder.container.name, at: placeOf(written, holder), wrong: variants, having, related }];
}

/** The container of the first of some variants that names a variable itself. */
function holderOf(name: string, variants: readonly Variant[], containers: ReadonlyMap<Variant, ContainerPlace>): ContainerPlace | undefined {
  return [...containers].find(([variant, place]) => variants.includes(variant) && variablesOf(place.container).includes(name))?.[1];
}

function placeOf(name: string, { resource, container }: ContainerPlace): Field {
  return resource.field(...container.path, 'env', variablesOf(container).indexOf(name), 'name');
}

/** A line of values that a chart gives to many containers is one mistake. */
function oneForEachLine(all: readonly Missing[]): [Missing, ...Missing[]][] {
  const sameNames = groupBy(all, ({ name, near }) => `${name}\0${near ?? ''}`);
  return [...sameNames.values()].flatMap((same) =>
    [...linesOf(same, ({ at }) => at.origins()[0])].map(([first, ...others]): [Missing, ...Missing[]] => [first, ...others]),
  );
}

function containerNames(all: readonly Missing[]): string {
  const names = [...new Set(all.map(({ container }) => `"${container}"`))];
  return names.length === 1 ? `container ${names[0]}` : `containers ${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** The name of each item of `env`; undefined where it has none. */
function variablesOf({ node }: Container): (string | undefined)[] {
  return itemsOf(node, 'env').map((variable) => textOf(variable, 'name') || undefined);
}

function presenceOf(name: string, place: ContainerPlace | undefined, shared: ReadonlySet<string>): 'yes' | 'no' | 'unknown' {
  if (!place?.variant.complete) return 'unknown';
  if (variablesOf(place.container).includes(name)) return 'yes';
  // A patch set it, for a container that it misspelt: that is the mistake.
  if (phantomContainersOf(place.resource).some(({ container }) => variablesOf(container).includes(name))) return 'unknown';
  for (const { prefix, definition } of envSourcesOf(place.container, place.variant)) {
    if (definition && definition.keys !== 'any' && name.startsWith(prefix) && definition.keys.has(name.slice(prefix.length))) return 'yes';
  }
  return openSourcesOf(place).every((source) => shared.has(source)) ? 'no' : 'unknown';
}

/** Sources made elsewhere, or filled there: only the cluster knows what they bring. */
function openSourcesOf(place: ContainerPlace): string[] {
  return envSourcesOf(place.container, place.variant)
    .filter(({ definition }) => !definition || definition.keys === 'any')
    .map(({ kind, name }) => `${kind}/${withoutEnvironment(name, place.variant)}`);
}

/** Where the variable is to be added: behind the last one that the variant's own files bring. */
function placeFor({ resource, container, variant }: ContainerPlace) {
  const list = resource.field(...container.path, 'env');
  return placeToAdd(list.node, variant) ?? resource.field(...container.path, 'name');
}
