import type { Mapping, Node, Origin, Scalar, Sequence } from '../tree/node.ts';

/** One key of a text of settings. A list is a leaf, unless its items have names: then each is a key of its own. */
export interface PayloadKey {
  /** The keys that lead there; an item of a list as `[name=alice]`. */
  readonly path: readonly string[];
  /** Where the key is written; of an item its name. */
  readonly key: Scalar;
  readonly value: Node;
}

/** What tells keys apart, whatever an environment calls them. */
export type CommonName = (key: string) => string;

/** What SOPS and the like write beside the settings that they encrypt. */
const METADATA = /^sops(?:_|$)/;

/** Every key of a text by its path, in common names. Keys that are still to be filled in are left out, with all that is below. */
export function payloadKeysOf(root: Mapping, commonName: CommonName): ReadonlyMap<string, PayloadKey> {
  const found = new Map<string, PayloadKey>();
  const visit = (node: Node, path: readonly string[], id: string): void => {
    for (const { step, key, value } of membersOf(node)) {
      if (/[{}$<>]/.test(step) || METADATA.test(step)) continue;
      const own = [...path, step];
      const name = commonName(key.text);
      const ownId = `${id}\0${node.kind === 'sequence' ? `[${name}]` : name}`;
      if (!found.has(ownId)) found.set(ownId, { path: own, key, value });
      visit(value, own, ownId);
    }
  };
  visit(root, [], '');
  return found;
}

/** The id of the key that holds one; `''` is the text itself. */
export function parentOf(id: string): string {
  return id.slice(0, id.lastIndexOf('\0'));
}

/** Whether nothing is below a key. */
export function isLeaf({ value }: PayloadKey): boolean {
  return value.kind === 'scalar';
}

/** `spring.datasource.url`, `users[name=alice].role`. */
export function formatKeys(path: readonly string[]): string {
  return path.reduce((text, step) => (text === '' || step.startsWith('[') ? text + step : `${text}.${step}`), '');
}

/** Where a key would be added to a mapping or list: behind its last member. */
export function lastMemberOf(node: Node): Origin {
  return membersOf(node).at(-1)?.key.origin ?? node.origin;
}

interface Member {
  /** The key, or of an item of a list `[name=alice]`. */
  readonly step: string;
  readonly key: Scalar;
  readonly value: Node;
}

/** What a mapping holds, or a list whose items have names; nothing of others. */
export function membersOf(node: Node): readonly Member[] {
  if (node.kind === 'mapping') return node.entries.map(({ key, value }) => ({ step: key.text, key, value }));
  return node.kind === 'sequence' ? namedItems(node) : [];
}

function namedItems({ items }: Sequence): readonly Member[] {
  const found = items.flatMap((item) => {
    const name = item.kind === 'mapping' ? item.entries.find(({ key }) => key.text === 'name')?.value : undefined;
    return name?.kind === 'scalar' && name.text !== '' ? [{ step: `[name=${name.text}]`, key: name, value: item }] : [];
  });
  return found.length === items.length && new Set(found.map(({ step }) => step)).size === items.length ? found : [];
}
