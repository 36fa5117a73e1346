import type { Resource } from '../resource.ts';

/** Kinds that do one thing in several ways: which of them an environment takes is its own affair. */
const FAMILIES: readonly (readonly string[])[] = [
  ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Rollout', 'DeploymentConfig'],
  ['Ingress', 'Route', 'HTTPRoute', 'GRPCRoute', 'TLSRoute', 'VirtualService', 'IngressRoute', 'HTTPProxy', 'APIRule'],
  ['HorizontalPodAutoscaler', 'ScaledObject'],
  ['Role', 'ClusterRole'],
  ['RoleBinding', 'ClusterRoleBinding'],
  ['Issuer', 'ClusterIssuer'],
  ['SecretStore', 'ClusterSecretStore'],
  ['Secret', 'SealedSecret', 'ExternalSecret', 'SopsSecret', 'VaultStaticSecret', 'VaultSecret', 'OnePasswordItem', 'BitwardenSecret', 'InfisicalSecret'],
];

const familyOfKind = new Map(FAMILIES.flatMap((kinds) => kinds.map((kind) => [kind, kinds[0] ?? kind] as const)));

/** What stands for all kinds that may take each other's place: the first of them, or the kind itself. */
export function familyOf({ id }: Pick<Resource, 'id'>): string {
  return familyOfKind.get(id.kind) ?? id.kind;
}

/** What makes production safe, or watches it: that earlier environments go without is no mistake. */
const HARDENING = new Set(
  (
    'PodDisruptionBudget HorizontalPodAutoscaler VerticalPodAutoscaler ScaledObject NetworkPolicy CiliumNetworkPolicy AuthorizationPolicy PeerAuthentication ' +
    'ResourceQuota LimitRange PriorityClass PrometheusRule AlertmanagerConfig ServiceMonitor PodMonitor Probe ' +
    'Schedule Backup BackupSchedule ScheduledBackup RecurringJob ReplicationSource VolumeSnapshotClass'
  ).split(' '),
);

/** Whether objects of a kind guard, scale, watch or back up others. */
export function isHardening({ id }: Pick<Resource, 'id'>): boolean {
  return HARDENING.has(id.kind);
}
