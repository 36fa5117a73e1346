import { compareText } from '../../text/location.ts';
import { childOf, type Entry, entriesOf, type Mapping, mapping, type Node, type Origin, type Scalar, scalar, textOf } from '../../tree/node.ts';
import type { Reader } from './files.ts';
import { type KeyValue, keyValuesOf } from './key-values.ts';
import { isTrue } from './labels.ts';
import { type LayeredResource, layeredResource } from './layered-resource.ts';
import { Refusal } from './refusal.ts';
import { originAs, stringFrom, stringScalar } from './writing.ts';

/** Makes the object of one item of `configMapGenerator` or `secretGenerator`. Throws a `Refusal`. */
export function generate(kind: 'ConfigMap' | 'Secret', item: Node, globals: Node | undefined, reader: Reader): LayeredResource {
  // Words such as `v1` stand nowhere: the entry is to blame for them.
  const origin: Origin = { ...originAs(item.origin, 'generator'), precision: 'entry' };
  const name = childOf(item, 'name');
  if (name?.kind !== 'scalar' || name.text === '') throw new Refusal('invalid-kustomization', `a generated ${kind} has no name`, item.origin);
  const pairs = keyValuesOf(item, reader);
  refuseRepeats(pairs, kind, name.text);
  const options = optionsOf(childOf(item, 'options'), globals);
  const entries: Entry[] = [
    plain('apiVersion', 'v1', origin),
    plain('kind', kind, origin),
    { key: word('metadata', origin), value: metadataOf(item, name, options, origin) },
  ];
  if (kind === 'Secret') entries.push({ key: word('type', origin), value: typeOf(item, origin) });
  entries.push(...dataOf(kind, pairs, origin));
  if (options.immutable)
    entries.push({ key: word('immutable', origin), value: { ...options.immutable, style: 'plain', origin: originAs(options.immutable.origin, 'generator') } });
  const node = mapping(entries, origin);
  return layeredResource(node, {
    needsHash: !options.disableHash,
    behavior: textOf(item, 'behavior') ?? '',
    annotated: true,
  });
}

interface GeneratorOptions {
  readonly labels: readonly Entry[];
  readonly annotations: readonly Entry[];
  readonly immutable: Scalar | undefined;
  readonly disableHash: boolean;
}

/** The item's own options first; of the flags either may set them. */
function optionsOf(own: Node | undefined, globals: Node | undefined): GeneratorOptions {
  const flag = [own, globals].find((options) => isTrue(options, 'immutable'));
  const immutable = childOf(flag, 'immutable');
  return {
    labels: mergedPairs(own, globals, 'labels'),
    annotations: mergedPairs(own, globals, 'annotations'),
    immutable: immutable?.kind === 'scalar' ? immutable : undefined,
    disableHash: isTrue(own, 'disableNameSuffixHash') || isTrue(globals, 'disableNameSuffixHash'),
  };
}

function mergedPairs(own: Node | undefined, globals: Node | undefined, field: string): Entry[] {
  const local = entriesOf(own, field);
  const names = new Set(local.map(({ key }) => key.text));
  return [...local, ...entriesOf(globals, field).filter(({ key }) => !names.has(key.text))].sort((a, b) => compareText(a.key.text, b.key.text));
}

function word(text: string, origin: Origin): Scalar {
  return scalar(text, 'plain', origin);
}

function plain(key: string, value: string, origin: Origin): Entry {
  return { key: word(key, origin), value: word(value, origin) };
}

function metadataOf(item: Node, name: Scalar, options: GeneratorOptions, origin: Origin): Mapping {
  const entries: Entry[] = [{ key: word('name', origin), value: stringFrom(name, 'generator') }];
  const namespace = childOf(item, 'namespace');
  if (namespace?.kind === 'scalar' && namespace.text !== '') entries.push({ key: word('namespace', origin), value: stringFrom(namespace, 'generator') });
  for (const field of ['labels', 'annotations'] as const) {
    const pairs = options[field].flatMap(({ key, value }) =>
      value.kind === 'scalar' ? [{ key: word(key.text, originAs(key.origin, 'generator')), value: stringFrom(value, 'generator') }] : [],
    );
    if (pairs.length > 0) entries.push({ key: word(field, origin), value: mapping(pairs, origin) });
  }
  return mapping(entries, origin);
}

function typeOf(item: Node, origin: Origin): Scalar {
  const type = childOf(item, 'type');
  return type?.kind === 'scalar' && type.text !== '' ? stringFrom(type, 'generator') : word('Opaque', origin);
}

function refuseRepeats(pairs: readonly KeyValue[], kind: string, name: string): void {
  const seen = new Set<string>();
  for (const { key } of pairs) {
    if (seen.has(key.text)) throw new Refusal('conflict', `the ${kind} "${name}" has the key "${key.text}" twice`, key.origin);
    seen.add(key.text);
  }
}

/** Nothing for a ConfigMap without pairs; a Secret always has `data`. */
function dataOf(kind: 'ConfigMap' | 'Secret', pairs: readonly KeyValue[], origin: Origin): Entry[] {
  const sorted = [...pairs].sort((a, b) => compareText(a.key.text, b.key.text));
  const field = (name: string, from: readonly KeyValue[]): Entry => ({
    key: word(name, origin),
    value: mapping(
      from.map(({ key, value, bytes, at }) => {
        const encode = kind === 'Secret' || value === undefined;
        // Kustomize writes keys without quotes: one that looks like a number cannot be printed.
        return { key: word(key.text, key.origin), value: stringScalar(encode ? base64Lines(bytes()) : (value ?? ''), at) };
      }),
      origin,
    ),
  });
  if (kind === 'Secret') return [field('data', sorted)];
  const [texts, binaries] = [sorted.filter(({ value }) => value !== undefined), sorted.filter(({ value }) => value === undefined)];
  return [...(texts.length > 0 ? [field('data', texts)] : []), ...(binaries.length > 0 ? [field('binaryData', binaries)] : [])];
}

const LINE = 70;

/** Base64 in lines of seventy, each ended, unless one is enough. */
export function base64Lines(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  const encoded = btoa(binary);
  return encoded.length <= LINE ? encoded : (encoded.match(/.{1,70}/g) ?? []).map((line) => `${line}\n`).join('');
}
