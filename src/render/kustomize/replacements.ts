import type { Write } from '../../model/render-result.ts';
import { over } from '../../tree/edit.ts';
import { sameMeaning } from '../../tree/equality.ts';
import { childOf, itemsOf, type Mapping, type Node, type Origin, type Scalar, scalar, textOf } from '../../tree/node.ts';
import { scalarValue } from '../../tree/scalar-value.ts';
import { isClosed } from './build-record.ts';
import { rootOf } from './configurations.ts';
import type { Reader } from './files.ts';
import { isSelected } from './gvk.ts';
import { isTrue } from './labels.ts';
import { allIds, type LayeredResource, scopeOf } from './layered-resource.ts';
import { attempt, Refusal } from './refusal.ts';
import { matchesAnyId, matchesLabels, type Selector, selectorOf } from './selectors.ts';
import { REPLACEMENT_SHAPE } from './shapes.ts';
import { editEmbedded } from './structured-text.ts';
import { editPlaces, lookup, splitFieldPath } from './tree-paths.ts';
import { fitTo, type Misfit } from './typed-yaml.ts';
import { isNullNode, join, markedAs, originAs, type Piece, pieceOf, stringScalar } from './writing.ts';

/** Copies values from object to object, entry by entry: each sees what those before it did. */
export function applyReplacements(resources: readonly LayeredResource[], items: readonly Node[], reader: Reader): readonly LayeredResource[] {
  let result = resources;
  for (const item of items) {
    for (const replacement of attempt(reader.record, item.origin, () => spelledOut(item, reader)) ?? []) {
      result = attempt(reader.record, item.origin, () => applyOne(result, replacement, item, reader)) ?? result;
    }
  }
  return result;
}

/** An item is a replacement, or names a file that holds one or a list of them. */
function spelledOut(item: Node, reader: Reader): readonly Node[] {
  const path = childOf(item, 'path');
  if (path?.kind !== 'scalar') return [item];
  if (childOf(item, 'source') || childOf(item, 'targets')) {
    throw new Refusal('invalid-kustomization', 'a replacement has a "path" or a source and targets, not both', path.origin);
  }
  const root = rootOf(path, reader);
  if (!root || root.kind === 'scalar') throw new Refusal('invalid-kustomization', `"${path.text}" holds no replacements`, path.origin);
  const misfits: Misfit[] = [];
  const shape = root.kind === 'sequence' ? { list: REPLACEMENT_SHAPE } : REPLACEMENT_SHAPE;
  const typed = fitTo(root, shape, misfits);
  const [misfit] = misfits;
  if (misfit) throw new Refusal('invalid-kustomization', misfit.message, misfit.origin);
  return typed?.kind === 'sequence' ? typed.items : typed ? [typed] : [];
}

function applyOne(resources: readonly LayeredResource[], replacement: Node, item: Node, { record }: Reader): readonly LayeredResource[] {
  const [source, fixed, targets] = [childOf(replacement, 'source'), childOf(replacement, 'sourceValue'), childOf(replacement, 'targets')];
  if ((!source && !fixed) || !targets) throw new Refusal('invalid-kustomization', 'a replacement needs a source and at least one target', replacement.origin);
  if (source && fixed) throw new Refusal('invalid-kustomization', 'a replacement has a "source" or a "sourceValue", not both', replacement.origin);
  const value = fixed ? markedAs(fixed, 'replacement') : sourceOf(resources, source as Node, !isClosed(record));
  if (!value) return resources;
  const writes: Write[] = [];
  const touched = new Set<number>();
  let result = resources;
  for (const target of itemsOf(replacement, 'targets')) result = copyTo(result, target, value, { writes, touched });
  record.effects.push({
    field: 'replacements',
    entry: item.origin,
    subject: source ? `${textOf(source, 'kind') ?? 'object'} "${textOf(source, 'name') ?? ''}"` : 'a fixed value',
    targets: touched.size,
    writes,
    closed: isClosed(record),
  });
  return result;
}

