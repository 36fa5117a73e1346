import {
  type App,
  classOf,
  formatKeys,
  isOfTemplate,
  lacking,
  lastMemberOf,
  type Origin,
  type PayloadKey,
  parentOf,
  presenceIn,
  type SettingsText,
  settingsTextsOf,
  type Variant,
} from '../../src/rule/index.ts';

/** A key that a text of settings lacks: of several that lie within each other, the outermost. */
export interface MissingInText {
  readonly found: PayloadKey;
  readonly name: string;
  /** The text that has the key, of the lowest environment. */
  readonly holder: SettingsText;
  readonly wrong: readonly Variant[];
  readonly having: readonly Variant[];
  /** Where the key belongs, in each text that lacks it. */
  /** A switch that is not there is off, and what is below other keys is often data: less is sure of these. */
  readonly atMost: 'warning' | 'info' | undefined;
  readonly places: readonly { readonly variant: Variant; readonly at: Origin }[];
}

/** Compares the settings files of an app, and the values of its ConfigMaps that hold settings, key by key. */
export function missingInTexts(app: App): MissingInText[] {
  return settingsTextsOf(app).flatMap((twins) => (isSame(twins) ? [] : missingIn(app, twins)));
}

/** Most texts come from a base, and are the same for all. */
function isSame([first, ...others]: readonly SettingsText[]): boolean {
  return first === undefined || others.every(({ root }) => root === first.root);
}

function missingIn(app: App, twins: readonly SettingsText[]): MissingInText[] {
  const ids = new Set(twins.flatMap(({ keys }) => [...keys.keys()]));
  return [...ids].flatMap((id): MissingInText[] => {
    const { lacking: wrong, having } = lacking(app.variants, (variant) => presenceIn(id, twins, variant));
    // A key that is called after an environment is its own affair.
    if (wrong.length === 0 || id.slice(id.lastIndexOf('\0')).includes('{env}')) return [];
    const holder = twins.find((text) => having.includes(text.variant) && text.keys.has(id));
    const found = holder?.keys.get(id);
    // Of what a template prints in one piece nobody knows the line.
    if (!holder || !found || isOfTemplate(found.key) || found.key.origin.precision === 'file') return [];
    const lackings = twins.filter(({ variant }) => wrong.includes(variant));
    const places = lackings.map((text) => ({ variant: text.variant, at: lastMemberOf(text.keys.get(parentOf(id))?.value ?? text.root) }));
    return [{ found, name: formatKeys(found.path), holder, wrong, having, places, atMost: limitOf(found) }];
  });
}

function limitOf({ path, value }: PayloadKey): MissingInText['atMost'] {
  if (value.kind !== 'scalar' || path.some((step) => step.startsWith('['))) return 'info';
  return path.length > 1 || classOf(value.text) === 'a boolean' ? 'warning' : undefined;
}
