import type { GivenKey, UnreadKey } from '../../model/chart-values.ts';
import { nearestWord } from '../../text/nearest-word.ts';
import type { LoadedChart } from './chart/chart.ts';
import type { ChartInstance } from './chart/instance.ts';
import type { Lookups } from './lookups.ts';
import type { MapValue } from './value.ts';

/** What charts and deployers may ask for without a template: values for all subcharts, and switches of `Chart.yaml`. */
const RESERVED: ReadonlySet<string> = new Set(['global', 'tags']);

export interface UnreadScene {
  readonly root: ChartInstance;
  /** `.Values` as the templates got it: the very maps that lookups were noted of. */
  readonly values: MapValue;
  readonly lookups: Lookups;
  /** Whether some chart has a default at a path. */
  readonly hasDefault: (path: readonly string[]) => boolean;
  /** Texts besides the charts' own that are rendered as templates. */
  readonly texts: readonly string[];
}

/**
 * The given keys that no template of a chart can be reading. Only those are told whose map is asked for its keys one by
 * one, and by names that stand in the templates: a map that is printed or merged as a whole has no keys of its own.
 */
export function unreadKeys(given: readonly GivenKey[], scene: UnreadScene): UnreadKey[] {
  const words = new Set([...wordsOf(scene.root.chart), ...scene.texts.flatMap(wordsIn)]);
  const isKnown = (key: string): boolean => words.has(key) || !/^[\w-]+$/.test(key);
  const areNamed = new Map<MapValue, boolean>();
  const hasNames = (map: MapValue): boolean => {
    const known = areNamed.get(map) ?? (!scene.lookups.isTaken(map) && [...(scene.lookups.keysOf(map)?.keys() ?? [])].every(isKnown));
    areNamed.set(map, known);
    return known;
  };
  const found: UnreadKey[] = [];
  for (const key of given) {
    if (isExtension(key)) continue;
    const name = key.path.at(-1) ?? '';
    const above = key.path.slice(0, -1);
    const map = mapAt(scene, above);
    if (!map || RESERVED.has(name) || isKnown(name) || !hasNames(map) || scene.lookups.keysOf(map)?.has(name) || scene.hasDefault(key.path)) continue;
    found.push({ ...key, near: nearOf(name, map, scene, above) });
  }
  return found;
}

/** What is written once for aliases to use: it has an anchor, or a name by which people tell such. */
function isExtension({ path, at }: GivenKey): boolean {
  return /^(?:x-|[._])/.test(path.at(-1) ?? '') || /^["']?[ \t]*:[ \t]*&/.test(at.file.text.slice(at.end, at.end + 80));
}

/** The map that holds a key: that of a chart, or one that templates looked into. Undefined where something on the way is not followed. */
function mapAt({ values, lookups, root }: UnreadScene, path: readonly string[]): MapValue | undefined {
  let map = values;
  let chart: ChartInstance | undefined = root;
  for (const key of path) {
    const inner = map.entries.get(key);
    if (RESERVED.has(key) || inner?.kind !== 'map') return undefined;
    chart = chart?.dependencies.find(({ name }) => name === key);
    map = inner;
    if (!chart && !lookups.keysOf(map)) return undefined;
  }
  return map;
}

function nearOf(name: string, map: MapValue, { lookups, hasDefault }: UnreadScene, above: readonly string[]): string | undefined {
  const known = new Set([...(lookups.keysOf(map)?.keys() ?? []), ...[...map.entries.keys()].filter((key) => hasDefault([...above, key]))]);
  return nearestWord(name, [...known]);
}

const ofCharts = new WeakMap<LoadedChart, ReadonlySet<string>>();

/** Every word of the templates of a chart and its subcharts, and of what else may name a key. */
function wordsOf(chart: LoadedChart): ReadonlySet<string> {
  let words = ofCharts.get(chart);
  if (!words) {
    const templated = chart.files.flatMap((file) => file.source()?.text ?? []).filter((text) => text.includes('{{'));
    const templates = chart.templates.flatMap((file) => file.source()?.text ?? []);
    words = new Set([
      ...[chart.file.text, chart.schemaFile?.text ?? '', ...templates, ...templated].flatMap(wordsIn),
      ...chart.metadata.requirements.flatMap(({ name, alias }) => [name, alias]),
      ...chart.dependencies.flatMap((dependency) => [dependency.metadata.name, ...wordsOf(dependency)]),
    ]);
    ofCharts.set(chart, words);
  }
  return words;
}

function wordsIn(text: string): string[] {
  return text.match(/[\w-]+/g)?.flatMap((word) => (word.includes('-') ? [word, ...word.split('-')] : word)) ?? [];
}
