import { nodeAt } from '../../tree/field-path.ts';
import { childOf, type Node, textOf } from '../../tree/node.ts';
import { scalarValue } from '../../tree/scalar-value.ts';
import type { Resource } from '../resource.ts';
import type { Variant } from '../variant.ts';
import { targetOf } from './selectors.ts';

/** The whole number at a path of a manifest; undefined where there is none, or another thing. */
function numberAt(node: Node, ...path: readonly string[]): number | undefined {
  const found = nodeAt(node, path);
  const value = found?.kind === 'scalar' ? scalarValue(found).value : undefined;
  const number = typeof value === 'bigint' ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) ? number : undefined;
}

/** What scales a workload in its variant: an autoscaler or a ScaledObject. */
export function scalerOf({ id }: Resource, { resources }: Variant): Resource | undefined {
  return [...resources].find((resource) => {
    if (resource.id.kind === 'VerticalPodAutoscaler') return false;
    const target = targetOf(resource);
    return target?.kind === id.kind && target.name === id.name && resource.id.namespace === id.namespace;
  });
}

/** How few pods of a workload run while nothing is wrong; undefined where each node has one, or only the cluster knows. */
export function leastPodsOf(workload: Resource, variant: Variant): number | undefined {
  if (workload.id.kind === 'DaemonSet') return undefined;
  const scaler = scalerOf(workload, variant);
  if (!scaler) return childOf(childOf(workload.node, 'spec'), 'replicas') ? numberAt(workload.node, 'spec', 'replicas') : 1;
  const field = scaler.id.kind === 'ScaledObject' ? 'minReplicaCount' : 'minReplicas';
  return numberAt(scaler.node, 'spec', field) ?? (scaler.id.kind === 'ScaledObject' ? 0 : 1);
}

/** How many of so many pods must stay: the number itself, or its part of them, rounded up as Kubernetes does. Undefined for other things. */
export function shareOf(node: Node | undefined, pods: number): number | undefined {
  const text = node?.kind === 'scalar' ? /^(\d+)(%?)$/.exec(node.text) : undefined;
  if (!text) return undefined;
  return text[2] === '%' ? Math.ceil((Number(text[1]) * pods) / 100) : Number(text[1]);
}

const FOR_TOOLS = /metric|prom|monitor|telemetry|health|probe|debug|pprof/i;

/** Whether one of the ports of a Service or a container is for users of it, as far as their names tell: the others are scraped. */
export function isForUsers(ports: readonly Node[]): boolean {
  return ports.some((port) => !['name', 'targetPort'].some((key) => FOR_TOOLS.test(textOf(port, key) ?? '')));
}
