import { baseOf } from '../../text/path.ts';
import { childOf, itemsOf, type Node, textOf } from '../../tree/node.ts';
import { rootsOf } from './manifests.ts';
import type { OrderSource } from './order.ts';
import { lineOf, namedBy, orderOf } from './steps.ts';

/** The environments of `jx-requirements.yml`, in the order in which Jenkins X promotes to them. */
export const jxRequirements: OrderSource = {
  name: 'jx-requirements.yml',
  read(workspace, paths) {
    return paths
      .filter((path) => baseOf(path) === 'jx-requirements.yml')
      .flatMap((path) => {
        const [root] = rootsOf(workspace, path);
        const environments = itemsOf(childOf(root, 'spec') ?? root, 'environments').filter(isPromotedTo);
        return orderOf(jxRequirements.name, true, lineOf(namedBy(environments, 'key')));
      });
  },
};

/** `dev` is where the pipelines run: nothing is promoted to it unless somebody says so. */
function isPromotedTo(environment: Node): boolean {
  const strategy = textOf(environment, 'promotionStrategy');
  if (textOf(environment, 'key') === 'dev') return strategy === 'Auto' || strategy === 'Manual';
  return strategy !== 'Never';
}
