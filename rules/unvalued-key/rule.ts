import {
  type App,
  chartTwinsOf,
  defineRule,
  type Field,
  givenPaths,
  isBlank,
  lacking,
  lineKeyOf,
  linesOf,
  type Origin,
  placeholderIn,
  type Setting,
  settingTwinsOf,
  type Variant,
  waysOf,
} from '../../src/rule/index.ts';

export default defineRule({
  id: 'unvalued-key',
  meta: {
    summary: 'Disallow settings that hold a placeholder, or nothing where sibling environments have a value',
    category: 'parity',
    severity: 'error',
    ladder: 'laddered',
    preset: 'recommended',
    mayBePending: true,
    since: '0.1.0',
    hint: 'Give it a value; where that is to come, say who brings it: "# gitops-lint-pending: owner, reason".',
    messages: {
      placeholder: '"{{key}}" holds a placeholder',
      blank: '"{{key}}" has no value',
    },
  },
  create({ report }) {
    return {
      app(app) {
        for (const { messageId, name, wrong, having } of valuesOf(app).flatMap((twins) => mistakesIn(app, twins))) {
          const [example] = having;
          for (const [first, ...others] of linesOf(wrong, ({ at }) => at)) {
            report({
              messageId,
              data: { key: name },
              at: first.at,
              variants: [first, ...others].map(({ variant }) => variant),
              comparedWith: having.map(({ variant }) => variant),
              ...(first.about && { about: first.about }),
              ...(first.inside && { inside: first.inside }),
              related: example ? [{ at: example.at, message: `the value for ${example.variant.environment.name}` }] : [],
              // What is empty may be meant to be.
              ...(messageId === 'blank' && { atMost: 'warning' }),
            });
          }
        }
      },
    };
  },
});

/** A value of one variant, whatever it is given by. */
interface Value {
  readonly variant: Variant;
  readonly name: string;
  readonly text: string;
  /** Undefined where empty is a value, as it is for many a chart. */
  readonly isBlank: boolean | undefined;
  readonly at: Origin;
  readonly about: Field | undefined;
  readonly inside: readonly string[] | undefined;
}

interface Mistake {
  readonly messageId: 'placeholder' | 'blank';
  readonly name: string;
  readonly wrong: readonly Value[];
  readonly having: readonly Value[];
}

/** What charts are given, and what else programs are: of what a chart prints, its values tell. */
function valuesOf(app: App): Value[][] {
  const given = valuesOfCharts(app);
  const places = new Set(given.flat().map(({ at }) => lineKeyOf(at)));
  const others = settingTwinsOf(app).map((twins) => twins.map(valueOfSetting).filter(({ at }) => !places.has(lineKeyOf(at))));
  return [...given, ...others];
}

function valueOfSetting(setting: Setting): Value {
  const { variant, name, value, at, about, inside } = setting;
  const isPrinted = at.how.startsWith('helm');
  return { variant, name, text: value.text, isBlank: isBlank(setting) ? (isPrinted ? undefined : true) : false, at, about, inside };
}

function valuesOfCharts(app: App): Value[][] {
  return chartTwinsOf(app).flatMap((twins) =>
    givenPaths(twins).map((path) =>
      [...twins].flatMap(([variant, values]): Value[] => {
        const value = values.at(path);
        if (value?.kind !== 'text' || !value.origin) return [];
        return [
          { variant, name: path.join('.'), text: value.text, isBlank: value.isEmpty ? undefined : false, at: value.origin, about: undefined, inside: path },
        ];
      }),
    ),
  );
}

function mistakesIn(app: App, twins: readonly Value[]): Mistake[] {
  const [first] = twins;
  if (!first) return [];
  const { name } = first;
  const having = twins.filter(({ text, isBlank }) => isBlank === false && placeholderIn(text) === 'no');
  const isBefore = waysOf(app.variants.map(({ environment }) => environment));
  const isValuedLater = (value: Value) => having.some(({ variant }) => isBefore(value.variant.environment, variant.environment));
  const isMeant = (text: string) => placeholderIn(text) === 'yes' || (placeholderIn(text) === 'perhaps' && having.length > 0);
  // Where all later environments have a value of their own, the earlier ones go without: nobody waits for it.
  const placeholders = linesOf(
    twins.filter(({ text }) => isMeant(text)),
    ({ at }) => at,
  ).flatMap((line) => (line.every(isValuedLater) ? [] : line));
  const blank = having.length > 0 ? blankIn(app, twins, having) : [];
  return [
    ...(placeholders.length > 0 ? [{ messageId: 'placeholder', name, wrong: placeholders, having } as const] : []),
    ...(blank.length > 0 ? [{ messageId: 'blank', name, wrong: blank, having } as const] : []),
  ];
}

function blankIn(app: App, twins: readonly Value[], having: readonly Value[]): Value[] {
  const blank = twins.filter(({ isBlank }) => isBlank === true);
  if (blank.length === 0) return [];
  const variantsOf = (values: readonly Value[]) => new Set(values.map(({ variant }) => variant));
  const [full, empty] = [variantsOf(having), variantsOf(blank)];
  const { lacking: wrong } = lacking(app.variants, (variant) => (full.has(variant) ? 'yes' : empty.has(variant) ? 'no' : 'unknown'));
  return blank.filter(({ variant }) => wrong.includes(variant));
}
