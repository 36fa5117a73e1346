import { groupBy } from '../text/group-by.ts';
import { isWithin } from '../text/path.ts';
import type { SourceFile } from '../text/source-file.ts';
import { entriesOf, type Mapping } from '../tree/node.ts';
import { counterpartsOf, type Presence, withoutEnvironment } from './counterparts.ts';
import { payloadOf, payloadOfFile } from './payload.ts';
import { isLeaf, membersOf, type PayloadKey, parentOf, payloadKeysOf } from './payload-keys.ts';
import type { Field } from './resource.ts';
import type { App, Variant } from './variant.ts';

/** A text of settings that a variant has: a settings file, or a value of a ConfigMap that holds YAML, JSON, properties and the like. */
export interface SettingsText {
  readonly variant: Variant;
  /** Without the environment in it: the key of the ConfigMap that holds it, or the path of the file from the folder of its variant. */
  readonly name: string;
  readonly root: Mapping;
  /** Its keys by their paths, with the environment's own name put aside. */
  readonly keys: ReadonlyMap<string, PayloadKey>;
  /** The key of the ConfigMap that holds it; undefined for a file. */
  readonly holder: Field | undefined;
  /** What its variant reads together with it, itself among them: a key that is in one of them is there. */
  readonly beside: readonly SettingsText[];
}

const known = new WeakMap<App, readonly (readonly SettingsText[])[]>();

/** The texts of settings of an app, each with its twins in the other variants; those that only one variant has are among them. */
export function settingsTextsOf(app: App): readonly (readonly SettingsText[])[] {
  let found = known.get(app);
  if (!found) {
    found = [...textsOfConfigMaps(app), ...textsOfFiles(app)];
    known.set(app, found);
  }
  return found;
}

function textsOfConfigMaps(app: App): SettingsText[][] {
  const groups: SettingsText[][] = [];
  for (const twins of counterpartsOf(app)) {
    if (twins[0]?.resource.id.kind !== 'ConfigMap') continue;
    const texts: SettingsText[] = [];
    for (const { variant, resource } of twins) {
      const beside: SettingsText[] = [];
      for (const { key, value } of entriesOf(resource.node, 'data')) {
        const root = value.kind === 'scalar' ? payloadOf(key.text, value) : undefined;
        if (root) texts.push(textOf(variant, withoutEnvironment(key.text, variant), root, resource.key('data', key.text), beside));
      }
    }
    groups.push(...groupBy(texts, ({ name }) => name).values());
  }
  return groups;
}

function textsOfFiles({ variants }: App): SettingsText[][] {
  const texts: SettingsText[] = [];
  for (const variant of variants) {
    const beside: SettingsText[] = [];
    for (const file of variant.settings) {
      const root = payloadOfFile(file);
      if (root) texts.push(textOf(variant, settingsFileName(file, variant), root, undefined, beside));
    }
  }
  return [...groupBy(texts, ({ name }) => name).values()];
}

/** What a file of settings is called in every environment: its path from the folder of its variant, without the environment in it. */
export function settingsFileName({ path }: SourceFile, variant: Variant): string {
  const { root } = variant;
  return withoutEnvironment(root !== '' && isWithin(path, root) ? path.slice(root.length + 1) : path, variant);
}

function textOf(variant: Variant, name: string, root: Mapping, holder: Field | undefined, beside: SettingsText[]): SettingsText {
  let keys: SettingsText['keys'] | undefined;
  const text: SettingsText = {
    variant,
    name,
    root,
    get keys() {
      keys ??= payloadKeysOf(root, (key) => withoutEnvironment(key, variant));
      return keys;
    },
    holder,
    beside,
  };
  beside.push(text);
  return text;
}

/**
 * Whether a variant has a key of a text. `unknown` where it has no such text, where what would hold the key is missing or of
 * another form, and where the two have so little in common that the keys are data: names of users, of hosts.
 */
export function presenceIn(id: string, twins: readonly SettingsText[], variant: Variant): Presence {
  const own = twins.filter((text) => text.variant === variant);
  if (own.some(({ beside }) => beside.some(({ keys }) => keys.has(id)))) return 'yes';
  const parent = parentOf(id);
  const holding = own.filter((text) => isBranch(text, parent));
  const isKnown = holding.length > 0 && isWhole(variant) && holding.every((text) => twins.every((twin) => !twin.keys.has(id) || isAlike(text, twin, parent)));
  return isKnown ? 'no' : 'unknown';
}

function isWhole({ renderer, complete, gaps }: Variant): boolean {
  return renderer === 'files' ? gaps.length === 0 : complete;
}

function branchOf({ root, keys }: SettingsText, id: string) {
  return id === '' ? root : keys.get(id)?.value;
}

function isBranch(text: SettingsText, id: string): boolean {
  const branch = branchOf(text, id);
  return branch !== undefined && membersOf(branch).length > 0;
}

/** Whether most of what one holds below a key the other holds, too; of lines of settings, anything. */
function isAlike(text: SettingsText, twin: SettingsText, parent: string): boolean {
  const wanted = idsBelow(twin, parent);
  const shared = wanted.filter((id) => text.keys.has(id)).length;
  const isFlat = parent === '' && [...twin.keys.values()].every(isLeaf);
  return isFlat ? shared > 0 : shared * 2 >= wanted.length;
}

const below = new WeakMap<SettingsText, Map<string, string[]>>();

function idsBelow(text: SettingsText, parent: string): readonly string[] {
  let byParent = below.get(text);
  if (!byParent) {
    byParent = groupBy(text.keys.keys(), parentOf);
    below.set(text, byParent);
  }
  return byParent.get(parent) ?? [];
}
