import { isUnfilled } from '../../text/unfilled.ts';
import type { FieldPath } from '../../tree/field-path.ts';
import { childOf, entriesOf, itemsOf, type Node, textOf } from '../../tree/node.ts';
import { scalarValue } from '../../tree/scalar-value.ts';
import type { Field, Resource } from '../resource.ts';
import type { Variant } from '../variant.ts';
import { type Container, containersOf, podTemplateOf } from './pod-template.ts';

export type ConfigKind = 'ConfigMap' | 'Secret';

/** A pod's mention of a ConfigMap or a Secret, or of one key of it. */
export interface ConfigReference {
  readonly kind: ConfigKind;
  readonly name: string;
  readonly key?: string | undefined;
  /** The key where one is named, else the name. */
  readonly field: Field;
  readonly nameField: Field;
  readonly optional: boolean;
}

const references = new WeakMap<Resource, readonly ConfigReference[]>();

/** Every mention in environment variables and volumes of a workload. */
export function configReferencesOf(resource: Resource): readonly ConfigReference[] {
  let found = references.get(resource);
  if (!found) {
    found = readReferences(resource);
    references.set(resource, found);
  }
  return found;
}

function readReferences(resource: Resource): ConfigReference[] {
  const template = podTemplateOf(resource);
  if (!template) return [];
  const found: ConfigReference[] = [];
  for (const { node, path } of containersOf(resource)) {
    for (const [index, source] of itemsOf(node, 'envFrom').entries()) {
      const at = [...path, 'envFrom', index];
      found.push(...mention(resource, 'ConfigMap', childOf(source, 'configMapRef'), [...at, 'configMapRef']));
      found.push(...mention(resource, 'Secret', childOf(source, 'secretRef'), [...at, 'secretRef']));
    }
    for (const [index, variable] of itemsOf(node, 'env').entries()) {
      const source = childOf(variable, 'valueFrom');
      const at = [...path, 'env', index, 'valueFrom'];
      found.push(...mention(resource, 'ConfigMap', childOf(source, 'configMapKeyRef'), [...at, 'configMapKeyRef']));
      found.push(...mention(resource, 'Secret', childOf(source, 'secretKeyRef'), [...at, 'secretKeyRef']));
    }
  }
  for (const [index, volume] of itemsOf(template.spec, 'volumes').entries()) {
    const at = [...template.path, 'volumes', index];
    found.push(...mention(resource, 'ConfigMap', childOf(volume, 'configMap'), [...at, 'configMap']));
    found.push(...mention(resource, 'Secret', childOf(volume, 'secret'), [...at, 'secret'], 'secretName'));
    const projected = childOf(volume, 'projected');
    for (const [s, source] of itemsOf(projected, 'sources').entries()) {
      const inside = [...at, 'projected', 'sources', s];
      found.push(...mention(resource, 'ConfigMap', childOf(source, 'configMap'), [...inside, 'configMap']));
      found.push(...mention(resource, 'Secret', childOf(source, 'secret'), [...inside, 'secret']));
    }
  }
  return found;
}

/** What one item of `envFrom` gives a container. */
export interface EnvSource {
  readonly kind: ConfigKind;
  readonly name: string;
  readonly prefix: string;
  /** Undefined where the variant does not define it. */
  readonly definition: ConfigDefinition | undefined;
}

/** The `envFrom` of a container; later ones win. */
export function envSourcesOf({ node }: Container, variant: Variant): EnvSource[] {
  return itemsOf(node, 'envFrom').map((source) => {
    const map = textOf(childOf(source, 'configMapRef'), 'name');
    const kind = map === undefined ? 'Secret' : 'ConfigMap';
    const name = map ?? textOf(childOf(source, 'secretRef'), 'name') ?? '';
    return { kind, name, prefix: textOf(source, 'prefix') ?? '', definition: definitionsOf(variant).get(`${kind}/${name}`) };
  });
}

function mention(resource: Resource, kind: ConfigKind, node: Node | undefined, path: FieldPath, nameField = 'name'): ConfigReference[] {
  const name = textOf(node, nameField);
  // Text for a later step, such as `${CONFIG_NAME}`, names nothing yet.
  if (!name || isUnfilled(name)) return [];
  const flag = childOf(node, 'optional');
  const optional = flag?.kind === 'scalar' && scalarValue(flag).value === true;
  const key = textOf(node, 'key');
  const written = resource.field(...path, nameField);
  const keyed = itemsOf(node, 'items').flatMap((item, index): ConfigReference[] => {
    const wanted = textOf(item, 'key');
    return wanted === undefined ? [] : [{ kind, name, key: wanted, optional, nameField: written, field: resource.field(...path, 'items', index, 'key') }];
  });
  const whole: ConfigReference = { kind, name, key, optional, nameField: written, field: key === undefined ? written : resource.field(...path, 'key') };
  return keyed.length > 0 ? keyed : [whole];
}

/** What a variant defines under one name: its keys, or `any` where only a cluster knows them. */
export interface ConfigDefinition {
  readonly keys: ReadonlySet<string> | 'any';
  readonly field: Field;
}

/** The ConfigMaps and Secrets of a variant, by `kind/name`. */
export type ConfigDefinitions = ReadonlyMap<string, ConfigDefinition>;

const definitions = new WeakMap<Variant, { readonly rendered: ConfigDefinitions; readonly written: ConfigDefinitions }>();

