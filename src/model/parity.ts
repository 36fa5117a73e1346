import { groupBy } from '../text/group-by.ts';
import { formatSteps, isSetting } from './leaves.ts';
import { formsOf, type Held, missingDepth, type Place, placesOf } from './places.ts';
import type { App, Variant } from './variant.ts';

/** What an environment has of a setting. Of several variants in one environment, some may have it and some not. */
export interface ParityCell {
  /** Each value once; texts are empty where the row is the same everywhere. Equal `form`s mean the same, whatever name of an environment is in them. */
  readonly values: readonly { readonly form: number; readonly text: string }[];
  /** How many variants have it. */
  readonly held: number;
  /** How many lack it. */
  readonly missing: number;
  /** How many have not even the object that it would be in. */
  readonly absent: number;
  /** Of how many a gap hides whether they have it. */
  readonly unknown: number;
}

/** One setting of an app across its environments. */
export interface ParityRow {
  /** `ConfigMap/checkout-config`, or the name of a settings file. */
  readonly resource: string;
  /** Empty for the object as a whole. */
  readonly key: string;
  /** Its values are nobody's business: only whether it is there is told. */
  readonly isSecret: boolean;
  readonly state: 'missing' | 'differs' | 'same';
  /** As the environments of the table. */
  readonly cells: readonly ParityCell[];
}

/** The settings of one app: keys of ConfigMaps and Secrets, variables of containers, keys of settings files. */
export interface ParityTable {
  readonly app: string;
  /** In the order of promotion. */
  readonly environments: readonly string[];
  readonly rows: readonly ParityRow[];
}

/** Says what people may see of a value. */
export type ShowValue = (held: Held) => string;

/** The settings of an app across some of its variants, in the order of its objects. What is missing as a whole is one row. */
export function parityOf(app: App, variants: readonly Variant[], isSecretKey: (key: string) => boolean, show: ShowValue): ParityTable {
  const environments = [...groupBy(variants, ({ environment }) => environment.name)];
  const rows = objectsIn(placesOf(app, variants, isSecretKey)).flatMap(({ whole, places }) => {
    const settings = [...groupBy(places, (place) => rowSteps(place).join('\0')).values()];
    const [setting] = places;
    if (!setting) return [];
    const without = new Set(whole?.lacking.map(({ variant }) => variant));
    const ofObject: RowSource = { place: setting, key: '', holding: new Map(), lacking: without, absent: new Set() };
    const ofSettings = settings.map((group): RowSource => {
      const lacking = new Set(group.flatMap(({ lacking: some }) => some.map(({ variant }) => variant)));
      return { place: group[0], key: keyOf(group[0]), holding: holdersOf(group, show), lacking, absent: without };
    });
    if (!whole || without.size === 0) return ofSettings;
    const text = countedKeys(settings.length);
    return [{ ...ofObject, holding: new Map(whole.held.map(({ variant }) => [variant, { form: 0, text: () => text }])) }, ...ofSettings];
  });
  return { app: app.name, environments: environments.map(([name]) => name), rows: rows.map((row) => rowOf(row, environments)) };
}

/** What a row is made of. */
interface RowSource {
  readonly place: Place;
  readonly key: string;
  readonly holding: ReadonlyMap<Variant, Value>;
  readonly lacking: ReadonlySet<Variant>;
  /** Those that have not even the object: there is a row that says so. */
  readonly absent: ReadonlySet<Variant>;
}

interface Value {
  readonly form: number;
  readonly text: () => string;
}

function rowOf({ place, key, holding, lacking, absent }: RowSource, environments: readonly (readonly [string, readonly Variant[]])[]): ParityRow {
  const isMissing = environments.some(([, own]) => own.some((variant) => !holding.has(variant) && lacking.has(variant)));
  const isSame = !isMissing && new Set([...holding.values()].map(({ form }) => form)).size < 2;
  const cells = environments.map(([, own]): ParityCell => {
    const values = own.flatMap((variant) => {
      const value = holding.get(variant);
      // What is the same everywhere is named only.
      return value ? { form: value.form, text: isSame ? '' : value.text() } : [];
    });
    const without = own.filter((variant) => !holding.has(variant));
    return {
      values: [...groupBy(values, ({ form, text }) => `${form}\0${text}`).values()].map(([value]) => value),
      held: values.length,
      missing: without.filter((variant) => lacking.has(variant)).length,
      absent: without.filter((variant) => !lacking.has(variant) && absent.has(variant)).length,
      unknown: without.filter((variant) => !lacking.has(variant) && !absent.has(variant)).length,
    };
  });
  const resource = [place.kind, place.held[0]?.resource.originalId.name ?? place.name].filter(Boolean).join('/');
  return { resource, key, isSecret: place.isSecret && key !== '', state: isMissing ? 'missing' : isSame ? 'same' : 'differs', cells };
}

