import {
  type ChartTwins,
  type ChartValue,
  chartTwinsOf,
  classOf,
  defineRule,
  givenPaths,
  isUnfilled,
  linesOf,
  type Origin,
  type Variant,
} from '../../src/rule/index.ts';

export default defineRule({
  id: 'mismatched-value-type',
  meta: {
    summary: 'Disallow Helm values that are of another type than in sibling environments, or than the chart has them',
    category: 'parity',
    severity: 'warning',
    ladder: 'laddered',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Write the value as the others do.',
    messages: {
      other: '"{{key}}" is {{kind}}, and elsewhere {{others}}',
      quoted: '"{{key}}" is the text "{{text}}", which templates take for true, and elsewhere a boolean',
      clash: '"{{key}}" is {{kind}}, and the chart has {{others}} there',
    },
  },
  create({ report }) {
    return {
      app(app) {
        for (const { path, ...odd } of chartTwinsOf(app).flatMap(oddsIn)) {
          const [example] = odd.others;
          for (const places of linesOf(odd.places, ({ at }) => at)) {
            const [{ value, at }] = places;
            const where = {
              at,
              variants: places.map(({ variant }) => variant),
              comparedWith: odd.others.map(({ variant }) => variant),
              related: [{ at: example.at, message: `${kindOf(example.value)} for ${example.variant.environment.name}` }],
            };
            const key = path.join('.');
            if (odd.isQuoted) report({ messageId: 'quoted', data: { key, text: value.text }, ...where });
            else report({ messageId: 'other', data: { key, kind: kindOf(value), others: kindOf(example.value) }, ...where });
          }
        }
      },
      variant({ charts }) {
        for (const { path, given, fallback } of charts.flatMap(({ clashes }) => clashes)) {
          if (!given.origin || given.isEmpty || fallback.isEmpty) continue;
          const related = fallback.origin ? [{ at: fallback.origin, message: 'what the chart has' }] : [];
          report({ messageId: 'clash', data: { key: path.join('.'), kind: kindOf(given), others: kindOf(fallback) }, at: given.origin, related });
        }
      },
    };
  },
});

interface Place {
  readonly variant: Variant;
  readonly value: ChartValue;
  readonly at: Origin;
}

type Places = readonly [Place, ...Place[]];

interface Odd {
  readonly path: readonly string[];
  readonly places: Places;
  readonly others: Places;
  /** A boolean within quotes, of which a condition makes another one. */
  readonly isQuoted: boolean;
}

/** Names and versions are written as a number by chance. */
const FREE = /(?:tag|version|revision|release|sha|digest|commit|hash|id|name|user|password|secret|token|key|code|port)s?$/i;

function oddsIn(twins: ChartTwins): Odd[] {
  return givenPaths(twins).flatMap((path) => oddIn(path, twins) ?? []);
}

/** Those that have a value otherwise than at least two others, who agree. */
function oddIn(path: readonly string[], twins: ChartTwins): Odd | undefined {
  const all = [...twins].flatMap(([variant, values]): Place[] => {
    const value = values.at(path);
    return value?.origin && !value.isEmpty && !isUnfilled(value.text) ? [{ variant, value, at: value.origin }] : [];
  });
  const quoted = all.filter(({ value, variant }) => isQuotedNo(value) && twins.get(variant)?.needOf(path) === 'condition');
  const booleans = all.filter(({ value }) => value.kind === 'bool');
  if (isFilled(quoted) && isFilled(booleans)) return { places: quoted, others: booleans, isQuoted: true, path };
  const byKind = new Map<string, Place[]>();
  for (const place of all) byKind.set(kindOf(place.value), [...(byKind.get(kindOf(place.value)) ?? []), place]);
  const [few = [], most = []] = [...byKind.values()].sort((a, b) => a.length - b.length);
  if (byKind.size !== 2 || FREE.test(path.at(-1) ?? '') || !isFilled(few) || !isFilled(most)) return undefined;
  const areFew = most.length > 1 && few.length * 2 <= most.length;
  return areFew && isApart(few[0].value, most[0].value) ? { places: few, others: most, isQuoted: false, path } : undefined;
}

function isQuotedNo({ kind, text }: ChartValue): boolean {
  return kind === 'text' && /^(?:false|no|off)$/i.test(text);
}

function isFilled(places: readonly Place[]): places is Places {
  return places.length > 0;
}

/** Whether nothing reads both: `0` is a duration too, `500m` and `1Gi` are quantities as numbers are, and a place can be a path or a URL. */
function isApart(few: ChartValue, most: ChartValue): boolean {
  const kinds = [kindOf(few), kindOf(most)];
  if (kinds[1] === 'a text' || (kinds.includes('a URL') && kinds.includes('a text'))) return false;
  if (!kinds.includes('a number')) return true;
  return !kinds.includes('a size') && ![few, most].some(({ kind, text }) => /^(?:0+|\d+m)$/.test(text) && kind !== 'map');
}

function kindOf({ kind, text }: ChartValue): string {
  if (kind === 'map') return 'a map';
  if (kind === 'list') return 'a list';
  return classOf(text);
}