/** What a variant will have in the cluster, also what controllers make of other objects; by the names of the rendered objects. */
export function definitionsOf(variant: Variant): ConfigDefinitions {
  return allDefinitionsOf(variant).rendered;
}

/** The same by the names before prefixes, suffixes and hashes: those that stand in the sources. */
export function writtenDefinitionsOf(variant: Variant): ConfigDefinitions {
  return allDefinitionsOf(variant).written;
}

function allDefinitionsOf(variant: Variant) {
  let found = definitions.get(variant);
  if (!found) {
    const rendered = new Map<string, ConfigDefinition>();
    const written = new Map<string, ConfigDefinition>();
    for (const resource of variant.resources) {
      for (const { kind, name, keys } of madeBy(resource)) {
        if (name === undefined) continue;
        const definition = { keys, field: resource.field('metadata', 'name') };
        add(rendered, `${kind}/${name}`, definition);
        add(written, `${kind}/${name === resource.id.name ? resource.originalId.name : name}`, definition);
      }
    }
    found = { rendered, written };
    definitions.set(variant, found);
  }
  return found;
}

/** One name in two namespaces: whichever is meant, its keys are among those of both. */
function add(definitions: Map<string, ConfigDefinition>, id: string, { keys, field }: ConfigDefinition): void {
  const known = definitions.get(id);
  if (!known) definitions.set(id, { keys, field });
  else definitions.set(id, { keys: known.keys === 'any' || keys === 'any' ? 'any' : union(known.keys, keys), field: known.field });
}

interface Made {
  readonly kind: ConfigKind;
  readonly name: string | undefined;
  readonly keys: ReadonlySet<string> | 'any';
}

/** Annotations and labels by which a controller fills an object that stands there empty. */
const FILLED = /inject-cabundle|inject-trusted-cabundle|cert-manager\.io\/|kubernetes\.io\/service-account\.name|reflector|replicator/;

function madeBy(resource: Resource): readonly Made[] {
  const { node, id } = resource;
  const spec = childOf(node, 'spec');
  const { name } = id;
  switch (id.kind) {
    case 'ConfigMap':
    case 'Secret':
      return [{ kind: id.kind, name, keys: isFilledElsewhere(node) ? 'any' : keysOf(node, ['data', 'stringData', 'binaryData']) }];
    case 'SealedSecret': {
      const template = childOf(spec, 'template');
      return [
        {
          kind: 'Secret',
          name: textOf(childOf(template, 'metadata'), 'name') ?? name,
          keys: union(keysOf(spec, ['encryptedData']), keysOf(template, ['data', 'stringData'])),
        },
      ];
    }
    case 'ExternalSecret':
    case 'ClusterExternalSecret': {
      const own = id.kind === 'ExternalSecret' ? spec : childOf(spec, 'externalSecretSpec');
      const target = childOf(own, 'target');
      const template = childOf(target, 'template');
      const keys = new Set(itemsOf(own, 'data').flatMap((item) => textOf(item, 'secretKey') ?? []));
      const open = itemsOf(own, 'dataFrom').length > 0 || itemsOf(template, 'templateFrom').length > 0;
      const replaced = entriesOf(template, 'data').length > 0 && textOf(template, 'mergePolicy') !== 'Merge';
      return [
        {
          kind: 'Secret',
          name: textOf(target, 'name') ?? textOf(spec, 'externalSecretName') ?? name,
          keys: open && !replaced ? 'any' : replaced ? keysOf(template, ['data']) : union(keys, keysOf(template, ['data'])),
        },
      ];
    }
    case 'Certificate':
      return [{ kind: 'Secret', name: textOf(spec, 'secretName'), keys: 'any' }];
    case 'Bundle':
      return [{ kind: 'ConfigMap', name, keys: 'any' }];
    case 'VaultStaticSecret':
    case 'VaultDynamicSecret':
    case 'VaultPKISecret':
      return [{ kind: 'Secret', name: textOf(childOf(spec, 'destination'), 'name'), keys: 'any' }];
    case 'OnePasswordItem':
    case 'VaultSecret':
    case 'BitwardenSecret':
    case 'InfisicalSecret':
    case 'SopsSecret':
      return [{ kind: 'Secret', name, keys: 'any' }];
    case 'SecretProviderClass':
      return itemsOf(spec, 'secretObjects').map((object) => ({ kind: 'Secret', name: textOf(object, 'secretName'), keys: 'any' }));
    case 'Service': {
      const annotations = childOf(childOf(node, 'metadata'), 'annotations');
      return [
        {
          kind: 'Secret',
          name:
            textOf(annotations, 'service.beta.openshift.io/serving-cert-secret-name') ??
            textOf(annotations, 'service.alpha.openshift.io/serving-cert-secret-name'),
          keys: 'any',
        },
      ];
    }
    default:
      return [];
  }
}

function isFilledElsewhere(node: Node): boolean {
  const metadata = childOf(node, 'metadata');
  const marks = [...entriesOf(metadata, 'annotations'), ...entriesOf(metadata, 'labels')].some(({ key }) => FILLED.test(key.text));
  return marks || textOf(node, 'type') === 'kubernetes.io/service-account-token' || keysOf(node, ['data', 'stringData', 'binaryData']).size === 0;
}

function keysOf(node: Node | undefined, fields: readonly string[]): Set<string> {
  return new Set(fields.flatMap((field) => entriesOf(node, field).map(({ key }) => key.text)));
}

function union(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...a, ...b]);
}
