import type { Node } from './node.ts';
import { type Profile, scalarValue } from './scalar-value.ts';

const known: Record<Profile, WeakMap<Node, unknown>> = { kustomize: new WeakMap(), kubectl: new WeakMap() };

/**
 * The node as a deeply frozen JavaScript value. Shared nodes give shared values, made once. Integers beyond 2^53
 * become numbers, rounded: whoever needs them exactly asks the scalar.
 */
export function plainOf(node: Node, profile: Profile = 'kustomize'): unknown {
  if (node.kind === 'scalar') {
    const { value } = scalarValue(node, profile);
    return typeof value === 'bigint' ? Number(value) : value;
  }
  const values = known[profile];
  const before = values.get(node);
  if (before !== undefined) return before;
  const value = Object.freeze(
    node.kind === 'sequence'
      ? node.items.map((item) => plainOf(item, profile))
      : Object.fromEntries(node.entries.map((entry) => [entry.key.text, plainOf(entry.value, profile)])),
  );
  values.set(node, value);
  return value;
}
