import { defineRule, deployerName, formatResourceId, sharedObjectsOf } from '../../src/rule/index.ts';
import { areTwins, twinsIn } from './twins.ts';

export default defineRule({
  id: 'duplicate-owner',
  meta: {
    summary: 'Disallow one object from two deployers of the same cluster',
    category: 'deployers',
    severity: 'error',
    ladder: 'flat',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Leave the object to one of them, or give one another name or namespace.',
    messages: {
      owners: '{{first}} and {{second}} both deploy {{objects}}',
      twice: '{{object}} is defined twice for one cluster',
    },
  },
  create({ report }) {
    return {
      repository(repository) {
        for (const { object, at, other, holders } of twinsIn(repository)) {
          report({ messageId: 'twice', data: { object }, at, related: [{ at: other, message: 'the other one' }], variants: holders });
        }
        for (const { first, second, objects, isNested } of sharedObjectsOf(repository)) {
          // A folder within that of another deployer is what overlapping-path speaks of.
          const shared = isNested ? [] : objects.filter((object) => !areTwins(object));
          const object = shared[0]?.first;
          if (!object) continue;
          const more = shared.length > 1 ? ` and ${shared.length - 1} more` : '';
          report({
            messageId: 'owners',
            data: { first: deployerName(first), second: deployerName(second), objects: formatResourceId(object.id) + more },
            at: second.source.node.origin,
            about: second.deployer.field('spec'),
            related: [
              { at: first.source.node.origin, message: 'the other deployer' },
              { at: object.field('metadata', 'name'), message: 'the object' },
            ],
            variants: [...new Set([...first.variants, ...second.variants])],
          });
        }
      },
    };
  },
});
