import { type FieldPath, nodeAt } from '../tree/field-path.ts';
import { type Node, type Origin, type Scalar, scalar, textOf } from '../tree/node.ts';
import { APART, counterpartsOf, withoutEnvironment } from './counterparts.ts';
import { type FindMentions, isOwnWord, type Mention } from './environment-words.ts';
import { parseImageReference } from './kubernetes/image-reference.ts';
import type { Field, Resource } from './resource.ts';
import { settingsTextsOf } from './settings-texts.ts';
import type { App, Variant } from './variant.ts';

/** A line of a text, in one variant, that names an environment. */
export interface NamingLine {
  readonly variant: Variant;
  /** The text as a whole: a field of an object, or a line of settings or values that no object was made of. */
  readonly whole: Field | Origin;
  readonly path: FieldPath;
  readonly node: Scalar;
  /** What the text stands under: its key, or the name of a variable. */
  readonly key: string;
  /** Where it stands, said so that the same place of another variant is called the same. */
  readonly place: string;
  readonly text: string;
  /** Where the line begins within the text. */
  readonly offset: number;
  /** In the order of the line; places are within the line. */
  readonly own: readonly Mention[];
  readonly others: readonly Mention[];
}

/** What deployers name is known better, what is secret stays secret, and definitions of resources speak of nobody's environment. */
const LEFT_ASIDE = new Set(['Application', 'ApplicationSet', 'AppProject', 'Kustomization', 'Secret', 'SealedSecret', 'CustomResourceDefinition']);

/** Versions have names of their own. */
const VERSIONS = new Set(['tag', 'newTag', 'version', 'appVersion', 'image.tag', 'digest']);

/** The lines of an app that name environments: of each object that two environments have, of settings files, and of values whose chart is not here. */
export function namingLinesOf(app: App, find: FindMentions): NamingLine[] {
  if (new Set(app.variants.map(({ environment }) => environment.name)).size < 2) return [];
  return [...textsOfObjects(app, find), ...textsOfSettings(app, find), ...textsOfValues(app, find)].flatMap(({ found, ...text }) =>
    found.map(({ text: line, offset, mentions }): NamingLine => {
      const own = mentions.filter((mention) => isOwnWord(mention, text.variant.environment));
      return { ...text, text: line, offset, own, others: mentions.filter((mention) => !own.includes(mention)) };
    }),
  );
}

interface FoundText extends Omit<NamingLine, 'text' | 'offset' | 'own' | 'others'> {
  readonly found: readonly FoundLine[];
}

function textsOfObjects(app: App, find: FindMentions): FoundText[] {
  return [...counterpartsOf(app).entries()].flatMap(([group, twins]) => {
    if (LEFT_ASIDE.has(twins[0]?.resource.id.kind ?? '')) return [];
    if (new Set(twins.map(({ variant }) => variant.environment.name)).size < 2) return [];
    return twins
      .filter(({ variant }) => !APART.has(variant.environment.tier))
      .flatMap(({ variant, resource }) =>
        textsIn(resource.node, find).map(({ place, ...text }): FoundText => {
          const whole = resource.field(...text.path);
          return { ...text, variant, whole, key: keyOf(resource, text.path), place: `${group}\0${placeFor(place, variant)}` };
        }),
      );
  });
}

/** Those within ConfigMaps are looked at with these. */
function textsOfSettings(app: App, find: FindMentions): FoundText[] {
  return [...settingsTextsOf(app).entries()].flatMap(([group, texts]) =>
    texts.flatMap(({ variant, holder, keys }) =>
      holder || APART.has(variant.environment.tier)
        ? []
        : [...keys].flatMap(([id, { path, value }]) =>
            value.kind === 'scalar' ? foundIn(value, find, { variant, path, whole: value.origin, place: `settings ${group}\0${id}` }) : [],
          ),
    ),
  );
}

function textsOfValues(app: App, find: FindMentions): FoundText[] {
  return app.variants.flatMap((variant) =>
    variant.charts.flatMap((values) => {
      if (values.isRead || APART.has(variant.environment.tier)) return [];
      return values.given.flatMap(({ path }) => {
        const { kind, text, origin } = values.at(path) ?? {};
        if (kind !== 'text' || text === undefined || !origin) return [];
        const place = `values ${values.release}\0${placeFor(path, variant)}`;
        return foundIn(scalar(text, 'plain', origin), find, { variant, path, whole: origin, place });
      });
    }),
  );
}

function foundIn(node: Scalar, find: FindMentions, where: Pick<FoundText, 'variant' | 'path' | 'whole' | 'place'>): FoundText[] {
  const key = String(where.path.at(-1));
  const found = VERSIONS.has(key) ? [] : linesIn(node.text, key === 'image', find);
  return found.length > 0 ? [{ ...where, node, key, found }] : [];
}

interface FoundLine {
  readonly text: string;
  readonly offset: number;
  readonly mentions: readonly Mention[];
}

interface TextIn {
  readonly node: Scalar;
  readonly path: FieldPath;
  readonly place: readonly string[];
  readonly found: readonly FoundLine[];
}

/** What names no environment, with all that is below it: variants share most of their trees. */
const silent = new WeakMap<FindMentions, WeakSet<Node>>();

function textsIn(root: Node, find: FindMentions): TextIn[] {
  const known = silent.get(find) ?? new WeakSet<Node>();
  silent.set(find, known);
  const texts: TextIn[] = [];
  const path: (string | number)[] = [];
  const place: string[] = [];
  const walk = (node: Node): void => {
    if (node.kind === 'scalar') {
      const found = VERSIONS.has(String(path.at(-1))) ? [] : linesIn(node.text, path.at(-1) === 'image', find);
      if (found.length > 0) texts.push({ node, path: [...path], place: [...place], found });
      return;
    }
    if (known.has(node)) return;
    const before = texts.length;
    const children = node.kind === 'mapping' ? node.entries.map(({ key, value }) => [key.text, value] as const) : [...node.items.entries()];
    for (const [step, child] of children) {
      path.push(step);
      place.push(typeof step === 'string' ? step : `[${textOf(child, 'name') ?? ''}]`);
      walk(child);
      path.pop();
      place.pop();
    }
    if (texts.length === before) known.add(node);
  };
  walk(root);
  return texts;
}

function linesIn(text: string, isImage: boolean, find: FindMentions): FoundLine[] {
  if (text.length < 2) return [];
  const end = isImage ? (parseImageReference(text)?.tagStart ?? text.length) : text.length;
  let offset = 0;
  return text.split('\n').flatMap((line) => {
    const start = offset;
    offset += line.length + 1;
    const mentions = find(line).filter((mention) => start + mention.end <= end);
    return mentions.length > 0 ? [{ text: line, offset: start, mentions }] : [];
  });
}

function keyOf({ node }: Resource, path: FieldPath): string {
  const key = path.findLast((step) => typeof step === 'string') ?? '';
  return (key === 'value' && textOf(nodeAt(node, path.slice(0, -1)), 'name')) || String(key);
}

function placeFor(steps: readonly string[], variant: Variant): string {
  return steps.map((step) => withoutEnvironment(step, variant)).join('\0');
}

/** Stands in a shape for the words that were put aside. */
export const STAND_IN = '{env}';

/** A line with some of its words put aside, so that those of several environments can be held against each other. */
export function shapeOf(text: string, mentions: readonly Mention[]): string {
  let shape = '';
  let at = 0;
  for (const { start, end } of [...mentions].sort((a, b) => a.start - b.start)) {
    shape += `${text.slice(at, start)}${STAND_IN}`;
    at = end;
  }
  return (shape + text.slice(at)).trim();
}
