import { type MapValue, map } from '../value.ts';
import type { MissingDependency, Reading, Requirement } from './chart.ts';
import { type CoalesceOptions, coalesce } from './coalesce.ts';
import { isCompatible } from './compatible.ts';
import { type ChartInstance, chartsIn } from './instance.ts';
import { fillUp, valueAt } from './maps.ts';

/**
 * Settles which subcharts of a unit are on, under which names, and what the charts import from them. The instance is
 * changed. (Helm, `pkg/chartutil/dependencies.go`.)
 */
export function processDependencies(root: ChartInstance, given: MapValue, reading: Reading): void {
  settle(root, given, '', reading);
  const isAll = isOdd(given, false) || chartsIn(root).some(({ defaults }) => isOddDefault(defaults, false));
  importValues(root, isAll, reading);
}

/** Gives subcharts their aliases, and takes out what is off. A chart without requirements keeps all of its subcharts. */
function settle(instance: ChartInstance, given: MapValue, path: string, reading: Reading): void {
  const { requirements, dependencies } = instance;
  if (requirements.length === 0) return;
  const isMeant = (dependency: ChartInstance, { name, version }: Requirement): boolean =>
    dependency.chart.metadata.name === name && isCompatible(version, dependency.chart.metadata.version);
  const found = dependencies.filter((dependency) => !requirements.some((requirement) => isMeant(dependency, requirement)));
  for (const requirement of requirements) {
    const dependency = dependencies.find((candidate) => isMeant(candidate, requirement));
    if (dependency) found.push(renamed(dependency, requirement.alias || dependency.name, instance.path));
  }
  instance.dependencies = found;
  // The values are asked by conditions and tags only: those of the chart, and those of charts below.
  const isAsked =
    requirements.some(({ condition, tags }) => condition !== '' || tags.length > 0) ||
    found.some((dependency) => dependency.requirements.length > 0) ||
    mayClash(instance, [given]);
  const values = isAsked ? coalesce(instance, given, { reading, keepsNulls: false }) : given;
  const off = new Set(requirements.filter((requirement) => !isOn(requirement, values, path)).map(nameOf));
  instance.dependencies = found.filter(({ name }) => !off.has(name));
  instance.requirements = requirements.flatMap((requirement) => (off.has(nameOf(requirement)) ? [] : [{ ...requirement, name: nameOf(requirement) }]));
  instance.missing = instance.missing.filter(({ requirement }: MissingDependency) => !off.has(nameOf(requirement)));
  for (const dependency of instance.dependencies) settle(dependency, values, `${path}${dependency.name}.`, reading);
}

function nameOf({ alias, name }: Requirement): string {
  return alias || name;
}

/** The chart under another name, its subcharts with it; one chart may stand under several. */
function renamed(instance: ChartInstance, name: string, outer: readonly string[]): ChartInstance {
  const path = [...outer, name];
  const missing = instance.missing.map((dependency) => ({ ...dependency, of: path }));
  return { ...instance, name, path, missing, dependencies: instance.dependencies.map((inner) => renamed(inner, inner.name, path)) };
}

/** A condition decides before tags do; of the paths of a condition, the first one that leads to a boolean. */
function isOn(requirement: Requirement, values: MapValue, path: string): boolean {
  for (const condition of requirement.condition.trim().split(',')) {
    if (condition === '') continue;
    const value = valueAt(values, `${path}${condition}`.split('.'));
    if (value?.kind === 'bool') return value.value;
  }
  const tags = values.entries.get('tags');
  if (tags?.kind !== 'map') return true;
  const set = requirement.tags.flatMap((tag) => {
    const value = tags.entries.get(tag);
    return value?.kind === 'bool' ? [value.value] : [];
  });
  return set.length === 0 || set.includes(true);
}

/** From the bottom up, so that what was imported can be imported again. `isAll`: no chart may be passed over. */
function importValues(instance: ChartInstance, isAll: boolean, reading: Reading): void {
  for (const dependency of instance.dependencies) importValues(dependency, isAll, reading);
  if (instance.requirements.length === 0) return;
  // Without imports the defaults come out as they were, as a rule.
  const imports = instance.requirements.some((requirement) => requirement.importValues.length > 0);
  if (!isAll && !imports && !chartsIn(instance).some(({ defaults }) => isOddDefault(defaults, true)) && !mayClash(instance, [])) return;
  const options: CoalesceOptions = { reading, keepsNulls: true };
  const values = coalesce(instance, map(), options);
  const imported = map();
  for (const requirement of instance.requirements) {
    for (const { child, parent } of requirement.importValues) {
      const table = valueAt(values, [requirement.name, ...child.split('.')]);
      if (table?.kind === 'map') fillUp(imported, placedAt(parent, table), { keepsNulls: true });
    }
  }
  fillUp(values, imported, { keepsNulls: true });
  instance.defaults = values;
}

/** Whether something else than a map stands under the name of a subchart, which may be refused. */
function mayClash({ dependencies, defaults }: ChartInstance, given: readonly MapValue[]): boolean {
  const sources = [...given, defaults];
  return dependencies.some((dependency) => {
    const own = sources.flatMap(({ entries }) => entries.get(dependency.name) ?? []);
    const maps = own.filter((value) => value.kind === 'map');
    return maps.length < own.length || mayClash(dependency, maps);
  });
}

const oddDefaults = { withNulls: new WeakMap<MapValue, boolean>(), withoutNulls: new WeakMap<MapValue, boolean>() };

/** Defaults are shared by all units of a chart: they are looked through once. */
function isOddDefault(defaults: MapValue, countsNulls: boolean): boolean {
  const all = countsNulls ? oddDefaults.withNulls : oddDefaults.withoutNulls;
  const known = all.get(defaults) ?? isOdd(defaults, countsNulls);
  all.set(defaults, known);
  return known;
}

/** Whether there is something that comes out otherwise when defaults are merged twice: a null, or a `global` that is no map. */
function isOdd({ entries }: MapValue, countsNulls: boolean): boolean {
  for (const [key, value] of entries) {
    if (value.kind === 'map' ? isOdd(value, countsNulls) : key === 'global' || (countsNulls && value.kind === 'nil')) return true;
  }
  return false;
}

function placedAt(path: string, table: MapValue): MapValue {
  if (path === '.') return table;
  return path.split('.').reduceRight((inner, key) => map([[key, inner]]), table);
}
