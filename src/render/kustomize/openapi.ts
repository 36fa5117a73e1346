import { childOf, entriesOf, itemsOf, type Mapping, type Node, textOf } from '../../tree/node.ts';
import { rootOf } from './configurations.ts';
import { BUILTIN_TABLES, type FieldRule, type MergeTables, type MergeTypes } from './merge-schema.ts';
import { attempt, Refusal } from './refusal.ts';
import { readerOf, type Target } from './session.ts';

/** The only version that kustomize has built in. */
const BUILTIN_VERSION = 'v1.21.2';

/** Takes the schema that a kustomization asks for, unless one was chosen before: the first one holds for the whole build. */
export function chooseSchema(target: Target): void {
  const { session, kustomization, record } = target;
  const openapi = childOf(kustomization.node, 'openapi');
  if (!openapi || session.schema.isChosen) return;
  const [path, version] = [childOf(openapi, 'path'), childOf(openapi, 'version')];
  attempt(record, openapi.origin, () => {
    if (path?.kind === 'scalar') {
      if (version) throw new Refusal('invalid-kustomization', 'a schema has a "path" or a "version", not both', version.origin);
      const root = rootOf(path, readerOf(target));
      session.schema = { tables: session.metForeignKind ? combined(tablesOf(root)) : tablesOf(root), isChosen: true };
    } else if (version?.kind === 'scalar') {
      if (version.text !== BUILTIN_VERSION) throw new Refusal('invalid-kustomization', `kustomize has no schema "${version.text}"`, version.origin);
      session.schema = { tables: BUILTIN_TABLES, isChosen: true };
    }
  });
}

const combinations = new WeakMap<MergeTables, MergeTables>();

/** The built-in definitions win over those of the same name. */
function combined(tables: MergeTables): MergeTables {
  let both = combinations.get(tables);
  if (!both) {
    both = { kinds: { ...tables.kinds, ...BUILTIN_TABLES.kinds }, types: { ...tables.types, ...withFullNames(BUILTIN_TABLES.types) } };
    combinations.set(tables, both);
  }
  return both;
}

/** The built-in tables leave out what all names begin with. */
function withFullNames(types: MergeTypes): MergeTypes {
  const full = (name: string): string => (name.startsWith('meta.') ? `io.k8s.apimachinery.pkg.apis.${name}` : `io.k8s.api.${name}`);
  const renamed = Object.entries(types).map(([name, fields]) => [full(name), fields] as const);
  return { ...types, ...Object.fromEntries(renamed) };
}

const known = new WeakMap<Node, MergeTables>();

/** The merge keys that an OpenAPI document declares. */
function tablesOf(root: Node | undefined): MergeTables {
  if (root?.kind !== 'mapping') return { kinds: {}, types: {} };
  let tables = known.get(root);
  if (!tables) {
    tables = read(root);
    known.set(root, tables);
  }
  return tables;
}

function read(root: Mapping): MergeTables {
  const kinds: Record<string, string> = {};
  const types: Record<string, Record<string, FieldRule>> = Object.create(null);
  for (const { key, value } of entriesOf(root, 'definitions')) {
    addType(key.text, value, types);
    for (const gvk of itemsOf(value, 'x-kubernetes-group-version-kind')) {
      const [group, version, kind] = [textOf(gvk, 'group'), textOf(gvk, 'version') ?? '', textOf(gvk, 'kind') ?? ''];
      kinds[`${group ? `${group}/` : ''}${version}/${kind}`] = key.text;
    }
  }
  return { kinds, types };
}

/** Objects that are spelled out within others get names of their own. */
function addType(name: string, definition: Node, types: Record<string, Record<string, FieldRule>>): void {
  const fields: Record<string, FieldRule> = Object.create(null);
  types[name] = fields;
  for (const { key, value } of entriesOf(definition, 'properties')) {
    const rule = ruleOf(`${name}.${key.text}`, value, types);
    if (rule) fields[key.text] = rule;
  }
}

function ruleOf(name: string, property: Node, types: Record<string, Record<string, FieldRule>>): FieldRule | undefined {
  const items = childOf(property, 'items');
  if (items) {
    const type = typeOf(name, items, types);
    const merges = (textOf(property, 'x-kubernetes-patch-strategy') ?? '').split(',').includes('merge');
    const listKeys = itemsOf(property, 'x-kubernetes-list-map-keys').flatMap((key) => (key.kind === 'scalar' ? key.text : []));
    const mergeKey = textOf(property, 'x-kubernetes-patch-merge-key');
    const keys = listKeys.length > 0 || mergeKey === undefined ? listKeys : [mergeKey];
    return { ...(type === undefined ? {} : { t: type }), in: 'list', ...(merges ? { k: keys } : {}) };
  }
  const values = childOf(property, 'additionalProperties');
  const type = typeOf(name, values ?? property, types);
  if (type === undefined) return undefined;
  return values ? { t: type, in: 'map' } : { t: type };
}

function typeOf(name: string, schema: Node, types: Record<string, Record<string, FieldRule>>): string | undefined {
  const reference = textOf(schema, '$ref');
  if (reference !== undefined) return reference.replace(/^#\/definitions\//, '');
  if (!childOf(schema, 'properties')) return undefined;
  addType(name, schema, types);
  return name;
}
