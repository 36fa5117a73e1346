import { formatResourceId, type Resource } from '../model/resource.ts';
import type { Variant } from '../model/variant.ts';
import type { ArtifactUse } from '../model/versions/artifacts.ts';
import type { Pin } from '../model/versions/pin.ts';
import { versionUsesOf } from '../model/versions/version-uses.ts';
import { groupBy } from '../text/group-by.ts';
import { sameMeaning } from '../tree/equality.ts';
import { type FieldPath, formatFieldPath } from '../tree/field-path.ts';
import { childOf, entryOf, type Node } from '../tree/node.ts';
import { authorsOf } from '../tree/origins.ts';

/** The variants of a repository before and after some pins. */
export interface Renders {
  readonly before: readonly Variant[];
  readonly after: readonly Variant[];
}

/** What speaks against a pin, and where it shows. */
export interface Obstacle {
  readonly why: string;
  readonly detail: string;
}

const OTHER = 'something would be rendered in another way';
const MORE = 'more than the image would change';

/**
 * Which pins are not proved by a render of what they make, and why: after all of them, each use has its tag and its digest, and
 * nothing else is another. Empty where all are proved.
 */
export function unprovedPins({ before, after }: Renders, pins: readonly Pin[]): ReadonlyMap<Pin, Obstacle> {
  const failed = new Map<Pin, Obstacle>();
  const fail = (guilty: readonly Pin[], why: string, detail: string): void => {
    // Where nobody is known to be guilty, all may be.
    for (const pin of guilty.length > 0 ? guilty : pins) if (!failed.has(pin)) failed.set(pin, { why, detail });
  };
  const wanted = wantedIn(pins);
  if (after.length !== before.length) fail(pins, OTHER, `${after.length} variants instead of ${before.length}`);
  // Both are in the same order; a key may hold the values, which change.
  const renders = groupBy(after, ({ id }) => id);
  const met = new Map<string, number>();
  for (const variant of before) {
    const near = nearest(pins, variant);
    const turn = met.get(variant.id) ?? 0;
    met.set(variant.id, turn + 1);
    const render = renders.get(variant.id)?.[turn];
    if (!render || outlineOf(render) !== outlineOf(variant)) {
      fail(near, OTHER, variant.id);
      continue;
    }
    for (const resource of variant.resources) {
      const own = wanted.get(resource) ?? [];
      for (const { guilty, why, detail } of doubtsOf(resource, render.resources.get(resource.id), own, near)) fail(guilty, why, detail);
    }
  }
  return failed;
}

interface Doubt extends Obstacle {
  readonly guilty: readonly Pin[];
}

/** What one resource has against some pins, of which it is to take up its own. */
function* doubtsOf(before: Resource, after: Resource | undefined, own: readonly Wanted[], near: readonly Pin[]): Generator<Doubt> {
  const name = formatResourceId(before.id);
  if (!after) {
    yield { guilty: guiltyOf(childOf(childOf(before.node, 'metadata'), 'name'), own, near), why: MORE, detail: `${name} at metadata.name` };
    return;
  }
  for (const { pin, use } of own) if (!hasPin(after, pin, use)) yield { guilty: [pin], why: 'the image would not take the digest up', detail: name };
  const meant = new Set(own.map(({ use }) => formatFieldPath(use.field.path)));
  for (const { path, left, right } of changesIn(before.node, after.node)) {
    const at = formatFieldPath(path);
    if (meant.has(at) || (isDeployer(before) && isDigestAlone(left, right))) continue;
    yield { guilty: guiltyOf(left, own, near), why: MORE, detail: `${name} at ${at}` };
  }
}

interface Wanted {
  readonly pin: Pin;
  readonly use: ArtifactUse['use'];
}

function wantedIn(pins: readonly Pin[]): Map<Resource, Wanted[]> {
  const wanted = new Map<Resource, Wanted[]>();
  for (const pin of pins) {
    for (const { use } of pin.uses) {
      const { resource } = use.field;
      wanted.set(resource, [...(wanted.get(resource) ?? []), { pin, use }]);
    }
  }
  return wanted;
}

/** Those that a variant takes something from; else those whose file it reads. */
function nearest(pins: readonly Pin[], variant: Variant): readonly Pin[] {
  const used = pins.filter(({ uses }) => uses.some((use) => use.variant === variant));
  return used.length > 0 ? used : pins.filter(({ place: { file } }) => variant.tree === file.tree && variant.inputs.has(file.path));
}

/** How far a variant is rendered, and how much it is. */
function outlineOf({ root, tree, status, complete, gaps, problems, resources }: Variant): string {
  return JSON.stringify([root, tree, status, complete, gaps.map(({ message }) => message), problems.map(({ message }) => message), resources.size]);
}

/** A chart may put a digest in the place of the tag: the same image runs. */
function hasPin(resource: Resource, pin: Pin, { field, artifact }: ArtifactUse['use']): boolean {
  const path = formatFieldPath(field.path);
  return versionUsesOf(resource).some(
    (use) =>
      use.kind === 'image' &&
      formatFieldPath(use.field.path) === path &&
      use.artifact === artifact &&
      use.digest === pin.digest &&
      (use.version === pin.tag || (use.version === undefined && pin.form === 'digest-key')),
  );
}

interface Change {
  readonly path: FieldPath;
  readonly left: Node | undefined;
  readonly right: Node | undefined;
}

/** The places where two nodes part, item by item: also the order of a list counts. */
function changesIn(left: Node | undefined, right: Node | undefined, path: FieldPath = []): Change[] {
  if (left && right && sameMeaning(left, right)) return [];
  if (left?.kind === 'mapping' && right?.kind === 'mapping') {
    const keys = new Set([...left.entries, ...right.entries].map(({ key }) => key.text));
    return [...keys].flatMap((key) => changesIn(entryOf(left, key)?.value, entryOf(right, key)?.value, [...path, key]));
  }
  if (left?.kind === 'sequence' && right?.kind === 'sequence' && left.items.length === right.items.length)
    return left.items.flatMap((item, index) => changesIn(item, right.items[index], [...path, index]));
  return [{ path, left, right }];
}

/** The objects of deployers hold values and entries of images as they are written: a digest more in them is what the edit is. */
const DEPLOYERS: ReadonlySet<string> = new Set([
  'argoproj.io/Application',
  'argoproj.io/ApplicationSet',
  'helm.toolkit.fluxcd.io/HelmRelease',
  'kustomize.toolkit.fluxcd.io/Kustomization',
]);

function isDeployer({ id }: Resource): boolean {
  return DEPLOYERS.has(`${id.group}/${id.kind}`);
}

function isDigestAlone(left: Node | undefined, right: Node | undefined): boolean {
  if ((left && left.kind !== 'scalar') || right?.kind !== 'scalar') return false;
  const bare = (text: string): string => text.replaceAll(/@?sha(?:256:[0-9a-f]{64}|512:[0-9a-f]{128})/g, '');
  return bare(left?.text ?? '') === bare(right.text);
}

/** Those from whose place a value came; else those of its resource; else those that are near to its variant. */
function guiltyOf(left: Node | undefined, own: readonly Wanted[], near: readonly Pin[]): readonly Pin[] {
  const authors = left ? authorsOf(left) : [];
  const direct = near.filter(({ place }) => authors.some(({ file, start, end }) => file === place.file && start <= place.start && place.end <= end));
  if (direct.length > 0) return direct;
  return own.length > 0 ? own.map(({ pin }) => pin) : near;
}
