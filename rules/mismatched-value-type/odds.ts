import {
  type App,
  type ChartTwins,
  type ChartValue,
  chartTwinsOf,
  classOf,
  type Field,
  givenPaths,
  groupBy,
  isBlank,
  isUnfilled,
  type Origin,
  placeholderIn,
  settingTwinsOf,
  type Variant,
} from '../../src/rule/index.ts';

/** One value in one variant. */
export interface Place {
  readonly variant: Variant;
  readonly value: Pick<ChartValue, 'kind' | 'text'>;
  readonly at: Origin;
  readonly about?: Field | undefined;
  readonly inside?: readonly string[] | undefined;
}

type Places = readonly [Place, ...Place[]];

/** Values that are not what the others are. */
export interface Odd {
  readonly name: string;
  readonly places: Places;
  readonly others: Places;
  /** A boolean within quotes, of which a condition makes another one. */
  readonly isQuoted: boolean;
}

/** Those of the values of charts, and of all else that programs are given: of what a chart prints, its values tell. */
export function oddsIn(app: App): Odd[] {
  const ofCharts = chartTwinsOf(app).flatMap((twins) => givenPaths(twins).flatMap((path) => oddInCharts(path, twins) ?? []));
  return [...ofCharts, ...oddsInSettings(app)];
}

function oddInCharts(path: readonly string[], twins: ChartTwins): Odd | undefined {
  const all = [...twins].flatMap(([variant, values]): Place[] => {
    const value = values.at(path);
    return value?.origin && !value.isEmpty ? [{ variant, value, at: value.origin }] : [];
  });
  const name = path.join('.');
  const quoted = all.filter(({ value, variant }) => isQuotedNo(value) && twins.get(variant)?.needOf(path) === 'condition');
  const booleans = all.filter(({ value }) => value.kind === 'bool');
  if (isFilled(quoted) && isFilled(booleans)) return { name, places: quoted, others: booleans, isQuoted: true };
  return oddIn(name, all);
}

function oddsInSettings(app: App): Odd[] {
  return settingTwinsOf(app).flatMap((twins) => {
    const all = twins
      .filter((setting) => !setting.at.how.startsWith('helm') && !isBlank(setting) && placeholderIn(setting.value.text) === 'no')
      .map(({ variant, value, at, about, inside }): Place => ({ variant, value: { kind: 'text', text: value.text }, at, about, inside }));
    return oddIn(twins[0]?.name ?? '', all) ?? [];
  });
}

/** Names and versions are written as a number by chance. */
const FREE = /(?:tag|version|revision|release|sha|digest|commit|hash|id|name|user|password|secret|token|key|code|port)s?$/i;

/** Those that have a value otherwise than at least two others, who agree. */
function oddIn(name: string, values: readonly Place[]): Odd | undefined {
  if (FREE.test(name)) return undefined;
  const filled = values.filter(({ value }) => !isUnfilled(value.text));
  const kinds = [...groupBy(filled, ({ value }) => kindOf(value)).values()];
  const [few, most] = kinds.sort((a, b) => a.length - b.length);
  if (!few || !most || kinds.length !== 2) return undefined;
  const areFew = most.length > 1 && few.length * 2 <= most.length;
  return areFew && isApart(few[0].value, most[0].value) ? { name, places: few, others: most, isQuoted: false } : undefined;
}

function isQuotedNo({ kind, text }: Place['value']): boolean {
  return kind === 'text' && /^(?:false|no|off)$/i.test(text);
}

function isFilled(places: readonly Place[]): places is Places {
  return places.length > 0;
}

/** Whether nothing reads both: `0` is a duration too, `500m` and `1Gi` are quantities as numbers are, and a place can be a path or a URL. */
function isApart(few: Place['value'], most: Place['value']): boolean {
  const kinds = [kindOf(few), kindOf(most)];
  if (kinds[1] === 'a text' || (kinds.includes('a URL') && kinds.includes('a text'))) return false;
  if (!kinds.includes('a number')) return true;
  return !kinds.includes('a size') && ![few, most].some(({ kind, text }) => /^(?:0+|\d+m)$/.test(text) && kind !== 'map');
}

/** What a value is, for people. */
export function kindOf({ kind, text }: Place['value']): string {
  if (kind === 'map') return 'a map';
  if (kind === 'list') return 'a list';
  return classOf(text);
}
