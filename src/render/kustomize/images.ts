import type { Write } from '../../model/render-result.ts';
import { over } from '../../tree/edit.ts';
import { childOf, entryOf, type Mapping, type Node, type Origin, type Scalar } from '../../tree/node.ts';
import { editField, type FieldSpec, routesFor } from './field-paths.ts';
import { type GoRegexp, goRegexp } from './go-regexp.ts';
import { gvkOf } from './gvk.ts';
import type { LayeredResource } from './layered-resource.ts';
import { Refusal } from './refusal.ts';
import { join, originAs, type Piece, pieceOf } from './writing.ts';

/** One item of `images`, ready to be applied. */
export interface ImageChange {
  readonly pattern: GoRegexp | undefined;
  readonly newName: Scalar | undefined;
  readonly newTag: Scalar | undefined;
  readonly digest: Scalar | undefined;
  readonly tagSuffix: Scalar | undefined;
  /** What it wrote already: the second walk meets it again, mostly to no effect. */
  readonly written: WeakSet<Scalar>;
}

/** Reads an item of `images`. A name that is no pattern matches nothing, as the name is put into one as it is. */
export function imageChangeOf(item: Node): ImageChange {
  const field = (key: string): Scalar | undefined => {
    const value = childOf(item, key);
    return value?.kind === 'scalar' && value.text !== '' ? value : undefined;
  };
  const name = field('name')?.text ?? '';
  return {
    pattern: goRegexp(`^${name}(:[a-zA-Z0-9_.{}-]*)?(@[a-zA-Z0-9]+([.+_-][a-zA-Z0-9]+)*:[a-zA-Z0-9_.{}-]*)?$`),
    newName: field('newName'),
    newTag: field('newTag'),
    digest: field('digest'),
    tagSuffix: field('tagSuffix'),
    written: new WeakSet(),
  };
}

/** The resources with their images changed; `touched` gets each resource whose images the entry names. */
export function changeImages(
  resources: readonly LayeredResource[],
  change: ImageChange,
  specs: readonly FieldSpec[],
  writes: Write[],
  touched: Set<LayeredResource>,
): LayeredResource[] {
  return resources.map((resource) => {
    const gvk = gvkOf(resource.node);
    if (gvk.kind === 'CustomResourceDefinition') return resource;
    const set = (old: Node | undefined): Node => {
      if (old?.kind !== 'scalar') throw new Refusal('other', 'the field for the image is no text', old?.origin);
      if (!change.pattern?.test(old.text)) return old;
      touched.add(resource);
      return changedImage(old, change, writes);
    };
    // Twice on purpose: kustomize walks all lists of containers first, and then the places it knows.
    let node = holdsContainers(resource.node) ? (inContainers(resource.node, set) as Mapping) : resource.node;
    for (const route of routesFor(specs, gvk)) node = editField(node, route, set);
    return node === resource.node ? resource : { ...resource, node };
  });
}

const containerLists = new WeakMap<Node, boolean>();

function isContainerList(key: string): boolean {
  return key === 'containers' || key === 'initContainers';
}

/** Whether there is a list of containers anywhere below. */
function holdsContainers(node: Node): boolean {
  if (node.kind === 'scalar') return false;
  let holds = containerLists.get(node);
  if (holds === undefined) {
    holds =
      node.kind === 'mapping' ? node.entries.some(({ key, value }) => isContainerList(key.text) || holdsContainers(value)) : node.items.some(holdsContainers);
    containerLists.set(node, holds);
  }
  return holds;
}

function inContainers(node: Node, set: (old: Node | undefined) => Node): Node {
  if (!holdsContainers(node)) return node;
  if (node.kind === 'sequence') return { ...node, items: node.items.map((item) => inContainers(item, set)) };
  if (node.kind === 'scalar') return node;
  let changed = false;
  const entries = node.entries.map((entry) => {
    let value = inContainers(entry.value, set);
    if (isContainerList(entry.key.text) && value.kind === 'sequence') value = withImages(value, set);
    if (value === entry.value) return entry;
    changed = true;
    return { ...entry, value };
  });
  return changed ? { ...node, entries } : node;
}