/** The value to be copied; undefined when it may be in something that is not here. */
function sourceOf(resources: readonly LayeredResource[], source: Node, isOpen: boolean): Node | undefined {
  const wanted = { group: textOf(source, 'group') ?? '', version: textOf(source, 'version') ?? '', kind: textOf(source, 'kind') ?? '' };
  const [name, namespace] = [textOf(source, 'name') ?? '', textOf(source, 'namespace') ?? ''];
  const scope = scopeOf(wanted, namespace);
  const matches = resources.filter((resource) =>
    allIds(resource).some((id) => isSelected(id.gvk, wanted) && (name === '' || name === id.name) && (namespace === '' || scope === id.scope)),
  );
  const [match, ...others] = matches;
  const what = `${wanted.kind || 'object'} "${name}"`;
  if (!match && isOpen) return undefined;
  if (!match) throw new Refusal('other', `the source of the replacement, ${what}, is not there`, source.origin);
  if (others.length > 0) throw new Refusal('conflict', `the source of the replacement, ${what}, could be several objects`, source.origin);
  const path = textOf(source, 'fieldPath') || 'metadata.name';
  const found = lookup(match.node, splitFieldPath(path));
  const isEmpty = !found || (found.kind !== 'scalar' && (found.kind === 'mapping' ? found.entries : found.items).length === 0);
  if (!found || isEmpty) throw new Refusal('other', `the source of the replacement has no "${path}"`, childOf(source, 'fieldPath')?.origin ?? source.origin);
  return partOf(found, childOf(source, 'options'));
}

function partOf(node: Node, options: Node | undefined): Node {
  const delimiter = textOf(options, 'delimiter') ?? '';
  if (delimiter === '') return node;
  if (node.kind !== 'scalar') throw new Refusal('other', 'only a text can be split by a delimiter', options?.origin);
  const index = Number(textOf(options, 'index') ?? 0);
  const texts = node.text.split(delimiter);
  const part = texts[index];
  if (part === undefined || index < 0) throw new Refusal('other', `the source of the replacement has no part ${index}`, options?.origin);
  const from = startOf(texts, index, delimiter);
  const { parts } = pieceOf(node, from, from + part.length);
  return { ...node, text: part, parts, origin: parts ? node.origin : narrowed(node, from, part.length) };
}

/** Where the text at `index` begins in the whole. */
function startOf(texts: readonly string[], index: number, delimiter: string): number {
  return texts.slice(0, index).reduce((sum, text) => sum + text.length + delimiter.length, 0);
}

/** The place of a stretch of a token, where the token shows it letter by letter. */
function narrowed({ text, origin }: Scalar, from: number, length: number): Origin {
  const at = origin.file.text.slice(origin.start, origin.end).indexOf(text);
  if (at === -1 || origin.precision !== 'exact') return { ...origin, precision: origin.precision === 'exact' ? 'entry' : origin.precision };
  const start = origin.start + at + from;
  return { ...origin, start, end: start + length };
}

interface Notes {
  readonly writes: Write[];
  readonly touched: Set<number>;
}

function copyTo(resources: readonly LayeredResource[], target: Node, value: Node, notes: Notes): readonly LayeredResource[] {
  const select = childOf(target, 'select');
  if (!select) throw new Refusal('invalid-kustomization', 'a target of a replacement selects nothing', target.origin);
  const selector = selectorOf(select);
  const rejects = itemsOf(target, 'reject').map(selectorOf);
  const paths = itemsOf(target, 'fieldPaths').filter((path): path is Scalar => path.kind === 'scalar');
  const wanted = paths.length > 0 ? paths : [scalar('metadata.name', 'plain', target.origin)];
  return resources.map((resource, index) => {
    if (!matchesLabels(selector, resource) || rejects.some((reject) => isRejected(reject, resource)) || !matchesAnyId(selector, resource)) return resource;
    notes.touched.add(index);
    let { node } = resource;
    for (const path of wanted) node = setAt(node, path, value, childOf(target, 'options'), notes.writes);
    return { ...resource, node };
  });
}

