import type { RenderProblem } from '../../model/render-result.ts';
import type { FilledIn, Substitution, UnsetVariable } from '../../model/substitution.ts';
import { compareLocations } from '../../text/location.ts';
import { over } from '../../tree/edit.ts';
import { childOf, type Entry, locationOf, type Mapping, type Node, type Scalar, textOf } from '../../tree/node.ts';
import { sliceOf } from '../../tree/slice.ts';
import { join, stringScalar } from '../kustomize/writing.ts';
import { fillText } from './fill-text.ts';
import { type Place, readAgain } from './read-again.ts';
import type { RefusedText } from './template.ts';

/** Objects with their variables filled in, and what is to be said of that. */
export interface Substituted<T> {
  readonly objects: readonly T[];
  readonly filledIn: FilledIn;
  readonly problems: readonly RenderProblem[];
}

/**
 * Fills in the variables of finished objects as Flux does, which prints each object, fills in its text and reads that
 * again: what is filled in may be a number, or even a list. Objects that are marked so are left alone.
 */
export function substitute<T extends { readonly node: Mapping }>(objects: readonly T[], substitution: Substitution): Substituted<T> {
  const unset = new Map<string, UnsetVariable>();
  const problems: RenderProblem[] = [];
  const scene: Scene = { substitution, unset, problems };
  const filled = objects.map((object) => {
    const node = isDisabled(object.node) ? object.node : (fill(object.node, 'value', scene) as Mapping);
    return node === object.node ? object : { ...object, node };
  });
  const byPlace = [...unset.values()].sort((a, b) => compareLocations(locationOf(a.at), locationOf(b.at)));
  return { objects: filled, filledIn: { ...substitution, unset: byPlace }, problems };
}

interface Scene {
  readonly substitution: Substitution;
  readonly unset: Map<string, UnsetVariable>;
  readonly problems: RenderProblem[];
}

const SWITCH = 'kustomize.toolkit.fluxcd.io/substitute';

function isDisabled(node: Mapping): boolean {
  const metadata = childOf(node, 'metadata');
  return ['labels', 'annotations'].some((field) => textOf(childOf(metadata, field), SWITCH) === 'disabled');
}

/** Most nodes have nothing to fill in, and many are shared by all who deploy a base. */
const plain = new WeakSet<Node>();

function fill(node: Node, place: Place, scene: Scene): Node {
  if (node.kind === 'scalar') return node.text.includes('$') ? fillScalar(node, place, scene) : node;
  if (plain.has(node)) return node;
  const filled = node.kind === 'mapping' ? fillMapping(node, scene) : { ...node, items: node.items.map((item) => fill(item, 'item', scene)) };
  const isSame =
    filled.kind === 'mapping'
      ? node.kind === 'mapping' && filled.entries.every((entry, index) => entry === node.entries[index])
      : node.kind === 'sequence' && filled.items.every((item, index) => item === node.items[index]);
  if (!isSame) return filled;
  if (!mentions(node)) plain.add(node);
  return node;
}

/** A text that stays as it is, as its values are not known, may be filled in elsewhere. */
function mentions(node: Node): boolean {
  if (node.kind === 'scalar') return node.text.includes('$');
  if (node.kind === 'sequence') return node.items.some((item) => (item.kind === 'scalar' ? mentions(item) : !plain.has(item)));
  return node.entries.some(({ key, value }) => mentions(key) || (value.kind === 'scalar' ? mentions(value) : !plain.has(value)));
}

function fillMapping(node: Mapping, scene: Scene): Mapping {
  const entries = node.entries.map((entry): Entry => {
    const key = entry.key.text.includes('$') ? fillKey(entry.key, scene) : entry.key;
    const value = fill(entry.value, 'value', scene);
    return key === entry.key && value === entry.value ? entry : { ...entry, key, value };
  });
  return { ...node, entries };
}

function fillKey(key: Scalar, scene: Scene): Scalar {
  const filled = fillKnown(key, scene);
  return filled ? over(stringScalar(filled.text, filled.origin, filled.parts), key) : key;
}

function fillScalar(node: Scalar, place: Place, scene: Scene): Node {
  const filled = fillKnown(node, scene);
  if (!filled) return node;
  const read = readAgain(node, filled, place, (text) => fillText(text, scene.substitution));
  if (read) return over(read, node);
  const message = 'the object is no YAML any more with the value of a variable filled in';
  scene.problems.push({ cause: 'yaml-error', message, origin: filled.origin, rule: 'render-error' });
  return over(stringScalar(filled.text, filled.origin, filled.parts), node);
}

/** The text filled in; undefined where that changes nothing. */
function fillKnown(node: Scalar, scene: Scene): Scalar | undefined {
  const filled = fillText(node, scene.substitution);
  if ('refusal' in filled) {
    refuse(node, filled, scene);
    return undefined;
  }
  for (const variable of filled.unset) noteUnset(node, variable, scene);
  const author = filled.pieces.find(({ origin }) => origin.how === 'substitution')?.origin ?? node.origin;
  const joined = join(filled.pieces, node.style, author);
  return joined.text === node.text ? undefined : joined;
}

function refuse(node: Scalar, { refusal, at }: RefusedText, { substitution, problems }: Scene): void {
  // Without any variable, Flux looks at no text.
  if (substitution.variables.size === 0) return;
  const message = `Flux cannot fill in the variables of this text: ${refusal}; a "$" that is meant as it stands is written "$$"`;
  problems.push({ cause: 'template', message, origin: sliceOf(node, at, Math.min(at + 2, node.text.length)), rule: 'render-error' });
}

function noteUnset(node: Scalar, { name, start, end }: { readonly name: string; readonly start: number; readonly end: number }, { unset }: Scene): void {
  const found: UnsetVariable = { name, at: sliceOf(node, start, end), isInBlock: node.text.includes('\n') };
  const known = unset.get(name);
  const isBetter = !known || (known.isInBlock && !found.isInBlock);
  if (isBetter || (known.isInBlock === found.isInBlock && compareLocations(locationOf(found.at), locationOf(known.at)) < 0)) unset.set(name, found);
}
