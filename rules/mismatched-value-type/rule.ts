import { defineRule, linesOf } from '../../src/rule/index.ts';
import { kindOf, oddsIn } from './odds.ts';

export default defineRule({
  id: 'mismatched-value-type',
  meta: {
    summary: 'Disallow settings and Helm values that are of another type than in sibling environments, or than the chart has them',
    category: 'parity',
    severity: 'warning',
    ladder: 'laddered',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Write the value as the others do.',
    messages: {
      other: '"{{key}}", which is {{others}} elsewhere, is {{kind}}',
      quoted: '"{{key}}", which is a boolean elsewhere, is the text "{{text}}" and so counts as true',
      clash: '"{{key}}" is {{kind}}, and the chart has {{others}} there',
    },
  },
  create({ report }) {
    return {
      app(app) {
        for (const { name, places: all, others, isQuoted } of oddsIn(app)) {
          const [example] = others;
          for (const places of linesOf(all, ({ at }) => at)) {
            const [{ value, at, about, inside }] = places;
            const where = {
              at,
              ...(about && { about }),
              ...(inside && { inside }),
              variants: places.map(({ variant }) => variant),
              comparedWith: others.map(({ variant }) => variant),
              related: [{ at: example.at, message: `${kindOf(example.value)} for ${example.variant.environment.name}` }],
            };
            if (isQuoted) report({ messageId: 'quoted', data: { key: name, text: value.text }, ...where });
            else report({ messageId: 'other', data: { key: name, kind: kindOf(value), others: kindOf(example.value) }, ...where });
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
