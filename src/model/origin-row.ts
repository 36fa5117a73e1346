import { type FieldPath, nodeAt } from '../tree/field-path.ts';
import { type Node, type Origin, type Scalar, textOf } from '../tree/node.ts';
import { trailOf } from '../tree/origins.ts';
import { scalarValue } from '../tree/scalar-value.ts';
import { formatResourceId, type Resource } from './resource.ts';

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

/** Every scalar of the resources of one render, or of one of them, in the order of the tree. */
export function originRowsOf(resources: readonly Resource[], isSecretKey: (key: string) => boolean, only?: Resource): OriginRow[] {
  const shown = new Map(resources.flatMap(({ id, originalId }) => (id.name === originalId.name ? [] : [[id.name, withoutHash(id.name)] as const])));
  const rows: OriginRow[] = [];
  for (const resource of only ? [only] : resources) {
    const id = formatResourceId({ ...resource.id, name: shown.get(resource.id.name) ?? resource.id.name });
    for (const { path, node } of scalarsBelow(resource.node, [])) {
      const row = withoutHashes(rowOf(resource, node, path, isSecret(resource, path, isSecretKey)), shown);
      const isNews = ({ origin, value }: OriginStep) =>
        value !== row.value || !row.parts.some((part) => part.origin.file === origin.file && part.origin.start === origin.start);
      rows.push({ ...row, chain: row.chain.filter(isNews), resource: id });
    }
  }
  return rows;
}

function* scalarsBelow(node: Node, path: FieldPath): Generator<{ readonly path: FieldPath; readonly node: Scalar }> {
  if (node.kind === 'scalar') yield { path, node };
  else if (node.kind === 'mapping') for (const { key, value } of node.entries) yield* scalarsBelow(value, [...path, key.text]);
  else for (const [index, item] of node.items.entries()) yield* scalarsBelow(item, [...path, index]);
}

function rowOf(resource: Resource, node: Scalar, path: FieldPath, secret: boolean): Omit<OriginRow, 'resource'> {
  const [, ...earlier] = trailOf(resource.node, path);
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

/** The suffix that kustomize appends to generated names: its alphabet holds no vowels that could spell. */
const HASH = /-[2-9bcdfghkmt]{10}$/;

/** The hash of a Secret tells of its content: generated names are shown without it. */
function withoutHash(name: string): string {
  return name.replace(HASH, '');
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

/** Values of Secrets, and of keys and variables that are declared secret. */
function isSecret(resource: Resource, path: FieldPath, isSecretKey: (key: string) => boolean): boolean {
  const [first] = path;
  if (resource.id.kind === 'Secret' && (first === 'data' || first === 'stringData')) return true;
  // A container's variable is named beside its value.
  const name = path.at(-1) === 'value' ? textOf(nodeAt(resource.node, path.slice(0, -1)), 'name') : undefined;
  return (name !== undefined && isSecretKey(name)) || path.some((step) => typeof step === 'string' && isSecretKey(step));
}
