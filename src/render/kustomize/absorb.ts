import type { Write } from '../../model/render-result.ts';
import { over, withEntry } from '../../tree/edit.ts';
import { sameMeaning } from '../../tree/equality.ts';
import { childOf, type Entry, entriesOf, entryOf, type Mapping, mapping, type Node, type Scalar, scalar } from '../../tree/node.ts';
import { originNote, withOriginNote } from './build-metadata.ts';
import { type BuildRecord, isClosed } from './build-record.ts';
import { base64Lines } from './generators.ts';
import { currentId, formatId, isOrWas, type LayeredResource } from './layered-resource.ts';
import { nearMatch } from './near-match.ts';
import { Refusal } from './refusal.ts';
import { stringScalar } from './writing.ts';

/** What became of a generated object. */
export interface Absorbed {
  readonly resources: readonly LayeredResource[];
  /** The object that it was merged into, or took the place of. */
  readonly old: LayeredResource | undefined;
}

/**
 * Adds a generated object, or lays it over the one it names. Throws a `Refusal` when its behavior does not fit. Where the
 * resources are not whole, what it names may be in the part that is missing: then it stands alone.
 */
export function absorb(resources: readonly LayeredResource[], fresh: LayeredResource, isWhole: boolean): Absorbed {
  const id = currentId(fresh);
  const matches = resources.filter((resource) => isOrWas(resource, id));
  const [old, ...others] = matches;
  const overlays = fresh.behavior === 'merge' || fresh.behavior === 'replace';
  if (!old) {
    if (overlays && isWhole) throw new Refusal('generator-merge-conflict', `there is no ${formatId(id)} to ${fresh.behavior}`);
    return { resources: [...resources, fresh], old: undefined };
  }
  if (others.length > 0) throw new Refusal('generator-merge-conflict', `several objects are, or were, called ${formatId(id)}`);
  if (!overlays) throw new Refusal('conflict', `there is already a ${formatId(id)}; its behavior would have to be "merge" or "replace"`);
  const merged = fresh.behavior === 'merge' ? mergedData(withOriginOf(old, fresh), old) : fresh;
  const result: LayeredResource = {
    ...old,
    node: withMetadataOf(merged.node, old.node),
    behavior: old.behavior,
    needsHash: fresh.needsHash && old.needsHash,
    annotated: true,
    flaws: old.flaws,
  };
  return { resources: resources.map((resource) => (resource === old ? result : resource)), old };
}

/** What is merged into an object does not change where that comes from. */
function withOriginOf(old: LayeredResource, fresh: LayeredResource): LayeredResource {
  const note = originNote(old);
  return note === undefined || originNote(fresh) === undefined ? fresh : withOriginNote(fresh, note);
}

/** Labels and annotations of both; name and namespace of the old one. */
function withMetadataOf(node: Mapping, old: Mapping): Mapping {
  const [metadata, before] = [childOf(node, 'metadata') as Mapping, childOf(old, 'metadata')];
  let result = metadata;
  for (const field of ['labels', 'annotations']) {
    const entries = entriesOf(before, field);
    if (entries.length === 0) continue;
    const own = entriesOf(metadata, field);
    result = withEntry(result, word(field, metadata), mapping(overlaid(entries, own), (childOf(before, field) ?? metadata).origin));
  }
  for (const field of ['name', 'namespace']) {
    const value = before?.kind === 'mapping' ? entryOf(before, field)?.value : undefined;
    if (value) result = withEntry(result, word(field, metadata), value);
    else result = { ...result, entries: result.entries.filter(({ key }) => key.text !== field) };
  }
  return withEntry(node, word('metadata', metadata), result);
}

function word(text: string, node: Node): Scalar {
  return scalar(text, 'plain', node.origin);
}

/** The entries of both, the newer ones winning where both have a key. */
function overlaid(old: readonly Entry[], fresh: readonly Entry[]): Entry[] {
  const names = new Map(fresh.map((entry) => [entry.key.text, entry]));
  const kept = old.map((entry) => {
    const newer = names.get(entry.key.text);
    names.delete(entry.key.text);
    return newer ? { ...newer, value: over(newer.value, entry.value) } : entry;
  });
  return [...kept, ...names.values()];
}

function mergedData(fresh: LayeredResource, old: LayeredResource): LayeredResource {
  let { node } = fresh;
  for (const field of ['data', 'binaryData']) {
    const before = field === 'data' ? dataOf(old.node) : entriesOf(old.node, field);
    const own = childOf(node, field);
    if (before.length === 0) continue;
    const entries = overlaid(before, own?.kind === 'mapping' ? own.entries : []);
    const value = mapping(entries, (own ?? childOf(old.node, field) ?? node).origin);
    node = withEntry(node, word(field, node), value);
  }
  return { ...fresh, node };
}

/** The data of a Secret, with what stands in its `stringData` encoded, as the API server would do. */
function dataOf(node: Mapping): readonly Entry[] {
  const data = entriesOf(node, 'data');
  const kind = entryOf(node, 'kind')?.value;
  const texts = kind?.kind === 'scalar' && kind.text === 'Secret' ? entriesOf(node, 'stringData') : [];
  if (texts.length === 0) return data;
  const encoded = texts.flatMap(({ key, value }) => {
    if (value.kind !== 'scalar') throw new Refusal('other', `the value of "${key.text}" in stringData is no text`, value.origin);
    return { key, value: stringScalar(base64Lines(new TextEncoder().encode(value.text)), value.origin) };
  });
  return overlaid(data, encoded);
}

/** Notes what a generator with a behavior did to the object it was laid over. */
export function noteMerge(
  field: 'configMapGenerator' | 'secretGenerator',
  item: Node,
  made: LayeredResource,
  { old, resources }: Absorbed,
  record: BuildRecord,
): void {
  if (made.behavior !== 'merge' && made.behavior !== 'replace') return;
  const id = currentId(made);
  const writes: Write[] = ['data', 'binaryData'].flatMap((part) =>
    entriesOf(made.node, part).map(({ key, value }) => {
      const before = childOf(old && childOf(old.node, part), key.text);
      return { origin: value.origin, changed: !sameMeaning(before, value) };
    }),
  );
  const near = old ? undefined : nearMatch(resources, id.gvk.kind, id.name);
  record.effects.push({ field, entry: item.origin, subject: formatId(id), targets: old ? 1 : 0, writes, closed: isClosed(record), nearMatch: near });
}
