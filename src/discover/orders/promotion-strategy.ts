import { childOf, itemsOf } from '../../tree/node.ts';
import { manifestsIn } from './manifests.ts';
import type { OrderSource } from './order.ts';
import { lineOf, type Named, namedBy, orderOf } from './steps.ts';

/** The PromotionStrategies of GitOps Promoter: branches, in the order in which they are promoted. */
export const promotionStrategy: OrderSource = {
  name: 'PromotionStrategy',
  read(workspace, paths) {
    return manifestsIn(workspace, paths, 'promoter.argoproj.io', 'PromotionStrategy').flatMap(({ root }) => {
      const environments = itemsOf(childOf(root, 'spec'), 'environments');
      const branches = namedBy(environments, 'branch');
      // With a branch that nobody knows, the order of the others is not known either.
      return branches.length < environments.length ? [] : orderOf(promotionStrategy.name, true, lineOf(shortNames(branches)));
    });
  },
};

/** `environments/staging-next` is "staging"; where the last steps do not tell branches apart, all of those that differ. */
function shortNames(branches: readonly Named[]): Named[] {
  const paths = branches.map(({ name }) => name.replace(/-next$/, '').split('/'));
  const last = paths.map((steps) => steps.at(-1) ?? '');
  const isClear = new Set(last).size === new Set(paths.map((steps) => steps.join('/'))).size;
  const [first = []] = paths;
  const differsAt = first.findIndex((step, at) => paths.some((steps) => steps[at] !== step));
  return branches.map(({ name, origin }, index) => ({
    name: (isClear ? last[index] : paths[index]?.slice(Math.max(0, differsAt)).join('/')) || name,
    origin,
  }));
}
