import { MASK } from '../model/origin-row.ts';
import { formatResourceId, resourceIdOf } from '../model/resource.ts';
import { withoutHash } from '../model/shown-name.ts';
import { type FieldPath, formatFieldPath } from '../tree/field-path.ts';
import type { Mapping, Node } from '../tree/node.ts';
import { plainOf } from '../tree/plain.ts';
import type { RenderSecrets } from './render-secrets.ts';

/** Where two renders part first. Values are shown as JSON; undefined stands for nothing, secrets are masked. */
export interface RenderDifference {
  readonly resource: string;
  readonly namespace: string;
  /** Empty for the resource as a whole. */
  readonly path: string;
  readonly ours: string | undefined;
  readonly theirs: string | undefined;
}

/** How people call an object in which renders differ. */
export function nameOf(node: Mapping | undefined): Pick<RenderDifference, 'resource' | 'namespace'> {
  if (!node) return { resource: '', namespace: '' };
  const id = resourceIdOf(node);
  // The hash of a Secret tells of its content.
  return { resource: formatResourceId({ ...id, name: withoutHash(id.name) }), namespace: id.namespace };
}

/** Shows what stands at a place of an object on both sides. */
export function differenceAt(object: Mapping, path: FieldPath, ours: Node | undefined, theirs: Node | undefined, secrets: RenderSecrets): RenderDifference {
  const place = { ...nameOf(object), path: formatFieldPath(path) };
  const [left, right] = [ours, theirs].map((node) => node && shown(node));
  const holdsSecret = [left, right].some((text) => text !== undefined && secrets.hidden(text) !== text);
  // The other side may hold the same secret, written in another way.
  if (path.length > 0 && (holdsSecret || secrets.isSecret(object, path))) return { ...place, ours: left && MASK, theirs: right && MASK };
  if (path.length === 0) {
    const whole = ours && theirs ? 'a list in another order' : 'an object';
    return { ...place, ours: ours && whole, theirs: theirs && whole };
  }
  const from = left !== undefined && right !== undefined ? sameUntil(left, right) : 0;
  return { ...place, ours: shortened(left, from), theirs: shortened(right, from) };
}

function shown(node: Node): string {
  if (node.kind === 'sequence') return `a list of ${node.items.length}`;
  if (node.kind === 'mapping') return `${node.entries.length} fields`;
  const value = plainOf(node);
  return JSON.stringify(typeof value === 'string' ? withoutHash(value) : value);
}

const WIDTH = 120;

/** How long two texts are the same. */
export function sameUntil(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}

/** Of a long text the stretch where it parts from the other one. */
export function shortened<Text extends string | undefined>(text: Text, from: number): Text | string {
  if (text === undefined || text.length <= WIDTH) return text;
  const start = Math.max(0, Math.min(from - 20, text.length - WIDTH));
  return `${start > 0 ? '…' : ''}${text.slice(start, start + WIDTH)}${start + WIDTH < text.length ? '…' : ''}`;
}
