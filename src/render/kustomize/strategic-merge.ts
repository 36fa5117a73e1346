import { over, withoutEntry } from '../../tree/edit.ts';
import { sameMeaning } from '../../tree/equality.ts';
import { type Entry, entryOf, type Mapping, type Node, type Origin, type Scalar, type Sequence, textOf } from '../../tree/node.ts';
import { scalarValue } from '../../tree/scalar-value.ts';
import { mergeLists } from './list-merge.ts';
import { isMissing, type MergeContext, type Merged, noteLeaves, type Place } from './merge-context.ts';
import { type MergeSchema, schemaOfField, schemaOfObject } from './merge-schema.ts';
import { Refusal } from './refusal.ts';
import { isNullNode } from './writing.ts';

const DIRECTIVE = '$patch';

/**
 * Lays a patch over an object as kustomize does (kyaml merge2), which is not quite what kubectl does. Undefined when
 * the patch deletes the object. Throws a `Refusal` where the two do not fit together.
 */
export function strategicMerge(target: Mapping, patch: Mapping, context: MergeContext): Mapping | undefined {
  // Kustomize makes the replacement, and forgets to put it in.
  if (textOf(patch, DIRECTIVE) === 'replace') return target;
  const { node } = mergeNodes(target, patch, undefined, context, { identity: true });
  return node as Mapping | undefined;
}

/** Merges one node of the patch into its counterpart; either may be missing. */
export function mergeNodes(
  target: Node | undefined,
  patch: Node | undefined,
  known: MergeSchema | undefined,
  context: MergeContext,
  place: Place = {},
): Merged {
  const kind = !isMissing(target) ? target?.kind : !isMissing(patch) ? patch?.kind : undefined;
  const schema = known ?? schemaOfObject(context.tables, target) ?? schemaOfObject(context.tables, patch);
  for (const node of [target, patch]) {
    if (node && kind && !isMissing(node) && node.kind !== kind) {
      throw new Refusal('other', `a patch puts a ${node.kind} where the object has a ${kind}`, patch?.origin);
    }
  }
  if (kind === 'scalar') return mergeScalars(target, patch as Scalar | undefined, context);
  if (kind === 'sequence' && !schema?.keys) return mergeAtoms(target, patch as Sequence | undefined, context);
  if (kind === 'sequence') return mergeLists(target, patch, schema, context, mergeNodes);
  return mergeMappings(target, patch, schema, context, place);
}

function mergeScalars(target: Node | undefined, patch: Scalar | undefined, context: MergeContext): Merged {
  if (!patch) return { node: target, fromTarget: true };
  return { node: writtenOver(patch, target, context), fromTarget: false };
}

/** A list that is one value: the patch's takes the place of the target's. */
function mergeAtoms(target: Node | undefined, patch: Sequence | undefined, context: MergeContext): Merged {
  if (!patch) return { node: target, fromTarget: true };
  return { node: writtenOver(patch, target, context), fromTarget: false };
}

function writtenOver(patch: Node, target: Node | undefined, context: MergeContext): Node {
  if (isNullNode(patch)) {
    context.writes.push({ origin: patch.origin, changed: target !== undefined });
    return patch;
  }
  const value = restyled(patch, target);
  context.writes.push({ origin: patch.origin, changed: !sameMeaning(value, target) });
  return over(value, target);
}

/** The quotes of the target stay: a number written over a quoted text becomes a text. */
function restyled(patch: Node, target: Node | undefined): Node {
  if (patch.kind !== 'scalar' || target?.kind !== 'scalar' || patch.style !== 'plain' || target.style === 'plain') return patch;
  return scalarValue(patch).type === 'string' ? patch : { ...patch, style: target.style };
}

function mergeMappings(target: Node | undefined, patch: Node | undefined, schema: MergeSchema | undefined, context: MergeContext, place: Place): Merged {
  const directive = patch?.kind === 'mapping' ? directiveOf(patch) : undefined;
  const bare = patch?.kind === 'mapping' && directive ? withoutDirective(patch) : patch;
  if (isMissing(target)) {
    if (directive?.text === 'delete') return { node: undefined, fromTarget: false };
    // A null that somebody wrote stays; a blank one does not survive.
    if (!patch) return { node: target?.kind === 'scalar' && target.text !== '' ? target : undefined, fromTarget: true };
    if (bare?.kind !== 'mapping') return { node: undefined, fromTarget: false };
    noteLeaves(bare, context);
    return { node: target ? over(settled(bare, schema, context), target) : settled(bare, schema, context), fromTarget: false };
  }
  const mapping = target as Mapping;
  if (isNullNode(bare) && bare) {
    context.writes.push({ origin: bare.origin, changed: true });
    return { node: undefined, fromTarget: false };
  }
  if (bare?.kind !== 'mapping') return { node: settled(mapping, schema, context), fromTarget: true };
  if (directive?.text === 'delete') {
    context.writes.push({ origin: directive.origin, changed: true });
    return { node: undefined, fromTarget: false };
  }
  if (directive?.text === 'replace') {
    const value = settled(bare, schema, context);
    context.writes.push({ origin: directive.origin, changed: !sameMeaning(value, mapping) });
    return { node: over(value, mapping), fromTarget: false };
  }
  if (directive && directive.text !== 'merge') throw new Refusal('other', `unknown patch strategy "${directive.text}"`, directive.origin);
  return { node: mergeEntries(mapping, bare, schema, context, place), fromTarget: true };
}

