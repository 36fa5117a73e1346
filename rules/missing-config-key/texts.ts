import {
  type App,
  classOf,
  formatKeys,
  groupBy,
  type Holding,
  isOfTemplate,
  isSaidToStayBelow,
  lacking,
  lastMemberOf,
  type Origin,
  type PayloadKey,
  parentOf,
  presenceIn,
  type SettingsText,
  settingsTextsOf,
  slipsAmong,
  type Variant,
  withoutSlips,
} from '../../src/rule/index.ts';

/** A key that a text of settings lacks: of several that lie within each other, the outermost. */
export interface MissingInText {
  readonly found: PayloadKey;
  readonly name: string;
  /** The name that was meant, where the key is there with a slip of the pen. */
  readonly near?: string;
  /** The text that has the key, of the lowest environment. */
  readonly holder: SettingsText;
  readonly wrong: readonly Variant[];
  readonly having: readonly Variant[];
  /** A switch that is not there is off, and what is below other keys is often data: less is sure of these. */
  readonly atMost: 'warning' | 'info' | undefined;
  /** Where the key belongs, in each text that lacks it. */
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
  const ids = [...new Set(twins.flatMap(({ keys }) => [...keys.keys()]))];
  const holdings = ids.map((id) => ({ id, name: id.slice(id.lastIndexOf('\0') + 1), ...lacking(app.variants, (variant) => presenceIn(id, twins, variant)) }));
  return [...groupBy(holdings, ({ id }) => parentOf(id)).values()].flatMap((siblings) => {
    const slips = slipsAmong(siblings);
    const told = slips.flatMap(({ written, meant, variants, having }): MissingInText[] => {
      const idOf = (name: string) => siblings.find((one) => one.name === name)?.id ?? '';
      const [wrong, right] = [keyIn(idOf(written), twins, variants), keyIn(idOf(meant), twins, having)];
      if (!wrong || !right) return [];
      const names = { name: formatKeys(wrong.found.path), near: formatKeys(right.found.path) };
      const places = [{ variant: right.holder.variant, at: right.found.key.origin }];
      return [{ ...wrong, ...names, wrong: variants, having, places, atMost: limitOf(wrong.found) }];
    });
    return [...told, ...withoutSlips(siblings, slips).flatMap((one) => missingOf(one, twins))];
  });
}

function missingOf({ id, lacking: wrong, having }: Holding & { readonly id: string }, twins: readonly SettingsText[]): MissingInText[] {
  // A key that is called after an environment is its own affair.
  if (wrong.length === 0 || id.slice(id.lastIndexOf('\0')).includes('{env}')) return [];
  const key = keyIn(id, twins, having);
  if (!key) return [];
  const lackings = twins.filter(({ variant }) => wrong.includes(variant));
  const places = lackings.map((text) => ({ variant: text.variant, at: lastMemberOf(text.keys.get(parentOf(id))?.value ?? text.root) }));
  return [{ ...key, name: formatKeys(key.found.path), wrong, having, places, atMost: limitOf(key.found) }];
}

/** A key in the first of some variants that has it. Of what a template prints in one piece nobody knows the line. */
function keyIn(id: string, twins: readonly SettingsText[], variants: readonly Variant[]): Pick<MissingInText, 'found' | 'holder'> | undefined {
  const holder = twins.find((text) => variants.includes(text.variant) && text.keys.has(id));
  const found = holder?.keys.get(id);
  const isTold = found !== undefined && !isOfTemplate(found.key) && !isSaidToStayBelow(found.key.origin) && found.key.origin.precision !== 'file';
  return holder && isTold ? { found, holder } : undefined;
}

function limitOf({ path, value }: PayloadKey): MissingInText['atMost'] {
  if (value.kind !== 'scalar' || classOf(value.text) === 'a boolean' || path.some((step) => step.startsWith('['))) return 'info';
  return path.length > 1 ? 'warning' : undefined;
}
