import type { Write } from '../../model/render-result.ts';
import { over, withEntry, withItem, withoutEntry } from '../../tree/edit.ts';
import { sameMeaning } from '../../tree/equality.ts';
import { childOf, entryOf, type Mapping, type Node, type Origin, type Scalar, type Sequence, scalar, textOf } from '../../tree/node.ts';
import { scalarValue } from '../../tree/scalar-value.ts';
import { Refusal } from './refusal.ts';
import { markedAs, originAs } from './writing.ts';

/** One operation of a JSON patch. */
export interface Operation {
  readonly op: string;
  readonly path: string;
  readonly from: string | undefined;
  readonly value: Node | undefined;
  /** Where the operation stands. */
  readonly origin: Origin;
  /** The place of its value, or of its path where it has none. */
  readonly at: Origin;
}

const OPERATIONS = new Set(['add', 'remove', 'replace', 'move', 'copy', 'test']);

/** The operations of a patch. Throws a `Refusal` for what is not a list of operations. */
export function operationsOf(node: Node): Operation[] {
  if (node.kind !== 'sequence') throw new Refusal('other', 'a JSON patch is a list of operations', node.origin);
  return node.items.map((item) => {
    const marked = markedAs(asRead(item), 'json-patch');
    const op = textOf(marked, 'op');
    if (marked.kind !== 'mapping' || op === undefined) throw new Refusal('other', 'an operation of a JSON patch has no "op"', item.origin);
    const path = childOf(marked, 'path');
    const value = childOf(marked, 'value');
    return { op, path: textOf(marked, 'path') ?? '', from: textOf(marked, 'from'), value, origin: marked.origin, at: (value ?? path ?? marked).origin };
  });
}

/** JSON patches are read as YAML 1.1: `yes` is true, and a date is a text. */
function asRead(node: Node): Node {
  if (node.kind === 'scalar') return scalarAsRead(node);
  if (node.kind === 'sequence') return { ...node, items: node.items.map(asRead) };
  return { ...node, entries: node.entries.map((entry) => ({ ...entry, value: asRead(entry.value) })) };
}

function scalarAsRead(node: Scalar): Scalar {
  if (node.style !== 'plain') return node;
  const [there, here] = [scalarValue(node, 'kubectl'), scalarValue(node)];
  if (there.type === here.type && there.value === here.value) return node;
  return there.type === 'bool' ? { ...node, text: String(there.value) } : { ...node, style: 'double-quoted' };
}

/** Applies operations in order, as evanphx/json-patch v4 does. Throws a `Refusal` at the operation that does not apply. */
export function applyOperations(target: Mapping, operations: readonly Operation[], writes: Write[]): Mapping {
  let node: Node = target;
  for (const operation of operations) node = apply(node, operation, writes);
  return node as Mapping;
}

function apply(node: Node, operation: Operation, writes: Write[]): Node {
  const { op, path, from, value, at } = operation;
  if (!OPERATIONS.has(op)) throw new Refusal('other', `unknown operation "${op}"`, operation.origin);
  const place = stepsOf(path, operation);
  if (op === 'test') return test(node, place, operation);
  if (op === 'remove') {
    writes.push({ origin: at, changed: true, pointer: path });
    return change(node, place, operation, (parent, key) => removed(parent, key, operation));
  }
  let put = value;
  if (op === 'move' || op === 'copy') {
    const source = stepsOf(from ?? '', operation);
    put = lookup(node, source);
    if (!put) throw missing(from ?? '', operation);
    // The operation says where from: whoever wrote it there wrote it here.
    put = { ...put, origin: originAs(put.origin, 'json-patch') };
  }
  if (put === undefined) throw new Refusal('other', `the operation "${op}" has no value`, operation.origin);
  const before = lookup(node, place);
  // An item that is added to a list pushes the others on: it takes the place of none.
  const old = op === 'replace' || parentOf(node, place)?.kind === 'mapping' ? before : undefined;
  writes.push({ origin: at, changed: !old || !sameMeaning(old, put), pointer: path });
  const rest = op === 'move' ? change(node, stepsOf(from ?? '', operation), operation, (parent, key) => removed(parent, key, operation)) : node;
  const fresh = over(put, old);
  return change(rest, place, operation, (parent, key) => (op === 'replace' ? replaced(parent, key, fresh, operation) : added(parent, key, fresh, operation)));
}

