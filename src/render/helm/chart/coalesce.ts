import type { MapValue, Value } from '../value.ts';
import { map } from '../value.ts';
import type { Reading } from './chart.ts';
import type { ChartInstance } from './instance.ts';
import { copyOf, fillUp, type NoteMismatch, withoutNulls } from './maps.ts';

/** The key whose values every subchart gets, too. */
const GLOBAL = 'global';

/** Why values cannot be given to a subchart. Thrown and caught inside of this folder. */
export class CoalesceRefusal extends Error {
  readonly value: Value;

  constructor(message: string, value: Value) {
    super(message);
    this.value = value;
  }
}

export interface CoalesceOptions {
  readonly reading: Reading;
  /** Nulls stay, for a later step to see. */
  readonly keepsNulls: boolean;
  readonly note?: NoteMismatch | undefined;
}

/**
 * Given values with the defaults of a chart and its subcharts below them: maps are merged, all else is replaced, a null
 * deletes, and `global` goes down. `given` is not changed. (Helm, `pkg/chartutil/coalesce.go`.)
 */
export function coalesce(instance: ChartInstance, given: MapValue, options: CoalesceOptions): MapValue {
  const result = copyOf(given);
  into(instance, result, [], options);
  return result;
}

function into(instance: ChartInstance, given: MapValue, path: readonly string[], options: CoalesceOptions): void {
  fillFromDefaults(instance, given, path, options);
  for (const dependency of instance.dependencies) {
    const { name } = dependency;
    const own = given.entries.get(name) ?? map();
    if (own.kind !== 'map') throw new CoalesceRefusal(`the values of subchart "${name}" are not a map`, own);
    given.entries.set(name, own);
    passGlobals(own, given);
    into(dependency, own, [...path, name], options);
  }
}

function fillFromDefaults({ defaults, dependencies }: ChartInstance, given: MapValue, path: readonly string[], options: CoalesceOptions): void {
  const { keepsNulls, note, reading } = options;
  const dropsNulls = reading === 'helm-4' && !keepsNulls;
  for (const [key, fallback] of defaults.entries) {
    const own = given.entries.get(key);
    if (own === undefined) {
      if (!dropsNulls) given.entries.set(key, copyOf(fallback));
      else if (fallback.kind !== 'nil') given.entries.set(key, withoutNulls(fallback));
    } else if (own.kind === 'nil') {
      if (!keepsNulls) given.entries.delete(key);
    } else if (own.kind === 'map' && fallback.kind === 'map') {
      // What is meant for a subchart keeps its nulls: they may delete what is a default there.
      const isForSubchart = dependencies.some(({ name }) => name === key);
      fillUp(own, fallback, { keepsNulls: keepsNulls || isForSubchart, dropsNulls: dropsNulls && !isForSubchart, note }, [...path, key]);
    } else if ((own.kind === 'map') !== (fallback.kind === 'map') && fallback.kind !== 'nil') note?.([...path, key], own, fallback);
  }
}

/** Puts the globals of a chart over those of a subchart; where one side is no map, the subchart keeps its own. */
function passGlobals(given: MapValue, outer: MapValue): void {
  const own = given.entries.get(GLOBAL) ?? map();
  const from = outer.entries.get(GLOBAL) ?? map();
  if (own.kind !== 'map' || from.kind !== 'map') return;
  for (const [key, value] of from.entries) {
    const before = own.entries.get(key);
    if (value.kind !== 'map') {
      if (before?.kind !== 'map') own.entries.set(key, value);
      continue;
    }
    if (before && before.kind !== 'map') continue;
    // Only the first level is copied: what stands deeper is shared between the charts, as in Helm.
    const passed: MapValue = { ...value, entries: new Map(value.entries) };
    if (before) fillUp(passed, before, { keepsNulls: true });
    own.entries.set(key, passed);
  }
  given.entries.set(GLOBAL, own);
}
