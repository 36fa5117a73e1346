import { childOf, entriesOf, itemsOf, type Origin, type Scalar, textOf } from '../tree/node.ts';
import { scalarValue } from '../tree/scalar-value.ts';
import { counterpartsOf, type Twin, withoutEnvironment } from './counterparts.ts';
import { containersOf } from './kubernetes/pod-template.ts';
import { payloadOf } from './payload.ts';
import { formatKeys } from './payload-keys.ts';
import type { Field } from './resource.ts';
import { settingsTextsOf } from './settings-texts.ts';
import type { App, Variant } from './variant.ts';

/** One value that a program is given in a variant: of a ConfigMap, of a text in one, of a container's variable, of a settings file. */
export interface Setting {
  readonly variant: Variant;
  /** What people call it: `DB_HOST`, `db.host`. */
  readonly name: string;
  readonly value: Scalar;
  /** Where the value stands. */
  readonly at: Origin;
  /** The field that it is, or that holds the text; undefined for a settings file. */
  readonly about: Field | undefined;
  /** The keys in the text. */
  readonly inside: readonly string[] | undefined;
}

const known = new WeakMap<App, readonly (readonly Setting[])[]>();

/** The settings of an app, each with its twins in the other variants. Secrets are none. */
export function settingTwinsOf(app: App): readonly (readonly Setting[])[] {
  let found = known.get(app);
  if (!found) {
    found = [...ofObjects(app), ...ofTexts(app)];
    known.set(app, found);
  }
  return found;
}

/** Nothing, or null. */
export function isBlank({ value }: Setting): boolean {
  return value.text.trim() === '' || (value.style === 'plain' && scalarValue(value).type === 'null');
}

type Groups = Map<string, Setting[]>;

function add(groups: Groups, id: string, setting: Setting): void {
  const twins = groups.get(id);
  if (twins) twins.push(setting);
  else groups.set(id, [setting]);
}

function ofObjects(app: App): Setting[][] {
  return counterpartsOf(app).flatMap((twins) => {
    const groups: Groups = new Map();
    for (const twin of twins) {
      if (twin.resource.id.kind === 'ConfigMap') addData(groups, twin);
      else addVariables(groups, twin);
    }
    return [...groups.values()];
  });
}

function addData(groups: Groups, { variant, resource }: Twin): void {
  for (const { key, value } of entriesOf(resource.node, 'data')) {
    if (value.kind !== 'scalar' || payloadOf(key.text, value)) continue;
    const about = resource.field('data', key.text);
    add(groups, withoutEnvironment(key.text, variant), { variant, name: key.text, value, at: placeOf(about), about, inside: undefined });
  }
}

function addVariables(groups: Groups, { variant, resource }: Twin): void {
  for (const { list, name, node, path } of containersOf(resource)) {
    for (const [index, variable] of itemsOf(node, 'env').entries()) {
      const value = childOf(variable, 'value');
      const key = textOf(variable, 'name');
      if (key === undefined || value?.kind !== 'scalar') continue;
      const about = resource.field(...path, 'env', index, 'value');
      add(groups, `${list}/${withoutEnvironment(name, variant)}/${key}`, { variant, name: key, value, at: placeOf(about), about, inside: undefined });
    }
  }
}

function placeOf(field: Field): Origin {
  return field.origins()[0];
}

function ofTexts(app: App): Setting[][] {
  return settingsTextsOf(app).flatMap((texts) => {
    const groups: Groups = new Map();
    for (const { variant, keys, holder } of texts) {
      for (const [id, { path, value }] of keys) {
        // Of what a template prints in one piece nobody knows the line.
        if (value.kind !== 'scalar' || value.origin.precision === 'file') continue;
        add(groups, id, { variant, name: formatKeys(path), value, at: value.origin, about: holder, inside: path });
      }
    }
    return [...groups.values()];
  });
}
