import { folderOf } from '../../text/path.ts';
import { childOf, itemsOf, type Node, textOf } from '../../tree/node.ts';
import { manifestsIn } from './manifests.ts';
import type { OrderSource, OrderStep } from './order.ts';
import { graphOf, nameIn, namesIn, orderOf } from './steps.ts';

interface Stage extends OrderStep {
  /** Says how something is promoted into it. Stages that do not only pass on what they get. */
  readonly promotes: boolean;
}

/** The Stages of Kargo: a graph for each project, which is a namespace; without one, for each folder. */
export const kargo: OrderSource = {
  name: 'Kargo Stages',
  read(workspace, paths) {
    const projects = new Map<string, Stage[]>();
    for (const { path, root } of manifestsIn(workspace, paths, 'kargo.akuity.io', 'Stage')) {
      const stage = stageOf(root);
      if (!stage) continue;
      const namespace = textOf(childOf(root, 'metadata'), 'namespace');
      const project = namespace === undefined ? `folder ${folderOf(path)}` : `namespace ${namespace}`;
      projects.set(project, [...(projects.get(project) ?? []), stage]);
    }
    return [...projects.values()].flatMap((stages) => orderOf(kargo.name, true, stepsOf(stages)));
  },
};

/** A patch of a Stage, which asks for nothing itself, is none. */
function stageOf(root: Node): Stage | undefined {
  const named = nameIn(childOf(childOf(root, 'metadata'), 'name'));
  const spec = childOf(root, 'spec');
  const requests = itemsOf(spec, 'requestedFreight');
  const subscriptions = childOf(spec, 'subscriptions');
  if (!named || (requests.length === 0 && !subscriptions)) return undefined;
  const upstream = [
    ...requests.flatMap((request) => itemsOf(childOf(request, 'sources'), 'stages')),
    ...itemsOf(subscriptions, 'upstreamStages').flatMap((stage) => childOf(stage, 'name') ?? []),
  ];
  const promotesFrom = namesIn(upstream).map(({ name }) => name);
  // It comes behind something that nobody knows.
  if (promotesFrom.length < upstream.length) return undefined;
  const promotes = childOf(spec, 'promotionTemplate') !== undefined || childOf(spec, 'promotionMechanisms') !== undefined;
  return { ...named, promotesFrom, promotes };
}

/** Stages that only pass on are no environments: what follows them is promoted from what stands before them. */
function stepsOf(stages: readonly Stage[]): OrderStep[] {
  const steps = graphOf(stages) ?? [];
  const real = new Set(stages.filter(({ promotes }) => promotes).map(({ name }) => name));
  if (real.size === 0) return steps;
  const sources = new Map<string, readonly string[]>();
  // Sorted: those before are known already.
  for (const { name, promotesFrom } of steps) {
    sources.set(name, [...new Set(promotesFrom.flatMap((from) => (real.has(from) ? [from] : (sources.get(from) ?? []))))]);
  }
  return steps.filter(({ name }) => real.has(name)).map(({ name, origin }) => ({ name, origin, promotesFrom: sources.get(name) ?? [] }));
}
