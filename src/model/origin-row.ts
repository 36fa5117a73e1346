import { type FieldPath, nodeAt } from '../tree/field-path.ts';
import { type Mapping, type Node, type Origin, type Scalar, textOf } from '../tree/node.ts';
import { authorsOf, trailOf } from '../tree/origins.ts';
import { scalarValue } from '../tree/scalar-value.ts';
import { formatResourceId, type Resource } from './resource.ts';
import { shownName } from './shown-name.ts';

/** What stands in the place of a secret. It tells nothing of its length. */
export const MASK = '•••';

/** One author of a value. */
export interface OriginStep {
  readonly origin: Origin;
  /** What was written there; masked for secrets. */
  readonly value: unknown;
}

/** The author of the stretch `start`–`end` of a value's text. */
export interface OriginPart {
  readonly start: number;
  readonly end: number;
  readonly origin: Origin;
}

/** One scalar of a rendered resource: who wrote it, and whose values that put aside, newest first. */
export interface OriginRow {
  readonly resource: string;
  readonly namespace: string;
  readonly path: FieldPath;
  readonly value: unknown;
  readonly parts: readonly OriginPart[];
  readonly chain: readonly OriginStep[];
}

/** What no output may show: values by the key that they stand under, and by the place that they come from. */
export interface Secrecy {
  readonly isSecretKey: (key: string) => boolean;
  readonly isSecretPlace: (place: Origin) => boolean;
}

/** Every scalar of the resources of one render, or of one of them, in the order of the tree. */
export function originRowsOf(resources: readonly Resource[], secrecy: Secrecy, only?: Resource): OriginRow[] {
  const shown = new Map(resources.flatMap((resource) => (shownName(resource) === resource.id.name ? [] : [[resource.id.name, shownName(resource)] as const])));
  const rows: OriginRow[] = [];
  for (const resource of only ? [only] : resources) {
    const id = formatResourceId({ ...resource.id, name: shown.get(resource.id.name) ?? resource.id.name });
    for (const { path, node } of scalarsBelow(resource.node, [])) {
      const row = withoutHashes(rowOf(resource, node, path, secrecy), shown);
      const isNews = ({ origin, value }: OriginStep) =>
        value !== row.value || !row.parts.some((part) => part.origin.file === origin.file && part.origin.start === origin.start);
      rows.push({ ...row, chain: row.chain.filter(isNews), resource: id });
    }
  }
  return rows;
}

/** A scalar that no output may show. */
export interface SecretScalar {
  readonly resource: Resource;
  readonly path: FieldPath;
  readonly node: Scalar;
}

/** Every scalar of some resources that no output may show. */
export function* secretScalarsOf(resources: Iterable<Resource>, secrecy: Secrecy): Generator<SecretScalar> {
  for (const resource of resources) {
    for (const { path, node } of scalarsBelow(resource.node, [])) {
      const [, ...earlier] = trailOf(resource.node, path);
      if (isHidden(resource, path, [node, ...earlier], secrecy)) yield { resource, path, node };
    }
  }
}

function* scalarsBelow(node: Node, path: FieldPath): Generator<{ readonly path: FieldPath; readonly node: Scalar }> {
  if (node.kind === 'scalar') yield { path, node };
  else if (node.kind === 'mapping') for (const { key, value } of node.entries) yield* scalarsBelow(value, [...path, key.text]);
  else for (const [index, item] of node.items.entries()) yield* scalarsBelow(item, [...path, index]);
}

function rowOf(resource: Resource, node: Scalar, path: FieldPath, secrecy: Secrecy): Omit<OriginRow, 'resource'> {
  const [, ...earlier] = trailOf(resource.node, path);
  const secret = isHidden(resource, path, [node, ...earlier], secrecy);
  return {
    namespace: resource.id.namespace,
    path,
    value: secret ? MASK : plainValueOf(node),
    // The length of a secret is part of it.
    parts: secret || !node.parts ? [{ start: 0, end: secret ? MASK.length : node.text.length, origin: node.origin }] : node.parts,
    chain: earlier.map((written) => ({ origin: written.origin, value: secret ? MASK : plainValueOf(written) })),
  };
}

function plainValueOf(node: Node): unknown {
  if (node.kind !== 'scalar') return undefined;
  const { value } = scalarValue(node);
  return typeof value === 'bigint' ? value.toString() : value;
}

function withoutHashes<Row extends Pick<OriginRow, 'value' | 'parts' | 'chain'>>(row: Row, shown: ReadonlyMap<string, string>): Row {
  const name = typeof row.value === 'string' ? shown.get(row.value) : undefined;
  if (name === undefined) return row;
  return {
    ...row,
    value: name,
    parts: row.parts.filter(({ start }) => start < name.length).map((part) => ({ ...part, end: Math.min(part.end, name.length) })),
  };
}

function isHidden(resource: Resource, path: FieldPath, writings: readonly Node[], { isSecretKey, isSecretPlace }: Secrecy): boolean {
  // A replacement or var copies a secret to where nothing tells that it is one.
  return isSecretAt(resource.node, path, isSecretKey) || writings.some((written) => [written.origin, ...authorsOf(written)].some(isSecretPlace));
}

/** Whether a value of an object is secret by its place: those of Secrets, and of keys and variables that are declared secret. */
export function isSecretAt(object: Mapping, path: FieldPath, isSecretKey: (key: string) => boolean): boolean {
  const [first] = path;
  if (textOf(object, 'kind') === 'Secret' && (first === 'data' || first === 'stringData')) return true;
  // A container's variable is named beside its value.
  const name = path.at(-1) === 'value' ? textOf(nodeAt(object, path.slice(0, -1)), 'name') : undefined;
  return (name !== undefined && isSecretKey(name)) || path.some((step) => typeof step === 'string' && isSecretKey(step));
}
