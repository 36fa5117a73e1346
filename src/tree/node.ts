import type { Location } from '../text/location.ts';
import type { SourceFile } from '../text/source-file.ts';

/** What was done to give a value its present form. `written` is a plain line of a manifest. */
export type How =
  | 'written'
  | 'patch'
  | 'json-patch'
  | 'generator'
  | 'image'
  | 'replica'
  | 'namespace'
  | 'name-prefix'
  | 'name-suffix'
  | 'label'
  | 'annotation'
  | 'replacement'
  | 'variable'
  | 'name-reference'
  | 'substitution'
  | 'helm-value'
  | 'helm-template';

/** How far the trail could be followed: to the token, to the entry that holds it, or only to the file. */
export type Precision = 'exact' | 'entry' | 'file';

/** One place that had a hand in a value. Whether it is base, component or overlay depends on who asks: derived, never stored. */
export interface Origin {
  readonly file: SourceFile;
  /** Half-open, UTF-16 offsets into `file.text`. */
  readonly start: number;
  readonly end: number;
  readonly how: How;
  readonly precision: Precision;
}

/** The place alone. */
export function locationOf({ file, start, end }: Origin): Location {
  return { file, span: { start, end } };
}

export type Style = 'plain' | 'single-quoted' | 'double-quoted' | 'literal' | 'folded';

/** The author of a stretch of a scalar: `text.slice(start, end)`. Parts are in order and cover the text. */
export interface Part {
  readonly start: number;
  readonly end: number;
  readonly origin: Origin;
}

/** A deletion leaves a trace, so that "who removed this?" has an answer. */
export interface Removal {
  readonly key: string;
  readonly was: Node;
  readonly by: Origin;
}

/** Never changed: an edit makes new nodes along one path and shares the rest. */
export type Node = Scalar | Mapping | Sequence;

interface Common {
  readonly origin: Origin;
  /** What an explicit write put aside; never set on nodes that were only copied on the way to a change. */
  readonly replaces?: Node | undefined;
}

export interface Scalar extends Common {
  readonly kind: 'scalar';
  /** The text after unquoting, unfolding and unescaping; its type follows from `text`, `style` and `tag` (see scalar-value.ts). */
  readonly text: string;
  readonly style: Style;
  /** An explicit tag as written, such as `!!str`. */
  readonly tag?: string | undefined;
  /** Several authors of one text: an image name and its tag, a name and its prefix. */
  readonly parts?: readonly Part[] | undefined;
  /** Decided whether there is a value, not which: an `if`, a ternary. */
  readonly weak?: readonly Origin[] | undefined;
}

export interface Entry {
  readonly key: Scalar;
  readonly value: Node;
  /** The alias or merge key through which the entry came. */
  readonly via?: Origin | undefined;
}

/** Keys are unique: of duplicate keys the last one is kept, and the document tells of the others. */
export interface Mapping extends Common {
  readonly kind: 'mapping';
  readonly entries: readonly Entry[];
  readonly removed?: readonly Removal[] | undefined;
}

export interface Sequence extends Common {
  readonly kind: 'sequence';
  readonly items: readonly Node[];
  readonly removed?: readonly Removal[] | undefined;
}

export function scalar(text: string, style: Style, origin: Origin, more: Pick<Scalar, 'tag' | 'parts' | 'replaces' | 'weak'> = {}): Scalar {
  return { kind: 'scalar', text, style, origin, tag: more.tag, parts: more.parts, replaces: more.replaces, weak: more.weak };
}

export function mapping(entries: readonly Entry[], origin: Origin, more: Pick<Mapping, 'removed' | 'replaces'> = {}): Mapping {
  return { kind: 'mapping', entries, origin, removed: more.removed, replaces: more.replaces };
}

export function sequence(items: readonly Node[], origin: Origin, more: Pick<Sequence, 'removed' | 'replaces'> = {}): Sequence {
  return { kind: 'sequence', items, origin, removed: more.removed, replaces: more.replaces };
}

/** Above this many entries a mapping gets an index by key; most manifests never need one. */
const INDEX_FROM = 12;
const indexes = new WeakMap<Mapping, ReadonlyMap<string, Entry>>();

export function entryOf(node: Mapping, key: string): Entry | undefined {
  const { entries } = node;
  if (entries.length < INDEX_FROM) {
    for (const entry of entries) if (entry.key.text === key) return entry;
    return undefined;
  }
  let index = indexes.get(node);
  if (!index) {
    index = new Map(entries.map((entry) => [entry.key.text, entry]));
    indexes.set(node, index);
  }
  return index.get(key);
}

/** The value under a key, if `node` is a mapping that has it. */
export function childOf(node: Node | undefined, key: string): Node | undefined {
  return node?.kind === 'mapping' ? entryOf(node, key)?.value : undefined;
}

/** The text of the scalar under a key; undefined when there is none or it is a collection. */
export function textOf(node: Node | undefined, key: string): string | undefined {
  const value = childOf(node, key);
  return value?.kind === 'scalar' ? value.text : undefined;
}

/** The items under a key; empty when there is no sequence. */
export function itemsOf(node: Node | undefined, key: string): readonly Node[] {
  const value = childOf(node, key);
  return value?.kind === 'sequence' ? value.items : [];
}

/** The entries under a key; empty when there is no mapping. */
export function entriesOf(node: Node | undefined, key: string): readonly Entry[] {
  const value = childOf(node, key);
  return value?.kind === 'mapping' ? value.entries : [];
}
