import { groupBy } from '../text/group-by.ts';
import { itemKeyOf } from '../tree/difference.ts';
import type { FieldPath } from '../tree/field-path.ts';
import type { Node } from '../tree/node.ts';
import { entryOf } from '../tree/node.ts';
import { APART } from './counterparts.ts';
import type { App, Variant } from './variant.ts';

/** With fewer, nobody can tell who is the odd one. */
const LEAST = 3;

/**
 * The variants of an app that stand side by side, such as the clusters or regions of one environment, or the environments
 * of one tier; three or more each.
 */
export function siblingsOf(app: App): readonly (readonly Variant[])[] {
  const byEnvironment = [...groupBy(app.variants, ({ environment }) => environment.name).values()];
  const byTier = groupBy(
    app.variants.filter(({ environment: { tier } }) => tier !== 'unknown' && !APART.has(tier)),
    ({ environment }) => environment.tier,
  );
  const siblings = [...byTier.values()].flatMap((ofTier) => {
    const large = byEnvironment.filter((own) => own.length >= LEAST && own[0] !== undefined && ofTier.includes(own[0]));
    return large.length > 0 ? large : [ofTier];
  });
  // What stands for an environment as a whole is no sibling of its clusters.
  return siblings.flatMap((all) => [...groupBy(all, ({ labels }) => Object.keys(labels).sort().join(' ')).values()]).filter((own) => own.length >= LEAST);
}

/** A place at which one of several trees is not like all the others. */
export interface OddOne {
  /** In the trees that have it, by their order; undefined for the odd one where it has none. */
  readonly paths: readonly (FieldPath | undefined)[];
  readonly odd: number;
}

interface At {
  readonly node: Node;
  readonly path: FieldPath;
}

/**
 * The places that all trees but one have, and those scalars for which `isOdd` tells one from the others. Items of lists
 * go by what identifies them; where nothing does, lists are not looked into, and neither is what all trees share.
 */
export function oddOnesOf(trees: readonly Node[], isOdd: (paths: readonly FieldPath[]) => number | undefined): OddOne[] {
  return oddBelow(
    trees.map((node) => ({ node, path: [] })),
    isOdd,
  );
}

function oddBelow(places: readonly At[], isOdd: (paths: readonly FieldPath[]) => number | undefined): OddOne[] {
  // Most of what siblings have comes from one base.
  if (places.every(({ node }) => node === places[0]?.node)) return [];
  if (places.every(({ node }) => node.kind === 'scalar')) {
    const paths = places.map(({ path }) => path);
    const odd = isOdd(paths);
    return odd === undefined ? [] : [{ paths, odd }];
  }
  const children = places.map(childrenOf);
  if (!children.every((own) => own !== undefined)) return [];
  const keys = new Set(children.flatMap((own) => [...own.keys()]));
  return [...keys].flatMap((key): OddOne[] => {
    const own = children.map((child) => child.get(key));
    const found = own.filter((at) => at !== undefined);
    if (found.length === places.length) return oddBelow(found, isOdd);
    const odd = own.indexOf(undefined);
    // What has something else in its place lacks nothing.
    const hasOther = [...(children[odd]?.keys() ?? [])].some((other) => children.every((child, index) => index === odd || !child.has(other)));
    return found.length === places.length - 1 && !hasOther ? [{ paths: own.map((at) => at?.path), odd }] : [];
  });
}

function childrenOf({ node, path }: At): ReadonlyMap<string, At> | undefined {
  if (node.kind === 'mapping')
    return new Map(node.entries.map(({ key: { text } }) => [text, { node: entryOf(node, text)?.value ?? node, path: [...path, text] }]));
  if (node.kind === 'scalar') return undefined;
  const children = new Map<string, At>();
  for (const [index, item] of node.items.entries()) {
    const key = item.kind === 'mapping' ? itemKeyOf(item) : undefined;
    if (key === undefined || children.has(key)) return undefined;
    children.set(key, { node: item, path: [...path, index] });
  }
  return children;
}
