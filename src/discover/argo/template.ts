import { over } from '../../tree/edit.ts';
import { type Entry, entryOf, type Mapping, type Node } from '../../tree/node.ts';
import { isNull } from '../../tree/scalar-value.ts';

/**
 * The template of a generator over that of the set: what the generator's own says counts, field by field; what it
 * leaves empty does not.
 */
export function overTemplate(template: Mapping, own: Node | undefined): Mapping {
  return own?.kind === 'mapping' ? laidOver(template, own) : template;
}

function laidOver(template: Mapping, own: Mapping): Mapping {
  const kept = template.entries.map((entry): Entry => {
    const other = entryOf(own, entry.key.text)?.value;
    return other && !isEmpty(other) ? { ...entry, value: winner(entry.value, other) } : entry;
  });
  return { ...template, entries: [...kept, ...own.entries.filter(({ key }) => !entryOf(template, key.text))] };
}

function winner(value: Node, own: Node): Node {
  return value.kind === 'mapping' && own.kind === 'mapping' ? laidOver(value, own) : over(own, value);
}

function isEmpty(node: Node): boolean {
  if (node.kind === 'scalar') return node.text === '' || isNull(node);
  return node.kind === 'sequence' && node.items.length === 0;
}
