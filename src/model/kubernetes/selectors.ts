import { isUnfilled } from '../../text/unfilled.ts';
import { type FieldPath, nodeAt } from '../../tree/field-path.ts';
import { childOf, entriesOf, itemsOf, type Node, textOf } from '../../tree/node.ts';
import { scalarValue } from '../../tree/scalar-value.ts';
import type { Resource } from '../resource.ts';
import { podTemplateOf } from './pod-template.ts';

/** One demand of a label selector. */
export interface SelectorTerm {
  readonly key: string;
  /** One of these; undefined: there only has to be such a label. */
  readonly values: readonly string[] | undefined;
  /** What is demanded must not be so. */
  readonly negated: boolean;
  /** Where it stands: the value of `matchLabels`, or the expression. */
  readonly path: FieldPath;
}

/** What an object of the cluster picks out by labels. */
export interface Selection {
  readonly of: 'pods' | 'services';
  readonly terms: readonly SelectorTerm[];
  /** Where the selector stands. */
  readonly path: FieldPath;
  /** In which namespaces it looks; 'any' for all of them. */
  readonly namespaces: readonly string[] | 'any';
}

/** What an object acts on by name. */
export interface Target {
  readonly kind: string;
  readonly name: string;
  /** Where the name stands. */
  readonly path: FieldPath;
}

const SELECTORS: ReadonlyMap<string, { readonly path: FieldPath; readonly of: Selection['of'] }> = new Map([
  ['Service', { path: ['spec', 'selector'], of: 'pods' }],
  ['PodDisruptionBudget', { path: ['spec', 'selector'], of: 'pods' }],
  ['NetworkPolicy', { path: ['spec', 'podSelector'], of: 'pods' }],
  ['PodMonitor', { path: ['spec', 'selector'], of: 'pods' }],
  ['ServiceMonitor', { path: ['spec', 'selector'], of: 'services' }],
]);

/**
 * What a Service, a PodDisruptionBudget, a NetworkPolicy or a monitor selects. Undefined for other resources, where
 * everything is selected, and where a value is still to be filled in.
 */
export function selectionOf(resource: Resource): Selection | undefined {
  if (!SELECTORS.has(resource.id.kind)) return undefined;
  if (!selections.has(resource)) selections.set(resource, readSelection(resource));
  return selections.get(resource);
}

/** Many rules ask. */
const selections = new WeakMap<Resource, Selection | undefined>();

function readSelection({ id, node }: Resource): Selection | undefined {
  const known = SELECTORS.get(id.kind);
  if (!known || (id.kind === 'Service' && (id.group !== '' || textOf(childOf(node, 'spec'), 'type') === 'ExternalName'))) return undefined;
  const terms = id.kind === 'Service' ? termsOfLabels(node, known.path) : termsOf(node, known.path);
  if (terms.length === 0 || terms.some(({ key, values = [] }) => isUnfilled(key) || values.some(isUnfilled))) return undefined;
  const among = childOf(childOf(node, 'spec'), 'namespaceSelector');
  const names = itemsOf(among, 'matchNames').flatMap((item) => (item.kind === 'scalar' ? item.text : []));
  const any = childOf(among, 'any');
  const isAny = any?.kind === 'scalar' && scalarValue(any).value === true;
  return { ...known, terms, namespaces: isAny ? 'any' : names.length > 0 ? names : [id.namespace] };
}

function termsOfLabels(node: Node, path: FieldPath): SelectorTerm[] {
  const labels = nodeAt(node, path);
  return (labels?.kind === 'mapping' ? labels.entries : []).flatMap(({ key, value }) =>
    value.kind === 'scalar' ? [{ key: key.text, values: [value.text], negated: false, path: [...path, key.text] }] : [],
  );
}

function termsOf(node: Node, path: FieldPath): SelectorTerm[] {
  const expressions = itemsOf(nodeAt(node, path), 'matchExpressions').map((item, index): SelectorTerm => {
    const operator = textOf(item, 'operator') ?? '';
    const values = itemsOf(item, 'values').flatMap((value) => (value.kind === 'scalar' ? value.text : []));
    const takesValues = operator === 'In' || operator === 'NotIn';
    const negated = operator === 'NotIn' || operator === 'DoesNotExist';
    return { key: textOf(item, 'key') ?? '', values: takesValues ? values : undefined, negated, path: [...path, 'matchExpressions', index] };
  });
  return [...termsOfLabels(node, [...path, 'matchLabels']), ...expressions];
}

/** Whether labels meet a demand. */
export function meets(labels: ReadonlyMap<string, string>, { key, values, negated }: SelectorTerm): boolean {
  const label = labels.get(key);
  return (label !== undefined && (values?.includes(label) ?? true)) !== negated;
}

/** The labels by which a resource is found: those of the pods of a workload, or those of a Service. Undefined for others. */
export function foundByOf(resource: Resource, of: Selection['of']): { readonly labels: ReadonlyMap<string, string>; readonly path: FieldPath } | undefined {
  if (of === 'services') return resource.id.kind === 'Service' && resource.id.group === '' ? labelsAt(resource, ['metadata']) : undefined;
  const template = podTemplateOf(resource);
  return template && labelsAt(resource, [...template.path.slice(0, -1), 'metadata']);
}

function labelsAt({ node }: Resource, metadata: FieldPath) {
  const labels = new Map(
    entriesOf(nodeAt(node, metadata), 'labels').flatMap(({ key, value }) => (value.kind === 'scalar' ? [[key.text, value.text] as const] : [])),
  );
  return { labels, path: [...metadata, 'labels'] };
}

const TARGETS: ReadonlyMap<string, FieldPath> = new Map<string, FieldPath>([
  ['HorizontalPodAutoscaler', ['spec', 'scaleTargetRef']],
  ['ScaledObject', ['spec', 'scaleTargetRef']],
  ['VerticalPodAutoscaler', ['spec', 'targetRef']],
]);

/** The workload that an autoscaler scales; undefined for other resources, and where its name is still to be filled in. */
export function targetOf({ id, node }: Resource): Target | undefined {
  const path = TARGETS.get(id.kind);
  const reference = path && nodeAt(node, path);
  const name = textOf(reference, 'name');
  if (!path || !name || isUnfilled(name)) return undefined;
  // KEDA's own default.
  return { kind: textOf(reference, 'kind') ?? 'Deployment', name, path: [...path, 'name'] };
}
