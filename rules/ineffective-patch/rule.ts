import { defineRule, entryRemovalOf, type Fix, type Repository } from '../../src/rule/index.ts';

export default defineRule({
  id: 'ineffective-patch',
  meta: {
    summary: 'Disallow patches whose target matches nothing, in every build that reads them',
    category: 'kustomize',
    severity: 'error',
    ladder: 'flat',
    preset: 'recommended',
    fixable: 'unsafe',
    since: '0.1.0',
    hint: 'Correct the target, or remove the patch.',
    messages: {
      unmatched: 'The patch of {{subject}} matches nothing',
      near: 'The patch of {{subject}} matches nothing; there is {{near}}',
    },
  },
  create({ report }) {
    return {
      repository(repository) {
        for (const effect of repository.effects) {
          const { field, entry, subject, targets, closed, nearMatch, variants } = effect;
          // Where an input is missing, it may hold the target.
          if (!PATCHES.has(field) || targets > 0 || !closed) continue;
          if (nearMatch === undefined) report({ messageId: 'unmatched', data: { subject }, at: entry, variants, fix: removal(effect, repository) });
          else report({ messageId: 'near', data: { subject, near: nearMatch }, at: entry, variants });
        }
      },
    };
  },
});

const PATCHES = new Set(['patches', 'patchesStrategicMerge', 'patchesJson6902']);

/** It may have been meant for something: somebody has to look at it. Without it, a build may succeed that failed. */
function removal(effect: Repository['effects'][number], repository: Repository): Fix | undefined {
  const edits = entryRemovalOf(effect, repository);
  return edits && { title: edits.length > 1 ? 'Remove the patch and its file' : 'Remove the patch', safety: 'unsafe', edits };
}
