import { baseOf } from '../../text/path.ts';
import { childOf, itemsOf, type Node, textOf } from '../../tree/node.ts';
import { rootsOf } from './manifests.ts';
import type { DeclaredOrder, OrderSource } from './order.ts';
import { isRest, lineOf, type Named, namedBy, orderOf, unordered } from './steps.ts';

/** The `fleet.yaml` of Rancher Fleet: partitions are rolled out one after the other, customizations are only matched in their order. */
export const fleet: OrderSource = {
  name: 'Fleet',
  read(workspace, paths) {
    const files = paths.filter((path) => baseOf(path) === 'fleet.yaml');
    const rootsWith = (word: string) => files.flatMap((path) => rootsOf(workspace, path, [word]).slice(0, 1));
    return [...rootsWith('partitions').flatMap(partitionsOf), ...rootsWith('targetCustomizations').flatMap(customizationsOf)];
  },
};

function partitionsOf(root: Node): DeclaredOrder[] {
  const partitions = itemsOf(childOf(root, 'rolloutStrategy'), 'partitions');
  return orderOf('Fleet partitions', true, lineOf(namesOf(partitions)));
}

function customizationsOf(root: Node): DeclaredOrder[] {
  const targets = itemsOf(root, 'targetCustomizations').filter((target) => textOf(target, 'doNotDeploy') !== 'true');
  return orderOf('Fleet targetCustomizations', false, unordered(namesOf(targets)));
}

function namesOf(items: readonly Node[]): Named[] {
  return namedBy(items, 'name').filter(({ name }) => !isRest(name));
}
