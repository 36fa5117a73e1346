import { defineRule, kustomizationOf } from '../../src/rule/index.ts';
import { renewal } from './fix.ts';

export default defineRule({
  id: 'deprecated-field',
  meta: {
    summary: 'Disallow fields of a kustomization that have a successor',
    category: 'kustomize',
    severity: 'info',
    ladder: 'flat',
    preset: 'recommended',
    fixable: 'safe',
    since: '0.1.0',
    hint: '"kustomize edit fix" rewrites most of them.',
    messages: {
      deprecated: '"{{field}}" is deprecated; "{{successor}}" takes its place',
    },
  },
  create({ report }) {
    return {
      file(file) {
        const kustomization = kustomizationOf(file);
        for (const entry of kustomization?.entries ?? []) {
          const { key } = entry;
          const successor = SUCCESSORS.get(key.text);
          if (!kustomization || successor === undefined) continue;
          const fix = renewal(kustomization, entry, successor);
          report({ messageId: 'deprecated', data: { field: key.text, successor }, at: key.origin, fix });
        }
      },
    };
  },
});

/** What kustomize warns of (api/types/kustomization.go, `CheckDeprecatedFields`), and the forms before those. */
const SUCCESSORS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    bases: 'resources',
    commonLabels: 'labels',
    imageTags: 'images',
    patchesJson6902: 'patches',
    patchesStrategicMerge: 'patches',
    vars: 'replacements',
    helmChartInflationGenerator: 'helmCharts',
  }),
);
