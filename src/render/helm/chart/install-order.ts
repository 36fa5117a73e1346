import { compareText } from '../../../text/location.ts';
import type { Reading } from './chart.ts';

/** Kinds in the order in which Helm installs them; what is not named comes after them, by its kind. (Helm, `kind_sorter.go`.) */
const KINDS: readonly string[] = [
  'PriorityClass',
  'Namespace',
  'NetworkPolicy',
  'ResourceQuota',
  'LimitRange',
  'PodSecurityPolicy',
  'PodDisruptionBudget',
  'ServiceAccount',
  'Secret',
  'SecretList',
  'ConfigMap',
  'StorageClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'CustomResourceDefinition',
  'ClusterRole',
  'ClusterRoleList',
  'ClusterRoleBinding',
  'ClusterRoleBindingList',
  'Role',
  'RoleList',
  'RoleBinding',
  'RoleBindingList',
  'Service',
  'DaemonSet',
  'Pod',
  'ReplicationController',
  'ReplicaSet',
  'Deployment',
  'HorizontalPodAutoscaler',
  'StatefulSet',
  'Job',
  'CronJob',
  'IngressClass',
  'Ingress',
  'APIService',
];

const RANKS: Readonly<Record<Reading, ReadonlyMap<string, number>>> = {
  'helm-3': ranksOf(KINDS),
  'helm-4': ranksOf([...KINDS, 'MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration']),
};

function ranksOf(kinds: readonly string[]): Map<string, number> {
  return new Map(kinds.map((kind, index) => [kind, index]));
}

/** The same, in install order; things of one kind keep theirs. */
export function inInstallOrder<T extends { readonly kind: string }>(manifests: readonly T[], reading: Reading): T[] {
  const ranks = RANKS[reading];
  return [...manifests].sort((a, b) => {
    const [first, second] = [ranks.get(a.kind), ranks.get(b.kind)];
    if (first !== undefined && second !== undefined) return first - second;
    if (first === undefined && second === undefined) return compareText(a.kind, b.kind);
    return first === undefined ? 1 : -1;
  });
}
