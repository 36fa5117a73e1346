import type { Effect, Write } from '../../model/render-result.ts';
import { withEntry } from '../../tree/edit.ts';
import { childOf, type Mapping, type Node, type Scalar, scalar, textOf } from '../../tree/node.ts';
import { isClosed } from './build-record.ts';
import { embeddedYaml } from './embedded-yaml.ts';
import { type Reader, readNamed } from './files.ts';
import { applyOperations, type Operation } from './json-patch.ts';
import { isTrue } from './labels.ts';
import { currentId, formatId, isOrWas, type LayeredResource, remember } from './layered-resource.ts';
import { manifestsIn, whyNoObject } from './manifests.ts';
import type { MergeTables } from './merge-schema.ts';
import { nearMatch } from './near-match.ts';
import { type PatchText, patchInFile, patchInline } from './patch-files.ts';
import { type PatchEntry, patched } from './patched-object.ts';
import { attempt, Refusal } from './refusal.ts';
import { selectAll, selectorOf } from './selectors.ts';

/** Where patches are applied, and by which tables. */
export interface PatchContext {
  readonly reader: Reader;
  readonly tables: MergeTables;
}

/** Applies the items of `patches`, each in its turn. */
export function applyPatches(resources: readonly LayeredResource[], items: readonly Node[], context: PatchContext): readonly LayeredResource[] {
  return items.reduce((all, item) => {
    const options = childOf(item, 'options');
    const entry: PatchEntry = {
      field: 'patches',
      node: item,
      name: nameOf(item),
      target: childOf(item, 'target'),
      allowNameChange: isTrue(options, 'allowNameChange'),
      allowKindChange: isTrue(options, 'allowKindChange'),
    };
    return attempt(context.reader.record, entry.node.origin, () => applyPatch(all, entry, textOfEntry(item, context), context)) ?? all;
  }, resources);
}

/** Applies the items of `patchesStrategicMerge`: the patch itself, or the name of its file. Throws a `Refusal` when all are empty. */
export function applyOldMergePatches(resources: readonly LayeredResource[], items: readonly Node[], context: PatchContext): readonly LayeredResource[] {
  let result = resources;
  let isEmpty = true;
  for (const item of items) {
    if (item.kind !== 'scalar') continue;
    const entry: PatchEntry = { field: 'patchesStrategicMerge', node: item, name: item, target: undefined, allowNameChange: false, allowKindChange: false };
    const applied = attempt(context.reader.record, item.origin, () => {
      const text = mergeTextOf(item, context);
      if (text.objects.length > 0) isEmpty = false;
      return applyPatch(result, entry, text, context);
    });
    if (!applied) isEmpty = false;
    result = applied ?? result;
  }
  if (isEmpty) throw new Refusal('other', 'the patches are empty', items[0]?.origin);
  return result;
}

/** Applies the items of `patchesJson6902`. */
export function applyOldJsonPatches(resources: readonly LayeredResource[], items: readonly Node[], context: PatchContext): readonly LayeredResource[] {
  return items.reduce((all, item) => {
    const target = childOf(item, 'target');
    const entry: PatchEntry = { field: 'patchesJson6902', node: item, name: nameOf(item), target, allowNameChange: false, allowKindChange: false };
    const applied = attempt(context.reader.record, item.origin, () => {
      if (!textOf(target, 'name')) throw new Refusal('invalid-kustomization', 'the target of a JSON patch has no name', target?.origin);
      const { operations } = textOfEntry(item, context);
      if (operations.length === 0) throw new Refusal('other', 'the JSON patch is empty', entry.name?.origin);
      return applyJson(all, entry, operations, context);
    });
    return applied ?? all;
  }, resources);
}

function nameOf(item: Node): Scalar | undefined {
  const name = childOf(item, 'path') ?? childOf(item, 'patch');
  return name?.kind === 'scalar' ? name : undefined;
}

