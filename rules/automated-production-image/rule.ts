import { areWrittenTogether, defineRule, groupBy, isProduction, type PolicyMarker, policyMarkersOf } from '../../src/rule/index.ts';

export default defineRule({
  id: 'automated-production-image',
  meta: {
    summary: 'Disallow image policies that write to production, or to several environments at once',
    category: 'images',
    severity: 'warning',
    ladder: 'laddered',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Let the automation push to a branch that somebody merges, or mark only the environment where versions begin.',
    messages: {
      production: 'Image policy "{{policy}}" changes what runs here without anybody to agree',
      shared: 'Image policy "{{policy}}" writes each new version to several environments at once',
    },
  },
  create({ report }) {
    return {
      repository(repository) {
        for (const markers of groupBy(policyMarkersOf(repository), ({ policy }) => policy).values()) {
          const inProduction = markers.filter(({ variants }) => variants.some(isProduction));
          const first = inProduction[0] ?? markers[0];
          const together = markers.filter((marker) => marker === first || areWrittenTogether(marker, first, repository));
          const isShared = environmentsOf(together).size > 1;
          // Where versions are tried first, they may come by themselves.
          if (!isShared && inProduction.length === 0) continue;
          const concerned = isShared ? together : inProduction;
          report({
            messageId: isShared ? 'shared' : 'production',
            data: { policy: first.policy },
            at: first.at,
            variants: [...new Set(concerned.flatMap(({ variants }) => variants))],
            related: concerned.filter((marker) => marker !== first).map(({ at }) => ({ at, message: 'written as well' })),
          });
        }
      },
    };
  },
});

function environmentsOf(markers: readonly PolicyMarker[]): Set<string> {
  return new Set(markers.flatMap(({ variants }) => variants.map(({ environment }) => environment.name)));
}
