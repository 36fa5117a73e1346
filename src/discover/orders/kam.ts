import { baseOf, folderOf } from '../../text/path.ts';
import { childOf, itemsOf, type Node, textOf } from '../../tree/node.ts';
import { rootsOf } from './manifests.ts';
import type { OrderSource } from './order.ts';
import { lineOf, namedBy, orderOf } from './steps.ts';

/**
 * The environments of the `pipelines.yaml` of kam, in their order. Other tools have files of that name: `config.argocd` or
 * a folder `environments` beside it shows that it is kam's.
 */
export const kam: OrderSource = {
  name: 'kam pipelines.yaml',
  read(workspace, paths) {
    return paths
      .filter((path) => baseOf(path) === 'pipelines.yaml')
      .flatMap((path) => {
        const [root] = rootsOf(workspace, path, ['environments']);
        const folder = folderOf(path);
        const beside = `${folder && `${folder}/`}environments/`;
        const config = childOf(root, 'config');
        if (childOf(config, 'argocd') === undefined && !paths.some((other) => other.startsWith(beside))) return [];
        const pipelines = textOf(childOf(config, 'pipelines'), 'name') ?? 'cicd';
        const stages = itemsOf(root, 'environments').filter((environment) => !isOfTools(environment, pipelines));
        return orderOf(kam.name, true, lineOf(namedBy(stages, 'name')));
      });
  },
};

/** Where pipelines or Argo CD run, and no app is promoted to. Old files mark such environments. */
function isOfTools(environment: Node, pipelines: string): boolean {
  const name = textOf(environment, 'name');
  return name === pipelines || name === 'cicd' || textOf(environment, 'cicd') === 'true' || textOf(environment, 'argo') === 'true';
}
