import { defineRule, lineKeyOf, type Repository, type UnreadKey, type Variant } from '../../src/rule/index.ts';

export default defineRule({
  id: 'unknown-value',
  meta: {
    summary: 'Disallow Helm values that the chart neither reads nor has a default for',
    category: 'deployers',
    severity: 'warning',
    ladder: 'laddered',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Correct the key, or take it out: as it stands it changes nothing.',
    messages: {
      unread: 'The chart neither reads "{{key}}" nor has a default for it',
      misspelled: 'The chart neither reads "{{key}}" nor has a default for it; did you mean "{{near}}"?',
    },
  },
  create({ report }) {
    return {
      repository(repository) {
        for (const { key, variants } of unreadEverywhere(repository)) {
          const name = key.path.join('.');
          if (key.near === undefined) report({ messageId: 'unread', data: { key: name }, at: key.at, variants });
          else report({ messageId: 'misspelled', data: { key: name, near: key.near }, at: key.at, variants });
        }
      },
    };
  },
});

interface Unread {
  readonly key: UnreadKey;
  readonly variants: Variant[];
}

/** One values file may be given to several charts: a key that one of them reads is of use. */
function unreadEverywhere({ variants }: Repository): Unread[] {
  const found = new Map<string, Unread>();
  for (const variant of variants) {
    for (const key of variant.charts.flatMap(({ unread }) => unread)) {
      const place = lineKeyOf(key.at);
      const known = found.get(place);
      if (known) known.variants.push(variant);
      else found.set(place, { key, variants: [variant] });
    }
  }
  if (found.size === 0) return [];
  for (const { unread, given } of variants.flatMap(({ charts }) => charts)) {
    const own = new Set(unread.map(({ at }) => lineKeyOf(at)));
    for (const { at } of given) if (!own.has(lineKeyOf(at))) found.delete(lineKeyOf(at));
  }
  return [...found.values()];
}
