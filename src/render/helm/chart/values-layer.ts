import type { Gap, RenderProblem } from '../../../model/render-result.ts';
import { type MapValue, map, originsOf, type Value } from '../value.ts';
import type { LoadedChart, MissingDependency, Reading, ReadValues } from './chart.ts';
import { CoalesceRefusal, coalesce } from './coalesce.ts';
import { type ChartInstance, chartsIn, instanceOf } from './instance.ts';
import { copyOf } from './maps.ts';
import { failure, inFile } from './problems.ts';
import { processDependencies } from './requirements.ts';
import { applySource, type ValuesSource, valuesOfFile } from './values-source.ts';

/** A map where the defaults have something else, or the other way round: Helm warns, and takes what was given. */
export interface Mismatch {
  readonly path: readonly string[];
  readonly given: Value;
  readonly fallback: Value;
}

/** What `.Values` of a unit is, and how it came about. */
export interface UnitValues {
  /** The `.Values` of the root chart; those of subcharts lie in it. Templates can change it: they are given a copy. */
  readonly values: MapValue;
  /** The charts that are on; undefined where there is no chart here. */
  readonly root: ChartInstance | undefined;
  /** Dependencies that are on and not here. */
  readonly missing: readonly MissingDependency[];
  readonly mismatches: readonly Mismatch[];
  readonly problems: readonly RenderProblem[];
  readonly gaps: readonly Gap[];
}

export interface ValuesOptions {
  readonly reading: Reading;
  /** What a deployer takes for the chart's own `values.yaml`, as Flux does with `valuesFiles`; oldest first. */
  readonly defaults?: readonly ValuesSource[] | undefined;
}

/** Lays the sources of a unit, oldest first, over the defaults of its chart. Without a chart, they are merged alone. */
export function unitValues(chart: LoadedChart | undefined, sources: readonly ValuesSource[], options: ValuesOptions): UnitValues {
  const { reading } = options;
  const problems: RenderProblem[] = [];
  const gaps: Gap[] = [];
  const note = (said: Omit<ReadValues, 'values'>): void => {
    problems.push(...said.problems);
    gaps.push(...said.gaps);
  };
  const given = map();
  for (const source of sources) note(applySource(given, source, reading));
  const instead = options.defaults && map();
  for (const source of options.defaults ?? []) note(applySource(instead ?? map(), source, reading));
  const defaultsOf = (each: LoadedChart): MapValue | undefined => {
    if (each === chart && instead) return instead;
    const read = each.valuesFile && valuesOfFile(each.valuesFile, reading);
    if (read) note(read);
    return read?.values;
  };
  const root = chart && instanceOf(chart, defaultsOf);
  const mismatches: Mismatch[] = [];
  const result = { root, mismatches, problems, gaps };
  if (!root) return { ...result, values: copyOf(given), missing: [] };
  try {
    processDependencies(root, given, reading);
    const noteMismatch = (path: readonly string[], own: Value, fallback: Value) => void mismatches.push({ path, given: own, fallback });
    const values = coalesce(root, given, { reading, keepsNulls: false, note: noteMismatch });
    return { ...result, values, missing: chartsIn(root).flatMap(({ missing }) => missing) };
  } catch (error) {
    if (!(error instanceof CoalesceRefusal)) throw error;
    const [origin = inFile(root.chart.file)] = originsOf(error.value);
    problems.push(failure('other', error.message, origin));
    return { ...result, values: copyOf(given), missing: [] };
  }
}
