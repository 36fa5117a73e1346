import type { Host, Value } from '../../value.ts';
import { checkDepth } from './limits.ts';

const MAP = 'map[string]interface {}';
const LIST = '[]interface {}';

/** Go's name of a value's type, as `%T` prints it. */
export function goTypeOf(value: Value): string {
  switch (value.kind) {
    case 'int':
      return value.goType ?? 'int';
    case 'float':
      return 'float64';
    case 'map':
      return value.goType ?? MAP;
    case 'list':
      return value.goType ?? LIST;
    case 'host':
      return value.type;
    case 'nil':
    case 'none':
      return '<nil>';
    default:
      return value.kind;
  }
}

/** Types of Helm and of Go's library whose name does not tell what they are made of. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ['time.Duration', 'int64'],
  ['engine.files', 'map'],
  ['chartutil.VersionSet', 'slice'],
  ['common.VersionSet', 'slice'],
]);

/** Go's `reflect.Kind` of a value. */
export function goKindOf(value: Value): string {
  switch (value.kind) {
    case 'int':
      return value.goType ?? 'int';
    case 'float':
      return 'float64';
    case 'list':
      return 'slice';
    case 'host':
      return hostKind(value);
    case 'nil':
    case 'none':
      return 'invalid';
    default:
      return value.kind;
  }
}

function hostKind({ type }: Host): string {
  if (type.startsWith('*')) return 'ptr';
  if (type.startsWith('map[')) return 'map';
  return type.startsWith('[]') ? 'slice' : (KINDS.get(type) ?? 'struct');
}

/** The items of what is a slice or an array in Go; undefined for everything else. */
export function itemsOf(value: Value): readonly Value[] | undefined {
  if (value.kind === 'list') return value.items;
  if (value.kind !== 'host' || hostKind(value) !== 'slice') return undefined;
  const plain = value.plain();
  return plain.kind === 'list' ? plain.items : undefined;
}

/** Sprig's `empty`: no value, zero, false, and what has no length. */
export function isEmpty(value: Value): boolean {
  switch (value.kind) {
    case 'string':
      return value.text === '';
    case 'int':
      return value.value === 0n;
    case 'float':
      return value.value === 0;
    case 'bool':
      return !value.value;
    case 'map':
      return value.entries.size === 0;
    case 'list':
      return value.items.length === 0;
    case 'host':
      return isEmptyHost(value);
    default:
      return true;
  }
}

function isEmptyHost(value: Host): boolean {
  const kind = hostKind(value);
  return (kind === 'map' || kind === 'slice' || kind === 'int64') && isEmpty(value.plain());
}

/** `reflect.DeepEqual`: the same types, and the same in every part. */
export function deepEqual(a: Value, b: Value, depth = 0): boolean {
  checkDepth(depth);
  if (a === b) return true;
  if (isNothing(a) || isNothing(b)) return isNothing(a) && isNothing(b);
  if (goTypeOf(a) !== goTypeOf(b)) return false;
  if (a.kind === 'string' && b.kind === 'string') return a.text === b.text;
  if (a.kind === 'int' && b.kind === 'int') return a.value === b.value;
  if (a.kind === 'float' && b.kind === 'float') return a.value === b.value;
  if (a.kind === 'bool' && b.kind === 'bool') return a.value === b.value;
  if (a.kind === 'list' && b.kind === 'list') {
    if (a.items.length !== b.items.length || Boolean(a.isNil) !== Boolean(b.isNil)) return false;
    return a.items.every((item, index) => deepEqual(item, b.items[index] ?? item, depth + 1));
  }
  if (a.kind === 'map' && b.kind === 'map') {
    if (a.entries.size !== b.entries.size || Boolean(a.isNil) !== Boolean(b.isNil)) return false;
    return [...a.entries].every(([key, value]) => {
      const other = b.entries.get(key);
      return other !== undefined && deepEqual(value, other, depth + 1);
    });
  }
  return a.kind === 'host' && b.kind === 'host' && deepEqual(a.plain(), b.plain(), depth + 1);
}

/** What Go knows as nil. */
export function isNothing(value: Value): boolean {
  return value.kind === 'nil' || value.kind === 'none';
}
