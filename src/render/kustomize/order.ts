import { compareText } from '../../text/location.ts';
import { itemsOf, type Node, textOf } from '../../tree/node.ts';
import type { Gvk } from './gvk.ts';
import { currentId, type LayeredResource, type ObjectId } from './layered-resource.ts';

const FIRST: readonly string[] = [
  'Namespace',
  'ResourceQuota',
  'StorageClass',
  'CustomResourceDefinition',
  'ServiceAccount',
  'PodSecurityPolicy',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'ConfigMap',
  'Secret',
  'Endpoints',
  'Service',
  'LimitRange',
  'PriorityClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Deployment',
  'StatefulSet',
  'CronJob',
  'PodDisruptionBudget',
];

const LAST: readonly string[] = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

/** The order of the output: `legacy` by kind, which is the command line's default, or `fifo` as gathered. */
export interface SortOrder {
  readonly order: 'legacy' | 'fifo';
  readonly first: readonly string[];
  readonly last: readonly string[];
}

export const LEGACY_ORDER: SortOrder = { order: 'legacy', first: FIRST, last: LAST };

export const GATHERED_ORDER: SortOrder = { ...LEGACY_ORDER, order: 'fifo' };

/** Kinds in the order in which kustomize likes to apply them, the rest by name. */
export function compareGvk(a: Gvk, b: Gvk): number {
  return rankOf(a.kind) - rankOf(b.kind) || compareText(sortText(a), sortText(b));
}

function rankOf(kind: string): number {
  const first = FIRST.indexOf(kind);
  return first === -1 ? LAST.indexOf(kind) + 1 : first - FIRST.length;
}

function sortText({ group, version, kind }: Gvk): string {
  return `${group || '~G'}_${version || '~V'}_${kind || '~K'}`;
}

/** What `sortOptions` asks for; undefined for an order that there is not. */
export function sortOrderOf(options: Node): SortOrder | undefined {
  const order = textOf(options, 'order') || 'fifo';
  const legacy = options.kind === 'mapping' ? options.entries.find(({ key }) => key.text === 'legacySortOptions')?.value : undefined;
  if (order === 'fifo') return legacy ? undefined : GATHERED_ORDER;
  if (order !== 'legacy') return undefined;
  if (!legacy) return LEGACY_ORDER;
  const names = (field: string): string[] => itemsOf(legacy, field).flatMap((item) => (item.kind === 'scalar' ? item.text : []));
  return { order, first: names('orderFirst'), last: names('orderLast') };
}

/** The resources in the order in which they are printed. */
export function inOrder(resources: readonly LayeredResource[], { order, first, last }: SortOrder): readonly LayeredResource[] {
  if (order === 'fifo') return resources;
  const ranks = new Map<string, number>();
  for (const [index, kind] of first.entries()) ranks.set(kind, index - first.length);
  for (const [index, kind] of last.entries()) ranks.set(kind, index + 1);
  const keyed = resources.map((resource) => keyOf(resource, ranks));
  return keyed.sort(compareKeys).map(({ resource }) => resource);
}

interface SortKey {
  readonly resource: LayeredResource;
  readonly rank: number;
  readonly gvk: string;
  readonly name: string;
  readonly coreNamespace: boolean;
}

function keyOf(resource: LayeredResource, ranks: ReadonlyMap<string, number>): SortKey {
  const id: ObjectId = currentId(resource);
  const { group, kind } = id.gvk;
  return {
    resource,
    rank: ranks.get(kind) ?? 0,
    gvk: sortText(id.gvk),
    name: `${id.namespace || '~X'}|${id.name || '~N'}`,
    coreNamespace: kind === 'Namespace' && group === '',
  };
}

function compareKeys(a: SortKey, b: SortKey): number {
  if (a.gvk === b.gvk) return compareText(a.name, b.name);
  if (a.rank !== b.rank) return a.rank - b.rank;
  const bothNamespaces = a.gvk.endsWith('_Namespace') && b.gvk.endsWith('_Namespace');
  return bothNamespaces && (a.coreNamespace || b.coreNamespace) ? compareText(b.gvk, a.gvk) : compareText(a.gvk, b.gvk);
}