/** The settings of one object. */
interface ObjectPlaces {
  /** Undefined for a settings file. */
  readonly whole: Place | undefined;
  readonly places: readonly Place[];
}

/** Places come object by object, each object as a whole before what is in it. */
function objectsIn(places: readonly Place[]): ObjectPlaces[] {
  const objects: Place[][] = [];
  for (const place of places) {
    const isFirst = place.steps.length === 0 || (place.kind === '' && objects.at(-1)?.[0]?.name !== place.name);
    if (isFirst || objects.length === 0) objects.push([]);
    objects.at(-1)?.push(place);
  }
  return objects.map((own) => ({
    whole: own[0]?.steps.length === 0 ? own[0] : undefined,
    places: own.filter(({ kind, steps }) => isSetting(kind, steps)),
  }));
}

/** The steps that a row is about: a variable of a container, whatever it is taken from, or what is missing as a whole. */
function rowSteps(place: Place): readonly string[] {
  const { steps } = place;
  const own = isVariable(place) ? steps.lastIndexOf('env') + 2 : steps.length;
  return steps.slice(0, place.lacking.length > 0 ? Math.min(own, missingDepth(place)) : own);
}

function isVariable({ kind, steps }: Place): boolean {
  return kind !== '' && kind !== 'ConfigMap' && kind !== 'Secret' && steps.includes('env');
}

/** `DB_HOST`, `web: DB_HOST` for a container's variable, `application.yaml: db.host` for a key in a text. */
function keyOf(place: Place): string {
  const steps = rowSteps(place).map((step, at) => ownName(place, at) ?? step);
  if (place.kind === '') return formatSteps(steps);
  if (isVariable(place)) {
    const at = steps.lastIndexOf('env');
    const named = [steps[at - 1], steps[at + 1]].map((step = '') => step.replace(/^\[(?:name=)?(.*)\]$/, '$1'));
    return at === -1 || at + 1 >= steps.length ? formatSteps(steps) : named.join(': ');
  }
  const [field = '', name = field, ...inside] = steps;
  return inside.length > 0 ? `${name}: ${formatSteps(inside)}` : name;
}

/** A key as all that have it write it: `DEV_URL` of one environment alone has no other name. */
function ownName({ held }: Place, at: number): string | undefined {
  const names = new Set(held.map(({ leaf: { path } }) => path[at]));
  const [name] = names;
  return names.size === 1 && typeof name === 'string' ? name : undefined;
}

/** What each variant has that has a row's setting. */
function holdersOf(places: readonly Place[], show: ShowValue): ReadonlyMap<Variant, Value> {
  const own = new Map<Variant, { readonly forms: string[]; readonly held: Held[] }>();
  for (const [at, place] of places.entries()) {
    for (const [form, holders] of formsOf(place).entries()) {
      for (const held of holders) {
        const known = own.get(held.variant) ?? { forms: [], held: [] };
        own.set(held.variant, known);
        known.forms.push(`${at}.${form}`);
        known.held.push(held);
      }
    }
  }
  const isWhole = places.some((place) => rowSteps(place).length < (isVariable(place) ? place.steps.lastIndexOf('env') + 2 : place.steps.length));
  const forms = [...new Set([...own.values()].map((one) => one.forms.join()))];
  return new Map(
    [...own].map(([variant, one]) => [
      variant,
      { form: forms.indexOf(one.forms.join()), text: () => (isWhole ? countedKeys(one.held.length) : textOf(one.held, show)) },
    ]),
  );
}

function countedKeys(count: number): string {
  return count === 1 ? '1 key' : `${count} keys`;
}

/** The value of a variable, or where it is taken from. */
function textOf(held: readonly Held[], show: ShowValue): string {
  const [only] = held;
  if (only && held.length === 1) return show(only);
  const value = held.find(({ leaf }) => leaf.steps.at(-1) === 'value');
  if (value) return show(value);
  const from = held.filter(({ leaf }) => leaf.steps.includes('valueFrom'));
  const kind = from[0]?.leaf.steps.at(from[0].leaf.steps.indexOf('valueFrom') + 1) ?? '';
  return [kind, ...from.map(show)].join(' ').trim();
}
