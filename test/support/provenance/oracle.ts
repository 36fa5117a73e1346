import type { RenderResult } from '../../../src/model/render-result.ts';
import { type Resource, resourceKey } from '../../../src/model/resource.ts';
import { createKustomizeRenderer } from '../../../src/render/kustomize/renderer.ts';
import { itemKeyOf } from '../../../src/tree/difference.ts';
import { type FieldPath, formatFieldPath, nodeAt } from '../../../src/tree/field-path.ts';
import { entryOf, type Node, type Origin, type Scalar, type Sequence } from '../../../src/tree/node.ts';
import { trailOf } from '../../../src/tree/origins.ts';
import type { Workspace } from '../../../src/workspace/workspace.ts';
import { type Change, changeFor, type Edit, growth, hasValue, namesakesOf, OverlayWorkspace, show, touches } from './change.ts';
import { type Claim, HASH, partsOf, scalarsBelow } from './claims.ts';

/**
 * What became of a claim. `renamed`: it holds when the same name is changed wherever it is said, and not when only
 * the others are. `dragged`: it holds, and the change took its target from some other entry, so that values
 * elsewhere changed which are not checked. `skipped`: it could not be tried, or not judged, for the reason named.
 */
export interface Verdict {
  readonly kind: 'passed' | 'renamed' | 'dragged' | 'skipped' | 'failed';
  readonly why?: string;
}

/** Changes the place that a claim names, renders again, and looks whether that stretch changed so, and nothing else. */
export function prove(workspace: Workspace, before: RenderResult, claim: Claim): Verdict {
  const resource = before.resources[claim.index];
  const old = resource && nodeAt(resource.node, claim.path);
  if (!resource || old?.kind !== 'scalar') return { kind: 'failed', why: 'the value is not there' };
  const change = changeFor(claim, old, resource);
  if ('skip' in change) return { kind: 'skipped', why: change.skip };
  if ('wrong' in change) return { kind: 'failed', why: change.wrong };
  const subject = { workspace, before, claim, resource, old };
  const { verdict } = judge(subject, change, change.edits);
  if (verdict.kind !== 'skipped' && verdict.kind !== 'dragged') return verdict;
  const namesakes = namesakesOf(workspace, before, claim, old, change);
  if (namesakes.length === 0) return verdict;
  const second = judge(subject, { ...change, edits: [...change.edits, ...namesakes] }, [...change.edits, ...namesakes]);
  if (second.verdict.kind !== 'passed') return verdict;
  // It was the place that did it, not one of the others.
  const without = judge(subject, change, namesakes);
  return without.now?.kind === 'scalar' && without.now.text === second.now?.text ? verdict : { kind: 'renamed' };
}

/** The value in question, and where it was met. */
interface Subject {
  readonly workspace: Workspace;
  readonly before: RenderResult;
  readonly claim: Claim;
  readonly resource: Resource;
  readonly old: Scalar;
}

function judge(
  { workspace, before, claim, resource, old }: Subject,
  change: Change,
  edits: readonly Edit[],
): { readonly verdict: Verdict; readonly now: Scalar | undefined } {
  const after = createKustomizeRenderer({ workspace: new OverlayWorkspace(workspace, edits), loadRestrictor: 'root' }).render(claim.folder);
  const pairs = pairsOf(before.resources, after.resources);
  const found = findAgain(claim, pairs.get(resource), change);
  const now = found?.kind === 'scalar' ? found : undefined;
  const verdict = (): Verdict => {
    const dragged = draggedBy(before, after) ?? draggedByMeaning(claim);
    const own = compareOwn(claim, old, now, change);
    if (own !== undefined && old.origin.how === 'name-reference' && now?.origin.how !== 'name-reference')
      return { kind: 'skipped', why: 'the reference no longer names an object' };
    if (own !== undefined && !dragged && tellsItemsApart(claim, resource, pairs.get(resource))) return { kind: 'skipped', why: TELLS_APART };
    if (own !== undefined) return dragged ? { kind: 'skipped', why: dragged } : { kind: 'failed', why: own };
    if (dragged) return { kind: 'dragged', why: dragged };
    const strays = before.resources.flatMap((each) => straysOf(each, pairs.get(each), each === resource ? claim : undefined, change));
    return strays.find(({ kind }) => kind === 'failed') ?? strays[0] ?? { kind: 'passed' };
  };
  return { verdict: verdict(), now };
}

