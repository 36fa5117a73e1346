import { environmentIn, readName } from '../../model/vocabulary.ts';
import type { OrderedEnvironment } from '../environments.ts';
import type { DeclaredOrder, OrderStep } from './order.ts';

/** What the orders of other tools say of the environments that were found. */
export interface AppliedOrders {
  readonly environments: readonly OrderedEnvironment[];
  /** Found names that are known by another name there: `jx-staging` is the `staging` of Jenkins X. */
  readonly renamed: ReadonlyMap<string, string>;
}

/**
 * Holds declared orders, strongest first, against the names of environments that were `found`. The first order that
 * speaks of an environment counts. What only a tool's file names is an environment, too, if its name says so, or if it
 * stands in an order among environments that are known.
 */
export function applyOrders(orders: readonly DeclaredOrder[], found: readonly string[]): AppliedOrders {
  const environments = new Map<string, OrderedEnvironment>();
  const renamed = new Map<string, string>();
  for (const { source, isOrdered, steps } of orders) {
    const names = new Map(steps.map((step) => [step.name, nameOf(step, found)]));
    const known = steps.filter(({ name }) => names.get(name) !== undefined || readName(name) !== undefined);
    const twins = twinsOf(steps, found);
    // An order of regions, rings or kinds of clusters is not one of environments.
    if (known.length * 2 < steps.length) continue;
    for (const { name, promotesFrom, origin } of isOrdered ? steps : known) {
      const matched = names.get(name);
      const shown = matched === undefined || isPart(matched, name) ? name : matched;
      if (matched !== undefined && shown !== matched) renamed.set(matched, shown);
      const other = twins.get(name);
      if (other !== undefined) renamed.set(other, shown);
      if (environments.has(shown)) continue;
      const from = promotesFrom.map((other) => names.get(other) ?? other).map((other) => renamed.get(other) ?? other);
      environments.set(shown, { name: shown, promotesFrom: isOrdered ? from : undefined, origin, source });
    }
  }
  return { environments: [...environments.values()], renamed };
}

/** By the names of steps, those found names that hold them in one and the same way: `jx-staging` and `jx-production`. */
function twinsOf(steps: readonly OrderStep[], found: readonly string[]): ReadonlyMap<string, string> {
  const holders = steps.flatMap(({ name }) => found.filter((other) => isPart(other, name)).map((other) => ({ name, other, rest: other.replace(name, '*') })));
  const isShared = (rest: string) => new Set(holders.filter((one) => one.rest === rest).map(({ name }) => name)).size > 1;
  const shared = holders.filter(({ rest }) => isShared(rest));
  return new Map(shared.filter(({ name }) => shared.filter((one) => one.name === name).length === 1).map(({ name, other }) => [name, other]));
}

/** The found environment that a step means: of the same name, another spelling of it, or one whose name holds it. */
function nameOf({ name }: OrderStep, found: readonly string[]): string | undefined {
  if (found.includes(name)) return name;
  const word = readName(name);
  if (word?.form === 'whole') {
    const alias = found.filter((other) => readName(other)?.form === 'whole' && readName(other)?.word === word.word);
    if (alias.length === 1) return alias[0];
  }
  const holders = found.filter((other) => isPart(other, name));
  return holders.length === 1 ? holders[0] : undefined;
}

function isPart(found: string, name: string): boolean {
  return found !== name && readName(found)?.form === 'part' && environmentIn(found) === name;
}
