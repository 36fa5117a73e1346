import { defineRule, entryAt, formatResourceId, textOf } from '../../src/rule/index.ts';
import { holds, nearImage, runs } from './whereabouts.ts';

export default defineRule({
  id: 'ineffective-image-override',
  meta: {
    summary: 'Disallow image overrides that match no image, in every build that reads them',
    category: 'kustomize',
    severity: 'error',
    ladder: 'flat',
    preset: 'recommended',
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
      repository({ effects, files }) {
        for (const { field, entry, subject, targets, closed, variants } of effects) {
          // Where an input is missing, it may run the image.
          if (field !== 'images' || targets > 0 || !closed) continue;
          const name = textOf(entryAt(files, entry), 'name') ?? '';
          const resources = name === '' ? [] : variants.flatMap((variant) => [...variant.resources]);
          const runner = resources.find((resource) => runs(resource, name));
          const holder = resources.find((resource) => holds(resource, name));
          const near = nearImage(resources, name);
          if (runner) report({ messageId: 'later', data: { subject, place: formatResourceId(runner.id) }, at: entry, variants });
          else if (holder) report({ messageId: 'unreachable', data: { subject, place: formatResourceId(holder.id) }, at: entry, variants });
          else if (near !== undefined) report({ messageId: 'near', data: { subject, near }, at: entry, variants });
          else report({ messageId: 'unmatched', data: { subject }, at: entry, variants });
        }
      },
    };
  },
});
