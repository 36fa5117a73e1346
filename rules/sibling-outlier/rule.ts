import {
  type App,
  counterpartsOf,
  defineRule,
  type Field,
  type FieldPath,
  firstOf,
  formatFieldPath,
  groupBy,
  hasLostOverride,
  headOf,
  isWithin,
  oddOnesOf,
  type Resource,
  sameMeaning,
  siblingsOf,
  type Twin,
  textsOf,
  type Variant,
} from '../../src/rule/index.ts';

export default defineRule({
  id: 'sibling-outlier',
  meta: {
    summary: 'Disallow what all clusters or regions of a tier set, but for one',
    category: 'parity',
    severity: 'warning',
    ladder: 'laddered',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Set it for the last one, too; where it differs on purpose, ignore the finding with a reason.',
    messages: {
      absent: 'Of {{all}} siblings only one does not set {{paths}} of {{resources}}',
      inherited: 'Of {{all}} siblings only one does not override {{paths}} of {{resources}}',
    },
  },
  create({ repository, report }) {
    // An override that missed it was meant to set it: that is the mistake.
    const isMeant = ({ odd, place }: Outlier) => !hasLostOverride(repository, odd, place.resource);
    return {
      app(app) {
        for (const [first, ...others] of oneForEachFile(outliersIn(app).filter(isMeant))) {
          const all = [first, ...others];
          const head = headOf(first.odd, repository.files) ?? first.place;
          const kept = first.kind === 'inherited' ? all.map(({ place }) => ({ at: place, message: 'this is what it has instead' })) : [];
          report({
            messageId: first.kind,
            data: {
              paths: firstOf([...new Set(all.map(({ at }) => `"${formatFieldPath(at.path)}"`))]),
              resources: firstOf([...new Set(all.map(({ at }) => nameOf(at.resource)))]),
              all: String(first.others.length + 1),
            },
            at: first.at,
            about: all.map(({ at }) => at),
            variants: [first.odd],
            comparedWith: first.others,
            related: [{ at: head, message: `it belongs here for ${first.odd.environment.name}` }, ...kept],
          });
        }
      },
    };
  },
});

function nameOf({ originalId: { kind, name } }: Resource): string {
  return `${kind} "${name}"`;
}

interface Outlier {
  readonly kind: 'absent' | 'inherited';
  readonly at: Field;
  readonly odd: Variant;
  readonly others: readonly Variant[];
  /** In the odd one: what it has, or what it would stand in. */
  readonly place: Field;
}

function outliersIn(app: App): Outlier[] {
  return siblingsOf(app).flatMap((siblings) =>
    counterpartsOf(app).flatMap((twins) => {
      const own = twins.filter(({ variant }) => siblings.includes(variant) && variant.complete);
      if (own.length < 3 || own.length < siblings.length || new Set(own.map(({ variant }) => variant)).size < own.length) return [];
      return outliersAmong(own);
    }),
  );
}

function outliersAmong(twins: readonly Twin[]): Outlier[] {
  const resources = twins.map(({ resource }) => resource);
  const found = oddOnesOf(
    resources.map(({ node }) => node),
    (paths) => inheritorOf(twins, paths),
  );
  return found.flatMap(({ paths, odd }): Outlier[] => {
    const holder = paths.findIndex((path, index) => path !== undefined && index !== odd);
    const [path, twin, last] = [paths[holder], twins[holder], twins[odd]];
    if (!path || !twin || !last) return [];
    const others = twins.filter((other) => other !== last).map(({ variant }) => variant);
    const own = paths[odd];
    const { keyNode, node } = twin.resource.field(...path);
    if (isSpokenFor(twin.resource, path) || (keyNode ?? node)?.origin.how === 'helm-template') return [];
    const place = own ? last.resource.field(...own) : last.resource.field(...path.slice(0, -1));
    return [{ kind: own ? 'inherited' : 'absent', at: own ? twin.resource.field(...path) : twin.resource.key(...path), odd: last.variant, others, place }];
  });
}

/** The one that takes a value as the base has it, where each of the others has written its own. */
function inheritorOf(twins: readonly Twin[], paths: readonly FieldPath[]): number | undefined {
  const fields = twins.map(({ resource }, index) => resource.field(...(paths[index] ?? [])));
  const inherits = fields.map((field, index) => !isOwn(field, twins[index]?.variant));
  const odd = inherits.indexOf(true);
  if (odd === -1 || inherits.lastIndexOf(true) !== odd) return undefined;
  return fields.some((field, index) => index !== odd && sameMeaning(field.node, fields[odd]?.node)) ? undefined : odd;
}

function isOwn(field: Field, variant: Variant | undefined): boolean {
  return variant !== undefined && variant.root !== '' && isWithin(field.origins()[0].file.path, variant.root);
}

/** Keys of ConfigMaps and variables of containers have rules of their own. */
function isSpokenFor({ id }: Resource, path: FieldPath): boolean {
  return path.includes('env') || (id.kind === 'ConfigMap' && (path[0] === 'data' || path[0] === 'binaryData'));
}

/** What is missing from one file is one mistake. */
function oneForEachFile(all: readonly Outlier[]): [Outlier, ...Outlier[]][] {
  const groups = groupBy(all, ({ kind, at, odd }) => [kind, at.origins()[0].file.name, odd.key].join('\0'));
  return [...groups.values()].filter((group) => !group.some(isMeantForIt));
}

/** Whether the base has it as the odd one needs it: then it is the base of that one, from which the others were made. */
function isMeantForIt({ kind, place, odd }: Outlier): boolean {
  if (kind === 'absent' || !place.node) return false;
  const words = [odd.environment.name, ...Object.values(odd.labels)].filter((word) => word.length > 3).map((word) => word.toLowerCase());
  return [...textsOf(place.node)].some(({ text }) => words.some((word) => text.toLowerCase().includes(word)));
}
