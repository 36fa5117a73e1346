import { type FieldPath, nodeAt } from '../../tree/field-path.ts';
import type { Node } from '../../tree/node.ts';
import { itemsOf, textOf } from '../../tree/node.ts';
import type { Resource } from '../resource.ts';

/** The pods that a resource makes: where their spec stands. */
export interface PodTemplate {
  readonly path: FieldPath;
  readonly spec: Node;
}

/** One container of a pod template, with its place in the resource. */
export interface Container {
  readonly name: string;
  readonly node: Node;
  readonly path: FieldPath;
  /** `containers`, `initContainers` or `ephemeralContainers`. */
  readonly list: string;
}

const TEMPLATE = ['spec', 'template', 'spec'];

/** Where each kind keeps its pod spec. Kinds that wrap one of the Kubernetes API in their own `spec.template` count. */
const POD_SPEC_PATHS: ReadonlyMap<string, FieldPath> = new Map<string, FieldPath>(
  Object.entries({
    Pod: ['spec'],
    PodTemplate: ['template', 'spec'],
    Deployment: TEMPLATE,
    StatefulSet: TEMPLATE,
    DaemonSet: TEMPLATE,
    ReplicaSet: TEMPLATE,
    ReplicationController: TEMPLATE,
    Job: TEMPLATE,
    CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
    /** Argo Rollouts, OpenShift, Knative: a Deployment by another name. */
    Rollout: TEMPLATE,
    DeploymentConfig: TEMPLATE,
    Service: TEMPLATE,
    Configuration: TEMPLATE,
  }),
);

const CONTAINER_LISTS = ['containers', 'initContainers', 'ephemeralContainers'];

/** The pod template of a workload, or undefined for any other resource. */
export function podTemplateOf(resource: Resource): PodTemplate | undefined {
  const path = POD_SPEC_PATHS.get(resource.id.kind);
  // Of the Services only Knative's has pods.
  if (!path || (resource.id.kind === 'Service' && resource.id.group !== 'serving.knative.dev')) return undefined;
  const spec = nodeAt(resource.node, path);
  return spec ? { path, spec } : undefined;
}

/** The containers of a workload, init and ephemeral ones included. Those without a name are left out. */
export function containersOf(resource: Resource): readonly Container[] {
  const template = podTemplateOf(resource);
  if (!template) return [];
  return CONTAINER_LISTS.flatMap((list) =>
    itemsOf(template.spec, list).flatMap((node, index) => {
      const name = textOf(node, 'name');
      return name === undefined ? [] : { name, node, path: [...template.path, list, index], list };
    }),
  );
}