/** Which resource became which: by identity, the others in their order among those of their kind. */
function pairsOf(before: readonly Resource[], after: readonly Resource[]): ReadonlyMap<Resource, Resource> {
  const left = new Set(after);
  const pairs = new Map<Resource, Resource>();
  const match = (keyOf: (resource: Resource) => string): void => {
    const byKey = new Map<string, Resource[]>();
    for (const resource of left) byKey.set(keyOf(resource), [...(byKey.get(keyOf(resource)) ?? []), resource]);
    for (const resource of before) {
      const found = pairs.has(resource) ? undefined : byKey.get(keyOf(resource))?.shift();
      if (!found) continue;
      pairs.set(resource, found);
      left.delete(found);
    }
  };
  match(({ id }) => resourceKey(id));
  match(({ originalId }) => resourceKey(originalId));
  match(({ node }) => `${node.origin.file.path}:${node.origin.start}`);
  match(({ id }) => id.kind);
  match(() => '');
  return pairs;
}

/** The entry that no longer finds what it aims at, or the refusal that follows; undefined when there is none. */
function draggedBy(before: RenderResult, after: RenderResult): string | undefined {
  if (after.status !== before.status) return `kustomize would refuse the change (${after.problems[0]?.cause ?? 'gap'})`;
  const hits = ({ effects }: RenderResult): string => effects.map(({ field, targets, writes }) => `${field} ${targets} ${writes.length}`).join('\n');
  const [was, is] = [hits(before).split('\n'), hits(after).split('\n')];
  const at = was.findIndex((line, index) => line !== is[index]);
  return at === -1 ? undefined : `an entry of ${was[at]?.split(' ')[0]} no longer aims at the same`;
}

/** What a value decides besides itself. */
function draggedByMeaning({ path }: Claim): string | undefined {
  if (path.length === 1 && /^(?:kind|apiVersion)$/.test(String(path[0]))) return 'the kind decides what transformers do to an object';
  if (path.length === 1 && path[0] === 'immutable') return 'only "true" makes kustomize write it';
  return undefined;
}

/** The value at its path; where lists are in another order now, the one that comes from the changed place. */
function findAgain({ path, origin }: Claim, resource: Resource | undefined, change: Change): Node | undefined {
  const comesFromThere = (node: Node | undefined): boolean => node?.kind === 'scalar' && partsOf(node).some((part) => isSamePlace(origin, part.origin, change));
  const direct = resource && nodeAt(resource.node, path);
  if (!resource || comesFromThere(direct)) return direct;
  const names = (other: FieldPath): string => other.filter((step) => typeof step === 'string').join('\0');
  for (const { path: other, scalar } of scalarsBelow(resource.node, [])) if (comesFromThere(scalar) && names(other) === names(path)) return scalar;
  return direct;
}

/** The value again, part by part: those from the changed place are as expected, hashes are any, the others as before. */
function compareOwn(claim: Claim, old: Scalar, now: Node | undefined, change: Change): string | undefined {
  if (now?.kind !== 'scalar') return 'the value is not to be found again';
  const [olds, nows] = [partsOf(old), partsOf(now)];
  if (olds.length !== nows.length) return `${show(old.text)} became ${show(now.text)}, in other parts`;
  for (const [at, part] of olds.entries()) {
    const other = nows[at];
    if (!other) return 'a part is lost';
    const [was, is] = [old.text.slice(part.start, part.end), now.text.slice(other.start, other.end)];
    const isChanged = part.start === claim.start && part.end === claim.end;
    if (isChanged && !isExpected(is, change.expected, now)) return `${show(was)} became ${show(is)} instead of ${show(change.expected)}`;
    if (isChanged && !isSamePlace(part.origin, other.origin, change)) return `after the change, ${describe(part.origin)} became ${describe(other.origin)}`;
    if (!isChanged && was !== is && !touches(part.origin, change) && !HASH.test(was)) return `${show(was)} of ${describe(part.origin)} became ${show(is)}`;
  }
  return undefined;
}

function isExpected(text: string, expected: string, node: Scalar): boolean {
  return text === expected || (!node.parts && hasValue(node, expected));
}

