import { childOf, defineRule, entryAt, entryRemovalOf, type Fix, formatResourceId, type Repository, rewritten, textOf } from '../../src/rule/index.ts';
import { holds, nearImage, runs } from './whereabouts.ts';

export default defineRule({
  id: 'ineffective-image-override',
  meta: {
    summary: 'Disallow image overrides that match no image, in every build that reads them',
    category: 'kustomize',
    severity: 'error',
    ladder: 'flat',
    preset: 'recommended',
    fixable: 'unsafe',
    since: '0.1.0',
    hint: 'Correct the name, move the entry to where the image is, or remove it.',
    messages: {
      unmatched: 'The override of {{subject}} matches no image',
      near: 'The override of {{subject}} matches no image; there is "{{near}}"',
      later: 'The override of {{subject}} matches no image; {{place}} gets it only in a later step of the build',
      unreachable: 'The override of {{subject}} matches no image; {{place}} has it where overrides do not reach',
    },
  },
  create({ report }) {
    return {
      repository(repository) {
        const { effects, files } = repository;
        for (const effect of effects) {
          const { field, entry, subject, targets, closed, variants } = effect;
          // Where an input is missing, it may run the image.
          if (field !== 'images' || targets > 0 || !closed) continue;
          const name = textOf(entryAt(files, entry), 'name') ?? '';
          const resources = name === '' ? [] : variants.flatMap((variant) => [...variant.resources]);
          const runner = resources.find((resource) => runs(resource, name));
          const holder = resources.find((resource) => holds(resource, name));
          const near = nearImage(resources, name);
          if (runner) report({ messageId: 'later', data: { subject, place: formatResourceId(runner.id) }, at: entry, variants });
          else if (holder) report({ messageId: 'unreachable', data: { subject, place: formatResourceId(holder.id) }, at: entry, variants });
          else if (near !== undefined) report({ messageId: 'near', data: { subject, near }, at: entry, variants, fix: renaming(effect, files, near) });
          else report({ messageId: 'unmatched', data: { subject }, at: entry, variants, fix: removal(effect, repository) });
        }
      },
    };
  },
});

type Effect = Repository['effects'][number];

function renaming({ entry }: Effect, files: Repository['files'], near: string): Fix | undefined {
  const name = childOf(entryAt(files, entry), 'name');
  const edit = name?.kind === 'scalar' ? rewritten(name, near) : undefined;
  return edit && { title: 'Correct the name', safety: 'unsafe', edits: [edit] };
}

/** It may have been meant for something: somebody has to look at it. */
function removal(effect: Effect, repository: Repository): Fix | undefined {
  const edits = entryRemovalOf(effect, repository);
  return edits && { title: 'Remove the override', safety: 'unsafe', keepsRenders: true, edits };
}