function textOfEntry(item: Node, { reader }: PatchContext): PatchText {
  const [path, inline] = [childOf(item, 'path'), childOf(item, 'patch')];
  const text = inline?.kind === 'scalar' && inline.text.trim() !== '' ? inline : undefined;
  const name = path?.kind === 'scalar' && path.text !== '' ? path : undefined;
  if (!text && !name) throw new Refusal('invalid-kustomization', 'a patch needs a "path" or a "patch"', item.origin);
  if (text && name) throw new Refusal('invalid-kustomization', 'a patch has a "path" or a "patch", not both', item.origin);
  if (text) return patchInline(text);
  return patchInFile(readNamed(reader, name as Scalar), item.origin);
}

function mergeTextOf(item: Scalar, { reader }: PatchContext): PatchText {
  const yaml = embeddedYaml(item);
  const inline = yaml.problem ? undefined : manifestsIn(yaml, item.text);
  const isInline = inline !== undefined && inline.problems.length === 0 && inline.objects.length > 0;
  return isInline ? patchInline(item) : patchInFile(readNamed(reader, item), item.origin);
}

function applyPatch(resources: readonly LayeredResource[], entry: PatchEntry, text: PatchText, context: PatchContext): readonly LayeredResource[] {
  if (text.operations.length > 0) {
    if (!entry.target) throw new Refusal('invalid-kustomization', 'a JSON patch needs a target', entry.node.origin);
    return applyJson(resources, entry, text.operations, context);
  }
  if (text.objects.length === 0) return resources;
  const result = entry.target ? applyToSelected(resources, entry, text.objects, context) : applyToNamed(resources, entry, text.objects, context);
  if (text.flaws.length === 0) return result;
  const before = new Set(resources);
  return result.map((resource) => (before.has(resource) ? resource : { ...resource, flaws: [...resource.flaws, ...text.flaws] }));
}

/** Each object of the patch says itself which object it is for. */
function applyToNamed(
  resources: readonly LayeredResource[],
  entry: PatchEntry,
  objects: readonly Mapping[],
  context: PatchContext,
): readonly LayeredResource[] {
  const writes: Write[] = [];
  let result: readonly LayeredResource[] = resources;
  let targets = 0;
  let near: string | undefined;
  for (const patch of objects) {
    const wanted = currentId({ node: patch });
    const matches = result.filter((resource) => isOrWas(resource, wanted));
    const [match, ...others] = matches;
    if (!match) {
      near ??= nearMatch(result, wanted.gvk.kind, wanted.name);
      reportLost(entry, patch, context);
      continue;
    }
    if (others.length > 0) {
      const message = `the patch could mean several objects that are, or were, called ${formatId(wanted)}`;
      attempt(context.reader.record, patch.origin, () => {
        throw new Refusal('patch-target', message, patch.origin);
      });
      continue;
    }
    targets += 1;
    const outcome = attempt(context.reader.record, entry.node.origin, () => patched(match, patch, entry, context.tables, writes));
    if (outcome !== undefined) result = exchanged(result, match, outcome);
  }
  noteEffect(
    entry,
    { subject: objects.map((patch) => formatId(currentId({ node: patch }))).join(', '), targets, writes, patch: objects, nearMatch: near },
    context,
  );
  return result;
}

function reportLost(entry: PatchEntry, patch: Mapping, { reader }: PatchContext): void {
  const { record } = reader;
  const { gvk, name } = currentId({ node: patch });
  // What a base that is not here would have brought may well be what the patch is for.
  if (!isClosed(record)) return;
  const origin = entry.node.origin;
  record.problems.push({ cause: 'patch-target', message: `no object matches the patch for ${formatId({ gvk, name })}`, origin, rule: 'ineffective-patch' });
}

