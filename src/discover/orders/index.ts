import { isNeverDeployed, scaffoldOf } from '../../render/not-deployed.ts';
import { folderOf, type Workspace } from '../../workspace/workspace.ts';
import { isContainer } from '../containers.ts';
import { readName } from '../vocabulary.ts';
import { fleet } from './fleet.ts';
import { helmfile } from './helmfile.ts';
import { jxRequirements } from './jx-requirements.ts';
import { kam } from './kam.ts';
import { kargo } from './kargo.ts';
import { baseOf } from './manifests.ts';
import type { DeclaredOrder, OrderSource } from './order.ts';
import { promotionStrategy } from './promotion-strategy.ts';
import { rollingSync } from './rolling-sync.ts';
import { telefonistka } from './telefonistka.ts';

/** Those that say how a change is promoted before those that say when something is rolled out, and mere lists last. */
const SOURCES: readonly OrderSource[] = [kargo, promotionStrategy, telefonistka, rollingSync, jxRequirements, kam, fleet, helmfile];

/**
 * The orders that files below `paths` (sorted) declare for other tools, strongest first; those of one tool in the order of
 * their files. The same order in many files counts once. Files that show or test something declare nothing, unless
 * they lie in `scope`, the folder that was asked for, and nothing within it says so.
 */
export function declaredOrders(workspace: Workspace, paths: readonly string[], scope = ''): readonly DeclaredOrder[] {
  const looked = paths.filter((path) => isDeployed(path, scope));
  const orders = new Map<string, DeclaredOrder>();
  for (const order of SOURCES.flatMap((source) => source.read(workspace, looked))) {
    const key = JSON.stringify([order.source, order.steps.map(({ name, promotesFrom, branch }) => [name, promotesFrom, branch])]);
    if (!orders.has(key)) orders.set(key, order);
  }
  return [...orders.values()];
}

function isDeployed(path: string, scope: string): boolean {
  const from = scope && path.startsWith(`${scope}/`) ? scope.length + 1 : 0;
  return !isNeverDeployed(path.slice(from)) && scaffoldOf(path, from, isEnvironment) === undefined;
}

/** Tells `environments/test` from a folder of tests. */
function isEnvironment(folder: string): boolean {
  return isContainer(baseOf(folderOf(folder))) && readName(baseOf(folder)) !== undefined;
}
