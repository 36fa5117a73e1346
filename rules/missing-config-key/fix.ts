import {
  type App,
  additionBehind,
  type Field,
  type Fix,
  isUnfilled,
  nearestBefore,
  type Origin,
  placeholderIn,
  rewritten,
  type TextEdit,
  type Variant,
} from '../../src/rule/index.ts';

/** A key that some variants lack. */
export interface Missing {
  readonly key: string;
  readonly wrong: readonly Variant[];
  readonly having: readonly Variant[];
  /** The text that a variant has under it; undefined where it is none, or is not known. */
  readonly textIn: (variant: Variant) => string | undefined;
  /** Behind what it belongs, in the files of a variant. */
  readonly placeIn: (variant: Variant) => Origin | undefined;
}

/** Adds the key wherever it is missing, with the value that the environment before has, if all of that have the same; undefined where one is not certain. */
export function additionOf(app: App, { key, wrong, having, textIn, placeIn }: Missing): Fix | undefined {
  if (SECRET.test(key)) return undefined;
  const edits: TextEdit[] = [];
  for (const variant of wrong) {
    const before = nearestBefore(variant.environment, app);
    const texts = new Set(having.filter(({ environment }) => before?.has(environment.name)).map(textIn));
    const [text] = texts;
    const at = placeIn(variant);
    if (text === undefined || texts.size > 1 || !at || !isSure(text, having) || !isOwn(at, variant)) return undefined;
    const edit = additionBehind(at, { key, text });
    if (!edit) return undefined;
    const isThere = edits.some(({ location: { file, span } }) => file === edit.location.file && span.start === edit.location.span.start);
    if (!isThere) edits.push(edit);
  }
  return edits.length === 0 ? undefined : { title: 'Add the key with the value of the environment before', safety: 'unsafe', edits };
}

/** Gives the key its right name, wherever it is written. */
export function renamingOf(places: readonly Field[], name: string): Fix | undefined {
  const edits: TextEdit[] = [];
  for (const { keyNode } of places) {
    const edit = keyNode && rewritten(keyNode, name);
    if (!edit) return undefined;
    if (!edits.some(({ location: { file, span } }) => file === edit.location.file && span.start === edit.location.span.start)) edits.push(edit);
  }
  return edits.length === 0 ? undefined : { title: 'Write the name as others have it', safety: 'unsafe', edits };
}

/** What such keys hold is written down by nobody but people. */
const SECRET = /passw|secret|token|credential|api[-_]?key|private[-_]?key|(?:^|[-_.])(?:key|pw|pwd)$/i;

/** A placeholder is no value, and what names an environment is meant for that one. */
function isSure(text: string, having: readonly Variant[]): boolean {
  const names = having.map(({ environment }) => environment.name.toLowerCase());
  const isNamed =
    text
      .toLowerCase()
      .split(/[^a-z0-9-]+|-/)
      .some((word) => names.includes(word)) || names.some((name) => name.length > 3 && text.toLowerCase().includes(name));
  return text !== '' && !isUnfilled(text) && placeholderIn(text) === 'no' && !isNamed;
}

/** It stands in the folder of the variant, and not in what all share. */
function isOwn({ file }: Origin, { root, tree }: Variant): boolean {
  return file.tree === tree && file.path.startsWith(root ? `${root}/` : '');
}
