import type { Origin } from '../../../tree/node.ts';
import { originsOf, type Text, text, type Value } from '../value.ts';

/** Who made a value neither empty nor missing, without a look at all that is in it: of a map or list, its first leaf. */
export function firstAuthors(value: Value): readonly Origin[] {
  switch (value.kind) {
    case 'map':
      return value.origins.length > 0 ? value.origins : firstOfItems(value.entries.values());
    case 'list':
      return value.origins.length > 0 ? value.origins : firstOfItems(value.items);
    case 'host':
      return [];
    case 'string':
      return value.stretches.length === 1 ? (value.stretches[0]?.origins ?? []) : originsOf(value);
    default:
      return value.origins;
  }
}

function firstOfItems(items: Iterable<Value>): readonly Origin[] {
  for (const item of items) {
    const authors = firstAuthors(item);
    if (authors.length > 0) return authors;
  }
  return [];
}

const entries = new WeakMap<Origin, Origin>();

/** A key of a map as a text. Keys have no origins of their own: its author is that of its value, to the entry and no closer. */
export function keyText(key: string, value: Value): Text {
  return text(
    key,
    firstAuthors(value).map((author) => {
      if (author.precision !== 'exact') return author;
      const entry = entries.get(author) ?? { ...author, precision: 'entry' };
      entries.set(author, entry);
      return entry;
    }),
  );
}
