import type { Mapping, Node, Origin, Scalar, Sequence } from '../tree/node.ts';

/** One key of a text of settings. A list is a leaf, unless its items have names: then each is a key of its own. */
export interface PayloadKey {
  /** The keys that lead there; an item of a list as `[alice]`. */
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
    for (const { name, key, value } of membersOf(node)) {
      if (/[{}$<>]/.test(name) || METADATA.test(name)) continue;
      const own = [...path, name];
      const ownId = `${id}\0${commonName(name)}`;
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

/** `spring.datasource.url`, `users[alice].role`. */
export function formatKeys(path: readonly string[]): string {
  return path.reduce((text, step) => (text === '' || step.startsWith('[') ? text + step : `${text}.${step}`), '');
}

/** Where a key would be added to a mapping or list: behind its last member. */
export function lastMemberOf(node: Node): Origin {
  return membersOf(node).at(-1)?.key.origin ?? node.origin;
}

/** How many members a mapping or a list with names has. */
export function membersOf(node: Node): readonly { readonly name: string; readonly key: Scalar; readonly value: Node }[] {
  if (node.kind === 'mapping') return node.entries.map(({ key, value }) => ({ name: key.text, key, value }));
  return node.kind === 'sequence' ? namedItems(node) : [];
}

function namedItems({ items }: Sequence): readonly { readonly name: string; readonly key: Scalar; readonly value: Node }[] {
  const found = items.flatMap((item) => {
    const name = item.kind === 'mapping' ? item.entries.find(({ key }) => key.text === 'name')?.value : undefined;
    return name?.kind === 'scalar' && name.text !== '' ? [{ name: `[${name.text}]`, key: name, value: item }] : [];
  });
  return found.length === items.length && new Set(found.map(({ name }) => name)).size === items.length ? found : [];
}
