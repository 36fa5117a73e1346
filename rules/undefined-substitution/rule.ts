import { type App, defineRule, lacking, nearestWord, type Origin, type UnsetVariable, type Variant } from '../../src/rule/index.ts';

export default defineRule({
  id: 'undefined-substitution',
  meta: {
    summary: 'Disallow variables of Flux that nothing gives to a cluster',
    category: 'deployers',
    severity: 'error',
    ladder: 'flat',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Give the variable in "postBuild", write a default for it, or write "$$" for a "$" that is meant as it stands.',
    messages: {
      unset: 'Nothing gives the variable "{{name}}", and an empty text takes its place{{near}}',
      inText: 'Nothing gives the variable "{{name}}", and it is gone from this text{{near}}',
      unlike: 'Nothing known gives the variable "{{name}}", which siblings are given{{near}}',
    },
  },
  create({ isExternal, report }) {
    return {
      app(app) {
        for (const name of new Set(app.variants.flatMap(({ filledIn }) => filledIn?.unset.map((unset) => unset.name) ?? []))) {
          const isMissed = (variant: Variant) => unsetIn(name, variant) !== undefined && !isExternal({ variable: name }, variant);
          const { closed, unlike } = missing(name, app, isMissed);
          for (const variant of [...closed, ...unlike]) {
            const unset = unsetIn(name, variant);
            if (!unset) continue;
            const givers = app.variants.filter((other) => gives(name, other));
            const data = { name, near: nearOf(name, variant) };
            const places = { at: unset.at, variants: [variant], comparedWith: givers, related: relatedTo(name, variant, givers) };
            if (unlike.includes(variant)) report({ messageId: 'unlike', data, ...places, atMost: 'warning' });
            else if (unset.isInBlock && givers.length === 0) report({ messageId: 'inText', data, ...places, atMost: 'warning' });
            else report({ messageId: 'unset', data, ...places });
          }
        }
      },
    };
  },
});

/** Where all sources are here, what they do not give is missing; where not, only what siblings with the same sources are given beside them. */
function missing(
  name: string,
  app: App,
  isMissed: (variant: Variant) => boolean,
): { readonly closed: readonly Variant[]; readonly unlike: readonly Variant[] } {
  const isClosed = ({ filledIn }: Variant) => filledIn?.elsewhere.length === 0;
  const closed = app.variants.filter((variant) => isMissed(variant) && isClosed(variant));
  const hasTwin = (variant: Variant) => app.variants.some((other) => gives(name, other) && hasSourcesOf(variant, other));
  const presenceOf = (variant: Variant) => {
    if (gives(name, variant)) return 'yes';
    return isMissed(variant) && !isClosed(variant) && hasTwin(variant) ? 'no' : 'unknown';
  };
  return { closed, unlike: lacking(app.variants, presenceOf).lacking };
}

function unsetIn(name: string, { filledIn }: Variant): UnsetVariable | undefined {
  return filledIn?.unset.find((unset) => unset.name === name);
}

function gives(name: string, { filledIn }: Variant): boolean {
  return filledIn?.variables.has(name) === true;
}

/** Whether another one has all the sources that are not known of this one: there they do not give the variable. */
function hasSourcesOf({ filledIn }: Variant, other: Variant): boolean {
  return filledIn?.elsewhere.every((source) => other.filledIn?.elsewhere.includes(source)) === true;
}

function nearOf(name: string, { filledIn }: Variant): string {
  const near = nearestWord(name, [...(filledIn?.variables.keys() ?? [])]);
  return near === undefined ? '' : `; "${near}" is given`;
}

function relatedTo(name: string, { environment, filledIn }: Variant, givers: readonly Variant[]): { readonly at: Origin; readonly message: string }[] {
  const given = givers.flatMap((giver) => giver.filledIn?.variables.get(name)?.origin ?? []).slice(0, 1);
  return [
    ...(filledIn ? [{ at: filledIn.at, message: `the variable belongs here${environment.name ? ` for ${environment.name}` : ''}` }] : []),
    ...given.map((at) => ({ at, message: 'a sibling is given it here' })),
  ];
}
