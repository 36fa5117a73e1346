import type { Gap, RenderProblem } from '../../../model/render-result.ts';
import { type MapValue, map, originsOf, type Value } from '../value.ts';
import type { LoadedChart, MissingDependency, Reading, ReadValues } from './chart.ts';
import { CoalesceRefusal, coalesce } from './coalesce.ts';
import { type ChartInstance, chartsIn, instanceOf } from './instance.ts';
import { copyOf } from './maps.ts';
import { failure, inFile } from './problems.ts';
import { processDependencies, type RequirementNote } from './requirements.ts';
import { applySource, type ValuesSource, valuesOfFile } from './values-source.ts';

/** One source in the stack of a unit: the defaults of a chart, what a chart imports from its subcharts, or what was given. */
export interface Layer {
  readonly kind: 'defaults' | 'imported' | ValuesSource['kind'];
  /** What people call it: the path of a file, `spec.values`, the name of a parameter. */
  readonly name: string;
  /** Where in the values of the unit its own begin: those of a subchart below its name. */
  readonly at: readonly string[];
  /** What it says. Never changed. */
  readonly values: MapValue;
}

/** What one layer says of a path. */
export interface Setting {
  readonly layer: Layer;
  /** Undefined: it only says something of a path above, by a null, a text or a list, and so cuts off all below. */
  readonly value: Value | undefined;
  /** The value of the longest path that it knows, which is that of `value` where there is one. */
  readonly written: Value;
}

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
  /** What was given to the chart, without its defaults. */
  readonly given: MapValue;
  /** The charts that are on; undefined where there is no chart here. */
  readonly root: ChartInstance | undefined;
  /** Newest first: what was given last, then the defaults of the chart, then those of its subcharts. Worked out when somebody asks. */
  layers(): readonly Layer[];
  /** Dependencies that are on and not here. */
  readonly missing: readonly MissingDependency[];
  readonly mismatches: readonly Mismatch[];
  readonly notes: readonly RequirementNote[];
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
  const newestFirst = (all: readonly ValuesSource[]): Layer[] => all.map((source) => layerOf(source, reading)).reverse();
  const older = () => newestFirst(options.defaults ?? []).map((layer) => ({ ...layer, kind: 'defaults' as const }));
  const layers = () => [...newestFirst(sources), ...(root ? layersIn(root, instead && older()) : [])];
  const result = { given, root, layers, mismatches, problems, gaps };
  if (!root) return { ...result, values: copyOf(given), missing: [], notes: [] };
  try {
    const notes = processDependencies(root, given, reading);
    const noteMismatch = (path: readonly string[], own: Value, fallback: Value) => void mismatches.push({ path, given: own, fallback });
    const values = coalesce(root, given, { reading, keepsNulls: false, note: noteMismatch });
    return { ...result, values, missing: chartsIn(root).flatMap(({ missing }) => missing), notes };
  } catch (error) {
    if (!(error instanceof CoalesceRefusal)) throw error;
    const [origin = inFile(root.chart.file)] = originsOf(error.value);
    problems.push(failure('other', error.message, origin));
    return { ...result, values: copyOf(given), missing: [], notes: [] };
  }
}

function layerOf(source: ValuesSource, reading: Reading): Layer {
  const values = map();
  if (source.kind === 'file') return { kind: 'file', name: source.name, at: [], values: valuesOfFile(source.file, reading).values };
  applySource(values, source, reading);
  return { kind: source.kind, name: source.name, at: [], values };
}

/** The defaults of a chart, then those of its subcharts. */
function layersIn({ chart, own, imported, dependencies, path }: ChartInstance, instead?: readonly Layer[]): Layer[] {
  const at = path.slice(1);
  const layers: Layer[] = [...(instead ?? (chart.valuesFile ? [{ kind: 'defaults' as const, name: chart.valuesFile.path, at, values: own }] : []))];
  if (imported) layers.push({ kind: 'imported', name: 'import-values', at, values: imported });
  return [...layers, ...dependencies.flatMap((dependency) => layersIn(dependency))];
}

/**
 * Which layers say something of a path of `.Values`, newest first: the first one is who set it, the others were
 * overridden. Values that a subchart gets by way of `global` are found where they were written.
 */
export function layersOf({ layers, root }: UnitValues, path: readonly string[]): Setting[] {
  const all = layers();
  return pathsOf(path, root).flatMap((each) =>
    all.flatMap((layer): Setting[] => {
      if (layer.at.some((step, index) => each[index] !== step) || each.length < layer.at.length) return [];
      const setting = settingIn(layer, each.slice(layer.at.length));
      return setting ? [setting] : [];
    }),
  );
}

function settingIn(layer: Layer, path: readonly string[]): Setting | undefined {
  let written: Value = layer.values;
  for (const key of path) {
    if (written.kind !== 'map') return { layer, value: undefined, written };
    const inner = written.entries.get(key);
    if (inner === undefined) return undefined;
    written = inner;
  }
  return { layer, value: written, written };
}

/** The path itself, and before it, those of the globals of charts further up, whose word counts more. */
function pathsOf(path: readonly string[], root: ChartInstance | undefined): (readonly string[])[] {
  const depth = path.indexOf('global');
  if (depth < 1) return [path];
  let at = root;
  for (const name of path.slice(0, depth)) at = at?.dependencies.find((dependency) => dependency.name === name);
  if (!at) return [path];
  return Array.from({ length: depth + 1 }, (_, level) => [...path.slice(0, level), ...path.slice(depth)]);
}
