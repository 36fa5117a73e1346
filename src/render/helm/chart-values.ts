import type { ChartValue, ChartValues, GivenKey, KeyNeed, UnreadKey } from '../../model/chart-values.ts';
import type { Origin } from '../../tree/node.ts';
import type { Reading } from './chart/chart.ts';
import type { ChartInstance } from './chart/instance.ts';
import { valueAt } from './chart/maps.ts';
import type { UnitValues } from './chart/values-layer.ts';
import type { ValuesSource } from './chart/values-source.ts';
import { givenKeys } from './given-keys.ts';
import { shownText } from './go-template/format/value.ts';
import type { Lookups } from './lookups.ts';
import { unreadKeys } from './unread-keys.ts';
import { type MapValue, originsOf, type Value } from './value.ts';

/** What a render knows of its values. */
export interface ValuesScene {
  readonly release: string;
  /** Oldest first, without what the chart has of its own. */
  readonly sources: readonly ValuesSource[];
  readonly unit: UnitValues;
  readonly reading: Reading;
  /** What templates did with the values; undefined where none was run, or not all of them. */
  readonly run?: { readonly values: MapValue; readonly lookups: Lookups } | undefined;
}

/** The values of a unit as rules ask for them. All is worked out when somebody asks. */
export function chartValuesOf(scene: ValuesScene): ChartValues {
  const { unit, run } = scene;
  let given: readonly GivenKey[] | undefined;
  let unread: readonly UnreadKey[] | undefined;
  const values: ChartValues = {
    release: scene.release,
    isRead: run !== undefined,
    get given() {
      given ??= givenKeys(scene.sources, scene.reading);
      return given;
    },
    at: (path) => chartValue(valueAt(unit.values, path)),
    needOf: (path) => needOf(scene, path),
    get unread() {
      const { root } = unit;
      unread ??=
        run && root ? unreadKeys(values.given, { ...run, root, hasDefault: (path) => defaultIn(root, path) !== undefined, texts: textsOf(scene) }) : [];
      return unread;
    },
    get clashes() {
      return unit.mismatches.flatMap(({ path, given: own, fallback }) => {
        const [left, right] = [chartValue(own), chartValue(fallback)];
        return left && right ? { path, given: left, fallback: right } : [];
      });
    },
  };
  return values;
}

/** Of the chart itself, else of the subchart that the path leads into. */
function defaultIn({ defaults, dependencies }: ChartInstance, path: readonly string[]): Value | undefined {
  const own = valueAt(defaults, path);
  if (own) return own;
  const [name, ...inner] = path;
  const subchart = dependencies.find((dependency) => dependency.name === name);
  return subchart && inner.length > 0 ? defaultIn(subchart, inner) : undefined;
}

function needOf({ run }: ValuesScene, path: readonly string[]): KeyNeed {
  const map = run && valueAt(run.values, path.slice(0, -1));
  return (map?.kind === 'map' && run?.lookups.keysOf(map)?.get(path.at(-1) ?? '')) || 'none';
}

/** Values that are rendered themselves may name others. */
function textsOf({ unit }: ValuesScene): string[] {
  const found: string[] = [];
  const visit = (value: Value): void => {
    if (value.kind === 'string' && value.text.includes('{{')) found.push(value.text);
    if (value.kind === 'map') for (const inner of value.entries.values()) visit(inner);
    if (value.kind === 'list') value.items.forEach(visit);
  };
  visit(unit.values);
  return found;
}

function chartValue(value: Value | undefined): ChartValue | undefined {
  if (!value) return undefined;
  const origin = originOf(value);
  switch (value.kind) {
    case 'map':
      return { kind: 'map', text: '', isEmpty: value.entries.size === 0, origin };
    case 'list':
      return { kind: 'list', text: '', isEmpty: value.items.length === 0, origin };
    case 'string':
      return { kind: 'text', text: value.text, isEmpty: value.text === '', origin };
    case 'bool':
      return { kind: 'bool', text: String(value.value), isEmpty: false, origin };
    case 'int':
    case 'float':
      return { kind: 'number', text: shownText(value).text, isEmpty: false, origin };
    case 'nil':
      return { kind: 'null', text: '', isEmpty: true, origin };
    default:
      return undefined;
  }
}

function originOf(value: Value): Origin | undefined {
  return originsOf(value)[0];
}
