import type { FieldPath, Node } from '../../src/rule/index.ts';

/** Something that keeps a workload safe or sound, and how much of it there is. */
export interface Guard {
  /** Where it stands in a container, in the spec of Pods, or in a namespace. */
  readonly path: FieldPath;
  /** Where else it may stand: what containers do not set, their Pods do, and limits are requests, too. */
  readonly otherwise?: { readonly of: 'pod' | 'container'; readonly path: FieldPath };
  /** More is safer. `undefined` is what Kubernetes makes of its absence. */
  levelOf(node: Node | undefined): number;
}

const isThere = (node: Node | undefined): number => (node && !(node.kind === 'mapping' && node.entries.length === 0) ? 1 : 0);
const textIn = (node: Node | undefined): string | undefined => (node?.kind === 'scalar' ? node.text : undefined);
const isTrue = (node: Node | undefined): number => (textIn(node) === 'true' ? 1 : 0);
const isNotTrue = (node: Node | undefined): number => 1 - isTrue(node);
/** Something in between is where nobody says anything. */
const ordered =
  (...texts: readonly (string | undefined)[]) =>
  (node: Node | undefined): number =>
    texts.indexOf(textIn(node));

const inPod = (path: FieldPath) => ({ path, otherwise: { of: 'pod', path } as const });

/** Of containers that run as long as their Pods do. */
export const OF_RUNNING: readonly Guard[] = [
  { path: ['livenessProbe'], levelOf: isThere },
  { path: ['readinessProbe'], levelOf: isThere },
  { path: ['startupProbe'], levelOf: isThere },
  ...['cpu', 'memory'].map(
    (name): Guard => ({
      path: ['resources', 'requests', name],
      otherwise: { of: 'container', path: ['resources', 'limits', name] },
      levelOf: isThere,
    }),
  ),
];

/** Of all containers. */
export const OF_CONTAINERS: readonly Guard[] = [
  { ...inPod(['securityContext', 'runAsNonRoot']), levelOf: ordered('false', undefined, 'true') },
  { path: ['securityContext', 'privileged'], levelOf: isNotTrue },
  { path: ['securityContext', 'allowPrivilegeEscalation'], levelOf: (node) => (textIn(node) === 'false' ? 1 : 0) },
  { path: ['securityContext', 'readOnlyRootFilesystem'], levelOf: isTrue },
  { path: ['securityContext', 'capabilities', 'drop'], levelOf: (node) => (hasItem(node, 'ALL') ? 1 : 0) },
  { path: ['securityContext', 'capabilities', 'add'], levelOf: (node) => -(node?.kind === 'sequence' ? node.items.length : 0) },
  { ...inPod(['securityContext', 'seccompProfile', 'type']), levelOf: (node) => ({ Unconfined: 0, '': 1 })[textIn(node) ?? ''] ?? 2 },
];

/** Of the spec of Pods. */
export const OF_PODS: readonly Guard[] = ['hostNetwork', 'hostPID', 'hostIPC'].map((name) => ({ path: [name], levelOf: isNotTrue }));

/** Of namespaces: whom the Pods there have to satisfy. */
export const OF_NAMESPACES: readonly Guard[] = [
  {
    path: ['metadata', 'labels', 'pod-security.kubernetes.io/enforce'],
    levelOf: (node) => Math.max(0, ordered('privileged', 'baseline', 'restricted')(node)),
  },
];

function hasItem(node: Node | undefined, text: string): boolean {
  return node?.kind === 'sequence' && node.items.some((item) => item.kind === 'scalar' && item.text.toUpperCase() === text);
}
