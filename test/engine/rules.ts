import type { Node } from '../../src/rule/index.ts';
import { defineRule, type Rule, type RuleMeta } from '../../src/rule/rule.ts';

const META = {
  summary: 'Require nothing',
  category: 'yaml',
  severity: 'error',
  ladder: 'flat',
  preset: 'recommended',
  since: '0.1.0',
  hint: 'Nothing is to be done.',
  messages: { found: 'Found {{what}}' },
} as const;

export function metaOf(more: Partial<RuleMeta> = {}): typeof META {
  return { ...META, ...more } as typeof META;
}

/** Points at every scalar of every file that was read, and at every value that a resource holds: there is no place that it leaves out. */
export const everywhere: Rule = defineRule({
  id: 'everywhere',
  meta: metaOf(),
  create: ({ report }) => ({
    file({ yaml }) {
      for (const { root, duplicates } of yaml.documents) {
        for (const node of root ? scalarsOf(root) : []) report({ messageId: 'found', data: { what: 'a text' }, at: node.origin });
        for (const { key, first } of duplicates)
          report({ messageId: 'found', data: { what: 'a key' }, at: key.origin, related: [{ at: first.origin, message: 'the first' }] });
      }
    },
    resource(resource) {
      for (const entry of resource.node.entries) {
        if (entry.value.kind !== 'mapping') continue;
        for (const { key } of entry.value.entries) {
          report({ messageId: 'found', data: { what: 'a field' }, at: resource.field(entry.key.text, key.text) });
          report({ messageId: 'found', data: { what: 'a key' }, at: resource.key(entry.key.text, key.text) });
        }
      }
    },
  }),
});

function* scalarsOf(node: Node): Generator<Node> {
  if (node.kind === 'scalar') yield node;
  if (node.kind === 'sequence') for (const item of node.items) yield* scalarsOf(item);
  if (node.kind !== 'mapping') return;
  for (const { key, value } of node.entries) {
    yield key;
    yield* scalarsOf(value);
  }
}

/** Points at every value of every ConfigMap. */
export const values: Rule = defineRule({
  id: 'values',
  meta: metaOf({ ladder: 'laddered' }),
  create: ({ report }) => ({
    resource(resource, variant) {
      if (resource.id.kind !== 'ConfigMap' || variant.environment.tier === 'local') return;
      const data = resource.node.entries.find(({ key }) => key.text === 'data')?.value;
      for (const { key } of data?.kind === 'mapping' ? data.entries : [])
        report({ messageId: 'found', data: { what: key.text }, at: resource.key('data', key.text), about: resource.field('data', key.text) });
    },
  }),
});

/** Points at the image of every container. */
export const images: Rule = defineRule({
  id: 'images',
  meta: metaOf(),
  create: ({ report }) => ({
    resource(resource) {
      const path = ['spec', 'template', 'spec', 'containers'];
      const { node } = resource.field(...path);
      for (const index of node?.kind === 'sequence' ? node.items.keys() : [])
        report({ messageId: 'found', data: { what: 'an image' }, at: resource.field(...path, index, 'image') });
    },
  }),
});
