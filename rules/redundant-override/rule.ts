import { defineRule, type Origin } from '../../src/rule/index.ts';
import { entryRemoval, valueRemoval } from './fix.ts';
import { idlePartsOf } from './idle-parts.ts';

export default defineRule({
  id: 'redundant-override',
  meta: {
    summary: 'Disallow overrides that set what is there already',
    category: 'drift',
    severity: 'warning',
    ladder: 'flat',
    preset: 'recommended',
    fixable: 'safe',
    since: '0.1.0',
    hint: 'Remove it: every render stays the same. Left in place, it hides the next change of the base.',
    messages: {
      value: 'This sets what is there already',
      entry: 'Nothing in this override of {{subject}} changes anything',
    },
  },
  create({ report }) {
    return {
      repository(repository) {
        for (const effect of repository.effects) {
          const { field, entry, subject, writes, patch, changes, targets, closed, variants } = effect;
          // Where an input is missing, it may be what the override sets back.
          if (!OVERRIDES.has(field) || targets === 0 || writes.length === 0 || !closed) continue;
          if (changes === 0) {
            report({ messageId: 'entry', data: { subject }, at: entry, variants, fix: entryRemoval(effect, repository) });
            continue;
          }
          const changesAt = ({ file, start }: Origin) => writes.find(({ origin }) => origin.file === file && origin.start === start)?.changes;
          const idle = patch
            ? patch.flatMap((node) => idlePartsOf(node, changesAt))
            : writes.filter((write) => write.changes === 0).map(({ origin }) => origin);
          for (const at of idle) report({ messageId: 'value', data: {}, at, variants, fix: valueRemoval(at) });
        }
      },
    };
  },
});

/** An image or a count that equals its base today is an environment's own choice, and often a robot's. */
const OVERRIDES = new Set(['patches', 'patchesStrategicMerge', 'patchesJson6902']);
