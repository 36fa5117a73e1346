import { type FieldPath, levelOf, type Node } from '../../src/rule/index.ts';

/** Something that keeps a workload safe or sound, and how much of it there is. */
export interface Guard {
  /** Where it stands in a container, in the spec of Pods, or in a namespace. */
  readonly path: FieldPath;
  /** Where else it may stand: what containers do not set, their Pods do, and limits are requests, too. */
  readonly otherwise?: { readonly of: 'pod' | 'container'; readonly path: FieldPath };
  /** More is safer. No node is what Kubernetes makes of its absence; undefined where nobody can tell. */
  levelOf(node: Node | undefined): number | undefined;
}

/** A guard that is there or not, whatever it says. */
const present = (...path: readonly string[]): Guard => ({
  path,
  levelOf: (node) => (node && !(node.kind === 'mapping' && node.entries.length === 0) ? 1 : 0),
});
/** A guard whose value tells how much it protects. */
const graded = (...path: readonly string[]): Guard => ({ path, levelOf: (node) => levelOf(path.at(-1) ?? '', node) });
const orOfPod = (guard: Guard): Guard => ({ ...guard, otherwise: { of: 'pod', path: guard.path } });

/** Of containers that run as long as their Pods do. */
export const OF_RUNNING: readonly Guard[] = [
  present('livenessProbe'),
  present('readinessProbe'),
  present('startupProbe'),
  ...['cpu', 'memory'].map(
    (name): Guard => ({ ...present('resources', 'requests', name), otherwise: { of: 'container', path: ['resources', 'limits', name] } }),
  ),
];

/** Of all containers. */
export const OF_CONTAINERS: readonly Guard[] = [
  orOfPod(graded('securityContext', 'runAsNonRoot')),
  graded('securityContext', 'privileged'),
  graded('securityContext', 'allowPrivilegeEscalation'),
  graded('securityContext', 'readOnlyRootFilesystem'),
  graded('securityContext', 'capabilities', 'drop'),
  graded('securityContext', 'capabilities', 'add'),
  orOfPod(graded('securityContext', 'seccompProfile', 'type')),
];

/** Of the spec of Pods. */
export const OF_PODS: readonly Guard[] = ['hostNetwork', 'hostPID', 'hostIPC'].map((name) => graded(name));

/** Of namespaces: whom the Pods there have to satisfy. */
export const OF_NAMESPACES: readonly Guard[] = [graded('metadata', 'labels', 'pod-security.kubernetes.io/enforce')];
