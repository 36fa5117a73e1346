import { compareBytes } from '../go-template/byte-order.ts';
import { shownText } from '../go-template/format/value.ts';
import { bool, type Call, list, type MapValue, map, TemplateFailure, type Text, text, type Value } from '../value.ts';
import { checkDepth } from './go/limits.ts';
import { authorsOf } from './go/texts.ts';
import { goTypeOf, isNothing } from './go/types.ts';
import { mergeInto } from './merge.ts';
import { ANY, asPlainMap, type Definition, type Family, fn, MAP, STRING, variadic } from './signature.ts';
import { listOfTexts } from './strings.ts';

const BLANK = text('');

/** The keys in a fixed order; Go gives them in any. */
function sortedKeys({ entries }: MapValue): readonly string[] {
  return [...entries.keys()].sort(compareBytes);
}

function dictOf(values: readonly Value[], call: Call): Value {
  const entries = new Map<string, Value>();
  for (let at = 0; at < values.length; at += 2) {
    const key = values[at];
    if (key) entries.set(shownText(key).text, values[at + 1] ?? BLANK);
  }
  return { kind: 'map', entries, origins: [call.origin] };
}

function setIn(source: MapValue, key: Text, value: Value): Value {
  if (source.isNil) throw new TemplateFailure('assignment to entry in nil map');
  source.entries.set(key.text, value);
  return asPlainMap(source);
}

function filtered(source: MapValue, isWanted: (key: string) => boolean): Value {
  return map(
    [...source.entries].filter(([key]) => isWanted(key)),
    source.origins,
  );
}

/** The value of a key, and a note that somebody asked for it. */
function lookUp(source: MapValue, key: string, call: Call): Value | undefined {
  call.noteRead?.(source, key);
  return source.entries.get(key);
}

/** Whoever wrote the entry had a hand in the answer, or whoever wrote the map without it. */
function hasKey(source: MapValue, key: Text, call: Call): Value {
  const value = lookUp(source, key.text, call);
  return bool(value !== undefined, authorsOf(value ?? source, key));
}

function merging(overwrites: boolean): Definition {
  return variadic([MAP], MAP, ([destination], sources) => {
    for (const source of sources) mergeInto(destination, source, overwrites);
    // mergo makes a map where there is none.
    return destination.isNil && sources.some(({ isNil }) => !isNil) ? { ...destination, isNil: undefined } : asPlainMap(destination);
  });
}

/** Maps and lists are copied, what lies in them is never changed. */
function copied(value: Value, depth = 0): Value {
  checkDepth(depth);
  if (value.kind === 'list') return { ...value, items: value.items.map((item) => copied(item, depth + 1)) };
  if (value.kind !== 'map') return value;
  return { ...value, entries: new Map([...value.entries].map(([key, inner]) => [key, copied(inner, depth + 1)])) };
}

/** Follows keys through maps; the default where one is missing. Something else than a map on the way is an error. */
function dig(values: readonly Value[], call: Call): Value {
  if (values.length < 3) throw new TemplateFailure('dig needs at least three arguments');
  const [keys, fallback, start] = [values.slice(0, -2), values.at(-2), values.at(-1)];
  let current = start;
  for (const key of keys) {
    const source = asserted(current, 'map[string]interface {}', 'map');
    const found = lookUp(source, asserted(key, 'string', 'string').text, call);
    if (found === undefined) return fallback ?? BLANK;
    current = found;
  }
  return current ?? BLANK;
}

/** Go's type assertion: for it `.Values`, whose type has a name, is no map. */
function asserted<K extends 'map' | 'string'>(value: Value | undefined, type: string, kind: K): Extract<Value, { kind: K }> {
  if (value?.kind === kind && goTypeOf(value) === type) return value as Extract<Value, { kind: K }>;
  const found = value === undefined || value.kind === 'nil' ? 'nil' : goTypeOf(value);
  throw new TemplateFailure(`interface conversion: interface {} is ${found}, not ${type}`);
}

const MERGE = merging(false);
const MERGE_OVERWRITE = merging(true);
const DEEP_COPY = fn([ANY], ([value]) => {
  if (isNothing(value)) throw new TemplateFailure('reflect: call of reflect.Value.Type on zero Value');
  return copied(value);
});

/** Sprig's functions of maps: dict.go. */
export const MAPS: Family = {
  dict: variadic([], ANY, (_, values, call) => dictOf(values, call)),
  get: fn([MAP, STRING], ([source, key], call) => lookUp(source, key.text, call) ?? BLANK),
  set: fn([MAP, STRING, ANY], ([source, key, value]) => setIn(source, key, value)),
  unset: fn([MAP, STRING], ([source, key]) => {
    source.entries.delete(key.text);
    return asPlainMap(source);
  }),
  hasKey: fn([MAP, STRING], ([source, key], call) => hasKey(source, key, call)),
  keys: variadic([], MAP, (_, sources, call) =>
    listOfTexts(
      sources.flatMap((source) => sortedKeys(source).map((key) => text(key))),
      call,
    ),
  ),
  values: fn([MAP], ([source]) =>
    list(
      sortedKeys(source).flatMap((key) => source.entries.get(key) ?? []),
      source.origins,
    ),
  ),
  pluck: variadic([STRING], MAP, ([key], sources, call) =>
    list(
      sources.flatMap((source) => lookUp(source, key.text, call) ?? []),
      authorsOf(...sources),
    ),
  ),
  pick: variadic([MAP], STRING, ([source], keys, call) => {
    const wanted = new Set(keys.map(({ text: key }) => key));
    for (const key of wanted) call.noteRead?.(source, key);
    return filtered(source, (key) => wanted.has(key));
  }),
  omit: variadic([MAP], STRING, ([source], keys) => {
    const unwanted = new Set(keys.map(({ text: key }) => key));
    return filtered(source, (key) => !unwanted.has(key));
  }),
  dig: variadic([], ANY, (_, values, call) => dig(values, call)),
  merge: MERGE,
  mustMerge: MERGE,
  mergeOverwrite: MERGE_OVERWRITE,
  mustMergeOverwrite: MERGE_OVERWRITE,
  deepCopy: DEEP_COPY,
  mustDeepCopy: DEEP_COPY,
};
