import { groupBy } from '../text/group-by.ts';
import type { SourceFile } from '../text/source-file.ts';
import { nodeAt } from '../tree/field-path.ts';
import type { Mapping, Origin, Sequence } from '../tree/node.ts';
import { APART, counterpartsOf, type Twin, withoutEnvironment } from './counterparts.ts';
import { itemNameOf, type Leaf, leafText, leavesOf, renamedStep, settingOf } from './leaves.ts';
import { neutralText } from './neutral-text.ts';
import { openedConfigMaps, settingsFilesOf } from './opened-settings.ts';
import type { Field, Resource } from './resource.ts';
import { settingsFileName } from './settings-texts.ts';
import type { App, Variant } from './variant.ts';

/** A value that one variant has at a place. */
export interface Held extends Twin {
  readonly leaf: Leaf;
}

/** A variant that has nothing at a place; `resource` is its object, where it has that at least. */
export interface Lacking {
  readonly variant: Variant;
  readonly resource: Resource | undefined;
}

/** What differences are looked for in, and declared of: an object, a field or a setting of one app. */
export interface Subject {
  readonly app: string;
  readonly kind: string;
  /** The original name, without the environment in it. */
  readonly name: string;
  /** None for the object as a whole. */
  readonly steps: readonly string[];
  /** What the setting is called; undefined for the object as a whole. */
  readonly key: string | undefined;
}

/** One place of an app across its variants. */
export interface Place extends Subject {
  /** In the order of promotion. */
  readonly held: readonly Held[];
  /** Those that have the object and not the place, or not even the object; where gaps may hide it, a variant is in neither list. */
  readonly lacking: readonly Lacking[];
  /** Its values are nobody's business: only whether it is there is compared. */
  readonly isSecret: boolean;
}

/** The variants that are compared: those of environments that are nobody's example are not. */
export function judgedVariants({ variants }: App): readonly Variant[] {
  return variants.filter(({ environment }) => environment.name !== '' && !APART.has(environment.tier));
}

/** Every place of an app, across the given variants. Namespaces, hashes and the order of lists make none differ. */
export function placesOf(app: App, variants: readonly Variant[], isSecretKey: (key: string) => boolean): Place[] {
  const wanted = new Set(variants);
  const objects = objectsOf(app, wanted).flatMap((twins) => placesOfObject(app, openedConfigMaps(twins), variants, isSecretKey));
  const files = settingsFilesOf(app).flatMap((all) => {
    const twins = all.filter(({ variant }) => wanted.has(variant));
    // That a file as a whole is not there says nothing of how it is read.
    return placesOfObject(app, twins.filter(isFirstOfVariant), variants, isSecretKey).filter(({ steps }) => steps.length > 0);
  });
  return [...objects, ...files];
}

function isFirstOfVariant({ variant }: Twin, at: number, all: readonly Twin[]): boolean {
  return all.findIndex((other) => other.variant === variant) === at;
}

/** The twins of each object, one a variant. */
function objectsOf(app: App, wanted: ReadonlySet<Variant>): Twin[][] {
  return counterpartsOf(app).flatMap((all) => {
    const twins = all.filter(({ variant }) => wanted.has(variant));
    if (new Set(twins.map(({ variant }) => variant)).size === twins.length) return twins.length > 0 ? [twins] : [];
    // The same name in two namespaces: each has its own twin elsewhere.
    const counts = new Map<string, number>();
    const groups = groupBy(twins, ({ resource, variant }) => {
      const namespace = withoutEnvironment(resource.id.namespace, variant);
      const seen = `${variant.key}\0${namespace}`;
      counts.set(seen, (counts.get(seen) ?? 0) + 1);
      return `${namespace}\0${counts.get(seen)}`;
    });
    return [...groups.values()];
  });
}

function placesOfObject(app: App, twins: readonly Twin[], variants: readonly Variant[], isSecretKey: (key: string) => boolean): Place[] {
  const [first] = twins;
  if (!first) return [];
  const { kind } = first.resource.originalId;
  const name = withoutEnvironment(first.resource.originalId.name, first.variant);
  const having = new Set(twins.map(({ variant }) => variant));
  const subject = { app: app.name, kind, name };
  const whole: Place = {
    ...subject,
    steps: [],
    key: undefined,
    isSecret: false,
    held: twins.map((twin) => ({ ...twin, leaf: { steps: [], path: [], node: twin.resource.node } })),
    lacking: variants.filter((variant) => !having.has(variant) && variant.complete).map((variant) => ({ variant, resource: undefined })),
  };
  const leaves = twins.flatMap((twin) => leavesIn(twin).map((leaf): Held => ({ ...twin, leaf })));
  const places = [...groupBy(leaves, ({ leaf }) => leaf.steps.join('\0')).values()].map((held): Place => {
    const { steps } = held[0].leaf;
    const has = held.length === twins.length ? having : new Set(held.map(({ variant }) => variant));
    const isEmpty = held.every(({ leaf: { node } }) => node.kind !== 'scalar' && !isFilled(node));
    // An empty mapping is nothing that one with entries could lack.
    // A settings file was read as a whole, whatever else its variant has.
    const lacks = (twin: Twin) => !has.has(twin.variant) && (twin.variant.complete || kind === '') && !(isEmpty && prefixesOf(twin).has(steps.join('\0')));
    const lacking = has === having ? [] : twins.filter(lacks);
    return { ...subject, steps, key: settingOf(kind, steps), held, lacking, isSecret: isSecret(kind, steps, held, isSecretKey) };
  });
  return [whole, ...places];
}

