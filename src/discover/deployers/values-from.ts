import type { InlineValues } from '../../model/helm-settings.ts';
import type { Gap } from '../../model/render-result.ts';
import { embeddedYaml } from '../../render/kustomize/embedded-yaml.ts';
import { isUnfilled } from '../../text/unfilled.ts';
import { mapEntries, mapItems } from '../../tree/edit.ts';
import { childOf, mapping, type Node, type Scalar, scalar, textOf } from '../../tree/node.ts';
import { scalarValue } from '../../tree/scalar-value.ts';
import { scalarOf } from './fields.ts';
import type { Lookup } from './said.ts';

/** What one item of `valuesFrom` gives, and what is not known of it. */
export interface GivenValues {
  readonly values?: InlineValues;
  readonly gap?: Gap;
  /** Something stands in for each value. */
  readonly isSecret?: boolean;
}

/**
 * Reads the values that a ConfigMap or a Secret of the repository holds. Of a Secret only the shape is read: something
 * stands in for each value, so that none can come to light, whatever a chart makes of it.
 */
export function valuesFrom(item: Node, namespace: string, lookup: Lookup): GivenValues {
  const kind = textOf(item, 'kind') ?? '';
  const name = textOf(item, 'name') ?? '';
  const key = textOf(item, 'valuesKey') ?? 'values.yaml';
  const source = `${kind} "${name}"`;
  const found = isUnfilled(name) ? undefined : lookup(kind, name, namespace)?.node;
  if (!found) return { gap: { cause: 'other', message: `${source}, which gives values, is not here`, origin: item.origin } };
  const isSecret = kind === 'Secret';
  const text = isSecret ? secretText(found, key) : scalarOf(childOf(found, 'data'), key);
  if (isSecret && isEncrypted(found, text)) {
    return { gap: { cause: 'decryption', message: `${source}, which gives values, is encrypted`, origin: item.origin } };
  }
  if (!text) return {};
  const target = textOf(item, 'targetPath');
  const label = `${key} of ${source}`;
  if (target !== undefined) {
    const node = at(target, typed(text));
    if (!node) return { gap: { cause: 'other', message: `"targetPath" of ${source} leads into a list, which is not read`, origin: item.origin } };
    return { values: { kind: 'map', name: label, node: isSecret ? masked(node) : node }, isSecret };
  }
  if (!isSecret) return { values: { kind: 'text', name: label, node: text } };
  const root = embeddedYaml(text).documents[0]?.root;
  return root?.kind === 'mapping'
    ? { values: { kind: 'map', name: label, node: masked(root) }, isSecret }
    : { gap: { cause: 'yaml-error', message: `${label} is no map of values`, origin: text.origin } };
}

/** `stringData` counts more than `data`, as in a cluster. */
function secretText(secret: Node, key: string): Scalar | undefined {
  const plain = scalarOf(childOf(secret, 'stringData'), key);
  if (plain) return plain;
  const encoded = scalarOf(childOf(secret, 'data'), key);
  if (!encoded) return undefined;
  const { value } = scalarValue({ ...encoded, tag: '!!binary' });
  return scalar(String(value), 'double-quoted', { ...encoded.origin, precision: 'entry' });
}

function isEncrypted(secret: Node, text: Scalar | undefined): boolean {
  return childOf(secret, 'sops') !== undefined || text?.text.startsWith('ENC[') === true;
}

/** Numbers, booleans and nulls are such, everything else is a text, as for `--set`. */
function typed(value: Scalar): Scalar {
  const isTyped = /^(?:true|false|null|0|-?[1-9]\d*)$/.test(value.text);
  return { ...value, style: isTyped ? 'plain' : 'double-quoted' };
}

/** The value below the keys of a path, in which `\.` is no end of a key. Undefined for a path with an index. */
function at(path: string, value: Scalar): Node | undefined {
  if (path.includes('[')) return undefined;
  const keys = path.split(/(?<!\\)\./).map((step) => step.replaceAll('\\.', '.'));
  return keys.reduceRight<Node>((node, key) => mapping([{ key: scalar(key, 'double-quoted', value.origin), value: node }], value.origin), value);
}

/** A text that waits to be filled in, which is all that anybody knows of it here. */
const STAND_IN = '${secret}';

/** Switches and blanks are left, as a chart hangs on them. */
function masked(node: Node): Node {
  if (node.kind === 'mapping') return mapEntries(node, masked);
  if (node.kind === 'sequence') return mapItems(node, masked);
  const { type } = scalarValue(node);
  if (type === 'bool' || type === 'null' || node.text === '') return node;
  const isNumber = type === 'int' || type === 'float';
  return scalar(isNumber ? '1' : STAND_IN, isNumber ? 'plain' : 'double-quoted', node.origin);
}
