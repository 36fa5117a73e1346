import { type MapValue, map } from '../value.ts';
import type { LoadedChart, MissingDependency, Requirement } from './chart.ts';

/** A chart in one unit: under its alias, with the subcharts that are on, and defaults that import-values may have changed. */
export interface ChartInstance {
  readonly chart: LoadedChart;
  /** Its alias, or its own name. */
  readonly name: string;
  /** The names from the root down to this one. */
  readonly path: readonly string[];
  /**
   * What its `values.yaml` says, which is shared, so whoever changes it copies first; or that with what it imported, and then with the
   * defaults of its subcharts.
   */
  defaults: MapValue;
  requirements: readonly Requirement[];
  dependencies: readonly ChartInstance[];
  /** Dependencies that are on and not here. */
  missing: readonly MissingDependency[];
}

/** The values of a `values.yaml`, or of what a deployer takes instead. */
export type DefaultsOf = (chart: LoadedChart) => MapValue | undefined;

/** A chart and all of its subcharts as they lie there, before anything is known of values. */
export function instanceOf(chart: LoadedChart, defaultsOf: DefaultsOf, outer: readonly string[] = [], name: string = chart.metadata.name): ChartInstance {
  const path = [...outer, name];
  return {
    chart,
    name,
    path,
    defaults: defaultsOf(chart) ?? map(),
    requirements: chart.metadata.requirements,
    dependencies: chart.dependencies.map((dependency) => instanceOf(dependency, defaultsOf, path)),
    missing: chart.missing,
  };
}

/** The chart and its subcharts, from the top down. */
export function chartsIn(instance: ChartInstance): ChartInstance[] {
  return [instance, ...instance.dependencies.flatMap(chartsIn)];
}
