import { groupBy } from '../text/group-by.ts';
import type { Node } from '../tree/node.ts';
import { type Environment, rankOf, type Tier } from './environment.ts';
import { type Resource, resourceKey } from './resource.ts';
import type { App, Variant } from './variant.ts';
import { waysOf } from './ways.ts';

/** One object of an app, in one of the variants that have it. */
export interface Twin {
  readonly variant: Variant;
  readonly resource: Resource;
}

const known = new WeakMap<App, readonly (readonly Twin[])[]>();

/**
 * The objects of an app, each with its twins in the other variants: equal but for namespace, prefix, suffix, hash,
 * and an environment's own name in theirs (`checkout-dev`, `checkout-prod`). Twins are in the order of the variants.
 */
export function counterpartsOf(app: App): readonly (readonly Twin[])[] {
  let groups = known.get(app);
  if (!groups) {
    groups = groupTwins(app);
    known.set(app, groups);
  }
  return groups;
}

const groupsOf = new WeakMap<App, ReadonlyMap<Resource, readonly Twin[]>>();

/** A resource of a variant with its twins, itself among them. */
export function twinsOf(resource: Resource, { app }: Variant): readonly Twin[] {
  let groups = groupsOf.get(app);
  if (!groups) {
    groups = new Map(counterpartsOf(app).flatMap((twins) => twins.map((twin) => [twin.resource, twins])));
    groupsOf.set(app, groups);
  }
  return groups.get(resource) ?? [];
}

function groupTwins(app: App): readonly (readonly Twin[])[] {
  const all = app.variants.flatMap((variant) => [...variant.resources].map((resource): Twin => ({ variant, resource })));
  const exact = [...groupBy(all, ({ resource }) => resourceKey({ ...resource.originalId, namespace: '' })).values()];
  const isAlone = (twins: readonly Twin[]) => new Set(twins.map(({ variant }) => variant.environment)).size === 1;
  // Only what has no twin by its full name is looked at without the environment in it.
  const loners = groupBy(exact.filter(isAlone), ([{ variant, resource }]) => {
    const { originalId } = resource;
    return resourceKey({ ...originalId, namespace: '', name: withoutEnvironment(originalId.name, variant) });
  });
  const groups = [...exact.filter((twins) => !isAlone(twins)), ...[...loners.values()].map((twins) => twins.flat())];
  const order = new Map(app.variants.map((variant, index) => [variant, index]));
  return groups.map((twins) => [...twins].sort((a, b) => (order.get(a.variant) ?? 0) - (order.get(b.variant) ?? 0)));
}

/** A name with the tokens of the variant's environment put aside: `checkout-prod` in `prod` is `checkout-{env}`. */
export function withoutEnvironment(name: string, { environment }: Variant): string {
  let names = namings.get(environment);
  if (!names) {
    names = new Map();
    namings.set(environment, names);
  }
  let common = names.get(name);
  if (common === undefined) {
    common = commonName(name, environment);
    names.set(name, common);
  }
  return common;
}

/** The same names come again and again. */
const namings = new WeakMap<Environment, Map<string, string>>();

function commonName(name: string, environment: Environment): string {
  const own = new Set([environment.name, ...environment.name.split(/[-_.]/)].map((token) => token.toLowerCase()).filter((token) => token.length > 1));
  if (own.size === 0) return name;
  const whole = environment.name.toLowerCase();
  const at = name.toLowerCase().indexOf(whole);
  const text = at !== -1 && isToken(name, at, whole.length) ? `${name.slice(0, at)}{env}${name.slice(at + whole.length)}` : name;
  return text
    .split(/([-_.])/)
    .map((token) => (own.has(token.toLowerCase()) ? '{env}' : token))
    .join('');
}

function isToken(text: string, at: number, length: number): boolean {
  return /^$|[-_.]/.test(text[at - 1] ?? '') && /^$|[-_.]/.test(text[at + length] ?? '');
}

/** Whether a variant has something; `unknown` where its render has gaps that may hide it. */
export type Presence = 'yes' | 'no' | 'unknown';

/** Environments that are nobody's example: what only they have, or lack, means nothing. */
export const APART: ReadonlySet<Tier> = new Set<Tier>(['local', 'ephemeral']);

/**
 * The variants that lack what their siblings make us expect. A variant is expected to have what an earlier
 * environment on its own way has (most of its variants, where there are several), what most others of its tier have,
 * and what at least two later environments on that way have. What one environment alone has at the end of the way is its own affair.
 */
export function lacking(
  variants: readonly Variant[],
  has: (variant: Variant) => Presence,
): { readonly lacking: readonly Variant[]; readonly having: readonly Variant[] } {
  const judged = variants.filter(({ environment }) => !APART.has(environment.tier)).map((variant) => ({ variant, presence: has(variant) }));
  const having = judged.filter(({ presence }) => presence === 'yes').map(({ variant }) => variant);
  const absent = judged.filter(({ presence }) => presence === 'no').map(({ variant }) => variant);
  if (having.length === 0 || absent.length === 0) return { lacking: [], having };
  const count = (list: readonly Variant[], rank: number) => list.filter((variant) => rankOf(variant.environment) === rank).length;
  const ranks = [...new Set(having.map((variant) => rankOf(variant.environment)))].filter((rank) => count(having, rank) >= count(absent, rank));
  const isBefore = waysOf(judged.map(({ variant }) => variant.environment));
  const expected = (variant: Variant): boolean => {
    const rank = rankOf(variant.environment);
    const most = count(having, rank) > Math.max(1, count(absent, rank));
    // Nobody knows what these are to each other: one among many tells, one of three does not.
    if (rank < 0) return count(having, rank) >= 3 * count(absent, rank);
    const hasEarlier = having.some(({ environment }) => ranks.includes(rankOf(environment)) && isBefore(environment, variant.environment));
    const later = having.flatMap(({ environment }) => (isBefore(variant.environment, environment) ? [rankOf(environment)] : []));
    return most || hasEarlier || ranks.filter((other) => later.includes(other)).length > 1;
  };
  return { lacking: absent.filter(expected), having };
}

/**
 * Whether the line of a template itself writes a name. Where such a line is missing from a render, a condition on values left
 * it out: the values tell, and not the line.
 */
export function isOfTemplate(node: Node | undefined): boolean {
  if (node?.kind !== 'scalar' || node.origin.how !== 'helm-template') return false;
  const { file, start, end } = node.origin;
  return file.text.slice(start, end).includes(node.text);
}
