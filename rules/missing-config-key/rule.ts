import {
  counterpartsOf,
  defineRule,
  entriesOf,
  type Field,
  isOfTemplate,
  isSaidToStayBelow,
  lacking,
  type Origin,
  placeToAdd,
  slipsAmong,
  type Twin,
  type Variant,
  withoutEnvironment,
  withoutSlips,
} from '../../src/rule/index.ts';
import { additionOf, renamingOf } from './fix.ts';
import { missingInTexts } from './texts.ts';

export default defineRule({
  id: 'missing-config-key',
  meta: {
    summary: 'Disallow ConfigMap keys that sibling environments have and one lacks',
    category: 'parity',
    severity: 'error',
    ladder: 'laddered',
    preset: 'recommended',
    fixable: 'unsafe',
    since: '0.1.0',
    hint: 'Add the key where it is missing; where the difference is meant, ignore the finding with a reason.',
    messages: {
      missing: '"{{key}}" is not set',
      misspelled: '"{{key}}" stands where others have "{{near}}"',
    },
  },
  create({ report }) {
    return {
      app(app) {
        for (const twins of counterpartsOf(app)) {
          if (twins[0]?.resource.id.kind !== 'ConfigMap' || twins.length < 2) continue;
          const holdings = [...keysOf(twins)].map((name) => ({ name, ...lacking(app.variants, (variant) => presenceOf(name, twins, variant)) }));
          const slips = slipsAmong(holdings);
          for (const { written, meant, variants, having } of slips) {
            const [place, example] = [placeIn(variants, written, twins), placeIn(having, meant, twins)];
            if (!place || !example) continue;
            const related = [{ at: example, message: 'as others have it' }];
            report({
              messageId: 'misspelled',
              data: { key: nameAt(place), near: nameAt(example) },
              at: place,
              variants,
              comparedWith: having,
              related,
              fix: renamingOf(placesIn(variants, written, twins), nameAt(example)),
            });
          }
          for (const { name, lacking: wrong, having } of withoutSlips(holdings, slips)) {
            const place = placeIn(having, name, twins);
            if (!place || wrong.length === 0 || isOfTemplate(place.keyNode) || isSaidToStayBelow(place.origins()[0])) continue;
            report({
              messageId: 'missing',
              data: { key: nameAt(place) },
              at: place,
              variants: wrong,
              comparedWith: having,
              fix: additionOf(app, { key: nameAt(place), wrong, having, textIn: textUnder(name, twins), placeIn: placeAmong(twins) }),
              related: twins
                .filter(({ variant }) => wrong.includes(variant))
                .map((twin) => ({ at: placeFor(twin), message: `the key belongs here for ${twin.variant.environment.name}` })),
            });
          }
        }
        for (const { found, name, near, holder, wrong, having, places, atMost } of missingInTexts(app)) {
          report({
            ...(near === undefined ? { messageId: 'missing', data: { key: name } } : { messageId: 'misspelled', data: { key: name, near } }),
            at: found.key.origin,
            variants: wrong,
            comparedWith: having,
            ...(holder.holder && { about: holder.holder }),
            inside: found.path,
            ...(atMost && { atMost }),
            related: places.map(({ at, variant }) => ({
              at,
              message: near === undefined ? `the key belongs here for ${variant.environment.name}` : 'as others have it',
            })),
          });
        }
      },
    };
  },
});

const FIELDS = ['data', 'binaryData'];

/** Keys that hold the environment's own name, such as `application-prod.yaml`, are one key. */
function keysOf(twins: readonly Twin[]): Set<string> {
  return new Set(twins.flatMap((twin) => [...placesOf(twin).keys()]));
}

const places = new WeakMap<Twin, ReadonlyMap<string, Field>>();

/** The keys of one ConfigMap by their common names. */
function placesOf(twin: Twin): ReadonlyMap<string, Field> {
  let found = places.get(twin);
  if (!found) {
    const { resource, variant } = twin;
    const entries = FIELDS.flatMap((field) =>
      entriesOf(resource.node, field).map(({ key }) => [withoutEnvironment(key.text, variant), resource.key(field, key.text)] as const),
    );
    // Of two that share a common name the first one stands for both.
    found = new Map(entries.reverse());
    places.set(twin, found);
  }
  return found;
}

function placeOf(key: string, twin: Twin): Field | undefined {
  return placesOf(twin).get(key);
}

/** The key in the first of some variants. */
function placeIn(variants: readonly Variant[], key: string, twins: readonly Twin[]): Field | undefined {
  const twin = twins.find((one) => variants.includes(one.variant));
  return twin && placeOf(key, twin);
}

/** The key in all of some variants. */
function placesIn(variants: readonly Variant[], key: string, twins: readonly Twin[]): readonly Field[] {
  return twins.flatMap((twin) => (variants.includes(twin.variant) ? (placeOf(key, twin) ?? []) : []));
}

function nameAt({ path }: Field): string {
  return String(path.at(-1));
}

function placeUnder(key: string, { resource }: Twin): boolean {
  return FIELDS.some((field) => entriesOf(resource.node, field).some((entry) => entry.key.text === key));
}

function presenceOf(key: string, twins: readonly Twin[], variant: Variant): 'yes' | 'no' | 'unknown' {
  const own = twins.filter((twin) => twin.variant === variant);
  // A key that holds the name of another environment may stand in all of them.
  if (own.some((twin) => placeOf(key, twin) || placeUnder(key, twin))) return 'yes';
  // A ConfigMap that is missing as a whole is another mistake.
  return own.length > 0 && variant.complete ? 'no' : 'unknown';
}

/** The text that a variant has under a key; of several ConfigMaps, none. */
function textUnder(key: string, twins: readonly Twin[]): (variant: Variant) => string | undefined {
  return (wanted) => {
    const [only, another] = twins.filter(({ variant }) => variant === wanted);
    const node = only && !another ? placeOf(key, only) : undefined;
    const value = node?.path[0] === 'data' ? node.resource.field(...node.path).node : undefined;
    return value?.kind === 'scalar' ? value.text : undefined;
  };
}

function placeAmong(twins: readonly Twin[]): (variant: Variant) => Origin | undefined {
  return (wanted) => {
    const [only, another] = twins.filter(({ variant }) => variant === wanted);
    const at = only && !another ? placeFor(only) : undefined;
    return at && 'file' in at ? at : undefined;
  };
}

/** Where the key is to be added: behind the last one that the variant's own files bring. */
function placeFor({ resource, variant }: Twin) {
  for (const field of FIELDS) {
    const place = placeToAdd(resource.field(field).node, variant);
    if (place) return place;
  }
  return resource.field('metadata', 'name');
}
