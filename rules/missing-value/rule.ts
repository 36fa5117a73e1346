import {
  type App,
  type ChartTwins,
  type ChartValues,
  chartTwinsOf,
  defineRule,
  type GivenKey,
  givenPaths,
  isSaidToStayBelow,
  isSlip,
  lacking,
  type Origin,
  type Variant,
} from '../../src/rule/index.ts';

export default defineRule({
  id: 'missing-value',
  meta: {
    summary: 'Disallow Helm values that sibling environments set, the chart asks for, and one lacks',
    category: 'parity',
    severity: 'error',
    ladder: 'laddered',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Set the key where it is missing; where the difference is meant, give the chart a default for it.',
    messages: {
      missing: 'The value "{{key}}", which the chart prints, is not given',
      blank: 'The value "{{key}}", which the chart prints, is empty',
      misspelled: 'The chart does not ask for "{{key}}", but for "{{near}}"',
      unset: 'The value "{{key}}", on which a condition of the chart hangs, is not given',
    },
  },
  create({ report }) {
    return {
      app(app) {
        for (const { path, at, wrong, having, kind, related, near } of chartTwinsOf(app).flatMap((twins) => missingIn(app, twins))) {
          const places = { at, variants: wrong, comparedWith: having, related };
          if (near !== undefined) {
            report({ messageId: 'misspelled', data: { key: path.join('.'), near }, ...places });
            continue;
          }
          report({ messageId: kind, data: { key: path.join('.') }, ...places, ...(kind !== 'missing' && { atMost: 'warning' }) });
        }
      },
    };
  },
});

interface Missing {
  readonly path: readonly string[];
  readonly at: Origin;
  readonly wrong: readonly Variant[];
  readonly having: readonly Variant[];
  readonly kind: 'missing' | 'blank' | 'unset';
  /** The key that was meant, where it is there with a slip of the pen. */
  readonly near?: string;
  readonly related: readonly { readonly at: Origin; readonly message: string }[];
}

/** What is given to one environment alone by design: where its Pods run, and what others are to know of them. */
const MAY_DIFFER =
  /^(?:resources|(?:global)?(?:affinity|tolerations|nodeSelector)|topologySpreadConstraints|priorityClass(?:Name)?|debug|\w*[aA]nnotations|\w*[lL]abels)$/;

function missingIn(app: App, twins: ChartTwins): Missing[] {
  return givenPaths(twins).flatMap((path): Missing[] => {
    if (path.some((step) => MAY_DIFFER.test(step))) return [];
    const { lacking: wrong, having } = lacking(app.variants, (variant) => presenceOf(path, twins.get(variant)));
    const [holder] = having.flatMap((variant) => twins.get(variant) ?? []);
    const at = holder?.given.find((key) => isAt(key, path))?.at;
    if (!at || wrong.length === 0 || isSaidToStayBelow(at)) return [];
    const slips = wrong.flatMap((variant): Missing[] => {
      const slip = slipOf(
        path,
        twins.get(variant),
        having.flatMap((one) => twins.get(one) ?? []),
      );
      const related = [{ at, message: 'as others have it' }];
      return slip ? [{ path: slip.path, near: path.join('.'), at: slip.at, wrong: [variant], having, kind: 'missing', related }] : [];
    });
    const others = wrong.filter((variant) => slips.every((slip) => !slip.wrong.includes(variant)));
    if (others.length === 0) return slips;
    const lackings = others.flatMap((variant) => twins.get(variant) ?? []);
    const isPrinted = lackings.some((values) => values.needOf(path) === 'output');
    // What a condition asks of a flag or of a block of settings is whether they are there.
    if (!isPrinted && !having.every((variant) => ['text', 'number'].includes(twins.get(variant)?.at(path)?.kind ?? ''))) return slips;
    const hasBlank = lackings.every((values) => values.at(path) !== undefined);
    const related = others.flatMap((variant) => placesFor(path, variant, twins.get(variant)));
    return [...slips, { path, at, wrong: others, having, kind: !isPrinted ? 'unset' : hasBlank ? 'blank' : 'missing', related }];
  });
}

function isAt(key: GivenKey, path: readonly string[]): boolean {
  return key.path.length === path.length && key.path.every((step, index) => step === path[index]);
}

/** A key that the chart does not read, beside where one belongs and with nearly its name; none of those who have that has it. */
function slipOf(path: readonly string[], values: ChartValues | undefined, having: readonly ChartValues[]): GivenKey | undefined {
  const beside = (key: GivenKey) => isAt(key, [...path.slice(0, -1), key.path.at(-1) ?? '']) && isSlip(key.path.at(-1) ?? '', path.at(-1) ?? '');
  return values?.given.find(
    (key) => beside(key) && values.needOf(key.path) === 'none' && having.every(({ given }) => !given.some((other) => isAt(other, key.path))),
  );
}

/** A chart that does not ask for a key does not miss it; and of a key that has no map, the map is missing. */
function presenceOf(path: readonly string[], values: ChartValues | undefined): 'yes' | 'no' | 'unknown' {
  if (!values) return 'unknown';
  const value = values.at(path);
  if (value && !value.isEmpty) return 'yes';
  if (isOff(path, values)) return 'unknown';
  const need = values.needOf(path);
  if (value) return need === 'output' && value.kind !== 'list' && value.kind !== 'map' ? 'no' : 'unknown';
  return need === 'none' ? 'unknown' : 'no';
}

/** Of a part that is switched off, nothing else is needed. */
function isOff(path: readonly string[], values: ChartValues): boolean {
  return path.some((_, index) => values.at([...path.slice(0, index), 'enabled'])?.text === 'false');
}

/** Where the key is to be added: behind the last one of its map that the variant is given, else at the map itself. */
function placesFor(path: readonly string[], { environment }: Variant, values: ChartValues | undefined): Missing['related'] {
  const message = `the key belongs here for ${environment.name}`;
  for (let depth = path.length - 1; depth >= 0; depth -= 1) {
    const above = path.slice(0, depth).join('\0');
    const beside = (values?.given ?? []).filter((key) => key.path.length === depth + 1 && key.path.slice(0, depth).join('\0') === above);
    const last = beside.reduce<Origin | undefined>((found, { at }) => (!found || at.file !== found.file || at.start > found.start ? at : found), undefined);
    if (last) return [{ at: last, message }];
  }
  return [];
}