function withImages(list: Extract<Node, { kind: 'sequence' }>, set: (old: Node | undefined) => Node): Node {
  let changed = false;
  const items = list.items.map((item) => {
    const image = item.kind === 'mapping' ? entryOf(item, 'image') : undefined;
    const value = image && set(image.value);
    if (!image || item.kind !== 'mapping' || !value || value === image.value) return item;
    changed = true;
    return { ...item, entries: item.entries.map((entry) => (entry === image ? { ...image, value } : entry)) };
  });
  return changed ? { ...list, items } : list;
}

/** The image with the parts exchanged that the entry names; the others keep their authors. */
function changedImage(old: Scalar, change: ImageChange, writes: Write[]): Scalar {
  const { nameEnd, tag, digest } = splitImage(old.text);
  const written = (node: Scalar): Piece => ({ text: node.text, parts: undefined, origin: originAs(node.origin, 'image') });
  const pieces: Piece[] = [change.newName ? written(change.newName) : pieceOf(old, 0, nameEnd)];
  const add = (mark: string, piece: Piece): void => {
    if (piece.text !== '') pieces.push({ text: mark, parts: undefined, origin: piece.origin }, piece);
  };
  const newer = change.newTag ?? change.digest ?? change.tagSuffix;
  if (change.newTag || change.digest) {
    if (change.newTag) add(':', written(change.newTag));
    if (change.digest) add('@', written(change.digest));
  } else if (change.tagSuffix) {
    const suffix = written(change.tagSuffix);
    if (tag) pieces.push(pieceOf(old, tag.start - 1, tag.end), suffix);
    else add(':', suffix);
  } else {
    if (tag) pieces.push(pieceOf(old, tag.start - 1, tag.end));
    if (digest) pieces.push(pieceOf(old, digest.start - 1, digest.end));
  }
  const author = newer ?? change.newName;
  if (!author) return old;
  const value = join(pieces, old.style, originAs(author.origin, 'image'));
  if (change.written.has(old) && value.text === old.text) return old;
  noteWrites(change, old, { nameEnd, tag, digest }, writes);
  const result = over(value, old);
  change.written.add(result);
  return result;
}

interface ImageParts {
  readonly nameEnd: number;
  readonly tag: { readonly start: number; readonly end: number } | undefined;
  readonly digest: { readonly start: number; readonly end: number } | undefined;
}

/** Where name, tag and digest stand; a colon before the first slash belongs to a port. */
function splitImage(text: string): ImageParts {
  const slash = Math.max(0, text.indexOf('/'));
  const [at, colon] = [text.indexOf('@', slash), text.indexOf(':', slash)];
  if (at !== -1 && (colon === -1 || at < colon)) return { nameEnd: at, tag: undefined, digest: { start: at + 1, end: text.length } };
  if (colon === -1) return { nameEnd: text.length, tag: undefined, digest: undefined };
  if (at === -1) return { nameEnd: colon, tag: { start: colon + 1, end: text.length }, digest: undefined };
  return { nameEnd: colon, tag: { start: colon + 1, end: at }, digest: { start: at + 1, end: text.length } };
}

function noteWrites(change: ImageChange, old: Scalar, { nameEnd, tag, digest }: ImageParts, writes: Write[]): void {
  const note = (node: Scalar | undefined, before: string | undefined): void => {
    if (node) writes.push({ origin: originAs(node.origin, 'image') satisfies Origin, changed: before !== node.text });
  };
  note(change.newName, old.text.slice(0, nameEnd));
  note(change.newTag, tag && old.text.slice(tag.start, tag.end));
  note(change.digest, digest && old.text.slice(digest.start, digest.end));
  if (!change.newTag && !change.digest) note(change.tagSuffix, undefined);
}
