import { type FieldPath, nodeAt } from '../tree/field-path.ts';
import { type Node, type Scalar, textOf } from '../tree/node.ts';
import { APART, counterpartsOf, withoutEnvironment } from './counterparts.ts';
import { type FindMentions, isOwnWord, type Mention } from './environment-words.ts';
import { parseImageReference } from './kubernetes/image-reference.ts';
import type { Resource } from './resource.ts';
import type { App, Variant } from './variant.ts';

/** A line of a text, in one variant, that names an environment. */
export interface NamingLine {
  readonly variant: Variant;
  readonly resource: Resource;
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

/** The lines of an app's objects that name environments, of each object that two environments have. */
export function namingLinesOf(app: App, find: FindMentions): NamingLine[] {
  if (new Set(app.variants.map(({ environment }) => environment.name)).size < 2) return [];
  const lines: NamingLine[] = [];
  for (const [group, twins] of counterpartsOf(app).entries()) {
    if (LEFT_ASIDE.has(twins[0]?.resource.id.kind ?? '')) continue;
    if (new Set(twins.map(({ variant }) => variant.environment.name)).size < 2) continue;
    for (const { variant, resource } of twins) {
      if (APART.has(variant.environment.tier)) continue;
      for (const { node, path, place, found } of textsIn(resource.node, find)) {
        for (const { text, offset, mentions } of found) {
          const own = mentions.filter((mention) => isOwnWord(mention, variant.environment));
          const others = mentions.filter((mention) => !own.includes(mention));
          lines.push({ variant, resource, path, node, key: keyOf(resource, path), place: `${group}\0${placeFor(place, variant)}`, text, offset, own, others });
        }
      }
    }
  }
  return lines;
}

interface FoundLine {
  readonly text: string;
  readonly offset: number;
  readonly mentions: readonly Mention[];
}

function* textsIn(root: Node, find: FindMentions): Generator<{ node: Scalar; path: FieldPath; place: readonly string[]; found: readonly FoundLine[] }> {
  const path: (string | number)[] = [];
  const place: string[] = [];
  function* walk(node: Node): ReturnType<typeof textsIn> {
    if (node.kind === 'scalar') {
      const found = VERSIONS.has(String(path.at(-1))) ? [] : linesIn(node.text, path.at(-1) === 'image', find);
      if (found.length > 0) yield { node, path: [...path], place: [...place], found };
      return;
    }
    const children = node.kind === 'mapping' ? node.entries.map(({ key, value }) => [key.text, value] as const) : [...node.items.entries()];
    for (const [step, child] of children) {
      path.push(step);
      place.push(typeof step === 'string' ? step : `[${textOf(child, 'name') ?? ''}]`);
      yield* walk(child);
      path.pop();
      place.pop();
    }
  }
  yield* walk(root);
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
