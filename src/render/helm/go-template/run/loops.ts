import { int, NONE, type Value } from '../../value.ts';
import { keyText } from '../authors.ts';
import { compareBytes } from '../byte-order.ts';
import { shownText } from '../format/value.ts';
import type { Pipe } from '../parse/ast.ts';
import { assign } from './evaluate.ts';
import { type Frame, failAt } from './frame.ts';

/** What a loop goes through: each time an index or key, and an item. */
interface Items {
  readonly count: number;
  at(index: number): readonly [Value, Value];
}

const NO_ITEMS: Items = { count: 0, at: () => [NONE, NONE] };

/** Lists, maps in the order of their keys, and the numbers below an int. Nothing else can be gone through. */
export function itemsOf(frame: Frame, pipe: Pipe, value: Value): Items {
  switch (value.kind) {
    case 'list':
      return { count: value.items.length, at: (index) => [int(index), value.items[index] ?? NONE] };
    case 'map': {
      const entries = [...value.entries].sort(([a], [b]) => compareBytes(a, b));
      return {
        count: entries.length,
        at: (index) => {
          const [key, item] = entries[index] as [string, Value];
          return [keyText(key, item), item];
        },
      };
    }
    case 'int':
      if (pipe.variables.length > 1) failAt(frame, pipe, `can't use ${value.value} to iterate over more than one variable`);
      return { count: Number(value.value), at: (index) => [NONE, { ...value, value: BigInt(index) }] };
    case 'none':
    case 'nil':
      return NO_ITEMS;
    default:
      return failAt(frame, pipe, `range can't iterate over ${shownText(value).text}`);
  }
}

/** Of two variables the first is the index, of one it is the item. Declared ones were put on top by the pipeline. */
export function setLoopVariables(frame: Frame, pipe: Pipe, key: Value, item: Value): void {
  const { variables: names, isAssignment } = pipe;
  if (names.length === 0) return;
  const values = names.length === 1 ? [item] : [key, item];
  for (const [index, name] of names.entries()) {
    const value = values[index] ?? item;
    const top = frame.variables[frame.variables.length - names.length + index];
    if (isAssignment) assign(frame, pipe, name, value);
    else if (top) top.value = value;
  }
}
