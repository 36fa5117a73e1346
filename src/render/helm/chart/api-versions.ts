/** A group and version that Kubernetes serves: from which 1.x on, and up to which. */
interface Served {
  readonly name: string;
  readonly since: number;
  readonly until?: number;
}

/**
 * What the API server of a release serves unasked, written by hand from the notes of Kubernetes on deprecated APIs and from
 * its API reference; groups that must be switched on are left out, but for those that were on once.
 */
const SERVED: readonly Served[] = [
  { name: 'v1', since: 0 },
  { name: 'admissionregistration.k8s.io/v1', since: 16 },
  { name: 'admissionregistration.k8s.io/v1beta1', since: 9, until: 21 },
  { name: 'apiextensions.k8s.io/v1', since: 16 },
  { name: 'apiextensions.k8s.io/v1beta1', since: 7, until: 21 },
  { name: 'apiregistration.k8s.io/v1', since: 10 },
  { name: 'apiregistration.k8s.io/v1beta1', since: 7, until: 21 },
  { name: 'apps/v1', since: 9 },
  { name: 'apps/v1beta1', since: 5, until: 15 },
  { name: 'apps/v1beta2', since: 8, until: 15 },
  { name: 'authentication.k8s.io/v1', since: 6 },
  { name: 'authentication.k8s.io/v1beta1', since: 4, until: 21 },
  { name: 'authorization.k8s.io/v1', since: 6 },
  { name: 'authorization.k8s.io/v1beta1', since: 4, until: 21 },
  { name: 'autoscaling/v1', since: 2 },
  { name: 'autoscaling/v2', since: 23 },
  { name: 'autoscaling/v2beta1', since: 8, until: 24 },
  { name: 'autoscaling/v2beta2', since: 12, until: 25 },
  { name: 'batch/v1', since: 2 },
  { name: 'batch/v1beta1', since: 8, until: 24 },
  { name: 'certificates.k8s.io/v1', since: 19 },
  { name: 'certificates.k8s.io/v1beta1', since: 6, until: 21 },
  { name: 'coordination.k8s.io/v1', since: 14 },
  { name: 'coordination.k8s.io/v1beta1', since: 12, until: 21 },
  { name: 'discovery.k8s.io/v1', since: 21 },
  { name: 'discovery.k8s.io/v1beta1', since: 17, until: 24 },
  { name: 'events.k8s.io/v1', since: 19 },
  { name: 'events.k8s.io/v1beta1', since: 8, until: 24 },
  { name: 'extensions/v1beta1', since: 1, until: 21 },
  { name: 'flowcontrol.apiserver.k8s.io/v1', since: 29 },
  { name: 'flowcontrol.apiserver.k8s.io/v1beta1', since: 20, until: 25 },
  { name: 'flowcontrol.apiserver.k8s.io/v1beta2', since: 23, until: 28 },
  { name: 'flowcontrol.apiserver.k8s.io/v1beta3', since: 26, until: 31 },
  { name: 'networking.k8s.io/v1', since: 8 },
  { name: 'networking.k8s.io/v1beta1', since: 14, until: 21 },
  { name: 'node.k8s.io/v1', since: 20 },
  { name: 'node.k8s.io/v1beta1', since: 14, until: 24 },
  { name: 'policy/v1', since: 21 },
  { name: 'policy/v1beta1', since: 5, until: 24 },
  { name: 'rbac.authorization.k8s.io/v1', since: 8 },
  { name: 'rbac.authorization.k8s.io/v1beta1', since: 6, until: 21 },
  { name: 'resource.k8s.io/v1', since: 34 },
  { name: 'scheduling.k8s.io/v1', since: 14 },
  { name: 'scheduling.k8s.io/v1beta1', since: 11, until: 21 },
  { name: 'storage.k8s.io/v1', since: 6 },
  { name: 'storage.k8s.io/v1beta1', since: 4, until: 26 },
];

/**
 * What `helm template` takes for known where nobody names a cluster: all that the client library of Kubernetes 1.37 knows,
 * also what no server has any more.
 */
const KNOWN_TO_HELM: readonly string[] = [
  'v1',
  'admissionregistration.k8s.io/v1',
  'admissionregistration.k8s.io/v1alpha1',
  'admissionregistration.k8s.io/v1beta1',
  'internal.apiserver.k8s.io/v1alpha1',
  'apps/v1',
  'apps/v1beta1',
  'apps/v1beta2',
  'authentication.k8s.io/v1',
  'authentication.k8s.io/v1alpha1',
  'authentication.k8s.io/v1beta1',
  'authorization.k8s.io/v1',
  'authorization.k8s.io/v1beta1',
  'autoscaling/v1',
  'autoscaling/v2',
  'batch/v1',
  'batch/v1beta1',
  'certificates.k8s.io/v1',
  'certificates.k8s.io/v1beta1',
  'certificates.k8s.io/v1alpha1',
  'coordination.k8s.io/v1alpha2',
  'coordination.k8s.io/v1beta1',
  'coordination.k8s.io/v1',
  'discovery.k8s.io/v1',
  'discovery.k8s.io/v1beta1',
  'events.k8s.io/v1',
  'events.k8s.io/v1beta1',
  'extensions/v1beta1',
  'flowcontrol.apiserver.k8s.io/v1',
  'flowcontrol.apiserver.k8s.io/v1beta1',
  'flowcontrol.apiserver.k8s.io/v1beta2',
  'flowcontrol.apiserver.k8s.io/v1beta3',
  'lifecycle.k8s.io/v1alpha1',
  'networking.k8s.io/v1',
  'networking.k8s.io/v1beta1',
  'node.k8s.io/v1',
  'node.k8s.io/v1alpha1',
  'node.k8s.io/v1beta1',
  'policy/v1',
  'policy/v1beta1',
  'rbac.authorization.k8s.io/v1',
  'rbac.authorization.k8s.io/v1beta1',
  'rbac.authorization.k8s.io/v1alpha1',
  'resource.k8s.io/v1',
  'resource.k8s.io/v1beta2',
  'resource.k8s.io/v1beta1',
  'resource.k8s.io/v1alpha3',
  'scheduling.k8s.io/v1alpha3',
  'scheduling.k8s.io/v1beta1',
  'scheduling.k8s.io/v1',
  'storage.k8s.io/v1beta1',
  'storage.k8s.io/v1',
  'storage.k8s.io/v1alpha1',
  'storagemigration.k8s.io/v1',
  'storagemigration.k8s.io/v1beta1',
  'apiextensions.k8s.io/v1beta1',
  'apiextensions.k8s.io/v1',
];

/** The groups and versions of a cluster of Kubernetes 1.`minor`; without one, those that `helm template` takes for known. */
export function apiVersionsOf(minor: number | undefined): readonly string[] {
  if (minor === undefined) return KNOWN_TO_HELM;
  return SERVED.filter(({ since, until }) => since <= minor && minor <= (until ?? Number.POSITIVE_INFINITY)).map(({ name }) => name);
}

const GROUPS = new Set([...KNOWN_TO_HELM, ...SERVED.map(({ name }) => name)].map(groupOf));

/** Whether a group is one of Kubernetes itself: of other groups, only a cluster knows whether it has them. */
export function isBuiltIn(apiVersion: string): boolean {
  return GROUPS.has(groupOf(apiVersion));
}

/** `apps` of `apps/v1/Deployment`; empty for what the core has. */
function groupOf(apiVersion: string): string {
  const [first = '', second] = apiVersion.split('/');
  return second === undefined || /^v\d/.test(first) ? '' : first;
}
