import { type Mapping, textOf } from '../../tree/node.ts';
import scopes from './tables/cluster-scoped.json' with { type: 'json' };

/** Group, version and kind of an object; each part is empty where it is not given. */
export interface Gvk {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

const CLUSTER_SCOPED: ReadonlySet<string> = new Set(scopes.kinds);

const known = new Map<string, Map<string, Gvk>>();

/** What an object says it is. Objects of one kind share theirs, so that tables can be kept by it. */
export function gvkOf(node: Mapping): Gvk {
  return sharedGvk(textOf(node, 'apiVersion') ?? '', textOf(node, 'kind') ?? '');
}

/** The same object each time for the same words. */
export function sharedGvk(apiVersion: string, kind: string): Gvk {
  let kinds = known.get(apiVersion);
  if (!kinds) {
    kinds = new Map();
    known.set(apiVersion, kinds);
  }
  let gvk = kinds.get(kind);
  if (!gvk) {
    gvk = { ...groupVersionOf(apiVersion), kind };
    kinds.set(kind, gvk);
  }
  return gvk;
}

/** `apps/v1` → apps, v1; `v1` → core, v1. */
export function groupVersionOf(apiVersion: string): { readonly group: string; readonly version: string } {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? { group: '', version: apiVersion } : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

/** The inverse of `groupVersionOf`. */
export function apiVersionOf({ group, version }: Gvk): string {
  return group ? `${group}/${version}` : version;
}

/** Whether every part that the selector names is the object's. */
export function isSelected(gvk: Gvk, selector: Partial<Gvk>): boolean {
  return (
    (!selector.group || selector.group === gvk.group) &&
    (!selector.version || selector.version === gvk.version) &&
    (!selector.kind || selector.kind === gvk.kind)
  );
}

/** Whether kustomize is sure that the kind has no namespace: kinds it does not know count as namespaced. */
export function isClusterScoped(gvk: Gvk): boolean {
  let isScoped = clusterScoped.get(gvk);
  if (isScoped === undefined) {
    isScoped = CLUSTER_SCOPED.has(`${apiVersionOf(gvk)}/${gvk.kind}`);
    clusterScoped.set(gvk, isScoped);
  }
  return isScoped;
}

const clusterScoped = new WeakMap<Gvk, boolean>();
