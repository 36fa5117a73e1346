import { goTypeOf, isNothing } from '../../functions/go/types.ts';
import { type Call, type GoFunction, int, type ListValue, list, NIL, originsOf, slice, TemplateFailure, type Text, type Value } from '../../value.ts';
import { firstAuthors } from '../authors.ts';
import { byteLength } from '../byte-order.ts';
import { zeroOf } from '../zero.ts';
import { checkCount, inner } from './arguments.ts';

/** What looks into maps, lists and texts, as Go's text/template/funcs.go. Texts are counted and cut in bytes of UTF-8. */
export const CONTAINERS: Readonly<Record<string, GoFunction>> = {
  index: (args, call) => {
    checkCount('index', args, 1);
    const [item, ...keys] = args as [Value, ...Value[]];
    if (isNothing(item)) throw new TemplateFailure('index of untyped nil');
    return keys.reduce((container, key) => itemAt(container, key, call), item);
  },
  len: (args) => {
    checkCount('len', args, 1, 1);
    const [item] = args as [Value];
    return int(lengthOf(inner(item)), firstAuthors(item));
  },
  slice: (args) => {
    checkCount('slice', args, 1);
    const [item, ...bounds] = args as [Value, ...Value[]];
    if (isNothing(item)) throw new TemplateFailure('slice of untyped nil');
    if (bounds.length > 3) throw new TemplateFailure(`too many slice indexes: ${bounds.length}`);
    return sliced(inner(item), bounds);
  },
};

function itemAt(container: Value, key: Value, call: Call): Value {
  if (isNothing(container)) throw new TemplateFailure('index of nil pointer');
  const item = inner(container);
  switch (item.kind) {
    case 'map':
      if (isNothing(key)) throw new TemplateFailure('value is nil; should be of type string');
      if (key.kind !== 'string') throw new TemplateFailure(`value has type ${goTypeOf(key)}; should be string`);
      call.noteRead?.(item, key.text);
      return item.entries.get(key.text) ?? zeroOf(item);
    case 'list':
      return item.items[indexOf(key, item.items.length - 1)] ?? NIL;
    case 'string': {
      const bytes = new TextEncoder().encode(item.text);
      return int(bytes[indexOf(key, bytes.length - 1)] ?? 0, originsOf(item));
    }
    default:
      throw new TemplateFailure(`can't index item of type ${goTypeOf(item)}`);
  }
}

function indexOf(key: Value, most: number): number {
  if (isNothing(key)) throw new TemplateFailure('cannot index slice/array with nil');
  if (key.kind !== 'int') throw new TemplateFailure(`cannot index slice/array with type ${goTypeOf(key)}`);
  if (key.value < 0n || key.value > BigInt(most)) throw new TemplateFailure(`index out of range: ${key.value}`);
  return Number(key.value);
}

function lengthOf(item: Value): number {
  switch (item.kind) {
    case 'string':
      return byteLength(item.text);
    case 'map':
      return item.entries.size;
    case 'list':
      return item.items.length;
    case 'nil':
    case 'none':
      throw new TemplateFailure('len of nil pointer');
    default:
      throw new TemplateFailure(`len of type ${goTypeOf(item)}`);
  }
}

function sliced(item: Value, bounds: readonly Value[]): Value {
  if (item.kind !== 'string' && item.kind !== 'list') throw new TemplateFailure(`can't slice item of type ${goTypeOf(item)}`);
  if (item.kind === 'string' && bounds.length === 3) throw new TemplateFailure('cannot 3-index slice a string');
  const length = lengthOf(item);
  const [start = 0, end = length, capacity = Number.POSITIVE_INFINITY] = bounds.map((bound) => indexOf(bound, length));
  if (start > end) throw new TemplateFailure(`invalid slice index: ${start} > ${end}`);
  if (end > capacity) throw new TemplateFailure(`invalid slice index: ${end} > ${capacity}`);
  return item.kind === 'list' ? slicedList(item, start, end) : slice(item, unitAt(item, start), unitAt(item, end));
}

function slicedList(item: ListValue, start: number, end: number): Value {
  return list(item.items.slice(start, end), item.origins);
}

/** The code unit that a byte belongs to. Go would tear a character apart; here it goes to what is before the cut. */
function unitAt({ text }: Text, byte: number): number {
  let at = 0;
  for (let bytes = 0; bytes < byte && at < text.length; ) {
    const code = text.codePointAt(at) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code > 0xffff ? 4 : 3;
    at += code > 0xffff ? 2 : 1;
  }
  return at;
}
