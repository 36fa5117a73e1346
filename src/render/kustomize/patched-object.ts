import type { EffectField, Write } from '../../model/render-result.ts';
import { withEntry, withoutEntry } from '../../tree/edit.ts';
import { childOf, type Entry, entryOf, type Mapping, type Node, type Scalar, scalar } from '../../tree/node.ts';
import { type LayeredResource, remember } from './layered-resource.ts';
import type { MergeTables } from './merge-schema.ts';
import { strategicMerge } from './strategic-merge.ts';
import { stringScalar } from './writing.ts';

/** One patch at work: what it aims at, and what it is found to do. */
export interface PatchEntry {
  readonly field: EffectField;
  readonly node: Node;
  /** Where the patch is named: its path, or the inline text. */
  readonly name: Scalar | undefined;
  readonly target: Node | undefined;
  readonly allowNameChange: boolean;
  readonly allowKindChange: boolean;
}

/** The object with the patch laid over it; its name, kind and namespace stay unless the entry allows otherwise. */
export function patched(resource: LayeredResource, patch: Mapping, entry: PatchEntry, tables: MergeTables, writes: Write[]): LayeredResource | 'deleted' {
  const before = entry.allowNameChange || entry.allowKindChange ? remember(resource) : resource;
  // Only a patch that finds its object by its own name is laid over it as it is.
  const isCopied = entry.target !== undefined || entry.field === 'patchesStrategicMerge';
  const typed = isCopied ? withTextPairs(asKindOf(patch, resource.node)) : patch;
  const node = strategicMerge(before.node, typed, { tables, writes });
  if (!node || node.entries.length === 0) return 'deleted';
  return { ...before, node: restored(node, before.node, entry) };
}

/** The copy of a patch has texts for labels and annotations: what was null to delete one sets it to "null". */
function withTextPairs(patch: Mapping): Mapping {
  const metadata = entryOf(patch, 'metadata');
  if (metadata?.value.kind !== 'mapping') return patch;
  const entries = metadata.value.entries.flatMap((entry) => {
    if (entry.key.text !== 'labels' && entry.key.text !== 'annotations') return entry;
    const pairs = entry.value.kind === 'mapping' ? entry.value.entries : [];
    return pairs.length === 0 ? [] : { ...entry, value: { ...entry.value, entries: pairs.map(asTextPair) } as Mapping };
  });
  return withEntry(patch, metadata.key, { ...metadata.value, entries });
}

function asTextPair({ key, value, via }: Entry): Entry {
  return { key: { ...key, style: 'plain' }, value: stringScalar(value.kind === 'scalar' ? value.text : '', value.origin), via };
}

/** A patch for selected objects takes their apiVersion; its own is not looked at. */
function asKindOf(patch: Mapping, target: Mapping): Mapping {
  const version = entryOf(target, 'apiVersion');
  return version ? withEntry(patch, version.key, version.value) : withoutEntry(patch, 'apiVersion', patch.origin);
}

function restored(node: Mapping, before: Mapping, entry: PatchEntry): Mapping {
  let result = node;
  if (!entry.allowKindChange) result = withOld(result, before, 'kind');
  const [metadata, old] = [childOf(result, 'metadata'), childOf(before, 'metadata')];
  if (metadata?.kind !== 'mapping' || old?.kind !== 'mapping') return old ? withOld(result, before, 'metadata') : result;
  const named = entry.allowNameChange ? metadata : withOld(metadata, old, 'name');
  return withEntry(result, scalar('metadata', 'plain', metadata.origin), withOld(named, old, 'namespace'));
}

function withOld(node: Mapping, before: Mapping, key: string): Mapping {
  const old = entryOf(before, key);
  if (old) return withEntry(node, old.key, old.value);
  return entryOf(node, key) ? { ...node, entries: node.entries.filter((entry) => entry.key.text !== key) } : node;
}