function applyToSelected(
  resources: readonly LayeredResource[],
  entry: PatchEntry,
  objects: readonly Mapping[],
  context: PatchContext,
): readonly LayeredResource[] {
  const [patch, ...others] = objects;
  if (!patch || !entry.target) return resources;
  if (others.length > 0) throw new Refusal('invalid-kustomization', 'a patch with a target holds one object, not several', entry.node.origin);
  const selected = selectAll(resources, selectorOf(entry.target));
  const writes: Write[] = [];
  const keys = new Set(selected.map((resource) => currentId(resource).key));
  const result = resources.flatMap((resource) => {
    if (!keys.has(currentId(resource).key)) return resource;
    const outcome = attempt(context.reader.record, entry.node.origin, () => patched(resource, patch, entry, context.tables, writes));
    if (outcome === undefined) return resource;
    return outcome === 'deleted' ? [] : outcome;
  });
  noteSelection(entry, resources, { targets: selected.length, writes, patch: [patch] }, context);
  return result;
}

function applyJson(
  resources: readonly LayeredResource[],
  entry: PatchEntry,
  operations: readonly Operation[],
  context: PatchContext,
): readonly LayeredResource[] {
  const selected = new Set(entry.target ? selectAll(resources, selectorOf(entry.target)) : []);
  const writes: Write[] = [];
  const result = resources.map((resource) => {
    if (!selected.has(resource)) return resource;
    // In `patches` the annotations are there by then, as kustomize keeps its notes in them.
    const before = entry.field === 'patches' ? annotated(remember(resource)) : resource.annotated ? annotated(resource) : resource;
    const outcome = attempt(context.reader.record, entry.node.origin, () => applyOperations(before.node, operations, writes));
    if (outcome === undefined) return resource;
    const why = whyNoObject(outcome);
    if (why !== undefined)
      attempt(context.reader.record, entry.node.origin, () => {
        throw new Refusal('other', `after the patch ${why}`);
      });
    return why === undefined ? { ...before, node: outcome } : resource;
  });
  noteSelection(entry, resources, { targets: selected.size, writes }, context);
  return result;
}

function annotated(resource: LayeredResource): LayeredResource {
  const metadata = childOf(resource.node, 'metadata');
  if (metadata?.kind !== 'mapping' || childOf(metadata, 'annotations')?.kind === 'mapping') return resource;
  const empty = { kind: 'mapping', entries: [], origin: metadata.origin } as const;
  const node = withEntry(
    resource.node,
    scalar('metadata', 'plain', metadata.origin),
    withEntry(metadata, scalar('annotations', 'plain', metadata.origin), empty),
  );
  return { ...resource, node, annotated: true };
}

function exchanged(resources: readonly LayeredResource[], old: LayeredResource, fresh: LayeredResource | 'deleted'): readonly LayeredResource[] {
  return resources.flatMap((resource) => {
    if (resource !== old) return resource;
    return fresh === 'deleted' ? [] : fresh;
  });
}

function noteSelection(
  entry: PatchEntry,
  resources: readonly LayeredResource[],
  done: Pick<Effect, 'targets' | 'writes' | 'patch'>,
  context: PatchContext,
): void {
  const [kind, name] = [textOf(entry.target, 'kind') ?? '', textOf(entry.target, 'name') ?? ''];
  const nearNow = done.targets === 0 ? nearMatch(resources, kind, name) : undefined;
  noteEffect(entry, { ...done, subject: subjectOf(entry.target, kind, name), nearMatch: nearNow }, context);
}

/** What a target says, for people. */
function subjectOf(target: Node | undefined, kind: string, name: string): string {
  const [labels, annotations, namespace] = ['labelSelector', 'annotationSelector', 'namespace'].map((field) => textOf(target, field));
  const what = name ? `${kind ? `${kind} ` : ''}"${name}"` : kind ? `every ${kind}` : 'every object';
  const where = [
    namespace ? ` in namespace "${namespace}"` : '',
    labels ? ` with the labels "${labels}"` : '',
    annotations ? ` with the annotations "${annotations}"` : '',
  ];
  return what + where.join('');
}

function noteEffect({ field, node }: PatchEntry, done: Pick<Effect, 'subject' | 'targets' | 'writes' | 'patch' | 'nearMatch'>, { reader }: PatchContext): void {
  reader.record.effects.push({ ...done, field, entry: node.origin, closed: isClosed(reader.record) });
}