function mergeEntries(target: Mapping, patch: Mapping, schema: MergeSchema | undefined, context: MergeContext, place: Place): Mapping {
  let result = target;
  const entries: Entry[] = [];
  let changed = false;
  for (const entry of target.entries) {
    const from = entryOf(patch, entry.key.text)?.value;
    const merged = mergeField(entry.key.text, entry.value, from, schema, context, place);
    if (merged === entry.value) entries.push(entry);
    else {
      changed = true;
      if (merged) entries.push({ ...entry, value: merged });
      else result = withoutEntry(result, entry.key.text, from?.origin ?? entry.value.origin);
    }
  }
  for (const entry of patch.entries) {
    if (entryOf(target, entry.key.text)) continue;
    const merged = mergeField(entry.key.text, undefined, entry.value, schema, context, place);
    if (!merged) continue;
    changed = true;
    entries.push({ ...entry, value: merged });
  }
  return changed ? { ...result, entries } : target;
}

function mergeField(
  key: string,
  target: Node | undefined,
  patch: Node | undefined,
  schema: MergeSchema | undefined,
  context: MergeContext,
  { identity, inMetadata, mergeKeys }: Place,
): Node | undefined {
  const names =
    (identity && (key === 'apiVersion' || key === 'kind')) || (inMetadata && (key === 'name' || key === 'namespace')) || (target && mergeKeys?.includes(key));
  const own = names ? { ...context, writes: [] } : context;
  const { node } = mergeNodes(target, patch, schemaOfField(schema, key), own, identity && key === 'metadata' ? { inMetadata: true } : {});
  // A null that was kept on purpose is the target's own; any other one clears the field.
  return node && isNullNode(node) && node !== target ? undefined : node;
}

/** A tree merged with itself: what kustomize makes of every part of an object that it walks through. */
function settled<N extends Node>(node: N, schema: MergeSchema | undefined, context: MergeContext): N {
  const bySchema = settledTrees.get(node) ?? new Map<MergeSchema | undefined, Node>();
  const known = bySchema.get(schema);
  if (known) return known as N;
  settledTrees.set(node, bySchema);
  const result = settle(node, schema, { ...context, writes: [] });
  bySchema.set(schema, result);
  return result as N;
}

const settledTrees = new WeakMap<Node, Map<MergeSchema | undefined, Node>>();

function settle(node: Node, schema: MergeSchema | undefined, context: MergeContext): Node {
  if (node.kind !== 'mapping') return node;
  let changed = false;
  const entries: Entry[] = [];
  for (const entry of node.entries) {
    const { key, value } = entry;
    if (value.kind === 'scalar') {
      if (isNullNode(value) && (value.text === '' || value.origin.how === 'patch')) changed = true;
      else entries.push(entry);
      continue;
    }
    const merged = settledChild(value, schemaOfField(schema, key.text), context);
    if (merged !== value) changed = true;
    if (merged && !isNullNode(merged)) entries.push(merged === value ? entry : { ...entry, value: merged });
  }
  return changed ? { ...node, entries } : node;
}

function settledChild(value: Node, schema: MergeSchema | undefined, context: MergeContext): Node | undefined {
  if (value.origin.how !== 'patch') return mergeNodes(value, undefined, schema, context).node;
  const directive = value.kind === 'mapping' ? directiveOf(value) : undefined;
  if (directive?.text === 'delete') return undefined;
  const bare = directive && value.kind === 'mapping' ? withoutDirective(value) : value;
  return mergeNodes(bare, bare.kind === 'sequence' ? bare : undefined, schema, context).node;
}

function directiveOf(patch: Mapping): { readonly text: string; readonly origin: Origin } | undefined {
  const value = entryOf(patch, DIRECTIVE)?.value;
  return value && textOf(patch, DIRECTIVE) !== undefined ? { text: textOf(patch, DIRECTIVE) ?? '', origin: value.origin } : undefined;
}

function withoutDirective(patch: Mapping): Mapping {
  return { ...patch, entries: patch.entries.filter(({ key }) => key.text !== DIRECTIVE) };
}