function isRejected(reject: Selector, resource: LayeredResource): boolean {
  const byLabels = reject.labels.length > 0 || reject.annotations.length > 0;
  return (byLabels && matchesLabels(reject, resource)) || (!reject.isOpen && matchesAnyId(reject, resource));
}

function setAt(node: Mapping, path: Scalar, value: Node, options: Node | undefined, writes: Write[]): Mapping {
  const create = isTrue(options, 'create') ? { kind: value.kind, origin: originAs(value.origin, 'replacement') } : undefined;
  const edit = (old: Node): Node => {
    const next = written(old, value, options);
    writes.push({ origin: path.origin, changed: !sameMeaning(old, next) });
    return over(next, old);
  };
  const steps = splitFieldPath(path.text);
  const embedded = editEmbedded(node, steps, { edit, create });
  if (embedded) return embedded;
  const { node: changed, count } = relocating(path, () => editPlaces(node, steps, { edit, create }));
  if (count === 0) throw new Refusal('other', `a target of the replacement has no "${path.text}"`, path.origin);
  return changed as Mapping;
}

/** Whatever does not fit is the fault of the path. */
function relocating<T>(path: Scalar, step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw error instanceof Refusal ? new Refusal(error.because, `"${path.text}": ${error.message}`, error.origin ?? path.origin) : error;
  }
}

/** Into a text or number only the text is copied, and the type stays; everything else takes the value as it is. */
function written(old: Node, value: Node, options: Node | undefined): Node {
  const delimiter = textOf(options, 'delimiter') ?? '';
  if (delimiter !== '' && old.kind !== 'scalar') throw new Refusal('other', 'only a text can be split by a delimiter');
  const at = originAs(value.origin, 'replacement');
  const origin: Origin = value.kind === 'scalar' ? at : { ...at, precision: 'entry' };
  const piece = copyOf(value, origin);
  const pieces = delimiter === '' || old.kind !== 'scalar' ? [piece] : spliced(old, delimiter, Number(textOf(options, 'index') ?? 0), piece);
  const { text: copied, parts } = pieces.length === 1 ? piece : join(pieces, 'plain', origin);
  if (old.kind !== 'scalar') {
    const whole = markedAs({ ...value, replaces: undefined }, 'replacement');
    return whole.kind === 'scalar' && delimiter !== '' ? { ...whole, text: copied } : whole;
  }
  if (old.style !== 'plain' || old.tag !== undefined) return { ...old, text: copied, origin, parts, replaces: undefined };
  const { type } = scalarValue(old);
  if (type === 'null' && old.text === '') return scalar(copied, 'plain', origin, { parts });
  if (type === 'string') return stringScalar(copied, origin, parts);
  const next = scalar(copied, 'plain', origin, { parts });
  const fits = scalarValue(next).type === type || (type === 'float' && scalarValue(next).type === 'int');
  if (!fits && !isNullNode(old)) throw new Refusal('other', `a text is put where a value of the type ${type} stands`);
  return next;
}

/** A value as text, with all who wrote it: of a name also its prefix. */
function copyOf(value: Node, origin: Origin): Piece {
  if (value.kind !== 'scalar') return { text: '', parts: undefined, origin };
  return { text: value.text, parts: value.parts?.map((part) => ({ ...part, origin: originAs(part.origin, 'replacement') })), origin };
}

/** The text with the value in the place of one of its parts, before the first, or behind the last. */
function spliced(old: Scalar, delimiter: string, index: number, value: Piece): Piece[] {
  const texts = old.text.split(delimiter);
  const mark: Piece = { text: delimiter, parts: undefined, origin: { ...value.origin, precision: 'entry' } };
  if (index < 0) return [value, mark, pieceOf(old)];
  const text = texts[index];
  if (text === undefined) return [pieceOf(old), mark, value];
  const from = startOf(texts, index, delimiter);
  return [pieceOf(old, 0, from), value, pieceOf(old, from + text.length)];
}