function isSamePlace(before: Origin, after: Origin, { edits }: Change): boolean {
  const [own] = edits;
  const moved = edits.filter(({ file, start }) => file.path === before.file.path && start < before.start).reduce((sum, edit) => sum + growth(edit), 0);
  const isSame = after.file.path === before.file.path && after.start === before.start + moved && after.end === before.end + moved + growth(own);
  return isSame && after.how === before.how && after.precision === before.precision;
}

function describe({ file, start, end, how, precision }: Origin): string {
  const { line, column } = file.positionAt(start);
  return `${file.path}:${line}:${column} (${end - start} long, ${how}, ${precision})`;
}

/** The values that changed without having to do with the changed place. `claim` is one of this resource. */
function straysOf(before: Resource, after: Resource | undefined, claim: Claim | undefined, change: Change): Verdict[] {
  const name = `${before.id.kind}/${before.id.name}`;
  const strays: Verdict[] = [];
  const note = (path: FieldPath, a: Node | undefined, b: Node | undefined): void => {
    if (isRelated(before, path, change) || (after && isRelated(after, path, change))) return;
    if (a?.origin.how === 'name-reference' || b?.origin.how === 'name-reference')
      strays.push({ kind: 'dragged', why: 'a reference follows another name, or none' });
    else strays.push({ kind: 'failed', why: `${name} ${formatFieldPath(path)} changed too: ${showNode(a)} became ${showNode(b)}` });
  };
  const walk = (a: Node | undefined, b: Node | undefined, path: FieldPath): void => {
    if (a?.kind === 'scalar' && b?.kind === 'scalar') {
      if (a.text !== b.text && !isHashed(a.text, b.text)) note(path, a, b);
    } else if (a?.kind === 'sequence' && b?.kind === 'sequence' && claim && isItemKey(claim, path) && !hasSameItems(a, b, claim)) {
      // The item that the patch meant is back, as the patch means another one now.
      strays.push({ kind: 'dragged', why: TELLS_APART });
    } else if (a?.kind === 'sequence' && b?.kind === 'sequence' && a.items.length === b.items.length) {
      for (const [index, item] of a.items.entries()) walk(item, b.items[index], [...path, index]);
    } else if (a?.kind === 'mapping' && b?.kind === 'mapping') {
      for (const { key, value } of a.entries) if (!touches(key.origin, change)) walk(value, entryOf(b, key.text)?.value, [...path, key.text]);
      for (const { key, value } of b.entries) if (!entryOf(a, key.text) && !touches(key.origin, change)) walk(undefined, value, [...path, key.text]);
    } else note(path, a, b);
  };
  walk(before.node, after?.node, []);
  return strays;
}

/** Whether a claim is about a field right in an item of the list at `path`. */
function isItemKey(claim: Claim, path: FieldPath): boolean {
  return claim.path.length === path.length + 2 && path.every((step, at) => step === claim.path[at]);
}

const TELLS_APART = 'it tells an item of a list from the others';

function tellsItemsApart(claim: Claim, before: Resource, after: Resource | undefined): boolean {
  const [a, b] = [before, after].map((resource) => resource && nodeAt(resource.node, claim.path.slice(0, -2)));
  return a?.kind === 'sequence' && b?.kind === 'sequence' && !hasSameItems(a, b, claim);
}

/** Whether the other items are the same, in the same order. */
function hasSameItems(a: Sequence, b: Sequence, { path }: Claim): boolean {
  const index = path.at(-2);
  return a.items.length === b.items.length && a.items.every((item, at) => at === index || itemKeyOf(item) === itemKeyOf(b.items[at] as Node));
}

function showNode(node: Node | undefined): string {
  if (!node) return 'nothing';
  return node.kind === 'scalar' ? show(node.text) : `a ${node.kind}`;
}

/** Equal but for the hash at the end, and what the hash itself follows. */
function isHashed(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => text.replace(/-[2-9bcdfghkmt]{10}(?![a-z0-9])/g, '-#'));
  return left === right && left !== a;
}

function isRelated({ node }: Resource, path: FieldPath, change: Change): boolean {
  return trailOf(node, path).some((each) => each.kind === 'scalar' && partsOf(each).some(({ origin }) => touches(origin, change)));
}
