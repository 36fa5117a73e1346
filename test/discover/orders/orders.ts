import { declaredOrders } from '../../../src/discover/orders/index.ts';
import type { DeclaredOrder } from '../../../src/discover/orders/order.ts';
import { deployedPaths } from '../../../src/discover/units.ts';
import { memoryWorkspace } from '../../../src/workspace/memory-workspace.ts';
import type { Tree } from '../../support/rule-tester.ts';

export function ordersIn(tree: Tree, scope = ''): readonly DeclaredOrder[] {
  const workspace = memoryWorkspace(tree);
  return declaredOrders(workspace, deployedPaths(workspace, workspace.files(), scope));
}

/** Each order in one line: `Kargo Stages: dev, staging < dev`; a list without an order ends in `(unordered)`. */
export function inShort(tree: Tree, scope?: string): readonly string[] {
  return ordersIn(tree, scope).map(({ source, isOrdered, steps }) => {
    const names = steps.map(({ name, promotesFrom }) => [name, promotesFrom.join(' ')].filter(Boolean).join(' < '));
    return `${source}: ${names.join(', ')}${isOrdered ? '' : ' (unordered)'}`;
  });
}

/** What the origins of all steps point at, with their files. */
export function placesIn(tree: Tree): readonly string[] {
  return ordersIn(tree).flatMap(({ steps }) =>
    steps.map(({ origin: { file, start, end } }) => `${file.path}:${file.positionAt(start).line} ${file.text.slice(start, end)}`),
  );
}