/** What stands before the first slash is lost, as it is there. */
function stepsOf(path: string, operation: Operation): string[] {
  const steps = path
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (steps.length === 0 && operation.op !== 'test') throw missing(path, operation);
  return steps;
}

function missing(path: string, operation: Operation): Refusal {
  return new Refusal('patch-target', `the object has no "${path}"`, operation.origin);
}

function lookup(node: Node | undefined, steps: readonly string[]): Node | undefined {
  let at = node;
  for (const step of steps) {
    if (at?.kind === 'mapping') at = entryOf(at, step)?.value;
    else if (at?.kind === 'sequence') at = at.items[indexOf(step, at.items.length) ?? -1];
    else return undefined;
  }
  return at;
}

function parentOf(node: Node, steps: readonly string[]): Node | undefined {
  return lookup(node, steps.slice(0, -1));
}

/** Negative indexes count from the end. */
function indexOf(step: string, length: number): number | undefined {
  if (!/^[+-]?\d+$/.test(step)) return undefined;
  const index = Number(step);
  return index < 0 ? index + length : index;
}

function change(node: Node, steps: readonly string[], operation: Operation, edit: (parent: Mapping | Sequence, key: string) => Node): Node {
  const [step, ...rest] = steps;
  if (step === undefined || node.kind === 'scalar') throw missing(operation.path, operation);
  if (rest.length === 0) return edit(node, step);
  if (node.kind === 'mapping') {
    const entry = entryOf(node, step);
    if (!entry) throw missing(operation.path, operation);
    return withEntry(node, entry.key, change(entry.value, rest, operation, edit));
  }
  const index = indexOf(step, node.items.length);
  const item = index === undefined ? undefined : node.items[index];
  if (index === undefined || !item) throw missing(operation.path, operation);
  return withItem(node, index, change(item, rest, operation, edit));
}

function added(parent: Mapping | Sequence, key: string, value: Node, operation: Operation): Node {
  if (parent.kind === 'mapping') return withEntry(parent, scalar(key, 'plain', operation.at), value);
  if (key === '-') return { ...parent, items: [...parent.items, value] };
  const index = indexOf(key, parent.items.length + 1);
  if (index === undefined || index < 0 || index > parent.items.length) throw missing(operation.path, operation);
  return { ...parent, items: [...parent.items.slice(0, index), value, ...parent.items.slice(index)] };
}

function replaced(parent: Mapping | Sequence, key: string, value: Node, operation: Operation): Node {
  // A key that is not there is added: the library does not look.
  if (parent.kind === 'mapping') return withEntry(parent, scalar(key, 'plain', operation.at), value);
  const index = indexOf(key, parent.items.length);
  if (index === undefined || !parent.items[index]) throw missing(operation.path, operation);
  return withItem(parent, index, value);
}

function removed(parent: Mapping | Sequence, key: string, operation: Operation): Node {
  if (parent.kind === 'mapping') {
    if (!entryOf(parent, key)) throw missing(operation.from ?? operation.path, operation);
    return withoutEntry(parent, key, operation.at);
  }
  const index = indexOf(key, parent.items.length);
  const was = index === undefined ? undefined : parent.items[index];
  if (!was) throw missing(operation.from ?? operation.path, operation);
  return { ...parent, items: parent.items.filter((_, at) => at !== index), removed: [...(parent.removed ?? []), { key, was, by: operation.at }] };
}

function test(node: Node, steps: readonly string[], operation: Operation): Node {
  const found = lookup(node, steps);
  const wanted = operation.value;
  const isNull = wanted?.kind === 'scalar' && scalarValue(wanted).type === 'null';
  if (found ? sameMeaning(found, wanted) : isNull || !wanted) return node;
  throw new Refusal('patch-target', `the value at "${operation.path}" is not what the patch tests for`, operation.origin);
}
