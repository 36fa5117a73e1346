import { isUnfilled } from '../../text/unfilled.ts';
import { childOf, type Node } from '../../tree/node.ts';
import { isNull } from '../../tree/scalar-value.ts';
import type { DeclaredOrder, OrderStep } from './order.ts';

/** A name that a file gives to an environment, and where. */
export type Named = Pick<OrderStep, 'name' | 'origin'>;

/** Names for "everything else": what goes by them is no environment of its own. */
const REST = /^(?:defaults?|all|base|common|global|shared|others?|rest|fallback)$/i;

/** Whether a name stands for whatever has no entry of its own, such as `default`. */
export function isRest(name: string): boolean {
  return REST.test(name);
}

/** A scalar as a name; undefined for anything else, for what is empty and for what is templated. */
export function nameIn(node: Node | undefined): Named | undefined {
  if (node?.kind !== 'scalar' || isNull(node) || node.text.trim() === '' || isUnfilled(node.text)) return undefined;
  return { name: node.text, origin: node.origin };
}

/** The names of a list of scalars. */
export function namesIn(nodes: readonly Node[]): Named[] {
  return nodes.flatMap((node) => nameIn(node) ?? []);
}

/** The names that stand under a key of each item. */
export function namedBy(items: readonly Node[], key: string): Named[] {
  return items.flatMap((item) => nameIn(childOf(item, key)) ?? []);
}

/** Names without an order, each once, where it stands first. */
export function unordered(names: readonly Named[]): OrderStep[] {
  return [...firstOfEach(names).values()].map((named) => ({ ...named, promotesFrom: [] }));
}

/** One group after the other; those of a group are promoted side by side. A name counts where it stands first. */
export function chainOf(groups: readonly (readonly Named[])[]): OrderStep[] {
  const steps = new Map<string, OrderStep>();
  let before: readonly string[] = [];
  for (const group of groups) {
    const added = [...firstOfEach(group).values()].filter(({ name }) => !steps.has(name));
    if (added.length === 0) continue;
    for (const named of added) steps.set(named.name, { ...named, promotesFrom: before });
    before = added.map(({ name }) => name);
  }
  return [...steps.values()];
}

/** One name after the other; each counts where it stands first. */
export function lineOf(names: readonly Named[]): OrderStep[] {
  return chainOf(names.map((named) => [named]));
}

/**
 * The steps of a graph, each name once and behind those that it is promoted from, else in the order given. Names that
 * are no step are left out. Undefined when steps go in a circle: there is no order then.
 */
export function graphOf(all: readonly OrderStep[]): OrderStep[] | undefined {
  const merged = new Map<string, OrderStep>();
  for (const step of all) {
    const known = merged.get(step.name);
    merged.set(step.name, known ? { ...known, promotesFrom: [...known.promotesFrom, ...step.promotesFrom] } : step);
  }
  let open = [...merged.values()].map((step) => ({ ...step, promotesFrom: [...new Set(step.promotesFrom)].filter((name) => merged.has(name)) }));
  const done = new Map<string, OrderStep>();
  while (open.length > 0) {
    const next = open.find(({ promotesFrom }) => promotesFrom.every((name) => done.has(name)));
    if (!next) return undefined;
    done.set(next.name, next);
    open = open.filter((step) => step !== next);
  }
  return [...done.values()];
}

/** The order with these steps, or none where there are no steps. */
export function orderOf(source: string, isOrdered: boolean, steps: readonly OrderStep[]): DeclaredOrder[] {
  return steps.length > 0 ? [{ source, isOrdered, steps }] : [];
}

function firstOfEach(names: readonly Named[]): ReadonlyMap<string, Named> {
  const first = new Map<string, Named>();
  for (const named of names) if (!first.has(named.name)) first.set(named.name, named);
  return first;
}
