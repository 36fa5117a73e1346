import type { Workspace } from '../../workspace/workspace.ts';
import { fleet } from './fleet.ts';
import { helmfile } from './helmfile.ts';
import { jxRequirements } from './jx-requirements.ts';
import { kam } from './kam.ts';
import { kargo } from './kargo.ts';
import type { DeclaredOrder, OrderSource } from './order.ts';
import { promotionStrategy } from './promotion-strategy.ts';
import { rollingSync } from './rolling-sync.ts';
import { telefonistka } from './telefonistka.ts';

/** Those that say how a change is promoted before those that say when something is rolled out, and mere lists last. */
const SOURCES: readonly OrderSource[] = [kargo, promotionStrategy, telefonistka, rollingSync, jxRequirements, kam, fleet, helmfile];

/**
 * The orders that files below `paths` (sorted) declare for other tools, strongest first; those of one tool in the order of
 * their files. The same order in many files counts once.
 */
export function declaredOrders(workspace: Workspace, paths: readonly string[]): readonly DeclaredOrder[] {
  const orders = new Map<string, DeclaredOrder>();
  for (const order of SOURCES.flatMap((source) => source.read(workspace, paths))) {
    const key = JSON.stringify([order.source, order.steps.map(({ name, promotesFrom }) => [name, promotesFrom])]);
    if (!orders.has(key)) orders.set(key, order);
  }
  return [...orders.values()];
}
