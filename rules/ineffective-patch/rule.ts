import { defineRule } from '../../src/rule/index.ts';

export default defineRule({
  id: 'ineffective-patch',
  meta: {
    summary: 'Disallow patches whose target matches nothing, in every build that reads them',
    category: 'kustomize',
    severity: 'error',
    ladder: 'flat',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Correct the target, or remove the patch.',
    messages: {
      unmatched: 'The patch of {{subject}} matches nothing',
      near: 'The patch of {{subject}} matches nothing; there is {{near}}',
    },
  },
  create({ report }) {
    return {
      repository({ effects }) {
        for (const { field, entry, subject, targets, closed, nearMatch, variants } of effects) {
          // Where an input is missing, it may hold the target.
          if (!PATCHES.has(field) || targets > 0 || !closed) continue;
          if (nearMatch === undefined) report({ messageId: 'unmatched', data: { subject }, at: entry, variants });
          else report({ messageId: 'near', data: { subject, near: nearMatch }, at: entry, variants });
        }
      },
    };
  },
});

const PATCHES = new Set(['patches', 'patchesStrategicMerge', 'patchesJson6902']);
