import { childOf, entriesOf, type Node, type Origin, textOf } from '../../tree/node.ts';
import { anchored, type GoRegexp } from './go-regexp.ts';
import { currentId, formerIds, type LayeredResource, type ObjectId, originalId } from './layered-resource.ts';
import { Refusal } from './refusal.ts';

/** What a `target` or `select` asks for. Absent parts match anything. */
export interface Selector {
  readonly group: GoRegexp | undefined;
  readonly version: GoRegexp | undefined;
  readonly kind: GoRegexp | undefined;
  readonly name: GoRegexp | undefined;
  readonly namespace: GoRegexp | undefined;
  readonly labels: Requirements;
  readonly annotations: Requirements;
  /** Says nothing about the object's identity. */
  readonly isOpen: boolean;
}

type Requirements = readonly ((values: ReadonlyMap<string, string>) => boolean)[];

const PARTS = ['group', 'version', 'kind', 'name', 'namespace'] as const;

/** Reads a selector. Throws a `Refusal` for patterns and label expressions that are none. */
export function selectorOf(node: Node): Selector {
  const pattern = (part: (typeof PARTS)[number]): GoRegexp | undefined => {
    const text = textOf(node, part);
    if (!text) return undefined;
    const regexp = anchored(text);
    if (!regexp) throw new Refusal('invalid-kustomization', `"${text}" is not a regular expression`, childOf(node, part)?.origin);
    return regexp;
  };
  return {
    group: pattern('group'),
    version: pattern('version'),
    kind: pattern('kind'),
    name: pattern('name'),
    namespace: pattern('namespace'),
    labels: requirementsOf(childOf(node, 'labelSelector')),
    annotations: requirementsOf(childOf(node, 'annotationSelector')),
    isOpen: PARTS.every((part) => !textOf(node, part)),
  };
}

/** The objects that a patch's target selects, by their first or present name. */
export function selectAll(resources: readonly LayeredResource[], selector: Selector): LayeredResource[] {
  return resources.filter((resource) => {
    const [now, first] = [currentId(resource), originalId(resource)];
    return (
      matchesEither(selector.namespace, first.scope, now.scope) &&
      matchesEither(selector.name, first.name, now.name) &&
      matchesKind(selector, now) &&
      matchesLabels(selector, resource)
    );
  });
}

function matchesEither(pattern: GoRegexp | undefined, first: string, now: string): boolean {
  return !pattern || pattern.test(first) || (first !== now && pattern.test(now));
}

function matchesKind({ group, version, kind }: Selector, { gvk }: ObjectId): boolean {
  return (!group || group.test(gvk.group)) && (!version || version.test(gvk.version)) && (!kind || kind.test(gvk.kind));
}

/** Whether the object is, or was, what the selector asks for. */
export function matchesAnyId(selector: Selector, resource: LayeredResource): boolean {
  const matches = (id: ObjectId, namespace: string): boolean =>
    matchesKind(selector, id) && (!selector.name || selector.name.test(id.name)) && (!selector.namespace || selector.namespace.test(namespace));
  // Of former names kustomize knows the namespace that counted, of the present one what is written.
  return formerIds(resource).some((id) => matches(id, id.scope)) || matches(currentId(resource), currentId(resource).namespace);
}

/** Whether labels and annotations are as asked for. */
export function matchesLabels(selector: Selector, { node }: LayeredResource): boolean {
  if (selector.labels.length === 0 && selector.annotations.length === 0) return true;
  const metadata = childOf(node, 'metadata');
  return fits(selector.labels, metadata, 'labels') && fits(selector.annotations, metadata, 'annotations');
}

function fits(requirements: Requirements, metadata: Node | undefined, field: string): boolean {
  if (requirements.length === 0) return true;
  const values = new Map(entriesOf(metadata, field).map(({ key, value }) => [key.text, value.kind === 'scalar' ? value.text : '']));
  return requirements.every((requirement) => requirement(values));
}

function requirementsOf(node: Node | undefined): Requirements {
  if (node?.kind !== 'scalar' || node.text.trim() === '') return [];
  return splitRequirements(node.text).map((text) => requirementOf(text.trim(), node.origin));
}

/** Commas inside of parentheses do not part requirements. */
function splitRequirements(text: string): string[] {
  return text.split(/,(?![^()]*\))/);
}

/** One requirement in the language of Kubernetes label selectors. */
function requirementOf(text: string, origin: Origin): (values: ReadonlyMap<string, string>) => boolean {
  const set = /^([^\s!=<>(),]+)\s+(in|notin)\s*\(([^()]*)\)$/.exec(text);
  if (set) {
    const [, key = '', operator, list = ''] = set;
    const allowed = list.split(',').map((value) => value.trim());
    return (values) => allowed.includes(values.get(key) ?? '\0') === (operator === 'in');
  }
  const equality = /^([^\s!=<>(),]+)\s*(==|=|!=)\s*([^\s!=<>(),]*)$/.exec(text);
  if (equality) {
    const [, key = '', operator, wanted] = equality;
    return (values) => (values.get(key) === wanted) === (operator !== '!=');
  }
  const order = /^([^\s!=<>(),]+)\s*([<>])\s*(-?\d+)$/.exec(text);
  if (order) {
    const [, key = '', operator, limit] = order;
    return (values) => {
      const value = Number(values.get(key) ?? Number.NaN);
      return operator === '<' ? value < Number(limit) : value > Number(limit);
    };
  }
  const presence = /^(!?)\s*([^\s!=<>(),]+)$/.exec(text);
  if (!presence) throw new Refusal('invalid-kustomization', `"${text}" is not a label selector`, origin);
  const [, not, key = ''] = presence;
  return (values) => values.has(key) !== (not === '!');
}