function isFilled(node: Mapping | Sequence): boolean {
  return node.kind === 'mapping' ? node.entries.length > 0 : node.items.length > 0;
}

const known = new WeakMap<Resource, readonly Leaf[]>();

function leavesIn({ resource, variant }: Twin): readonly Leaf[] {
  let leaves = known.get(resource);
  if (!leaves) {
    leaves = leavesOf(resource.node, nameOfIn(variant));
    known.set(resource, leaves);
  }
  return leaves;
}

function nameOfIn(variant: Variant): (text: string) => string {
  return (text) => withoutEnvironment(text, variant);
}

function isSecret(kind: string, steps: readonly string[], held: readonly Held[], isSecretKey: (key: string) => boolean): boolean {
  const [first = '', second = ''] = steps;
  if (kind === 'Secret' && (first === 'data' || first === 'stringData')) return true;
  if (second === 'encryptedData') return true;
  const key = settingOf(kind, steps);
  if (key !== undefined && isSecretKey(key)) return true;
  if (steps.some((step) => isSecretKey(step))) return true;
  return held.some(({ leaf: { node } }) => node.kind === 'scalar' && node.text.startsWith('ENC['));
}

/** Those who have the same value at a place, together; the values of secrets are all alike. */
export function formsOf({ held, isSecret, steps }: Pick<Place, 'held' | 'isSecret' | 'steps'>): Held[][] {
  if (isSecret || steps.length === 0) return held.length > 0 ? [[...held]] : [];
  const [first] = held;
  if (first && held.every(({ leaf: { node } }) => node === first.leaf.node)) return [[...held]];
  const raw = [...groupBy(held, ({ leaf }) => leafText(leaf)).values()];
  if (raw.length < 2) return raw;
  const neutral = [...groupBy(held, ({ leaf, variant, resource }) => neutralText(leafText(leaf), variant, resource.id.namespace)).values()];
  // A text may hold a word that happens to be one environment's name: then it is the same as it stands.
  return raw.length < neutral.length ? raw : neutral;
}

/** Who wrote what tells one value from another: of an image with another tag, who wrote the tag. */
export function partingOrigin({ resource, leaf }: Held, other: Held): Origin {
  const field = resource.field(...leaf.path);
  if (leaf.node.kind !== 'scalar' || other.leaf.node.kind !== 'scalar') return field.origins()[0];
  const [text, otherText] = [leaf.node.text, other.leaf.node.text];
  let start = 0;
  while (start < text.length && text[start] === otherText[start]) start += 1;
  let end = text.length;
  while (end > start && text[end - 1] === otherText[otherText.length - text.length + end - 1]) end -= 1;
  return start < text.length ? field.slice(start, Math.max(end, start + 1)) : field.origins()[0];
}

/** What a field of a variant's resource is to the contract, or the setting that the keys `inside` lead to in the text that it holds. */
export function subjectAt({ resource, path }: Field, variant: Variant | undefined, inside: readonly string[] = []): Omit<Subject, 'app'> {
  const nameOf = variant ? nameOfIn(variant) : (text: string) => text;
  const { kind, name } = resource.originalId;
  const outer = path.map((step, at) => {
    const item = typeof step === 'number' ? nodeAt(resource.node, path.slice(0, at + 1)) : undefined;
    const key = item && itemNameOf(item);
    return typeof step === 'string' ? nameOf(step) : `[${key === undefined ? step : nameOf(key)}]`;
  });
  const steps = [...outer, ...inside.map((step) => renamedStep(step, nameOf))];
  // A finding about the name of an object is about the object.
  const isWhole = steps.length === 0 || (steps.length === 2 && steps[0] === 'metadata' && steps[1] === 'name');
  return { kind, name: nameOf(name), steps: isWhole ? [] : steps, key: isWhole ? undefined : settingOf(kind, steps) };
}

/** What the keys of a settings file lead to, which is no object; `variants` are those that may be the ones that read it. */
export function subjectInSettings(file: SourceFile, variants: readonly Variant[], inside: readonly string[]): Omit<Subject, 'app'> {
  const variant = variants.find(({ inputs, tree }) => tree === file.tree && inputs.has(file.path)) ?? variants[0];
  const steps = variant ? inside.map((step) => renamedStep(step, nameOfIn(variant))) : inside;
  return { kind: '', name: variant ? settingsFileName(file, variant) : file.path, steps, key: settingOf('', steps) };
}

/** Whether the variants differ at a place: in the value, or in having one. */
export function differsAt(place: Place): boolean {
  return place.lacking.length > 0 || formsOf(place).length > 1;
}

/**
 * How many steps of a place lead to what is missing as a whole: where all of `resources` is missing, its limits are not
 * missing one by one.
 */
export function missingDepth({ steps, lacking }: Place): number {
  let deepest = 0;
  for (const { variant, resource } of lacking) {
    if (!resource) continue;
    const prefixes = prefixesOf({ variant, resource });
    let depth = 0;
    while (depth < steps.length && prefixes.has(steps.slice(0, depth + 1).join('\0'))) depth += 1;
    deepest = Math.max(deepest, depth);
  }
  return Math.min(deepest + 1, steps.length);
}

const prefixes = new WeakMap<Resource, ReadonlySet<string>>();

function prefixesOf(twin: Twin): ReadonlySet<string> {
  let found = prefixes.get(twin.resource);
  if (!found) {
    const all = new Set<string>();
    for (const { steps } of leavesIn(twin)) for (let length = 1; length <= steps.length; length += 1) all.add(steps.slice(0, length).join('\0'));
    found = all;
    prefixes.set(twin.resource, found);
  }
  return found;
}
