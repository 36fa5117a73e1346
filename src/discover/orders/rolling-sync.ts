import { placeOf, readName } from '../../model/vocabulary.ts';
import { isUnfilled } from '../../text/unfilled.ts';
import { childOf, itemsOf, type Node, textOf } from '../../tree/node.ts';
import { textsOf } from '../../tree/texts.ts';
import { isContainer } from '../containers.ts';
import { manifestsIn } from './manifests.ts';
import type { OrderSource } from './order.ts';
import { chainOf, type Named, namesIn, orderOf } from './steps.ts';

/** Labels that are made to hold an environment: `env`, `envLabel`, `example.com/environment`. */
const ENVIRONMENT_KEY = /\benv|environment|stage/i;

/** The steps of an Argo CD ApplicationSet that syncs progressively: the values of the label that tells the environment. */
export const rollingSync: OrderSource = {
  name: 'ApplicationSet RollingSync steps',
  read(workspace, paths) {
    return manifestsIn(workspace, paths, 'argoproj.io', 'ApplicationSet', ['RollingSync']).flatMap(({ root }) => {
      const strategy = childOf(childOf(root, 'spec'), 'strategy');
      // Steps beside another type are not used.
      if (!strategy || textOf(strategy, 'type') !== 'RollingSync' || [...textsOf(strategy)].some(({ text }) => isUnfilled(text))) return [];
      const steps = itemsOf(childOf(strategy, 'rollingSync'), 'steps').map(valuesByKey);
      const key = environmentKey(steps);
      return key === undefined ? [] : orderOf(rollingSync.name, true, chainOf(steps.map((values) => values.get(key) ?? [])));
    });
  },
};

/** The values that a step asks for, by label. `NotIn` tells only what it is not. */
function valuesByKey(step: Node): ReadonlyMap<string, readonly Named[]> {
  const values = new Map<string, readonly Named[]>();
  for (const expression of itemsOf(step, 'matchExpressions')) {
    const key = textOf(expression, 'key');
    if (key === undefined || textOf(expression, 'operator') !== 'In') continue;
    values.set(key, [...(values.get(key) ?? []), ...namesIn(itemsOf(expression, 'values'))]);
  }
  return values;
}

/** The label that tells the environment. Regions, rings and numbers say when something is deployed, not to which environment. */
function environmentKey(steps: readonly ReadonlyMap<string, readonly Named[]>[]): string | undefined {
  const keys = [...new Set(steps.flatMap((values) => [...values.keys()]))];
  const has = (key: string, isMeant: (name: string) => boolean) => steps.some((values) => values.get(key)?.some(({ name }) => isMeant(name)));
  const isKnown = (name: string) => readName(name) !== undefined;
  const isOwn = (name: string) => isKnown(name) || (placeOf(name) === undefined && !isContainer(name));
  return keys.find((key) => ENVIRONMENT_KEY.test(key) && has(key, isOwn)) ?? keys.find((key) => has(key, isKnown));
}
