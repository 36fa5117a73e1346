import { type FieldPath, formatFieldPath, nodeAt, parseFieldPath } from '../tree/field-path.ts';
import { childOf, type Node, textOf } from '../tree/node.ts';
import { formatResourceId, type Resource } from './resource.ts';
import { shownName } from './shown-name.ts';

/** The resources that `Deployment/web` or `shop/Deployment/web` names, by rendered name, with or without its hash, or original name; kinds in any case. */
export function findResources(resources: readonly Resource[], text: string): readonly Resource[] {
  const steps = text.split('/');
  const [name, kind, namespace] = [steps.at(-1) ?? '', steps.at(-2), steps.at(-3)];
  return resources.filter(
    (resource) =>
      [resource.id.name, resource.originalId.name, shownName(resource)].includes(name) &&
      (kind === undefined || resource.id.kind.toLowerCase() === kind.toLowerCase()) &&
      (namespace === undefined || resource.id.namespace === namespace),
  );
}

/** What there is to name, sorted and without hashes: for "did you mean". */
export function namesOf(resources: readonly Resource[]): string[] {
  return resources.map((resource) => formatResourceId({ ...resource.id, name: shownName(resource) })).sort();
}

/**
 * The path that a person wrote, with list items by index or by name: `spec.template.spec.containers[web].image`,
 * `containers[name=web]`. Gives how far it leads when it leads nowhere.
 */
export function findField(root: Node, text: string): { readonly path: FieldPath } | { readonly lostAt: string; readonly known: readonly string[] } {
  // Names in brackets are quoted for the reader of paths, which knows indexes and quoted keys.
  const steps = parseFieldPath(text.replaceAll(/\[([^\d"\]][^\]"]*)\]/g, '["$1"]'));
  if (!steps) return { lostAt: text, known: [] };
  const path: (string | number)[] = [];
  for (const step of steps) {
    const node = nodeAt(root, path);
    const found = node?.kind === 'sequence' && typeof step === 'string' ? indexOf(node.items, step) : step;
    if (found === undefined || !nodeAt(root, [...path, found])) return { lostAt: formatFieldPath([...path, step]), known: childrenOf(node) };
    path.push(found);
  }
  return { path };
}

function indexOf(items: readonly Node[], step: string): number | undefined {
  const equals = step.indexOf('=');
  const [key, value] = equals === -1 ? ['name', step] : [step.slice(0, equals), step.slice(equals + 1)];
  const at = items.findIndex((item) => textOf(item, key) === value);
  return at === -1 ? undefined : at;
}

function childrenOf(node: Node | undefined): readonly string[] {
  if (node?.kind === 'mapping') return node.entries.map(({ key }) => key.text);
  if (node?.kind !== 'sequence') return [];
  return node.items.map((item, index) => {
    const name = childOf(item, 'name');
    return name?.kind === 'scalar' ? name.text : String(index);
  });
}
