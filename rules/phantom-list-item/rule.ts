import { type Container, containersOf, defineRule, type Field, itemsOf, type Node, nearestWord, phantomContainersOf, textOf } from '../../src/rule/index.ts';

export default defineRule({
  id: 'phantom-list-item',
  meta: {
    summary: 'Disallow patches that add a list item where they mean to change one',
    category: 'kustomize',
    severity: 'error',
    ladder: 'flat',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Name the item as the base does, in the list where the base has it; an item that is meant to be new needs all of its fields.',
    messages: {
      container: 'The patch adds a container "{{name}}" without an image',
      near: 'The patch adds a container "{{name}}" without an image; there is "{{near}}"',
      twin: 'The patch adds a container "{{name}}" of the image that "{{near}}" has',
      list: 'The patch adds a container "{{name}}" without an image to {{list}}; there is one in {{other}}',
      port: 'The patch adds port {{port}} a second time',
    },
  },
  create({ report }) {
    return {
      resource(resource) {
        const containers = containersOf(resource);
        for (const { node, path } of containers) {
          for (const index of twinPorts(node, 'containerPort')) reportPort(resource.field(...path, 'ports', index, 'containerPort'));
        }
        for (const { container, twin: same } of phantomContainersOf(resource)) {
          const { name, list, path } = container;
          const at = resource.field(...path, 'name');
          const twin = containers.find((other) => other.name === name && other.list !== list);
          const near = nearestWord(name, siblingsOf(container, containers));
          if (same) report({ messageId: 'twin', data: { name, near: same.name }, at });
          else if (twin) report({ messageId: 'list', data: { name, list, other: twin.list }, at });
          else if (near !== undefined) report({ messageId: 'near', data: { name, near }, at });
          else report({ messageId: 'container', data: { name }, at });
        }
        if (resource.id.kind !== 'Service' || resource.id.group !== '') return;
        for (const index of twinPorts(resource.field('spec').node, 'port')) reportPort(resource.field('spec', 'ports', index, 'port'));
      },
    };

    function reportPort(at: Field) {
      if (at.node?.kind === 'scalar' && isPatched(at)) report({ messageId: 'port', data: { port: at.node.text }, at });
    }
  },
});

function isPatched(field: Field): boolean {
  const [{ how }] = field.origins();
  return how === 'patch' || how === 'json-patch';
}

function siblingsOf({ list, name }: Container, containers: readonly Container[]): string[] {
  return containers.filter((other) => other.list === list && other.name !== name).map((other) => other.name);
}

/** The indexes of ports whose number and protocol another item has, too. No protocol means TCP. */
function twinPorts(holder: Node | undefined, field: string): number[] {
  const keys = itemsOf(holder, 'ports').map((item) => `${textOf(item, field) ?? ''}/${textOf(item, 'protocol') ?? 'TCP'}`);
  return keys.flatMap((key, index) => (keys.indexOf(key) !== keys.lastIndexOf(key) ? [index] : []));
}
