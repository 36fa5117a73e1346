import type { Variant } from './variant.ts';

const words = new WeakMap<Variant, RegExp | undefined>();
const names = new WeakMap<Variant, ReadonlyMap<string, string>>();

/**
 * A text with what tells its variant from the others put aside: the environment's own name and words, the namespace, and
 * the hash of a generated name. Texts of two variants that are equal in this are no difference between them.
 */
export function neutralText(text: string, variant: Variant, namespace: string): string {
  const original = originalNames(variant).get(text) ?? text;
  const placed = namespace.length > 2 && original.includes(namespace) ? original.replaceAll(wholeWords([namespace]), '{namespace}') : original;
  const own = ownWords(variant);
  return own ? placed.replaceAll(own, '{env}').replaceAll(/\{env\}(?:[-_.]\{env\})+/g, '{env}') : placed;
}

/** The environment's name, and the words that it is made of. */
function ownWords(variant: Variant): RegExp | undefined {
  if (words.has(variant)) return words.get(variant);
  const { name } = variant.environment;
  const all = [...new Set([name, ...name.split(/[-_./]/)])].filter((word) => word.length > 1);
  const found = all.length > 0 ? wholeWords(all) : undefined;
  words.set(variant, found);
  return found;
}

function wholeWords(all: readonly string[]): RegExp {
  const escaped = [...all].sort((a, b) => b.length - a.length).map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`(?<![A-Za-z0-9])(?:${escaped.join('|')})(?![A-Za-z0-9])`, 'gi');
}

/** What objects are called that a prefix, a suffix or a hash gave another name. */
function originalNames(variant: Variant): ReadonlyMap<string, string> {
  let found = names.get(variant);
  if (!found) {
    found = new Map([...variant.resources].flatMap(({ id, originalId }) => (id.name === originalId.name ? [] : [[id.name, originalId.name] as const])));
    names.set(variant, found);
  }
  return found;
}
