import { childOf, itemsOf, type Mapping, type Node, type Scalar, textOf } from '../../tree/node.ts';
import { parseYaml } from '../../yaml/parse.ts';
import { type FieldSpec, splitPath } from './field-paths.ts';
import { type Reader, readNamed } from './files.ts';
import { fieldSpecsOf } from './labels.ts';
import { Refusal } from './refusal.ts';
import { CONFIGURATION_SHAPE } from './shapes.ts';
import { type NameReference, SPEC_TABLES, type TransformerConfig } from './transformer-config.ts';
import { fitTo, type Misfit } from './typed-yaml.ts';

type Config = { -readonly [K in keyof TransformerConfig]?: TransformerConfig[K] };

/** The field specs of a file under `configurations`. Throws a `Refusal`. */
export function configurationsOf(name: Scalar, reader: Reader): Partial<TransformerConfig> {
  const root = rootOf(name, reader);
  const misfits: Misfit[] = [];
  const node = root && fitTo(root, CONFIGURATION_SHAPE, misfits);
  const [misfit] = misfits;
  if (misfit) throw new Refusal('invalid-kustomization', misfit.message, misfit.origin);
  const config: Config = {};
  for (const table of SPEC_TABLES) config[table] = fieldSpecsOf(childOf(node, table));
  config.nameReference = itemsOf(node, 'nameReference').map(
    (item): NameReference => ({
      group: textOf(item, 'group') ?? '',
      version: textOf(item, 'version') ?? '',
      kind: textOf(item, 'kind') ?? '',
      fieldSpecs: fieldSpecsOf(childOf(item, 'fieldSpecs')),
    }),
  );
  return config;
}

/** The first document of a file that a kustomization names. Throws a `Refusal` where it cannot be read. */
export function rootOf(name: Scalar, reader: Reader): Node | undefined {
  const file = readNamed(reader, name);
  const { documents, problem } = parseYaml(file);
  if (problem) throw new Refusal('yaml-error', problem.reason, { ...name.origin, file, ...problem.span }, 'syntax-error');
  return documents[0]?.root;
}

/** The field specs that an OpenAPI definition under `crds` asks for by its extensions. Throws a `Refusal`. */
export function crdConfigOf(name: Scalar, reader: Reader): Partial<TransformerConfig> {
  const root = rootOf(name, reader);
  const found = { annotations: [], labels: [], prefixes: [], references: [] } as Found;
  if (root && root.kind !== 'mapping') throw new Refusal('invalid-kustomization', 'an OpenAPI definition is a mapping', root.origin);
  for (const { key, value } of root?.entries ?? []) {
    if (value.kind !== 'mapping') throw new Refusal('invalid-kustomization', 'this is no OpenAPI definition', key.origin);
    const properties = propertiesOf(value);
    if (!['kind', 'apiVersion', 'metadata'].every((field) => childOf(properties, field))) continue;
    collect(root as Mapping, key.text, { kind: key.text.split('.').at(-1) ?? key.text, path: [], seen: [] }, found);
  }
  return { commonAnnotations: found.annotations, commonLabels: found.labels, namePrefix: found.prefixes, nameReference: found.references };
}

interface Found {
  readonly annotations: FieldSpec[];
  readonly labels: FieldSpec[];
  readonly prefixes: FieldSpec[];
  readonly references: NameReference[];
}

interface Place {
  readonly kind: string;
  readonly path: readonly string[];
  readonly seen: readonly string[];
}

function propertiesOf(definition: Node | undefined): Node | undefined {
  return childOf(childOf(definition, 'Schema') ?? childOf(definition, 'schema'), 'properties');
}

function collect(root: Mapping, type: string, place: Place, found: Found): void {
  const properties = propertiesOf(childOf(root, type));
  if (properties?.kind !== 'mapping' || place.seen.includes(type)) return;
  for (const { key, value } of properties.entries) {
    const path = [...place.path, key.text];
    const spec = (...more: string[]): FieldSpec => ({ kind: place.kind, path: [...path, ...more].join('/') });
    if (childOf(value, 'x-kubernetes-annotation')) found.annotations.push(spec());
    if (childOf(value, 'x-kubernetes-label-selector')) found.labels.push(spec());
    if (childOf(value, 'x-kubernetes-identity')) found.prefixes.push(spec());
    const [version, kind] = [textOf(value, 'x-kubernetes-object-ref-api-version'), textOf(value, 'x-kubernetes-object-ref-kind')];
    if (version !== undefined && kind !== undefined) {
      const nameKey = textOf(value, 'x-kubernetes-object-ref-name-key') ?? 'name';
      found.references.push({ version, kind, fieldSpecs: [spec(...splitPath(nameKey))] });
    }
    const reference = textOf(value, '$ref');
    if (reference !== undefined) collect(root, reference, { ...place, path, seen: [...place.seen, type] }, found);
  }
}
