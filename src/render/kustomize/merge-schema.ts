import { type Mapping, type Node, textOf } from '../../tree/node.ts';
import tables from './tables/merge-keys.json' with { type: 'json' };

/** How the fields of one type of object merge. */
export type MergeTypes = Readonly<Record<string, Readonly<Record<string, FieldRule>>>>;

/** One field: the type of its value, or of its items; how it is wrapped; by which keys its items merge. */
export interface FieldRule {
  readonly t?: string;
  readonly in?: string;
  readonly k?: readonly string[];
}

/** Which lists merge by key, for which kinds. */
export interface MergeTables {
  /** `apps/v1/Deployment` → name of its type. */
  readonly kinds: Readonly<Record<string, string>>;
  readonly types: MergeTypes;
}

/** What is known about one place in an object. Two places of one kind share theirs. */
export interface MergeSchema {
  readonly tables: MergeTables;
  readonly type: string | undefined;
  readonly wrap: 'list' | 'map' | undefined;
  /** Keys of a list that merges, empty for a set of scalars; undefined for everything that is replaced whole. */
  readonly keys: readonly string[] | undefined;
}

/** The merge keys that kustomize has built in. */
export const BUILTIN_TABLES: MergeTables = tables as MergeTables;

const interned = new WeakMap<MergeTables, Map<string, MergeSchema>>();

function schema(tables: MergeTables, type: string | undefined, wrap?: 'list' | 'map', keys?: readonly string[]): MergeSchema {
  let schemas = interned.get(tables);
  if (!schemas) {
    schemas = new Map();
    interned.set(tables, schemas);
  }
  const name = `${type ?? ''} ${wrap ?? ''} ${keys?.join(',') ?? '-'}`;
  let found = schemas.get(name);
  if (!found) {
    found = { tables, type, wrap, keys };
    schemas.set(name, found);
  }
  return found;
}

/** The schema of a whole object, or of one that is embedded where nothing is known. */
export function schemaOfObject(tables: MergeTables, node: Node | undefined): MergeSchema | undefined {
  if (node?.kind !== 'mapping') return undefined;
  const [apiVersion, kind] = [textOf(node, 'apiVersion'), textOf(node as Mapping, 'kind')];
  const type = apiVersion && kind ? tables.kinds[`${apiVersion}/${kind}`] : undefined;
  return type === undefined ? undefined : schema(tables, type);
}

/** The schema of a field. */
export function schemaOfField(parent: MergeSchema | undefined, key: string): MergeSchema | undefined {
  if (!parent) return undefined;
  if (parent.wrap === 'map') return schema(parent.tables, parent.type);
  const rule = parent.wrap === undefined && parent.type !== undefined ? ruleOf(parent.tables.types, parent.type, key) : undefined;
  if (!rule) return undefined;
  const wrap = rule.k || rule.in === 'list' ? 'list' : rule.in === 'map' ? 'map' : undefined;
  return schema(parent.tables, rule.t, wrap, rule.k);
}

/** Types and fields have the names that a repository gives them, such as `constructor`. */
function ruleOf(types: MergeTypes, type: string, key: string): FieldRule | undefined {
  const fields = Object.hasOwn(types, type) ? types[type] : undefined;
  return fields && Object.hasOwn(fields, key) ? fields[key] : undefined;
}

/** The schema of the items of a list. */
export function schemaOfItems(list: MergeSchema | undefined): MergeSchema | undefined {
  return list?.wrap === 'list' && list.type !== undefined ? schema(list.tables, list.type) : undefined;
}

/** Whether the object is of a kind that kustomize has a schema for. */
export function isBuiltin(node: Mapping): boolean {
  return BUILTIN_TABLES.kinds[`${textOf(node, 'apiVersion')}/${textOf(node, 'kind')}`] !== undefined;
}
