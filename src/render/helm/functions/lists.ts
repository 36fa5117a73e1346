import { shownText } from '../go-template/format/value.ts';
import { bool, type ListValue, list, NIL, TemplateFailure, type Value } from '../value.ts';
import { toInt64 } from './casts.ts';
import { checkItems } from './go/limits.ts';
import { authorsOf } from './go/texts.ts';
import { deepEqual, goKindOf, goTypeOf, isEmpty, isNothing, itemsOf } from './go/types.ts';
import { ANY, type Definition, type Family, fn, INT, variadic } from './signature.ts';

/** The items of a list; an error in Sprig's words for what is none. */
function needItems(value: Value, doing: string): readonly Value[] {
  const items = itemsOf(value);
  if (items) return items;
  if (isNothing(value)) throw new TemplateFailure('runtime error: invalid memory address or nil pointer dereference');
  throw new TemplateFailure(doing.replace('%', goKindOf(value)));
}

/** A new list of what an old one held: as widely typed as can be, and written where the old one was. */
function listFrom(source: Value, items: readonly Value[]): ListValue {
  return list(items, authorsOf(source));
}

/** Go's nil slice. */
function nilList(source: Value): ListValue {
  return { ...listFrom(source, []), isNil: true };
}

/** A function of one list. Sprig has each twice; with `must` an error is no panic, which comes to the same. */
function ofList(doing: string, body: (items: readonly Value[], source: Value) => Value): Definition {
  return fn([ANY], ([source]) => body(needItems(source, doing), source));
}

function without(items: readonly Value[], unwanted: readonly Value[]): readonly Value[] {
  return items.filter((item) => !unwanted.some((one) => deepEqual(one, item)));
}

/** Only what is shown alike can be equal: so not each is compared with each. */
function unique(items: readonly Value[]): readonly Value[] {
  const alike = new Map<string, Value[]>();
  return items.filter((item) => {
    const shown = `${goTypeOf(item)} ${shownText(item).text}`;
    const known = alike.get(shown) ?? [];
    if (known.some((one) => deepEqual(one, item))) return false;
    alike.set(shown, [...known, item]);
    return true;
  });
}

function sliced(source: Value, indices: readonly Value[]): Value {
  const items = needItems(source, 'list should be type of slice or array but %');
  if (items.length === 0) return NIL;
  const start = indices[0] ? Number(toInt64(indices[0])) : 0;
  const end = indices[1] ? Number(toInt64(indices[1])) : items.length;
  if (start < 0 || end > items.length || start > end) throw new TemplateFailure('reflect.Value.Slice: slice index out of bounds');
  const type = goTypeOf(source);
  return { ...listFrom(source, items.slice(start, end)), goType: type === '[]interface {}' ? undefined : type };
}

function chunked(size: number, source: Value): Value {
  const items = needItems(source, 'Cannot chunk type %');
  if (size <= 0) throw new TemplateFailure('runtime error: makeslice: len out of range');
  const chunks: Value[] = [];
  for (let at = 0; at < items.length; at += size) chunks.push(listFrom(source, items.slice(at, at + size)));
  return { ...listFrom(source, chunks), goType: '[][]interface {}' };
}

function concatenated(sources: readonly Value[]): Value {
  const items = sources.flatMap((source) => needItems(source, 'Cannot concat type % as list'));
  checkItems(items.length);
  return { ...list(items, authorsOf(...sources)), isNil: items.length === 0 };
}

function holds(needle: Value, source: Value): Value {
  if (isNothing(source)) return bool(false, authorsOf(needle, source));
  const items = needItems(source, 'Cannot find has on type %');
  return bool(
    items.some((item) => deepEqual(needle, item)),
    authorsOf(needle, source),
  );
}

const LIST_OF = variadic([], ANY, (_, items, call) => list(items, [call.origin]));
const APPEND = fn([ANY, ANY], ([source, item]) => {
  const items = needItems(source, 'Cannot push on type %');
  checkItems(items.length);
  return listFrom(source, [...items, item]);
});
const PREPEND = fn([ANY, ANY], ([source, item]) => listFrom(source, [item, ...needItems(source, 'Cannot prepend on type %')]));
const FIRST = ofList('Cannot find first on type %', (items) => items[0] ?? NIL);
const LAST = ofList('Cannot find last on type %', (items) => items.at(-1) ?? NIL);
const REST = ofList('Cannot find rest on type %', (items, source) => (items.length === 0 ? nilList(source) : listFrom(source, items.slice(1))));
const INITIAL = ofList('Cannot find initial on type %', (items, source) => (items.length === 0 ? nilList(source) : listFrom(source, items.slice(0, -1))));
const REVERSE = ofList('Cannot find reverse on type %', (items, source) => listFrom(source, items.toReversed()));
const COMPACT = ofList('Cannot compact on type %', (items, source) =>
  listFrom(
    source,
    items.filter((item) => !isEmpty(item)),
  ),
);
const UNIQ = ofList('Cannot find uniq on type %', (items, source) => listFrom(source, unique(items)));
const WITHOUT = variadic([ANY], ANY, ([source], unwanted) => listFrom(source, without(needItems(source, 'Cannot find without on type %'), unwanted)));
const HAS = fn([ANY, ANY], ([needle, source]) => holds(needle, source));
const SLICE = variadic([ANY], ANY, ([source], indices) => sliced(source, indices));
const CHUNK = fn([INT, ANY], ([size, source]) => chunked(size, source));

/** Sprig's functions of lists: list.go. */
export const LISTS: Family = {
  list: LIST_OF,
  tuple: LIST_OF,
  append: APPEND,
  push: APPEND,
  mustAppend: APPEND,
  mustPush: APPEND,
  prepend: PREPEND,
  mustPrepend: PREPEND,
  first: FIRST,
  mustFirst: FIRST,
  last: LAST,
  mustLast: LAST,
  rest: REST,
  mustRest: REST,
  initial: INITIAL,
  mustInitial: INITIAL,
  reverse: REVERSE,
  mustReverse: REVERSE,
  compact: COMPACT,
  mustCompact: COMPACT,
  uniq: UNIQ,
  mustUniq: UNIQ,
  without: WITHOUT,
  mustWithout: WITHOUT,
  has: HAS,
  mustHas: HAS,
  slice: SLICE,
  mustSlice: SLICE,
  chunk: CHUNK,
  mustChunk: CHUNK,
  concat: variadic([], ANY, (_, sources) => concatenated(sources)),
};
